/** One journey from the browser to the vendor for each outcome that a vendor can bring about. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { CANARIES } from "../harness.ts";
import type { FormPage } from "../harness.ts";
import { journey } from "./journey.ts";

const UUID_V4 = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

/** Headers that HTTP itself brings along. */
const sentHeaders = (headers: Readonly<Record<string, string>>): Record<string, string> => {
  const transport = ["host", "connection", "content-length", "accept-encoding", "cf-connecting-ip"];
  return Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => !transport.includes(name) && !name.startsWith("cf-") && name !== "user-agent",
    ),
  );
};

describe("a lead that the vendor takes", () => {
  test("reaches Sakneen to the letter, and the visitor reads the thanks", async () => {
    const form = await journey.open({
      target: "sakneen",
      country: "EG",
      fields: "name phone email",
      project: "Downtown Tower",
    });
    await form.type({ name: "  أحمد   علي ", phone: "٠١٠١٢٣٤٥٦٧٨", email: "ahmed@example.com" });
    await form.submit();
    await form.enters("accepted");
    assert.match(await form.shows("success"), /أحمد\s+علي/);

    const [lead, ...more] = journey.vendors.sakneen.leads();
    assert.equal(more.length, 0);
    assert.deepEqual(lead?.body, {
      name: "أحمد علي",
      phoneNumber: "+201012345678",
      email: "ahmed@example.com",
      project: "Downtown Tower",
    });
    assert.equal(lead?.path, "/external/apis/v1.0/leads");
    assert.deepEqual(sentHeaders(lead?.headers ?? {}), {
      accept: "application/json",
      "api-key": CANARIES.SAKNEEN_API_KEY,
      "content-type": "application/json",
      language: "en",
    });
    const [post] = await form.answers(1);
    assert.equal(post?.status, 201);
    assert.deepEqual(post?.answer, { receipt: post?.body["id"], status: "created" });
    assert.match(post?.body["id"] ?? "", UUID_V4);
    await form.close();
  });

  test("reaches Brainysoft to the letter, in digits only", async () => {
    const form = await journey.open(
      { target: "brainysoft", country: "RU", fields: "name phone" },
      "ru",
    );
    await form.type({ name: "Фридрих Энгельс", phone: "8 (977) 620-07-77" });
    await form.submit();
    await form.enters("accepted");

    const [lead, ...more] = journey.vendors.brainysoft.leads();
    assert.equal(more.length, 0);
    assert.deepEqual(lead?.body, {
      channel: "LOAN_APPLICATION",
      firstName: "Фридрих Энгельс",
      mobilePhone: "79776200777",
    });
    assert.equal(lead?.path, "/bs-core/main/leads");
    assert.deepEqual(sentHeaders(lead?.headers ?? {}), {
      accept: "application/json",
      bsauth: CANARIES.BRAINYSOFT_TOKEN,
      "content-type": "application/json",
    });
    await form.close();
  });

  test("carries Arabic to Sakneen as the language of an Arabic page", async () => {
    const form = await journey.open({ target: "sakneen", country: "EG" }, "ar");
    await form.type({ name: "أحمد علي", phone: "01012345678" });
    await form.submit();
    await form.enters("accepted");
    assert.equal(journey.vendors.sakneen.leads()[0]?.headers["language"], "ar");
    await form.close();
  });

  test("is thanked for alike when the vendor has the phone number already", async () => {
    const send = async (): Promise<{ form: FormPage; thanks: string }> => {
      const form = await journey.open({ target: "sakneen", country: "EG" });
      await form.type({ name: "Mona Adel", phone: "01012345678" });
      await form.submit();
      await form.enters("accepted");
      return { form, thanks: await form.shows("success") };
    };
    const first = await send();
    journey.vendors.sakneen.setFaults({ mode: "duplicate" });
    const second = await send();
    assert.equal(journey.vendors.sakneen.leads().length, 1);
    assert.equal(second.thanks, first.thanks);
    const [a] = await first.form.answers(1);
    const [b] = await second.form.answers(1);
    assert.equal(b?.status, a?.status);
    assert.deepEqual(Object.keys(Object(b?.answer)), Object.keys(Object(a?.answer)));
    assert.equal(Object(b?.answer).status, "created");
    await first.form.close();
    await second.form.close();
  });
});

describe("a field that the vendor refuses", () => {
  const cases = [
    ["ar", "sakneen", "EG", "01012345678", /رقم الهاتف/],
    ["ru", "brainysoft", "RU", "8 (977) 620-07-77", /телефон|номер/i],
  ] as const;
  for (const [lang, target, country, phone, words] of cases)
    test(`is explained at the field in the visitor's language (${lang}, ${target})`, async () => {
      journey.vendors[target].setFaults({ mode: "invalid_phone" });
      const form = await journey.open({ target, country }, lang);
      await form.type({ name: "Mona Adel", phone });
      await form.submit();
      assert.match(await form.shows("summary"), words);
      const said = await form.describes("phone");
      assert.match(said.text, words);
      assert.equal(said.invalid, "true");
      assert.equal(said.lang, lang);
      await form.enters("idle");
      const [post] = await form.answers(1);
      assert.equal(post?.status, 422);
      assert.ok(!/NO_MOBILE|Invalid phone number format/.test(post?.text ?? ""));
      assert.equal((await form.values())["name"], "Mona Adel");
      await form.close();
    });
});

describe("a vendor that does not take the lead", () => {
  const cases = [
    ["refuses our key", "sakneen", { mode: "bad_key" }, "01012345678"],
    ["is down", "brainysoft", { mode: "unavailable_503", retry_after: 1 }, "+79776200777"],
  ] as const;
  for (const [what, target, faults, phone] of cases)
    test(`and ${what} leaves everything typed, and the visitor knows`, async () => {
      journey.vendors[target].setFaults(faults);
      const form = await journey.open({ target, country: "EG", "contact-phone": "+20 2 12345678" });
      await form.type({ name: "Mona Adel", phone });
      await form.submit();
      await form.enters("error");
      assert.match(await form.shows("summary"), /not sent/i);
      const { name, phone: typed } = await form.values();
      assert.deepEqual([name, typed], ["Mona Adel", phone]);
      for (const post of await form.answers(1)) {
        assert.equal(post.status, 503);
        assert.equal(Object(post.answer).code, "unavailable");
      }
      assert.equal(journey.vendors[target].leads().length, 0);
      await form.close();
    });
});
