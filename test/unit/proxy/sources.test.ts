/** Where the settings of targets may stand, and how a mistake is named in each of these places. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import { readConfig } from "../../../proxy/config/config.ts";
import type { Source } from "../../../proxy/config/sources.ts";
import { readTargetsFile, readTargetsFolder } from "../../../proxy/config/node/files.ts";

const SAKNEEN = {
  vendor: "sakneen",
  baseUrl: "https://app.sakneen.example",
  origins: ["https://www.example.com"],
  storage: "none",
};
const SECRETS = {
  SAKNEEN_API_KEY: "canary-key",
  BRAINYSOFT_TOKEN: "canary-token",
  LEDGER_KEYS: JSON.stringify({ k1: Buffer.alloc(32, 7).toString("base64") }),
};

const read = (env: object, files?: Source) => readConfig({ ...SECRETS, ...env }, files);
const faultsOf = (env: object, files?: Source) =>
  read(env, files).faults.map(({ setting, problem }) => `${setting} ${problem}`);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lead-form-targets-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
/** `TARGETS_FILE` with this text. */
const fileOf = (content: string | Uint8Array) => readTargetsFile(write("targets.json", content));

describe("a variable for each target", () => {
  test("is an object or the same in JSON, beside TARGETS or without it", () => {
    for (const value of [SAKNEEN, JSON.stringify(SAKNEEN)]) {
      const config = read({ TARGETS_TOWER: value, TARGETS: { sakneen: SAKNEEN } });
      assert.deepEqual(config.faults, []);
      assert.deepEqual([...config.targets.keys()], ["sakneen", "tower"]);
      assert.equal(read({ TARGETS_TOWER: value }).targets.get("tower")?.key, "tower");
    }
  });

  for (const [name, key] of [
    ["TARGETS_TOWER", "tower"],
    ["TARGETS_PALM_HILLS_2", "palm_hills_2"],
    ["TARGETS_north", "north"],
    ["TARGETS_Palm-Hills", "Palm-Hills"],
    ["TARGETS_7", "7"],
  ] as const)
    test(`called ${name} is the target ${key}`, () => {
      assert.deepEqual([...read({ [name]: SAKNEEN }).targets.keys()], [key]);
    });

  const faulty: [name: string, value: unknown, expected: string][] = [
    [
      "TARGETS_TOWER",
      { ...SAKNEEN, origins: ["nowhere"] },
      "TARGETS_TOWER.origins[0] is not an origin such as https://www.example.com",
    ],
    [
      "TARGETS_TOWER",
      { ...SAKNEEN, extra: { x: 1 } },
      "TARGETS_TOWER.extra.x is not a field of Sakneen's leads API",
    ],
    ["TARGETS_TOWER", "{", "TARGETS_TOWER is not JSON"],
    ["TARGETS_TOWER", "", "TARGETS_TOWER is empty"],
    ["TARGETS_TOWER", "[]", "TARGETS_TOWER must be object"],
    ["TARGETS_", SAKNEEN, "TARGETS_ must be letters, digits, - and _ as a key"],
    ["TARGETS_A.B", SAKNEEN, "TARGETS_A.B must be letters, digits, - and _ as a key"],
  ];
  for (const [name, value, expected] of faulty)
    test(`names its own fault: ${expected}`, () => {
      const config = read({ [name]: value, TARGETS: { good: SAKNEEN } });
      assert.deepEqual(
        config.faults.map(({ setting, problem }) => `${setting} ${problem}`),
        [expected],
      );
      assert.ok(config.targets.get("good"));
      assert.equal(config.faultsOf.size, 1);
    });

  test("is not the path of a file", () => {
    const { targets, faults } = read({
      TARGETS_FILE: "/etc/targets.json",
      TARGETS: { a: SAKNEEN },
    });
    assert.deepEqual([...targets.keys()], ["a"]);
    assert.deepEqual(faults, []);
  });
});

describe("a target that stands in two places", () => {
  const twice: [string, object, Source | undefined, string][] = [
    [
      "in TARGETS and in its own variable",
      { TARGETS: { tower: SAKNEEN }, TARGETS_TOWER: SAKNEEN },
      undefined,
      "TARGETS.tower stands in TARGETS_TOWER too",
    ],
    [
      "in two variables that differ in their capitals",
      { TARGETS_TOWER: SAKNEEN, TARGETS_tower: SAKNEEN },
      undefined,
      "TARGETS_TOWER stands in TARGETS_tower too",
    ],
    [
      "in a variable and in a file, and in another",
      { TARGETS: { tower: SAKNEEN }, TARGETS_TOWER: SAKNEEN },
      { faults: [], places: [["tower", { root: "targets/tower.json", value: SAKNEEN }]] },
      "TARGETS.tower stands in TARGETS_TOWER and targets/tower.json too",
    ],
  ];
  for (const [where, env, files, expected] of twice)
    test(`${where} works in none, and both are named`, () => {
      const config = read({ ...env, TARGETS_GOOD: SAKNEEN }, files);
      assert.deepEqual(
        config.faults.map(({ setting, problem }) => `${setting} ${problem}`),
        [expected],
      );
      assert.ok(config.targets.has("tower"));
      assert.equal(config.targets.get("tower"), undefined);
      assert.ok(config.targets.get("good"));
    });
});

describe("no target at all", () => {
  test("is named as the variable that everybody knows", () => {
    assert.deepEqual(faultsOf({}), ["TARGETS is missing"]);
    assert.deepEqual(faultsOf({ TARGETS: {} }), ["TARGETS names no target"]);
    assert.deepEqual(faultsOf({ TARGETS: {}, TARGETS_A: SAKNEEN }), []);
  });
});

describe("the file of all targets", () => {
  const lines = (...text: string[]): string => text.join("\n");
  const GOOD = JSON.stringify(SAKNEEN);

  test("takes comments, trailing commas, the schema for an editor, and the mark of Windows", () => {
    const files = fileOf(
      lines(
        "\uFEFF// Ours",
        "{",
        '  "$schema": "https://leads.example.com/targets.schema.json",',
        `  "tower": ${GOOD}, /* the new one */`,
        `  "north": ${GOOD},`,
        "}",
      ),
    );
    const config = read({}, files);
    assert.deepEqual(config.faults, []);
    assert.deepEqual([...config.targets.keys()], ["tower", "north"]);
  });

  const faulty: [what: string, text: string, expected: readonly string[]][] = [
    [
      "a rule that is broken",
      lines(
        "{",
        ' "tower": {',
        '  "vendor": "sakneen",',
        '  "baseUrl": "https://a.example",',
        '  "origins": [',
        '   "https://b.example",',
        '   "nowhere"',
        "  ]",
        " }",
        "}",
      ),
      ["TARGETS_FILE.tower.origins[1] is not an origin such as https://www.example.com (line 7)"],
    ],
    [
      "a key that nobody knows",
      lines(
        "{",
        ' "tower": {',
        '  "vendor": "sakneen", "storage": "none",',
        '  "baseUrl": "https://a.example",',
        '  "origins": ["https://b.example"],',
        '  "colour":',
        '   "red"',
        " }",
        "}",
      ),
      ["TARGETS_FILE.tower.colour is not a known key (line 6)"],
    ],
    [
      "a key that is missing, where its target begins",
      lines(
        "{",
        "",
        ' "tower": {',
        '  "vendor": "sakneen",',
        '  "origins": ["https://b.example"]',
        " }",
        "}",
      ),
      ["TARGETS_FILE.tower.baseUrl is missing (line 3)"],
    ],
    [
      "a rule of the vendor",
      lines(
        "{",
        ' "tower": {',
        '  "vendor": "sakneen", "storage": "none",',
        '  "baseUrl": "https://a.example", "origins": ["https://b.example"],',
        '  "extra": {',
        '   "x.y": 1',
        "  }",
        " }",
        "}",
      ),
      ["TARGETS_FILE.tower.extra.x.y is not a field of Sakneen's leads API (line 6)"],
    ],
    [
      "a comma that is missing, where it belongs",
      lines("{", ` "a": ${GOOD} // no comma`, "", ` "b": ${GOOD}`, "}"),
      ["TARGETS_FILE is not JSON: comma expected (line 2)"],
    ],
    [
      "a word that is none",
      lines("{", ' "a": nothing', "}"),
      ["TARGETS_FILE is not JSON: invalid symbol (line 2)"],
    ],
    [
      "an end that is missing",
      lines("{", ` "a": ${GOOD}`, "", ""),
      ["TARGETS_FILE is not JSON: close brace expected (line 2)"],
    ],
    [
      "text behind the end",
      lines("{", ` "a": ${GOOD}`, "}", "{}"),
      ["TARGETS_FILE is not JSON: end of file expected (line 4)"],
    ],
    [
      "lines of Windows",
      ["{", ' "a": oh', "}"].join("\r\n"),
      ["TARGETS_FILE is not JSON: invalid symbol (line 2)"],
    ],
    [
      "a target that is named twice",
      lines("{", ` "a": ${GOOD},`, ` "b": ${GOOD},`, ` "a": ${GOOD}`, "}"),
      ["TARGETS_FILE.a stands there twice (line 4)"],
    ],
    [
      "a key that is named twice",
      lines("{", ' "a": {', '  "vendor": "sakneen",', '  "vendor": "brainysoft"', " }", "}"),
      [
        "TARGETS_FILE.a.vendor stands there twice (line 4)",
        "TARGETS_FILE.a.baseUrl is missing (line 2)",
        "TARGETS_FILE.a.origins is missing (line 2)",
      ],
    ],
    ["a list", "[]", ["TARGETS_FILE must be an object of targets by key"]],
    ["nothing in it", " \n", ["TARGETS_FILE is empty"]],
    ["no target in it", "{}", ["TARGETS_FILE names no target"]],
  ];
  for (const [what, text, expected] of faulty)
    test(`names ${what}, with its line`, () =>
      assert.deepEqual(faultsOf({}, fileOf(text)), expected));

  test("leaves the other targets of the same file at work", () => {
    const text = lines(
      "{",
      ` "good": ${GOOD},`,
      ' "bad": {},',
      ` "twice": ${GOOD}, "twice": ${GOOD}`,
      "}",
    );
    const { targets } = read({}, fileOf(text));
    assert.ok(targets.get("good"));
    assert.deepEqual([targets.get("bad"), targets.get("twice")], [undefined, undefined]);
    assert.ok(targets.has("bad") && targets.has("twice"));
  });

  test("names a missing secret without a line: it stands elsewhere", () => {
    const { faults } = readConfig({}, fileOf(`{"a": ${GOOD}}`));
    assert.deepEqual(faults, [{ setting: "SAKNEEN_API_KEY", problem: "is missing" }]);
  });

  test("names a path that leads to no file, and never the path", () => {
    const problems = [
      ["", "is empty"],
      ["  ", "is empty"],
      [join(folder, "canary.json"), "names a file that does not exist"],
      [join(write("file", ""), "canary.json"), "names a file that does not exist"],
      [folder, "names a folder"],
    ] as const;
    for (const [path, problem] of problems) {
      const config = read({}, readTargetsFile(path));
      assert.deepEqual(config.faults, [{ setting: "TARGETS_FILE", problem }]);
      assert.deepEqual(config.unreadable, ["TARGETS_FILE"]);
    }
  });

  test("names a text that is no UTF-8", () => {
    assert.deepEqual(faultsOf({}, fileOf(Buffer.from('{"a": {}}', "utf16le"))), [
      "TARGETS_FILE is not JSON: invalid symbol (line 1)",
    ]);
    assert.deepEqual(faultsOf({}, fileOf(Uint8Array.of(0x7b, 0xff, 0x7d))), [
      "TARGETS_FILE is not UTF-8",
    ]);
  });

  test("is nothing where the variable is not set", () => {
    assert.deepEqual(faultsOf({ TARGETS_A: SAKNEEN }, readTargetsFile(undefined)), []);
  });

  test("never echoes a value", () => {
    const text = '{"a": {"vendor": "canary", "baseUrl": "canary", "origins": [canary]}}';
    assert.doesNotMatch(faultsOf({}, fileOf(text)).join(), /canary/);
    const whole = text.replace("[canary]", '["canary"]');
    assert.doesNotMatch(faultsOf({}, fileOf(whole)).join(), /canary/);
  });
});

describe("the folder of the Worker's targets", () => {
  test("holds one target in each file, under the file's name", () => {
    write("tower.json", `// ours\n{"$schema": "x", ${JSON.stringify(SAKNEEN).slice(1, -1)},}`);
    write("North-2.json", JSON.stringify(SAKNEEN));
    for (const other of [".gitkeep", "README.md", "tower.json~"]) write(other, "not JSON");
    const config = read({}, readTargetsFolder(folder));
    assert.deepEqual(config.faults, []);
    assert.deepEqual([...config.targets.keys()].toSorted(), ["North-2", "tower"]);
  });

  test("names the file and the line of a mistake", () => {
    write("a.json", '{\n "vendor": "sakneen"\n "baseUrl": 1\n}');
    write("b.json", '{\n"vendor": "sakneen",\n"baseUrl": "https://a.example",\n"origins": []\n}');
    write("c.jsonc", "{}");
    write("d e.json", "{}");
    mkdirSync(join(folder, "f.json"));
    assert.deepEqual(faultsOf({}, readTargetsFolder(folder)), [
      "targets/a.json is not JSON: comma expected (line 2)",
      "targets/b.json.origins must name at least one origin (line 4)",
      "targets/c.jsonc is not called <key>.json",
      "targets/d e.json must be letters, digits, - and _ as a key",
      "targets/d e.json.vendor is missing (line 1)",
      "targets/d e.json.baseUrl is missing (line 1)",
      "targets/d e.json.origins is missing (line 1)",
      "targets/f.json names a folder",
    ]);
  });

  test("may not be there", () => {
    assert.deepEqual(readTargetsFolder(join(folder, "none")).places, []);
  });
});
