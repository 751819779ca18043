/** A country that was only guessed: what the form shows, what it sends, and when it asks. */
import { essentials } from "../../widget/lazy/essentials.ts";
import {
  answer,
  assert,
  created,
  equal,
  find,
  has,
  mount,
  press,
  problem,
  submit,
  textOf,
  type,
  until,
} from "./harness.ts";

/** A visitor whose time zone or language says this country; the page says none. */
const visitFrom = async (guess: string | undefined, attributes: Record<string, string> = {}) => {
  essentials.part = { ...essentials.part!, guessCountry: () => guess ?? "" };
  const mounted = await mount({ country: "", ...attributes });
  await type(mounted.form, "name", "Mona Adel");
  return mounted;
};

const face = (form: HTMLElement) => textOf(form as never, "[part=country] bdi");

describe("a guessed country", () => {
  it("reads the number, is shown, and is sent as a guess", async () => {
    const sent = answer(created);
    const { form } = await visitFrom("EG");
    equal(face(form), "EG +20");
    await type(form, "phone", "01012345678");
    equal(textOf(form, "#h-phone"), "We will call +20 101 234 5678");
    await submit(form);
    const { body } = sent[0]!;
    equal([body.get("country"), body.get("country_guess")], [null, "EG"]);
  });

  it("refuses no number: where it does not fit, the proxy decides", async () => {
    const sent = answer(created);
    const { form } = await visitFrom("SA");
    await type(form, "phone", "01012345678");
    assert(!has(form, "#e-phone") && !has(form, "#h-phone"), "neither refused nor claimed");
    await submit(form);
    equal(sent[0]!.body.get("country_guess"), "SA");
  });

  for (const [home, typed, shown, call] of [
    ["EG", "01012345678", "EG +20", "+20 101 234 5678"],
    ["RU", "8 916 123-45-67", "RU +7", "+7 916 123 4567"],
    ["KZ", "8 701 234 56 78", "KZ +7", "+7 701 234 5678"],
    ["SA", "0512345678", "SA +966", "+966 51 234 5678"],
  ] as const)
    it(`never beats the target's own where the number fits there: ${home}`, async () => {
      const sent = answer(created);
      const { form } = await visitFrom("AE", { country: home });
      await type(form, "phone", typed);
      equal([face(form), textOf(form, "#h-phone")], [shown, `We will call ${call}`]);
      await submit(form);
      equal(sent[0]!.body.get("country"), home);
    });

  it("is used where the number fits it, and not the target's own: the picker follows visibly", async () => {
    const sent = answer(created);
    const { form } = await visitFrom("AE", { country: "EG" });
    equal(face(form), "EG +20");
    await type(form, "phone", "0501234567 8");
    await type(form, "phone", "0521234567");
    equal([face(form), textOf(form, "#h-phone")], ["AE +971", "We will call +971 52 123 4567"]);
    await submit(form);
    equal(sent[0]!.body.get("country"), "AE");
  });

  it("gives way to one of the offered countries where only that fits", async () => {
    answer(created);
    const { form } = await visitFrom("DE", { countries: "SA RU EG" });
    equal(face(form), "SA +966", "the first of a list that lacks the guess");
    await type(form, "phone", "01012345678");
    equal([face(form), textOf(form, "#h-phone")], ["EG +20", "We will call +20 101 234 5678"]);
  });

  it("is none without the essentials: then the target's own country counts alone", async () => {
    essentials.part = undefined;
    const sent = answer(created);
    const { form } = await mount({ country: "" });
    await type(form, "name", "Mona");
    await type(form, "phone", "01012345678");
    await submit(form);
    const { body } = sent[0]!;
    equal([body.get("country"), body.get("country_guess")], [null, null]);
  });
});

describe("a number that the proxy reads otherwise", () => {
  const suggestion = { phone: "+201012345678", country: "EG" };
  const ask = () => problem(422, "invalid", { fields: { phone: "phone_unlikely" }, suggestion });

  it("is shown and asked about once, and goes out with the next press", async () => {
    const sent = answer((_, count) => (count === 1 ? ask() : created(sent[1]!)));
    const { form, events } = await visitFrom("US");
    await type(form, "phone", "01012345678");
    await press(form);
    await until(() => has(form, "#summary"));
    assert(textOf(form, "#e-phone").includes("Is +20 101 234 5678 right?"), "asked");
    equal(face(form), "EG +20");
    equal(events.at(-1), ["invalid", { fields: { phone: "phone_unlikely" } }]);
    await submit(form);
    equal(form.status, "accepted");
    const { body } = sent[1]!;
    equal(
      [body.get("phone"), body.get("country"), body.get("country_guess")],
      ["01012345678", "EG", null],
    );
    equal(sent.length, 2, "asked once");
  });

  it("is asked about by its own number where the plan for it is not there", async () => {
    answer(() =>
      problem(422, "invalid", {
        fields: { phone: "phone_unlikely" },
        suggestion: { phone: "+447400123456", country: "GB" },
      }),
    );
    const { form } = await visitFrom("US");
    await type(form, "phone", "07400 123456");
    await press(form);
    await until(() => has(form, "#summary"));
    assert(textOf(form, "#summary").includes("+447400123456"), textOf(form, "#summary"));
  });
});

describe("a number that does not fit its country", () => {
  for (const [lang, country, words] of [
    [
      "en",
      "US",
      "This is not a full number for the United States (+1). Choose the country or begin with +",
    ],
    ["en", "EG", "This is not a full number for Egypt (+20). Choose the country or begin with +"],
    ["ar", "EG", "هذا الرقم غير كامل. الدولة: مصر (+20). اختر الدولة أو ابدأ بعلامة +"],
    ["ru", "RU", "Номер неполный. Страна: Россия (+7). Выберите страну или начните с +"],
  ] as const)
    it(`is told with the name of that country: ${lang}, ${country}`, async () => {
      answer(() => problem(422, "invalid", { fields: { phone: "phone_invalid" } }));
      const { form } = await visitFrom(undefined, { country, lang });
      await type(form, "phone", "12345");
      await press(form);
      await until(() => has(form, "#e-phone"));
      assert(textOf(form, "#e-phone").endsWith(words), textOf(form, "#e-phone"));
    });

  it("is told without one where it names its own, or nobody could choose", async () => {
    const { form } = await visitFrom("EG", { country: "EG" });
    await type(form, "phone", "+20 12");
    equal(textOf(form, "#e-phone"), "Error: Enter the full phone number");
    const other = await visitFrom("EG", { country: "EG", "without-country-select": "" });
    await type(other.form, "phone", "0101");
    equal(textOf(other.form, "#e-phone"), "Error: Enter the full phone number");
  });
});

it("an extension is said beneath the field", async () => {
  const { form } = await visitFrom("EG", { country: "EG" });
  await type(form, "phone", "02 25740000 ext. 123");
  const hint = textOf(form, "#h-phone");
  assert(/^We will call \+20 [\d ]+ ext\. 123$/.test(hint), hint);
});

it("an Arabic word for the extension leaves the plus before the number", async () => {
  const { form } = await visitFrom("EG", { country: "EG", lang: "ar" });
  await type(form, "phone", "02 25740000 ext. 123");
  const hint = find(form, "#h-phone").textContent!;
  assert(/\u2066\+20[\d\s]+\u2069 \S+ 123/.test(hint.replaceAll("\xA0", " ")), hint);
});
