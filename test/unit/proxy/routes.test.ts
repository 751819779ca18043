/** Which target delivers the leads of a project, and which routes cannot be gone. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readConfig } from "../../../proxy/config/config.ts";
import { findDelivering } from "../../../proxy/config/routes.ts";
import { findWay, sendAlong } from "../../../proxy/lead/route.ts";
import type { Lead } from "../../../proxy/lead/lead.ts";

const SAKNEEN = {
  vendor: "sakneen",
  baseUrl: "https://app.sakneen.example",
  origins: ["https://www.example.com"],
  storage: "none",
};
const BRAINYSOFT = { ...SAKNEEN, vendor: "brainysoft" };
const SECRETS = { SAKNEEN_API_KEY: "k", BRAINYSOFT_TOKEN: "k" };

type Settings = Readonly<Record<string, object>>;
const read = (targets: Settings, rest: object = {}) =>
  readConfig({ TARGETS: targets, ...SECRETS, ...rest });
const via = (routes: object, rest: object = {}) => ({ ...SAKNEEN, routes, ...rest });
const working = ({ targets }: ReturnType<typeof read>): string[] =>
  [...targets].flatMap(([key, target]) => (target ? [key] : []));

/** The key of the target that delivers; undefined if there is none. */
const deliveringOf = (targets: Settings, from: string, project: string) => {
  const config = read(targets);
  const named = config.targets.get(from);
  assert.ok(named, JSON.stringify(config.faults));
  return findDelivering(config.targets, named, project)?.key;
};

describe("a project's leads", () => {
  const targets = {
    a: via({ "Palm Hills": "b", Nile: "c" }),
    b: via({ "Palm Hills": "c" }),
    c: SAKNEEN,
  };

  test("go by the target of their route, over several if it has one too", () => {
    assert.deepEqual(read(targets).faults, []);
    assert.equal(deliveringOf(targets, "a", "Nile"), "c");
    assert.equal(deliveringOf(targets, "a", "Palm Hills"), "c");
    assert.equal(deliveringOf(targets, "b", "Palm Hills"), "c");
  });

  for (const project of ["", "palm hills", "Tower", "constructor", "toString", "__proto__"])
    test(`of "${project}" go by the target of their form`, () =>
      assert.equal(deliveringOf(targets, "a", project), "a"));

  test("may be called like something that every object has", () => {
    assert.equal(
      deliveringOf({ a: via({ constructor: "b" }), b: SAKNEEN }, "a", "constructor"),
      "b",
    );
  });

  test("may go by a target that has the same project's name for others", () => {
    const both = { a: via({ X: "b" }), b: via({ Y: "a" }) };
    assert.deepEqual(read(both).faults, []);
    assert.equal(deliveringOf(both, "a", "X"), "b");
    assert.equal(deliveringOf(both, "b", "Y"), "a");
  });
});

describe("a route that cannot be gone is named by its path:", () => {
  const faulty: [what: string, targets: Settings, expected: string[], works: string[]][] = [
    [
      "an unknown key",
      { a: via({ "Palm Hills": "north" }), b: SAKNEEN },
      ["TARGETS.a.routes.Palm Hills is not the key of a target"],
      ["b"],
    ],
    [
      "a key that every object has",
      { a: via({ X: "constructor" }) },
      ["TARGETS.a.routes.X is not the key of a target"],
      [],
    ],
    ["itself", { a: via({ X: "a" }) }, ["TARGETS.a.routes.X leads in a circle"], []],
    [
      "a circle of two",
      { a: via({ X: "b" }), b: via({ X: "a" }), c: SAKNEEN },
      ["TARGETS.a.routes.X leads in a circle", "TARGETS.b.routes.X leads in a circle"],
      ["c"],
    ],
    [
      "a circle of three, and the way into it",
      { a: via({ X: "b" }), b: via({ X: "c" }), c: via({ X: "a" }), d: via({ X: "a" }) },
      [
        "TARGETS.a.routes.X leads in a circle",
        "TARGETS.b.routes.X leads in a circle",
        "TARGETS.c.routes.X leads in a circle",
        "TARGETS.d.routes.X leads to a, where a setting is faulty",
      ],
      ["d"],
    ],
    [
      "a project that is not on the list",
      { a: via({ Nile: "b" }, { projects: ["Palm Hills"] }), b: SAKNEEN },
      ["TARGETS.a.routes.Nile is not one of its projects"],
      ["b"],
    ],
    [
      "a name that no lead bears",
      { a: via({ " Nile": "b" }), b: SAKNEEN },
      ["TARGETS.a.routes. Nile is no name as leads bear it"],
      ["b"],
    ],
    [
      "a pattern without a list",
      { a: via({ "Tower (A)": "b" }), b: SAKNEEN },
      ["TARGETS.a.routes.Tower (A) is a pattern for the vendor, and has to be one of its projects"],
      ["b"],
    ],
    ["no key at all", { a: via({ X: "" }) }, ["TARGETS.a.routes.X must not be empty"], []],
    ["a list", { a: via([]) }, ["TARGETS.a.routes must be object"], []],
    [
      "a target with another fault",
      { a: via({ X: "b" }), b: { ...SAKNEEN, colour: "red" } },
      [
        "TARGETS.b.colour is not a known key",
        "TARGETS.a.routes.X leads to b, where a setting is faulty",
      ],
      ["a"],
    ],
    [
      "a target whose own route is wrong",
      { a: via({ X: "b" }), b: via({ X: "nobody" }) },
      [
        "TARGETS.b.routes.X is not the key of a target",
        "TARGETS.a.routes.X leads to b, where a setting is faulty",
      ],
      ["a"],
    ],
  ];
  for (const [what, targets, expected, works] of faulty)
    test(what, () => {
      const config = read(targets);
      assert.deepEqual(
        config.faults.map(({ setting, problem }) => `${setting} ${problem}`),
        expected,
      );
      assert.deepEqual(working(config), works);
    });

  test("in a variable and in a file, with its line", () => {
    const lines = new Map([["targets/b.json.routes.Y", 7]]);
    const { faults } = readConfig(
      { TARGETS_A: via({ X: "nobody" }), ...SECRETS },
      {
        faults: [],
        places: [
          [
            "b",
            {
              root: "targets/b.json",
              value: via({ Y: "nobody" }),
              lineOf: (setting) => lines.get(setting),
            },
          ],
        ],
      },
    );
    assert.deepEqual(faults, [
      { setting: "TARGETS_A.routes.X", problem: "is not the key of a target" },
      { setting: "targets/b.json.routes.Y", problem: "is not the key of a target (line 7)" },
    ]);
  });

  test("a secret that is missing blocks the project alone", () => {
    const config = read({ a: via({ X: "b" }), b: { ...SAKNEEN, credential: "NORTH" } });
    assert.deepEqual(working(config), ["a"]);
    const a = config.targets.get("a");
    assert.ok(a);
    assert.equal(findDelivering(config.targets, a, "X"), undefined);
    assert.equal(findDelivering(config.targets, a, "Y")?.key, "a");
  });

  test("a name that is a pattern for the vendor at its end is a warning", () => {
    const config = read({
      a: { ...BRAINYSOFT, projects: ["Tower (A)"], routes: { "Tower (A)": "b" } },
      b: SAKNEEN,
    });
    assert.deepEqual(config.faults, []);
    assert.deepEqual(
      config.warnings.filter(({ setting }) => setting.includes("routes")),
      [{ setting: "TARGETS.a.routes.Tower (A)", problem: "may match other projects too" }],
    );
  });
});

describe("a route that works is a warning", () => {
  const LEDGER_KEYS = JSON.stringify({ k1: Buffer.alloc(32, 1).toString("base64") });
  const warningsOf = (a: object, b: object) =>
    read({ a: via({ X: "b" }, a), b: { ...SAKNEEN, ...b } }, { LEDGER_KEYS }).warnings.map(
      ({ setting, problem }) => `${setting} ${problem}`,
    );

  test("where it stores what its form's target does not, or elsewhere", () => {
    const stored = { storage: "ledger" };
    const eu = { ...stored, jurisdiction: "eu" };
    assert.deepEqual(warningsOf({}, stored), [
      "TARGETS.a.routes.X stores its leads, which a does not",
    ]);
    assert.deepEqual(warningsOf(eu, stored), ["TARGETS.a.routes.X stores its leads outside of eu"]);
    assert.deepEqual(
      [warningsOf(eu, eu), warningsOf(eu, {}), warningsOf(stored, eu)],
      [[], [], []],
    );
  });
});

describe("a lead that goes by another target", () => {
  const wayOf = async (a: object, b: object, project = "X", known?: string) => {
    const config = read({ a: via({ X: "b" }, a), b: { ...BRAINYSOFT, ...b } });
    const named = config.targets.get("a");
    assert.ok(named, JSON.stringify(config.faults));
    const way = await findWay(config.targets, named, project, async ({ key }) => key === known);
    assert.ok(way);
    return way;
  };
  const LEAD = {
    id: "1",
    target: "a",
    name: "n",
    phone: "p",
    lang: "en",
    consent: "",
    attribution: {},
  } as unknown as Lead;

  test("is held to the rules of its form, and to what the other vendor can take", async () => {
    const { rules, target } = await wayOf(
      {
        projects: ["X"],
        required: ["email"],
        consent: "required",
        country: "AE",
        stamp: "required",
      },
      { projects: ["Y"], required: ["project"], stamp: "off" },
      " X ",
    );
    assert.deepEqual([rules.key, rules.country, rules.consent], ["a", "AE", "required"]);
    assert.deepEqual(rules.projects, ["X"]);
    assert.deepEqual([...rules.required], ["name", "phone", "email"]);
    assert.deepEqual([rules.maxNameLength, rules.phone], [50, "mobile"]);
    assert.deepEqual([target.key, target.vendor, target.stamp], ["b", "brainysoft", "required"]);
  });

  test("says by which target it came in; one that does not says nothing", async () => {
    const sent = sendAlong(LEAD, await wayOf({}, {}));
    assert.deepEqual([sent.target, sent.enteredBy], ["b", "a"]);
    const straight = sendAlong(LEAD, await wayOf({}, {}, "Y"));
    assert.deepEqual(straight, LEAD);
  });

  test("knows the other vendor's fields only where both targets ask the same", async () => {
    const asked: Lead = { ...LEAD, asked: true };
    const fields = [{ name: "budget", type: "number", as: "budget", label: "Budget" }];
    assert.equal(sendAlong(asked, await wayOf({}, { fields })).asked, undefined);
    assert.equal(sendAlong(asked, await wayOf({ fields }, { fields })).asked, true);
    assert.equal(sendAlong(asked, await wayOf({ fields }, {}, "Y")).asked, true);
  });

  test("stays with the target whose store knows its id", async () => {
    assert.equal((await wayOf({}, {}, "X", "a")).target.key, "a");
    assert.equal((await wayOf({}, {}, "Y", "b")).target.key, "b");
    assert.equal((await wayOf({}, {}, "X", "b")).target.key, "b");
  });
});
