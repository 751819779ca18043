/** Owns the proof of what a simulated vendor's own form asks for: one more key, one less, another language. */
import assert from "node:assert/strict";
import { after, beforeEach, describe, test } from "node:test";
import { DEMO_SECRETS, startVendors } from "../../../demo/vendors/server.ts";

const vendors = await startVendors();
const { sakneen, brainysoft } = vendors;
after(() => vendors.close());
beforeEach(() => {
  sakneen.clear();
  brainysoft.clear();
});

const post = async (url: string, headers: Record<string, string>, body: unknown) => {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

const toSakneen = (values: object, language = "en") =>
  post(
    `${sakneen.baseUrl}/external/apis/v1.0/leads`,
    { "api-key": DEMO_SECRETS.SAKNEEN_API_KEY, language },
    { name: "Ahmed", phoneNumber: "+201012345678", ...values },
  );
const toBrainysoft = (values: object) =>
  post(
    `${brainysoft.baseUrl}/main/leads`,
    { bsauth: DEMO_SECRETS.BRAINYSOFT_TOKEN },
    { firstName: "Иван", mobilePhone: "79776200777", ...values },
  );

describe("Sakneen's form", () => {
  test("demands a key of each lead, whatever else happens to it", async () => {
    sakneen.setFaults({ mode: "demanded_key" });
    const refused = await toSakneen({});
    assert.deepEqual(
      [refused.status, refused.body["message"]],
      [400, [{ budget: "budget field is missing from body" }]],
    );
    assert.equal((await toSakneen({ name: "ok Ahmed" })).status, 400);
    assert.equal((await toSakneen({ budget: "" })).status, 400);
    assert.equal((await toSakneen({ budget: 0 })).status, 201);
  });

  test("demands the key that the order names, as often as it says", async () => {
    sakneen.setFaults({ mode: "demanded_key", key: "rooms", count: 1 });
    assert.deepEqual((await toSakneen({})).body["message"], [
      { rooms: "rooms field is missing from body" },
    ]);
    assert.equal((await toSakneen({})).status, 201);
    assert.equal((await toSakneen({ name: "demanded_key Ahmed" })).status, 400);
  });

  test("refuses a key that it does not know, as NestJS does", async () => {
    sakneen.setFaults({ mode: "refused_key" });
    assert.equal((await toSakneen({})).status, 201);
    assert.deepEqual((await toSakneen({ budget: 1 })).body["message"], [
      "property budget should not exist",
    ]);
  });

  for (const [language, text] of [
    ["ar", /مطلوب/],
    ["ru", /обязательно/],
    ["en", /مطلوب/],
  ] as const)
    test(`speaks its own language to a request in ${language}`, async () => {
      sakneen.setFaults({ mode: "localised" });
      const { body } = await toSakneen({ name: "" }, language);
      const message = body["message"] as Record<string, string>[];
      assert.deepEqual(message.flatMap(Object.keys), ["name", "budget"]);
      for (const complaint of message) assert.match(Object.values(complaint).join(), text);
      assert.doesNotMatch(
        String((await toSakneen({ phoneNumber: "1", budget: 1 }, language)).body["message"]),
        /phone/i,
      );
      assert.equal((await toSakneen({ budget: 1 }, language)).status, 201);
    });
});

describe("Brainysoft's form", () => {
  test("demands a key by a code of its own, flat or among the extra fields", async () => {
    brainysoft.setFaults({ mode: "demanded_key", key: "loanPurpose" });
    assert.equal((await toBrainysoft({})).body["data"], "NO_LOAN_PURPOSE_ERROR");
    const extraFields = [{ key: "loanPurpose", value: "car" }];
    assert.equal((await toBrainysoft({ extraFields })).body["status"], "ok");
    assert.equal((await toBrainysoft({ loanPurpose: "car" })).body["status"], "ok");
  });

  test("refuses a key as Jackson does", async () => {
    brainysoft.setFaults({ mode: "refused_key" });
    assert.equal((await toBrainysoft({})).status, 200);
    const refused = await toBrainysoft({ budget: 1 });
    assert.equal(refused.status, 400);
    assert.match(String(refused.body["message"]), /Unrecognized field "budget"/);
  });

  test("has a Russian text beside its code", async () => {
    brainysoft.setFaults({ mode: "localised" });
    const { body } = await toBrainysoft({});
    assert.deepEqual(body["data"], {
      code: "NO_BUDGET_ERROR",
      message: "Поле обязательно для заполнения",
    });
    assert.equal((await toBrainysoft({ budget: 1 })).body["status"], "ok");
  });
});
