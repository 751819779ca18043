/** Which settings are taken, and how the others are named. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readConfig } from "../../../proxy/config/config.ts";

const SAKNEEN = {
  vendor: "sakneen",
  baseUrl: "https://app.sakneen.example",
  origins: ["https://www.example.com"],
};
const BRAINYSOFT = {
  vendor: "brainysoft",
  baseUrl: "https://acme-saas.brainysoft.example:9025/bs-core/",
  origins: ["https://loans.example.ru"],
};
const KEY = Buffer.alloc(32, 7).toString("base64");
const SECRETS = {
  SAKNEEN_API_KEY: "canary-key",
  BRAINYSOFT_TOKEN: "canary-token",
  LEDGER_KEYS: JSON.stringify({ k1: KEY }),
};

const faultsOf = (target: object, secrets: object = SECRETS) =>
  readConfig({ TARGETS: { t: target }, ...secrets }).faults.map(
    ({ setting, problem }) => `${setting} ${problem}`,
  );

describe("settings", () => {
  test("are taken as an object and as the same in JSON", () => {
    const targets = { sakneen: SAKNEEN, brainysoft: BRAINYSOFT };
    for (const TARGETS of [targets, JSON.stringify(targets)]) {
      const config = readConfig({ TARGETS, ...SECRETS });
      assert.deepEqual(config.faults, []);
      assert.deepEqual([...config.targets.keys()], ["sakneen", "brainysoft"]);
    }
  });

  test("have the vendor's defaults where a target is silent", () => {
    const { targets } = readConfig({ TARGETS: { s: SAKNEEN, b: BRAINYSOFT }, ...SECRETS });
    const [s, b] = [targets.get("s"), targets.get("b")];
    assert.deepEqual([s?.country, s?.phone, s?.maxNameLength], ["EG", "any", 200]);
    assert.deepEqual([b?.country, b?.phone, b?.maxNameLength], ["RU", "mobile", 50]);
    assert.deepEqual([...(s?.required ?? [])], ["name", "phone"]);
    assert.deepEqual(
      [s?.storage, s?.doubt, s?.stamp, s?.consent],
      ["ledger", "retry", "scored", "none"],
    );
    assert.equal(s?.limits.perAddressPerMinute, 60);
  });

  test("of one faulty target leave the others at work", () => {
    const { targets, faults } = readConfig({
      TARGETS: { good: SAKNEEN, bad: { ...SAKNEEN, colour: "red" } },
      ...SECRETS,
    });
    assert.ok(targets.get("good"));
    assert.equal(targets.get("bad"), undefined);
    assert.ok(targets.has("bad"));
    assert.deepEqual(faults, [{ setting: "TARGETS.bad.colour", problem: "is not a known key" }]);
  });

  const faulty: [string, object, string][] = [
    [
      "an unknown vendor",
      { ...SAKNEEN, vendor: "toString" },
      "TARGETS.t.vendor is not a known vendor",
    ],
    ["a missing address", { ...SAKNEEN, baseUrl: undefined }, "TARGETS.t.baseUrl is missing"],
    [
      "plain http to a public host",
      { ...SAKNEEN, baseUrl: "http://crm.example" },
      "TARGETS.t.baseUrl must be https (plain http only to loopback)",
    ],
    [
      "credentials in a URL",
      { ...SAKNEEN, baseUrl: "https://u:canary@crm.example" },
      "TARGETS.t.baseUrl must not hold credentials",
    ],
    ["no URL at all", { ...SAKNEEN, baseUrl: "crm" }, "TARGETS.t.baseUrl is not a URL"],
    ["no origins", { ...SAKNEEN, origins: [] }, "TARGETS.t.origins must name at least one origin"],
    [
      "an origin with a path",
      { ...SAKNEEN, origins: ["https://a.example", "https://b.example/x"] },
      "TARGETS.t.origins[1] is not an origin such as https://www.example.com",
    ],
    [
      "a star for every site",
      { ...SAKNEEN, origins: ["*"] },
      "TARGETS.t.origins[0] is not an origin such as https://www.example.com",
    ],
    [
      "a star for a whole registry",
      { ...SAKNEEN, origins: ["https://*.com"] },
      "TARGETS.t.origins[0] is not an origin such as https://www.example.com",
    ],
    [
      "a country that is none",
      { ...SAKNEEN, country: "XX" },
      "TARGETS.t.country is not an ISO 3166 country code",
    ],
    [
      "another storage",
      { ...SAKNEEN, storage: "disk" },
      "TARGETS.t.storage must be one of ledger, none",
    ],
    [
      "identity papers for Brainysoft",
      { ...BRAINYSOFT, extra: { passport: "1" } },
      "TARGETS.t.extra.passport must not be sent by this product",
    ],
    [
      "an extra field that Sakneen has not",
      { ...SAKNEEN, extra: { channel: "x" } },
      "TARGETS.t.extra.channel is not a field of Sakneen's leads API",
    ],
    [
      "a text where a list belongs",
      { ...SAKNEEN, origins: "https://a.example" },
      "TARGETS.t.origins must be array",
    ],
  ];
  for (const [what, target, expected] of faulty)
    test(`name ${what}`, () => assert.deepEqual(faultsOf(target), [expected]));

  test("name a missing secret by its full name", () => {
    const { LEDGER_KEYS } = SECRETS;
    assert.deepEqual(faultsOf(SAKNEEN, { LEDGER_KEYS }), ["SAKNEEN_API_KEY is missing"]);
    assert.deepEqual(faultsOf({ ...SAKNEEN, credential: "ACME" }), ["ACME_API_KEY is missing"]);
    assert.deepEqual(faultsOf(BRAINYSOFT, { LEDGER_KEYS }), ["BRAINYSOFT_TOKEN is missing"]);
    assert.deepEqual(faultsOf(BRAINYSOFT, { LEDGER_KEYS, BRAINYSOFT_CLIENT_ID: "x" }), [
      "BRAINYSOFT_TOKEN_URL is missing",
      "BRAINYSOFT_CLIENT_SECRET is missing",
    ]);
  });

  test("name a token address that would leak the client's secret", () => {
    const oauth = {
      BRAINYSOFT_TOKEN_URL: "http://auth.example/oauth/token",
      BRAINYSOFT_CLIENT_ID: "id",
      BRAINYSOFT_CLIENT_SECRET: "canary",
      LEDGER_KEYS: SECRETS.LEDGER_KEYS,
    };
    assert.deepEqual(faultsOf(BRAINYSOFT, oauth), [
      "BRAINYSOFT_TOKEN_URL must be https (plain http only to loopback)",
    ]);
  });

  test("warn of a project whose name is a pattern at Sakneen", () => {
    const target = { ...SAKNEEN, projects: ["Palm Hills", "Tower (A)"] };
    const { faults, warnings } = readConfig({ TARGETS: { t: target }, ...SECRETS });
    assert.deepEqual(faults, []);
    assert.deepEqual(warnings, [
      { setting: "TARGETS.t.projects[1]", problem: "may match other projects too" },
    ]);
  });

  test("name an operator's token that could be guessed, and open nothing by it", () => {
    const read = (OPERATOR_TOKEN: string) =>
      readConfig({ TARGETS: { t: SAKNEEN }, ...SECRETS, OPERATOR_TOKEN });
    for (const token of ["swordfish", "x".repeat(31), ` ${"x".repeat(31)}\n`]) {
      const { faults, operators, targets } = read(token);
      assert.deepEqual(faults, [
        { setting: "OPERATOR_TOKEN", problem: "is shorter than 32 characters" },
      ]);
      assert.deepEqual(operators, []);
      assert.ok(targets.get("t"), "visitors go on");
    }
    assert.deepEqual(read("x".repeat(32)).faults, []);
  });

  test("warn of a secret that nothing reads", () => {
    const { warnings } = readConfig({ TARGETS: { t: SAKNEEN }, ...SECRETS, TURNSTILE_SECRET: "x" });
    assert.deepEqual(
      warnings.map(({ setting }) => setting),
      ["TURNSTILE_SECRET"],
    );
  });

  test("name the missing or faulty key of a store, unless nothing is stored", () => {
    const { LEDGER_KEYS: _, ...rest } = SECRETS;
    const short = JSON.stringify({ k1: "c2hvcnQ=" });
    assert.deepEqual(faultsOf(SAKNEEN, rest), ["LEDGER_KEYS is missing"]);
    assert.deepEqual(faultsOf(SAKNEEN, { ...rest, LEDGER_KEYS: short }), [
      "LEDGER_KEYS must hold keys of 32 bytes in base64",
    ]);
    assert.deepEqual(faultsOf({ ...SAKNEEN, storage: "none" }, rest), []);
  });

  test("name a key of a store whose place would not be its own", () => {
    const LEDGER_KEYS = JSON.stringify({ k2: KEY, 1: KEY });
    assert.deepEqual(faultsOf(SAKNEEN, { ...SECRETS, LEDGER_KEYS }), [
      "LEDGER_KEYS must not name a key by a number",
    ]);
  });

  test("name what alerts lack, and leave the targets at work", () => {
    const [url, secret] = ["https://hooks.example/", `whsec_${KEY}`];
    const read = (alerts: object) => readConfig({ TARGETS: { t: SAKNEEN }, ...SECRETS, ...alerts });
    const unfit = "must be base64, with or without whsec_ before it";
    for (const [alerts, expected] of [
      [{ ALERT_WEBHOOK_URL: url }, "ALERT_WEBHOOK_SECRET is missing"],
      [{ ALERT_WEBHOOK_SECRET: secret }, "ALERT_WEBHOOK_URL is missing"],
      [
        { ALERT_WEBHOOK_URL: url, ALERT_WEBHOOK_SECRET: "my-pass_phrase" },
        `ALERT_WEBHOOK_SECRET ${unfit}`,
      ],
    ] as const) {
      const { faults, alerts: settings, targets } = read(alerts);
      assert.deepEqual(
        faults.map((fault) => `${fault.setting} ${fault.problem}`),
        [expected],
      );
      assert.equal(settings, undefined);
      assert.ok(targets.get("t"));
    }
    assert.ok(read({ ALERT_WEBHOOK_URL: url, ALERT_WEBHOOK_SECRET: secret }).alerts);
    assert.ok(read({ ALERT_WEBHOOK_URL: url, ALERT_WEBHOOK_SECRET: KEY }).alerts);
  });

  test("know the pages of a faulty target, but no origin that is none", () => {
    const target = { ...SAKNEEN, colour: "red", origins: ["https://a.example", "*", 1] };
    assert.deepEqual(readConfig({ TARGETS: { t: target }, ...SECRETS }).origins, [
      "https://a.example",
    ]);
  });

  test("name TARGETS itself when it is missing, broken or empty", () => {
    const problem = (TARGETS: unknown) => readConfig({ TARGETS }).faults.map((f) => f.problem);
    assert.deepEqual(problem(undefined), ["is missing"]);
    assert.deepEqual(problem("{"), ["is not JSON"]);
    assert.deepEqual(problem("[]"), ["must be an object of targets by key"]);
    assert.deepEqual(problem({}), ["names no target"]);
  });

  test("never echo a value", () => {
    const target = {
      vendor: "canary",
      baseUrl: "canary",
      origins: ["canary"],
      country: "canary",
      projects: [""],
      storage: "canary",
      extra: { passport: "canary" },
      limits: { x: "canary" },
    };
    assert.doesNotMatch(
      JSON.stringify(readConfig({ TARGETS: { t: target }, ...SECRETS }).faults),
      /canary/,
    );
  });
});
