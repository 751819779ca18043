/** That what a form shows reaches its vendor, or is kept: no field is dropped in silence. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readConfig } from "../../../proxy/config/config.ts";
import type { Target } from "../../../proxy/config/target.ts";
import * as registry from "../../../proxy/vendors/index.ts";
import { LEAD_FIELDS } from "../../../proxy/vendors/vendor.ts";
import type { LeadField, VendorLead } from "../../../proxy/vendors/vendor.ts";

const SECRETS = {
  SAKNEEN_API_KEY: "k",
  BRAINYSOFT_TOKEN: "k",
  LEDGER_KEYS: JSON.stringify({ k1: Buffer.alloc(32, 1).toString("base64") }),
};
const configOf = (vendor: string, settings: object) =>
  readConfig({
    TARGETS: {
      t: {
        vendor,
        baseUrl: "https://vendor.example",
        origins: ["https://www.example.com"],
        ...settings,
      },
    },
    ...SECRETS,
  });
const targetOf = (vendor: string, settings: object = {}): Target => {
  const config = configOf(vendor, settings);
  const target = config.targets.get("t");
  assert.ok(target, JSON.stringify(config.faults));
  return target;
};
const faultsOf = (vendor: string, settings: object): string[] =>
  configOf(vendor, settings).faults.map(({ setting, problem }) => `${setting} ${problem}`);

const VALUES: Readonly<Record<LeadField, string>> = {
  name: "Mona Adel",
  phone: "+79776200777",
  email: "mona@example.com",
  project: "Palm Hills",
  extension: "4321",
};
const LEAD: VendorLead = {
  ...VALUES,
  id: "0b7c1c8e-3f1e-4c55-9d3c-1a2b3c4d5e6f",
  lang: "en",
  attribution: { utm_source: "Yandex", utm_campaign: "spring" },
};

/** The body that the vendor gets. */
const sentTo = async (target: Target, lead: VendorLead = LEAD) => {
  const bodies: string[] = [];
  await target.deliver(lead, {
    fetch: async (_url, { body }) => {
      bodies.push(body as string);
      return new Response("{}");
    },
    now: () => 0,
    left: () => 6_000,
  });
  assert.equal(bodies.length, 1);
  return JSON.parse(bodies[0] ?? "") as Record<string, unknown>;
};

for (const vendor of Object.keys(registry))
  describe(`what a form shows for ${vendor}`, () => {
    for (const field of LEAD_FIELDS)
      test(`${field} reaches the vendor, or is kept`, async () => {
        const target = targetOf(vendor);
        const values = Object.values(await sentTo(target));
        const sent = values.some((value) => VALUES[field].includes(String(value)));
        assert.equal(sent, !target.kept.includes(field));
      });
  });

describe("an e-mail address", () => {
  test("goes to Brainysoft under the name of its document", async () => {
    assert.equal((await sentTo(targetOf("brainysoft")))["email"], "mona@example.com");
    const without = await sentTo(targetOf("brainysoft"), { ...LEAD, email: undefined });
    assert.ok(!("email" in without));
  });

  for (const vendor of Object.keys(registry))
    test(`is kept instead where it is switched off for ${vendor}`, async () => {
      const target = targetOf(vendor, { extra: { email: null } });
      assert.ok(!("email" in (await sentTo(target))));
      assert.ok(target.kept.includes("email"));
    });

  test("cannot be fixed for all leads, and nothing required is switched off", () => {
    for (const [extra, problem] of [
      [{ email: "a@b.example" }, "email is filled by the form: null switches it off"],
      [{ firstName: null }, "firstName must not be switched off"],
      [{ mobilePhone: "1" }, "mobilePhone is filled by the form"],
      [{ channel: null }, "channel is not a field of the form, so that null has no meaning"],
    ] as const)
      assert.deepEqual(faultsOf("brainysoft", { extra }), [`TARGETS.t.extra.${problem}`]);
    assert.deepEqual(faultsOf("sakneen", { extra: { name: null, project: "x" } }), [
      "TARGETS.t.extra.name must not be switched off",
      "TARGETS.t.extra.project is filled by the form: null switches it off",
    ]);
  });
});

describe("a target that stores nothing", () => {
  const warningsOf = (vendor: string, settings: object) =>
    targetOf(vendor, { storage: "none", ...settings }).warnings;

  test("is warned of what it asks for and can neither send nor keep", () => {
    const warning = (field: string) => ({
      setting: "TARGETS.t.storage",
      problem: `keeps no ${field}, and the vendor takes none: it would be lost`,
    });
    assert.deepEqual(warningsOf("brainysoft", { projects: ["A"] }), [warning("project")]);
    assert.deepEqual(warningsOf("brainysoft", { extra: { email: null }, required: ["email"] }), [
      warning("email"),
    ]);
    assert.deepEqual(warningsOf("brainysoft", {}), []);
    assert.deepEqual(warningsOf("sakneen", { projects: ["A"], required: ["email"] }), []);
  });
});

describe("a campaign", () => {
  const bodyFor = async (rules: object, extra: object = {}) =>
    sentTo(targetOf("brainysoft", { attribution: rules, extra }));

  test("is not sent unless the target says under which key", async () => {
    assert.ok(!JSON.stringify(await sentTo(targetOf("brainysoft"))).includes("spring"));
  });

  test("goes as text, or as what the table says of it", async () => {
    const body = await bodyFor({ utm_campaign: { as: "title" } });
    assert.equal(body["title"], "spring");
    const map = { yandex: 17, "*": 1 };
    const source = (await bodyFor({ utm_source: { as: "howYouKnowId", map } }))["howYouKnowId"];
    assert.equal(source, 17, "in any case of its letters");
    const other = (await bodyFor({ utm_campaign: { as: "howYouKnowId", map } }))["howYouKnowId"];
    assert.equal(other, 1);
  });

  test("that the table does not know, or that is absent, leaves the fixed field as it is", async () => {
    const extra = { howYouKnowId: 5 };
    for (const rules of [
      { utm_source: { as: "howYouKnowId", map: { google: 2 } } },
      { utm_term: { as: "howYouKnowId", map: { "*": 2 } } },
      { utm_campaign: { as: "howYouKnowId", map: { constructor: 2 } } },
    ])
      assert.equal((await bodyFor(rules, extra))["howYouKnowId"], 5);
    const known = { utm_source: { as: "howYouKnowId", map: { yandex: 2 } } };
    assert.equal((await bodyFor(known, extra))["howYouKnowId"], 2);
  });

  test("has a key that the vendor takes and nothing else fills", () => {
    const faulty = (attribution: object, vendor = "brainysoft") =>
      faultsOf(vendor, { attribution });
    for (const as of ["passport", "snils", "inn", "cardNumber", "PASSPORT"])
      assert.deepEqual(faulty({ utm_source: { as } }), [
        "TARGETS.t.attribution.utm_source.as must not be sent by this product",
      ]);
    for (const as of ["firstName", "mobilePhone", "email"])
      assert.deepEqual(faulty({ utm_source: { as } }), [
        "TARGETS.t.attribution.utm_source.as is filled by the form",
      ]);
    assert.deepEqual(faulty({ utm_source: { as: "a" }, utm_medium: { as: "a" } }), [
      "TARGETS.t.attribution.utm_medium.as is filled by another one already",
    ]);
    assert.deepEqual(faulty({ utm_source: { as: "source" } }, "sakneen"), [
      "TARGETS.t.attribution.utm_source.as is not a field of Sakneen's leads API",
    ]);
    assert.equal(faulty({ utm_colour: { as: "a" } }).length, 1);
    assert.match(faulty({ utm_colour: { as: "a" } })[0] ?? "", /attribution\.utm_colour is not/);
    assert.equal(faulty({ utm_source: { as: "" } }).length, 1);
    assert.equal(faulty({ utm_source: { as: "a", map: {} } }).length, 1);
  });
});
