/** How a number is read whose country was only guessed, and what the visitor is asked then. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { LEADS, postLead } from "../harness.ts";
import { proxy } from "./worker.ts";

const accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
const EG = { phone: "+201012345678", country: "EG" };

const post = async (
  values: Record<string, string>,
  target: "sakneen" | "brainysoft" = "sakneen",
) => {
  const response = await postLead(proxy, { ...LEADS[target], ...values });
  const body = (await response.json()) as Record<string, unknown>;
  const [request] = proxy.vendors[target].leads();
  const { phoneNumber, mobilePhone } = request?.body ?? {};
  return { status: response.status, body, sent: phoneNumber ?? mobilePhone };
};

describe("a guessed country", () => {
  for (const [what, values, sent] of [
    ["that is the target's own", { phone: "01012345678", country_guess: "EG" }, "+201012345678"],
    ["that alone fits the number", { phone: "0512345678", country_guess: "sa" }, "+966512345678"],
    [
      "of a number that names its own",
      { phone: "+7 916 123-45-67", country_guess: "US" },
      "+79161234567",
    ],
    [
      "beside a chosen one",
      { phone: "0501234567", country: "AE", country_guess: "GB" },
      "+971501234567",
    ],
    ["that is none", { phone: "01012345678", country_guess: "nowhere" }, "+201012345678"],
    [
      "that is a name of an object",
      { phone: "01012345678", country_guess: "__proto__" },
      "+201012345678",
    ],
  ] as const)
    test(`${what} needs no question`, async () => {
      assert.deepEqual(await post(values).then(({ status, sent: was }) => [status, was]), [
        201,
        sent,
      ]);
    });

  for (const country_guess of ["GB", "us", "RU", "IT", "IN", "AE"])
    test(`of ${country_guess} never beats the target's own where the number is valid there`, async () => {
      for (const confirmed of [{}, { phone_confirmed: "1" }]) {
        const { status, body, sent } = await post({
          phone: "010 1234 5678",
          country_guess,
          ...confirmed,
        });
        const { code, fields, suggestion } = body;
        assert.deepEqual(
          [status, code, fields, suggestion, sent],
          [422, "invalid", { phone: "phone_unlikely" }, EG, undefined],
        );
      }
    });

  test("is answered by a suggestion beside every other mistake", async () => {
    const { body } = await post({ name: " ", phone: "01012345678", country_guess: "GB" });
    assert.deepEqual(
      [body["fields"], body["suggestion"]],
      [{ name: "name_missing", phone: "phone_unlikely" }, EG],
    );
  });

  test("gives way to the suggested one once the visitor has agreed, with the same id", async () => {
    const lead = { id: crypto.randomUUID(), phone: "01012345678" };
    assert.equal((await post({ ...lead, country_guess: "GB" })).status, 422);
    const { status, sent } = await post({ ...lead, country: "EG" });
    assert.deepEqual([status, sent], [201, "+201012345678"]);
  });

  test("of Kazakhstan reads a Russian number alike", async () => {
    const { status, sent } = await post({ phone: "9161234567", country_guess: "KZ" }, "brainysoft");
    assert.deepEqual([status, sent], [201, "79161234567"]);
  });
});

describe("a plain form with a guessed country", () => {
  test("comes back with the suggested number, and a second press sends that", async () => {
    const lead = { ...LEADS.sakneen, country_guess: "GB" };
    const response = await postLead(proxy, lead, { accept });
    assert.equal(response.status, 422);
    const html = await response.text();
    assert.match(html, /\+20\s101\s234\s5678/);
    const hidden = [...html.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)].map(
      ([, name = "", value = ""]) => [name, value],
    );
    const again = Object.fromEntries(hidden) as Record<string, string>;
    assert.deepEqual([again["country"], again["country_guess"]], ["EG", undefined]);
    const { name, phone } = LEADS.sakneen;
    assert.equal((await postLead(proxy, { ...again, name, phone }, { accept })).status, 303);
    assert.equal(proxy.vendors.sakneen.leads()[0]?.body["phoneNumber"], "+201012345678");
  });

  test("keeps the guess where another field is wrong", async () => {
    const lead = { ...LEADS.sakneen, phone: "0512345678", name: "", country_guess: "SA" };
    const html = await (await postLead(proxy, lead, { accept })).text();
    assert.match(html, /type="hidden" name="country_guess" value="SA"/);
    assert.doesNotMatch(html, /name="phone_confirmed"/);
  });
});

describe("an extension", () => {
  test("is not part of the number that the vendor gets", async () => {
    const { status, sent } = await post({ phone: "01012345678 ext. 12" });
    assert.deepEqual([status, sent], [201, "+201012345678"]);
  });
});
