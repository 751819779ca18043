/** A target's own fields: their settings, the reading of a value, and their way to the vendor. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readConfig } from "../../../proxy/config/config.ts";
import type { Target } from "../../../proxy/config/target.ts";
import { readLead, readRequest } from "../../../proxy/lead/lead.ts";
import { readNumber } from "../../../proxy/shared/number.ts";
import { readOwnValue } from "../../../proxy/shared/own-fields.ts";
import type { OwnField } from "../../../proxy/shared/own-fields.ts";
import { readPhone } from "../../read-phone.ts";

const SECRETS = { SAKNEEN_API_KEY: "k", BRAINYSOFT_TOKEN: "k" };
const configOf = (fields: unknown, settings: object = {}) =>
  readConfig({
    TARGETS: {
      t: {
        vendor: "sakneen",
        baseUrl: "https://vendor.example",
        origins: ["https://www.example.com"],
        storage: "none",
        fields,
        ...settings,
      },
    },
    ...SECRETS,
  });
const targetOf = (fields: unknown, settings: object = {}): Target => {
  const config = configOf(fields, settings);
  const target = config.targets.get("t");
  assert.ok(target, JSON.stringify(config.faults));
  return target;
};
const faultsOf = (fields: unknown, settings: object = {}): string[] =>
  configOf(fields, settings).faults.map(({ setting, problem }) => `${setting} ${problem}`);

const LABEL = { en: "Budget", ar: "الميزانية", ru: "Бюджет" };
const BUDGET = { name: "budget", type: "number", as: "budget", label: LABEL, min: 100_000 };

describe("a number", () => {
  const cases: [string, number | undefined][] = [
    ["3000000", 3_000_000],
    ["3,000,000", 3_000_000],
    ["3.000.000", 3_000_000],
    ["3 000 000", 3_000_000],
    ["3\u00A0000\u202F000", 3_000_000],
    ["3'000'000", 3_000_000],
    ["30,00,000", 3_000_000],
    ["٣٬٠٠٠٬٠٠٠", 3_000_000],
    ["٣٠٠٠٠٠٠", 3_000_000],
    ["۳٬۰۰۰٬۰۰۰", 3_000_000],
    ["３０００", 3000],
    ["1,500", 1500],
    ["1.500", 1500],
    ["0.500", 0.5],
    ["1,5", 1.5],
    ["1500,50", 1500.5],
    ["1 500,50", 1500.5],
    ["1,500.50", 1500.5],
    ["1.500,50", 1500.5],
    ["١٬٥٠٠٫٥", 1500.5],
    ["₽ 100", 100],
    ["100 €", 100],
    ["-5", -5],
    [".5", 0.5],
    ["1٫500", 1.5],
    ["3.", 3],
    ["12,345,67", undefined],
    ["1'5", undefined],
    ["1,2,3", undefined],
    ["12,34", 12.34],
    ["3 млн", undefined],
    ["1e5", undefined],
    ["0x10", undefined],
    ["Infinity", undefined],
    ["-", undefined],
    [".", undefined],
    [",", undefined],
    ["1-2", undefined],
    ["--1", undefined],
  ];
  for (const [text, expected] of cases)
    test(`${JSON.stringify(text)} is ${expected}`, () => assert.equal(readNumber(text), expected));
});

describe("a value", () => {
  const TODAY = ["2026-11-25", "2026-11-27"] as const;
  const field = (values: Partial<OwnField>): OwnField => ({
    name: "x",
    type: "text",
    label: { en: "X" },
    ...values,
  });
  const cases: [Partial<OwnField>, string, string][] = [
    [{ type: "number", min: 5, max: 10 }, "5", "5"],
    [{ type: "number", min: 5, max: 10 }, "4", "field_range"],
    [{ type: "number", min: 5, max: 10 }, "10.5", "field_range"],
    [{ type: "number" }, "many", "field_invalid"],
    [{ type: "number" }, "12345678901234567890", "field_invalid"],
    [{ type: "number", step: 1 }, "1.5", "field_invalid"],
    [{ type: "number", step: 0.1 }, "0.3", "0.3"],
    [{ type: "range", min: 10, max: 100, step: 30 }, "40", "40"],
    [{ type: "range", min: 10, max: 100, step: 30 }, "50", "field_invalid"],
    [{ type: "select", options: [{ value: "1" }, { value: "2" }] }, "2", "2"],
    [{ type: "radio", options: [{ value: "1" }] }, "3", "field_unknown"],
    [{ type: "checkbox" }, "on", "1"],
    [{ type: "checkbox" }, "no", "field_invalid"],
    [{ type: "date" }, "2026-12-01", "2026-12-01"],
    [{ type: "date" }, "2026-02-30", "field_invalid"],
    [{ type: "date" }, "01.12.2026", "field_invalid"],
    [{ type: "date", min: "today" }, "2026-11-26", "2026-11-26"],
    [{ type: "date", min: "today" }, "2026-11-24", "field_range"],
    [{ type: "date", max: "2026-12-31" }, "2027-01-01", "field_range"],
    [{ type: "date", min: "2026-01-01" }, "2025-12-31", "field_range"],
    [{ type: "text", max: 3 }, "four", "field_too_long"],
    [{ type: "text" }, "x".repeat(501), "field_too_long"],
    [{ type: "textarea" }, "two\nlines", "two\nlines"],
  ];
  for (const [values, raw, expected] of cases)
    test(`${JSON.stringify(values)} reads ${raw.slice(0, 12)} as ${expected}`, () => {
      const reading = readOwnValue(field(values), raw, TODAY);
      assert.equal("code" in reading ? reading.code : reading.value, expected);
    });
});

describe("the settings of own fields", () => {
  const text = (values: object = {}) => ({ name: "city", type: "text", label: LABEL, ...values });
  const cases: [string, unknown, string][] = [
    ["no list", "budget", "fields must be array"],
    ["a name of the form", [text({ name: "phone" })], "fields[0].name is a field of every form"],
    ["a name that no token can be", [text({ name: "My Field" })], "fields[0].name must be small"],
    ["papers by name", [text({ name: "passport" })], "fields[0].name must not be asked for"],
    ["cards by key", [text({ as: "bankCardNo" })], "fields[0].as must not be sent"],
    ["a key of the form", [text({ as: "phoneNumber" })], "fields[0].as is filled by the form"],
    ["a nested key at Sakneen", [text({ as: "extraFields.x" })], "fields[0].as must be letters"],
    ["one key twice", [text({ as: "a" }), text({ name: "b", as: "a" })], "fields[1].as is filled"],
    ["one name twice", [text(), text()], "fields[1].name stands in this list twice"],
    ["no label", [{ name: "city", type: "text" }], "fields[0].label is missing"],
    ["no type", [{ name: "city", label: LABEL }], "fields[0].type is missing"],
    ["a foreign type", [text({ type: "file" })], "fields[0].type must be one of text"],
    ["a key of nobody", [text({ size: 3 })], "fields[0].size is not a known key"],
    ["no options", [text({ type: "select" })], "fields[0].options is missing"],
    ["options of a text", [text({ options: ["1"] })], "fields[0].options is not for"],
    ["an option twice", [text({ type: "radio", options: ["1", 1] })], "fields[0].options holds"],
    ["a limit that is none", [text({ type: "number", min: "low" })], "fields[0].min must be a num"],
    ["a date that is none", [text({ type: "date", min: "2026-02-30" })], "fields[0].min must be a"],
    [
      "ends in the wrong order",
      [text({ type: "number", min: 2, max: 1 })],
      "fields[0].max is less",
    ],
    ["a step of a text", [text({ step: 1 })], "fields[0].step is not for the type text"],
    ["a source of a text", [text({ from: "query:a" })], "fields[0].from is not for the type text"],
    ["a foreign source", [text({ type: "hidden", from: "local:a" })], "fields[0].from must be"],
    [
      "a hidden one to fill",
      [text({ type: "hidden", required: true })],
      "fields[0].required is no",
    ],
    ["a fallback of another kind", [{ ...BUDGET, fallback: "low" }], "fields[0].fallback is not"],
    ["a fallback out of range", [{ ...BUDGET, fallback: 5 }], "fields[0].fallback is not a value"],
    [
      "too many",
      Array.from({ length: 13 }, (_, i) => text({ name: `f${i}` })),
      "fields must be at",
    ],
  ];
  for (const [what, fields, expected] of cases)
    test(`with ${what} are named`, () => {
      const faults = faultsOf(fields);
      assert.ok(
        faults.some((fault) => fault.startsWith(`TARGETS.t.${expected}`)),
        faults.join("\n"),
      );
      assert.equal(configOf(fields).targets.get("t"), undefined);
    });

  test("warn of the fifth visible field, of a missing language and of no fallback", () => {
    const { warnings } = targetOf([
      ...["a", "b", "c", "d"].map((name) => text({ name })),
      { ...BUDGET, required: true, label: "Budget" },
      { name: "crm", type: "hidden" },
    ]);
    assert.deepEqual(
      warnings.map(({ setting, problem }) => `${setting} ${problem}`),
      [
        "TARGETS.t.fields[4].name is visible field 5 of its own: each one costs leads",
        "TARGETS.t.fields[4].label has no text for ar, ru",
        "TARGETS.t.fields[4].fallback is missing: a lead from an old page goes without this field",
      ],
    );
  });

  test("give the browser neither the vendor's key nor the fallback", () => {
    const { definitions } = targetOf([{ ...BUDGET, as: "secret_key", fallback: 777_777 }]);
    const { as: _, ...known } = { ...BUDGET };
    assert.deepEqual(definitions.fields, [known]);
    assert.doesNotMatch(JSON.stringify(definitions), /secret_key|777777/);
  });

  test("have a version that changes with what the form asks, not with the vendor's key", () => {
    const version = (values: object) => targetOf([{ ...BUDGET, ...values }]).definitions.version;
    assert.equal(version({}), version({ as: "other", fallback: 200_000 }));
    assert.notEqual(version({}), version({ required: true }));
  });
});

const ID = "0b7c1c8e-3f1e-4c55-9d3c-1a2b3c4d5e6f";
const read = (target: Target, fields: Record<string, string>) => {
  const form = { target: "t", name: "Mona Adel", phone: "+201012345678", ...fields };
  const request = readRequest(new Map(Object.entries(form)));
  assert.ok(request);
  return readLead(request, target, { newId: () => ID, now: () => 0, readPhone });
};
const leadOf = (target: Target, fields: Record<string, string>) => {
  const result = read(target, fields);
  assert.ok("lead" in result, JSON.stringify(result));
  return result.lead;
};

/** The body that the vendor gets of a request. */
const bodyOf = async (target: Target, fields: Record<string, string>) => {
  const bodies: unknown[] = [];
  await target.deliver(leadOf(target, fields), {
    fetch: async (_url, { body }) => {
      bodies.push(JSON.parse(body as string));
      return Response.json({ newLead: { _id: "1" }, status: "ok", data: 1 });
    },
    now: () => 0,
    left: () => 6_000,
  });
  return bodies[0] as Record<string, unknown>;
};

describe("an own field", () => {
  const FIELDS = [
    { ...BUDGET, required: true, fallback: 500_000 },
    { name: "rooms", type: "select", as: "rooms", label: LABEL, options: ["1", "2"] },
    { name: "visit", type: "checkbox", as: "visit", label: LABEL },
    { name: "note", type: "textarea", label: LABEL },
  ];
  const target = targetOf(FIELDS);
  const { version } = target.definitions;

  test("reaches the vendor under its key, as a number, a text or true", async () => {
    const body = await bodyOf(target, {
      definitions: version,
      x_budget: "٣٬٠٠٠٬٠٠٠",
      x_rooms: "2",
      x_visit: "on",
      x_note: "no key",
      x_other: "unknown",
    });
    assert.deepEqual(body, {
      name: "Mona Adel",
      phoneNumber: "+201012345678",
      budget: 3_000_000,
      rooms: "2",
      visit: true,
    });
  });

  test("with a mistake is told to a form that knew of it, by its name on the wire", () => {
    const result = read(target, { definitions: version, x_budget: "5", x_rooms: "3" });
    assert.deepEqual(result, { fields: { x_budget: "field_range", x_rooms: "field_unknown" } });
    assert.deepEqual(read(target, { definitions: version }), {
      fields: { x_budget: "field_missing" },
    });
  });

  for (const [what, fields] of [
    ["an old page", { definitions: "older" }],
    ["a plain form", {}],
    ["an old page with another value", { definitions: "older", x_budget: "5" }],
  ] as const)
    test(`goes with its fallback from ${what}`, async () => {
      assert.equal((await bodyOf(target, fields))["budget"], 500_000);
    });

  test("keeps the text that no longer fits, for the operator", () => {
    const lead = leadOf(target, { definitions: "older", x_rooms: "3", x_note: " a\u200Bb " });
    assert.deepEqual(lead.own, { rooms: "3", note: "ab" });
  });

  test("goes into Brainysoft's list of extra fields, or stands flat", async () => {
    const lender = targetOf(
      [
        { name: "amount", type: "range", as: "amount", label: LABEL, min: 1000, max: 90_000 },
        { name: "city", type: "text", as: "extraFields.city", label: LABEL },
        { name: "project", as: "extraFields.project" },
        { name: "email", as: "extraFields.mail" },
      ],
      { vendor: "brainysoft" },
    );
    const body = await bodyOf(lender, {
      phone: "+79776200777",
      email: "mona@example.com",
      project: "Palm Hills",
      x_amount: "30000",
      x_city: "Алматы",
    });
    assert.deepEqual(body, {
      firstName: "Mona Adel",
      mobilePhone: "79776200777",
      amount: 30_000,
      extraFields: [
        { key: "city", value: "Алматы" },
        { key: "mail", value: "mona@example.com" },
        { key: "project", value: "Palm Hills" },
      ],
    });
    assert.deepEqual(lender.kept, ["extension"]);
  });
});
