import { LeadForm } from "../../widget/element/lead-form.ts";
import type * as realPhone from "../../widget/essentials/phone/index.ts";
import * as realSpelling from "../../widget/essentials/phone/spelling/index.ts";
import { essentials, spelling, worldPlans } from "../../widget/lazy/essentials.ts";
import { readPhone } from "../../widget/essentials/phone/index.ts";
import { PHONES } from "../phones.ts";
import {
  answer,
  assert,
  choose,
  created,
  equal,
  fillIn,
  find,
  has,
  mount,
  press,
  submit,
  textOf,
  type,
  until,
} from "./harness.ts";

describe("the phone rules of the browser", () => {
  for (const { typed, country, expected, likely = true, world, ...row } of PHONES)
    it(`reads ${JSON.stringify(typed)} in ${country} as ${world ? "worth asking the proxy" : expected}`, () => {
      const reading = readPhone(typed, country);
      if (world) return assert(reading, "let pass");
      if (expected === "phone_invalid") return equal(reading, undefined);
      const mobile = "mobile" in row ? row.mobile : true;
      equal([reading?.e164, reading?.likely, reading?.mobile], [expected, likely, mobile]);
    });
});

describe("the phone field", () => {
  it("shows how a number is understood, without touching what was typed", async () => {
    const { form } = await mount();
    await type(form, "phone", "\u202A٠١٠ ١٢٣٤-٥٦٧٨\u202C");
    equal(textOf(form, "#h-phone"), "We will call +20 101 234 5678");
    equal(find<HTMLInputElement>(form, "#f-phone").value, "\u202A٠١٠ ١٢٣٤-٥٦٧٨\u202C");
  });

  it("stands before its country select, and asks autofill for the whole number", async () => {
    const { form } = await mount();
    const order = [...find(form, ".row").querySelectorAll("input, select")].map((control) =>
      control.getAttribute("autocomplete"),
    );
    equal(order, ["tel", "tel-country-code"]);
  });

  it("lets a typed plus beat the country select, which follows", async () => {
    const { form } = await mount();
    equal(textOf(form, "[part=country] bdi"), "EG +20");
    await type(form, "phone", "+7 977 620-07-77");
    equal(textOf(form, "[part=country] bdi"), "RU +7");
    equal(find<HTMLSelectElement>(form, "[name=country]").value, "RU");
    await type(form, "phone", "+44 7400 123456");
    equal(textOf(form, "[part=country] bdi"), "GB +44");
  });

  for (const [typed, face] of [
    ["+49", "DE +49"],
    ["+49 30", "DE +49"],
    [" 0049 151", "DE +49"],
    ["(+49) 30 12", "DE +49"],
    ["+20 10", "EG +20"],
    ["+9", "US +1"],
    ["+1 41", "US +1"],
    ["030 90", "US +1"],
    ["+49 30 901820 1234567890123", "DE +49"],
  ] as const)
    it(`shows ${face} beside ${JSON.stringify(typed)}, whole or not`, async () => {
      const { form } = await mount({ country: "US" });
      form.values = { phone: typed };
      await form.updateComplete;
      equal(textOf(form, "[part=country] bdi"), face);
      equal(find<HTMLSelectElement>(form, "[name=country]").value, face.slice(0, 2));
    });

  it("keeps the page's country beside a code that it shares, until the number tells", async () => {
    const { form } = await mount({ country: "KZ" });
    await type(form, "phone", "+7 9");
    equal(textOf(form, "[part=country] bdi"), "KZ +7");
    await type(form, "phone", "+7 977 620-07-77");
    equal(textOf(form, "[part=country] bdi"), "RU +7");
  });

  it("builds the list of countries when it is opened, home countries first, and keeps the choice", async () => {
    const { form } = await mount();
    const select = find<HTMLSelectElement>(form, "[name=country]");
    equal(select.length, 1, "options before");
    select.focus();
    assert(select.length > 200, "all countries");
    equal(select.value, "EG");
    assert(
      [...select.options].slice(0, 11).some(({ value }) => value === "RU"),
      "home first",
    );
    assert(
      select.selectedOptions[0]!.text.replace(/[\u2066-\u2069]/g, "") === "Egypt (+20)",
      "named",
    );
    await choose(form, "country", "SA");
    await type(form, "phone", "0512345678");
    equal(textOf(form, "#h-phone"), "We will call +966 51 234 5678");
  });

  it("names the countries in the language of the form", async () => {
    const { form } = await mount({ lang: "ru", countries: "RU KZ" });
    const select = find<HTMLSelectElement>(form, "[name=country]");
    select.focus();
    equal(
      [...select.options].map(({ text }) => text.split(" ")[0]),
      ["Россия", "Казахстан"],
    );
    equal(select.value, "RU", "the first of a list that lacks the page's choice");
  });

  it("names them anew when it is opened after the language or the list has changed", async () => {
    const { form } = await mount({ countries: "EG SA" });
    const select = find<HTMLSelectElement>(form, "[name=country]");
    const names = () => {
      select.dispatchEvent(new Event("mousedown"));
      return [...select.options].map(({ text }) => text.split(" ")[0]);
    };
    equal(names(), ["Egypt", "Saudi"]);
    form.lang = "ru";
    await form.updateComplete;
    equal(names(), ["Египет", "Саудовская"]);
    form.countries = "KZ EG";
    await form.updateComplete;
    equal(names(), ["Казахстан", "Египет"]);
    equal(select.value, "EG", "the choice");
  });

  it("has no picker before its list can be whole, and keeps its place until then", async () => {
    const { part } = essentials;
    essentials.part = undefined;
    let arrive: (() => void) | undefined;
    essentials.fetch = () => new Promise((resolve) => (arrive = () => resolve(part!)));
    const { form } = await mount();
    const width = () => find(form, "[part=country]").getBoundingClientRect().width;
    const before = width();
    form.focus();
    await until(() => arrive);
    assert(!has(form, "[name=country]"), "too early");
    arrive!();
    await until(() => has(form, "[name=country]"));
    equal(width(), before, "the place is kept");
    const select = find<HTMLSelectElement>(form, "[name=country]");
    select.dispatchEvent(new Event("mousedown"));
    assert(select.length > 200, "all countries");
  });

  it("asks once for the plans of the rest of the world, and not before a number needs them", async () => {
    let loads = 0;
    worldPlans.fetch = () => {
      loads++;
      return Promise.reject(new TypeError("404"));
    };
    essentials.part = {
      ...essentials.part!,
      lacks: (raw) => (String(raw).startsWith("+44") ? "world" : undefined),
    };
    const { form } = await mount();
    await type(form, "phone", "01012345678");
    equal(loads, 0, "for a home number, whatever it looked like while it was typed");
    await type(form, "phone", "+447400123456");
    await until(() => loads > 0 && worldPlans.failed);
    const before = loads;
    for (let drawing = 0; drawing < 5; drawing++) {
      form.requestUpdate();
      await form.updateComplete;
    }
    equal(loads, before, "not at each drawing");
    // WebKit tells no focus to a page that is not in front.
    find(form, "#f-name").dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
    await until(() => loads > before);
  });

  describe("in another spelling", () => {
    /** A form of a page that has read plain numbers only, and how its part comes. */
    const mountBare = async (copy: string, fetch: typeof spelling.fetch) => {
      const bare = (await import(
        `../../widget/essentials/phone/index.ts?${copy}`
      )) as typeof realPhone;
      const { addRules, lacks, readPhone, resolve } = bare;
      essentials.part = { ...essentials.part!, addRules, lacks, readPhone, resolve };
      spelling.fetch = fetch;
      const { form } = await mount();
      await type(form, "name", "Mona");
      return form;
    };

    it("is read once its part has come, which no plain number asks for", async () => {
      let loads = 0;
      const form = await mountBare("comes", () => {
        loads++;
        return Promise.resolve(realSpelling);
      });
      await type(form, "phone", "(010) 1234-5678");
      equal([loads, textOf(form, "#h-phone")], [0, "We will call +20 101 234 5678"]);
      await type(form, "phone", "0020 10 12345679");
      await until(() => has(form, "#h-phone"));
      equal(textOf(form, "#h-phone"), "We will call +20 101 234 5679");
      equal(loads, 1);
    });

    it("is sent as typed, for the proxy to judge, while its part cannot be had", async () => {
      const sent = answer(created);
      const form = await mountBare("fails", () => Promise.reject(new TypeError("404")));
      await type(form, "phone", "Tel: 01012345678");
      assert(!has(form, "#e-phone") && !has(form, "#h-phone"), "neither refused nor claimed");
      await submit(form);
      equal([sent[0]!.body.get("phone"), sent[0]!.body.get("country")], ["Tel: 01012345678", "EG"]);
    });
  });

  it("guesses no country where nobody could correct it", async () => {
    const sent = answer(created);
    const { form } = await mount({ "without-country-select": "", country: "" });
    assert(!has(form, "[name=country]"), "no select");
    await fillIn(form);
    await submit(form);
    equal(sent[0]!.body.get("country"), null);
  });

  it("sends the number as typed, for the proxy to judge, when the rules cannot be loaded", async () => {
    essentials.part = undefined;
    essentials.fetch = () => Promise.reject(new TypeError("Failed to fetch"));
    const sent = answer(created);
    const { form } = await mount();
    await type(form, "name", "Mona");
    await type(form, "phone", "0101");
    assert(!has(form, "#h-phone"), "nothing claimed");
    await submit(form);
    equal([sent[0]!.body.get("phone"), sent[0]!.body.get("country")], ["0101", "EG"]);
  });

  it("works alone: without the rules, without a stamp, and asks for nothing else", async () => {
    essentials.part = undefined;
    const addresses: string[] = [];
    const fail = (address: string) => {
      addresses.push(address);
      return Promise.reject(new TypeError("404"));
    };
    essentials.fetch = fail;
    const sent = answer(created);
    const { form } = await mount({ endpoint: "https://leads.example.com", lang: "ar" });
    await press(form);
    equal(textOf(form, "#e-phone"), "خطأ: اكتب رقم هاتفك");
    await fillIn(form);
    await submit(form);
    equal(form.status, "accepted");
    equal(sent[0]!.body.get("stamp"), null);
    equal(
      [...new Set(addresses)],
      [`${LeadForm.partsOrigin}/lead-form-phone.js`],
      "from the baked origin, whatever the endpoint",
    );
  });

  it("loads the rules once for all forms of a page, and uses them where they were awaited", async () => {
    const rules = essentials.part!;
    essentials.part = undefined;
    let loads = 0;
    essentials.fetch = () => {
      loads++;
      return Promise.resolve(rules);
    };
    const [{ form }, other] = [await mount(), await mount()];
    await type(other.form, "phone", "0");
    await type(form, "phone", "01012345678");
    await until(() => has(form, "#h-phone"));
    equal(loads, 1, "loads");
  });
});
