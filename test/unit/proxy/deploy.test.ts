/** What `npm run deploy` refuses to ship, before it has built or called anything. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, test } from "node:test";
import type { Source } from "../../../proxy/config/sources.ts";
import { checkDeploy, findVars } from "../../../proxy/scripts/deploy-check.ts";
import type { Shipment } from "../../../proxy/scripts/deploy-check.ts";

const ENDPOINT = "https://leads.estate.test";
const SAKNEEN = {
  vendor: "sakneen",
  baseUrl: "https://app.sakneen.com",
  origins: ["https://www.estate.test"],
};

/** The command itself, in this repository, whose settings name no target. */
const deploy = (endpoint: string | undefined) => {
  const env = { ...process.env };
  delete env["LEAD_FORM_ENDPOINT"];
  if (endpoint !== undefined) env["LEAD_FORM_ENDPOINT"] = endpoint;
  const { status, stderr } = spawnSync(process.execPath, ["proxy/scripts/deploy.ts"], {
    env,
    encoding: "utf8",
    timeout: 30_000,
  });
  return { status, stderr };
};

describe("npm run deploy", () => {
  test("without an endpoint ships nothing, and says how to set it", () => {
    const { status, stderr } = deploy(undefined);
    assert.equal(status, 1);
    assert.match(stderr, /LEAD_FORM_ENDPOINT=https:\/\/\S+ npm run deploy/);
  });

  test("without a target ships nothing, and says where targets stand", () => {
    const { status, stderr } = deploy(ENDPOINT);
    assert.equal(status, 1);
    assert.match(stderr, /TARGETS is missing/);
    assert.match(stderr, /proxy\/wrangler\.jsonc/);
    assert.doesNotMatch(stderr, /LEAD_FORM_ENDPOINT/);
  });
});

describe("an endpoint", () => {
  const refused: [endpoint: string, why: RegExp][] = [
    ["", /must know the public https address/],
    ["leads.estate.test", /must know the public https address/],
    ["http://leads.estate.test", /must know the public https address/],
    ["http://localhost:8787", /must know the public https address/],
    ["https://localhost:8787", /machine of whoever visits/],
    ["https://leads.localhost", /machine of whoever visits/],
    ["https://127.0.0.1", /machine of whoever visits/],
    ["https://[::1]:8787", /machine of whoever visits/],
    ["https://leads.estate.test/api", /is an origin: https:\/\/leads\.estate\.test,/],
    ["https://user@leads.estate.test", /is an origin/],
    ["https://leads.estate.test ", /must not hold white space/],
    ["https://LEADS.estate.test", /must be written in small letters/],
  ];
  for (const [endpoint, why] of refused)
    test(`of "${endpoint}" is refused`, () => {
      const { obstacles } = checkDeploy({ endpoint, vars: {}, keepVars: true });
      assert.equal(obstacles.length, 1);
      assert.match(obstacles[0] ?? "", why);
    });

  for (const endpoint of [ENDPOINT, `${ENDPOINT}/`, "https://leads.estate.test:8443"])
    test(`of "${endpoint}" is taken`, () => {
      const vars = { TARGETS: { sakneen: SAKNEEN } };
      assert.deepEqual(checkDeploy({ endpoint, vars }).obstacles, []);
    });
});

describe("the origin that the Worker is told, PUBLIC_URL,", () => {
  const check = (PUBLIC_URL: string, endpoint = "") =>
    checkDeploy({ endpoint, vars: { TARGETS: { sakneen: SAKNEEN }, PUBLIC_URL } }).obstacles;

  test("is enough: nothing has to be baked in", () => {
    assert.deepEqual(check(ENDPOINT), []);
    assert.match(check("").join(), /must know the public https address/);
  });

  test("is held to the same rules, whatever was baked in", () => {
    for (const origin of [
      "http://leads.estate.test",
      "https://localhost",
      "https://a.test/b",
      "https://a.test ",
    ])
      assert.equal(check(origin, ENDPOINT).length, 1, origin);
    assert.match(check("https://a.test/b").join(), /^PUBLIC_URL is an origin/);
  });
});

/** What speaks against these variables and files. */
const obstaclesOf = (vars: object, rest: Partial<Shipment> = {}) =>
  checkDeploy({ endpoint: ENDPOINT, vars: { ...vars }, ...rest }).obstacles;

const fileOf = (key: string, value: unknown): Source => ({
  faults: [],
  places: [[key, { root: `targets/${key}.json`, value }]],
});

describe("the targets", () => {
  const faulty = { ...SAKNEEN, colour: "red" };

  test("are refused with each fault and no value, wherever they stand", () => {
    const obstacles = obstaclesOf(
      { TARGETS: { sakneen: faulty, x: {} }, TARGETS_TOWER: JSON.stringify(faulty) },
      { files: fileOf("north", faulty) },
    );
    for (const expected of [
      "TARGETS.sakneen.colour is not a known key.",
      "TARGETS.x.vendor is missing.",
      "TARGETS_TOWER.colour is not a known key.",
      "targets/north.json.colour is not a known key.",
    ])
      assert.ok(obstacles.includes(expected), `${expected}: ${obstacles.join(" ")}`);
    assert.doesNotMatch(obstacles.join(), /red/);
  });

  test("are refused where two sources hold the same", () => {
    assert.deepEqual(obstaclesOf({ TARGETS_TOWER: SAKNEEN }, { files: fileOf("tower", SAKNEEN) }), [
      "TARGETS_TOWER stands in targets/tower.json too.",
    ]);
  });

  test("may stand in any source, and have to stand in one", () => {
    assert.deepEqual(obstaclesOf({}), ["TARGETS is missing."]);
    assert.deepEqual(obstaclesOf({}, { keepVars: true }), []);
    assert.deepEqual(obstaclesOf({ TARGETS_TOWER: SAKNEEN }), []);
    assert.deepEqual(obstaclesOf({}, { files: fileOf("tower", SAKNEEN) }), []);
  });

  test("are refused in a file that only the Node server reads", () => {
    const [first] = obstaclesOf({ TARGETS_FILE: "targets.json", TARGETS: { a: SAKNEEN } });
    assert.match(first ?? "", /^TARGETS_FILE is read by the Node server alone/);
  });

  test("are refused while they are the README's", () => {
    const example = { ...SAKNEEN, origins: ["https://www.example.com"] };
    const still = "still names example.com: put your own pages and vendors there.";
    assert.deepEqual(obstaclesOf({ TARGETS: { sakneen: example } }), [`TARGETS.sakneen ${still}`]);
    assert.deepEqual(obstaclesOf({}, { files: fileOf("a", example) }), [`targets/a.json ${still}`]);
  });

  test("tell which secrets they need", () => {
    const secretsOf = (vars: object) =>
      checkDeploy({ endpoint: ENDPOINT, vars: { ...vars } }).secrets.toSorted();
    assert.deepEqual(secretsOf({ TARGETS: { sakneen: SAKNEEN } }), [
      "LEDGER_KEYS",
      "SAKNEEN_API_KEY",
    ]);
    assert.deepEqual(
      secretsOf({ TARGETS_A: { ...SAKNEEN, storage: "none", credential: "ACME" } }),
      ["ACME_API_KEY"],
    );
  });
});

describe("a variable", () => {
  /** So many bytes as JSON. */
  const objectOf = (bytes: number) => ({ x: "a".repeat(bytes - '{"x":""}'.length) });

  test("of more than 5,000 bytes is refused, with its size and the way out", () => {
    const targets = {
      sakneen: { ...SAKNEEN, projects: Array.from({ length: 300 }, (_, i) => `Palm Hills ${i}`) },
    };
    const size = Buffer.byteLength(JSON.stringify(targets)).toLocaleString("en");
    const expected = `TARGETS has ${size} bytes, and Cloudflare takes at most 5,000 in a variable. Move each target into a file of its own, proxy/targets/<key>.json: the build bundles it, and no limit counts it.`;
    assert.deepEqual(obstaclesOf({ TARGETS: targets }), [expected]);
    assert.deepEqual(obstaclesOf({ TARGETS: JSON.stringify(targets) }), [expected]);
  });

  test("is counted in bytes of UTF-8, whatever it is called", () => {
    const rest = { TARGETS: { a: SAKNEEN } };
    for (const [value, size] of [
      ["a".repeat(5001), "5,001"],
      ["ы".repeat(2501), "5,002"],
      [objectOf(5001), "5,001"],
    ] as const)
      assert.deepEqual(obstaclesOf({ ...rest, NOTE: value }), [
        `NOTE has ${size} bytes, and Cloudflare takes at most 5,000 in a variable.`,
      ]);
    for (const value of ["a".repeat(5000), "ы".repeat(2500), objectOf(5000), 7, null])
      assert.deepEqual(obstaclesOf({ ...rest, NOTE: value }), []);
  });

  test("does not count what the build bundles", () => {
    const projects = Array.from({ length: 1000 }, (_, i) => `Palm Hills ${i}`);
    assert.deepEqual(obstaclesOf({}, { files: fileOf("tower", { ...SAKNEEN, projects }) }), []);
  });

  test("is looked for where wrangler takes it from", () => {
    const vars = { TARGETS: { sakneen: SAKNEEN } };
    assert.deepEqual(findVars(vars, ["--dry-run"]), vars);
    assert.deepEqual(findVars(vars, ["--var", "TARGETS:{}"]), { TARGETS: "{}" });
    assert.deepEqual(findVars(vars, ["--var=TARGETS:{}"]), { TARGETS: "{}" });
    const several = ["--var", "A:1", "TARGETS_north:{}", "--domain", "leads.test:8443"];
    assert.deepEqual(findVars({}, several), { A: "1", TARGETS_north: "{}" });
  });
});
