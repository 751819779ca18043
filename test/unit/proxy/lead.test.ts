/** What the target's rules make of a request. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readConfig } from "../../../proxy/config/config.ts";
import type { Target } from "../../../proxy/config/target.ts";
import { readLead, readRequest } from "../../../proxy/lead/lead.ts";
import { readPhone } from "../../read-phone.ts";

const targetOf = (settings: object): Target => {
  const TARGETS = {
    t: {
      baseUrl: "https://vendor.example",
      origins: ["https://www.example.com"],
      storage: "none",
      ...settings,
    },
  };
  const target = readConfig({ TARGETS, SAKNEEN_API_KEY: "k", BRAINYSOFT_TOKEN: "k" }).targets.get(
    "t",
  );
  assert.ok(target);
  return target;
};
const ID = "0b7c1c8e-3f1e-4c55-9d3c-1a2b3c4d5e6f";
const read = (fields: Record<string, string>, settings: object = { vendor: "sakneen" }) => {
  const form = { target: "t", name: "Mona Adel", phone: "01012345678", ...fields };
  const request = readRequest(new Map(Object.entries(form)));
  assert.ok(request);
  return readLead(request, targetOf(settings), { newId: () => ID, now: () => 0, readPhone });
};
const fieldsOf = (...args: Parameters<typeof read>) => {
  const result = read(...args);
  return "fields" in result ? result.fields : {};
};
const leadOf = (...args: Parameters<typeof read>) => {
  const result = read(...args);
  assert.ok("lead" in result, JSON.stringify(result));
  return result.lead;
};

describe("a request", () => {
  test("with an id that is no UUID v4 is none", () => {
    for (const id of ["1", "", "0b7c1c8e-3f1e-1c55-9d3c-1a2b3c4d5e6f", `${ID}x`])
      assert.equal(
        readRequest(
          new Map([
            ["target", "t"],
            ["id", id],
          ]),
        ),
        undefined,
      );
  });

  test("gives a lead nothing of fields that the contract does not know", () => {
    const request = readRequest(
      new Map([
        ["target", "t"],
        ["admin", "1"],
        ["__proto__", "x"],
      ]),
    );
    assert.equal(request?.own.size, 0);
    assert.equal(Object.getPrototypeOf(request), Object.prototype);
    const lead = leadOf({ admin: "1", ["__proto__"]: "x", constructor: "x" });
    assert.doesNotMatch(JSON.stringify(lead), /admin|__proto__|constructor/);
  });
});

describe("a lead", () => {
  test("gets an id where a plain form brings none, and keeps the widget's", () => {
    assert.equal(leadOf({}).id, ID);
    const own = "11111111-2222-4333-8444-555555555555";
    assert.equal(leadOf({ id: own.toUpperCase() }).id, own);
  });

  test("names every field that is missing at once", () => {
    const required = ["name", "phone", "email", "project", "consent"];
    assert.deepEqual(fieldsOf({ name: " ", phone: "" }, { vendor: "sakneen", required }), {
      name: "name_missing",
      phone: "phone_missing",
      email: "email_missing",
      project: "project_missing",
      consent: "consent_missing",
    });
  });

  test("has a name of at most 200 units, and 50 for Brainysoft", () => {
    assert.deepEqual(fieldsOf({ name: "x".repeat(200) }), {});
    assert.deepEqual(fieldsOf({ name: "x".repeat(201) }), { name: "name_too_long" });
    const phone = "89776200777";
    const limited = { vendor: "brainysoft" };
    assert.deepEqual(fieldsOf({ phone, name: "ю".repeat(50) }, limited), {});
    assert.deepEqual(fieldsOf({ phone, name: "👍".repeat(26) }, limited), {
      name: "name_too_long",
    });
  });

  test("is asked once about an unlikely number, then believed", () => {
    assert.deepEqual(fieldsOf({ phone: "0101234567" }), { phone: "phone_unlikely" });
    assert.equal(leadOf({ phone: "0101234567", phone_confirmed: "1" }).phone, "+20101234567");
    const impossible = { phone: "0101", phone_confirmed: "1" };
    assert.deepEqual(fieldsOf(impossible), { phone: "phone_invalid" });
  });

  test("needs a mobile number where the target says so, by default for Brainysoft", () => {
    const landline = { phone: "84951234567" };
    assert.deepEqual(fieldsOf(landline, { vendor: "brainysoft" }), { phone: "phone_not_mobile" });
    assert.deepEqual(fieldsOf(landline, { vendor: "brainysoft", phone: "any" }), {});
  });

  test("reads a national number by the chosen country, else by the target's", () => {
    assert.equal(leadOf({ phone: "0501234567", country: "ae" }).phone, "+971501234567");
    assert.equal(leadOf({ phone: "01012345678", country: "nowhere" }).phone, "+201012345678");
  });

  test("keeps what was typed behind the number, and distinguishes nothing else by it", () => {
    for (const [phone, extension] of [
      ["010 1234 5678 ext. 12", "12"],
      ["01012345678 доб. 123", "123"],
      ["01012345678 x7", "7"],
      ["01012345678", undefined],
    ] as const) {
      const lead = leadOf({ phone });
      assert.deepEqual([lead.phone, lead.extension], ["+201012345678", extension]);
    }
    const both = { phone: "01012345678 / 01112345678" };
    assert.deepEqual(fieldsOf(both), { phone: "phone_unlikely" });
    assert.match(leadOf({ ...both, phone_confirmed: "1" }).extension ?? "", /01112345678/);
  });

  test("takes only projects on the list, and no pattern where there is none", () => {
    const listed = { vendor: "sakneen", projects: ["Palm Hills"] };
    assert.equal(leadOf({ project: " Palm Hills " }, listed).project, "Palm Hills");
    assert.deepEqual(fieldsOf({ project: "Palm" }, listed), { project: "project_unknown" });
    assert.equal(leadOf({ project: "St. Regis" }).project, "St. Regis");
    assert.deepEqual(fieldsOf({ project: ".*" }), { project: "project_unknown" });
    assert.equal(leadOf({ project: "p".repeat(200) }).project?.length, 200);
    assert.deepEqual(fieldsOf({ project: "p".repeat(201) }), { project: "project_unknown" });
  });

  test("minds a pattern only where the vendor makes one of a project", () => {
    const elsewhere = { vendor: "brainysoft", phone: "any", country: "EG" };
    assert.equal(leadOf({ project: "Villas (East)" }, elsewhere).project, "Villas (East)");
    const long = "x".repeat(201);
    assert.deepEqual(fieldsOf({ project: long }, elsewhere), { project: "project_unknown" });
  });

  test("says what was agreed to, and needs it where the target asks", () => {
    const asked = { vendor: "sakneen", consent: "required" };
    assert.deepEqual(fieldsOf({}, asked), { consent: "consent_missing" });
    for (const consent of ["1", "on", "true"])
      assert.equal(leadOf({ consent, consent_version: "2026-01" }, asked).consent, "2026-01");
    assert.equal(leadOf({ consent: "1" }).consent, "1");
    assert.equal(leadOf({ consent: "0" }).consent, "");
    const long = leadOf({ consent: "1", consent_version: "v".repeat(65) }).consent;
    assert.equal(long, "v".repeat(64));
  });

  test("keeps the campaign beside what the vendor gets", () => {
    assert.deepEqual(
      leadOf({ utm_source: "x", page: "https://a.example", colour: "red" }).attribution,
      {
        page: "https://a.example",
        utm_source: "x",
      },
    );
  });

  test("keeps 500 units of each value of it, and no half of a character", () => {
    const long = { page: "p".repeat(20_000), gclid: `${"g".repeat(499)}😀` };
    const { attribution } = leadOf(long);
    assert.deepEqual(attribution, { page: "p".repeat(500), gclid: "g".repeat(499) });
  });

  test("brings nothing hidden and no half of a pair in a text beside the name", () => {
    const text = "Sea\u202E \r\n View\uD83D";
    const clean = "Sea View\uFFFD";
    const lead = leadOf({
      phone: `01012345678 ${text}`,
      project: text,
      consent: "1",
      consent_version: text,
      referrer: text,
      utm_source: text,
    });
    assert.equal(lead.extension, "Sea View");
    assert.deepEqual([lead.project, lead.consent], [clean, clean]);
    assert.deepEqual(lead.attribution, { referrer: clean, utm_source: clean });
    assert.equal(leadOf({ project: "\u200B" }).project, undefined);
    // What the operator has listed is the vendor's own name.
    assert.equal(
      leadOf({ project: "A  B" }, { vendor: "sakneen", projects: ["A  B"] }).project,
      "A  B",
    );
  });

  test("speaks one of three languages", () => {
    for (const [lang, expected] of [
      ["ar", "ar"],
      ["ru-RU", "ru"],
      ["ru_RU", "ru"],
      ["ar_EG", "ar"],
      [" AR ", "ar"],
      ["arz", "en"],
      ["fr", "en"],
      ["", "en"],
    ] as const)
      assert.equal(leadOf({ lang }).lang, expected);
  });
});
