/** Fields of a target's own: nine types, as a visitor fills them and as a page sets them. */
import { OWN_ATTRIBUTES, OWN_FIELDS, OWN_VALUES } from "../../demo/gallery/own-fields.ts";
import type { LeadForm } from "../../widget/element/lead-form.ts";
import { ownFields } from "../../widget/lazy/own-fields.ts";
import * as part from "../../widget/own-fields/index.ts";
import {
  answer,
  choose,
  created,
  equal,
  fillIn,
  find,
  focused,
  forget,
  has,
  mount,
  press,
  problem,
  restores,
  submit,
  textOf,
  type,
  until,
} from "./harness.ts";

const FILLED = { name: "Mona Adel", phone: "01012345678", ...OWN_VALUES };

/** A form with one field of each type, drawn. */
const mountAll = async (attributes: Record<string, string> = {}) => {
  const mounted = await mount({ ...OWN_ATTRIBUTES, ...attributes });
  await until(() => has(mounted.form, "[name=x_budget]"));
  return mounted;
};

const mountOne = async (field: object, attributes: Record<string, string> = {}) => {
  const definitions = JSON.stringify({
    version: "v1",
    fields: [{ label: { en: "Own" }, ...field }],
  });
  const mounted = await mount({ definitions, fields: "name phone own", ...attributes });
  await until(() => has(mounted.form, "[name=x_own]"));
  await mounted.form.updateComplete;
  return mounted;
};

const codesOf = (form: LeadForm) => {
  let fields: unknown;
  const listen = (event: CustomEvent<{ fields: unknown }>) => (fields = event.detail.fields);
  form.addEventListener("lead-form-invalid", listen, { once: true });
  form.reportValidity();
  return fields;
};

describe("own fields", () => {
  it("stand in the order of the attribute, each with its label, its hint and its control", async () => {
    const { form } = await mountAll();
    const labels = [...form.shadowRoot!.querySelectorAll("[part=label]")].map((label) =>
      label.textContent!.replace(/\s+/g, " ").trim(),
    );
    equal(labels, [
      "Full name",
      "Phone number",
      "Budget, EGP",
      "Term, months (optional)",
      "Rooms",
      "What is it for?",
      "Day of your visit (optional)",
      "City (optional)",
      "Anything else? (optional)",
    ]);
    equal(textOf(form, "#h-x_budget"), "Roughly is enough");
    equal(textOf(form, "label:has(#f-x_news)"), "Send me offers (optional)");
    equal(find<HTMLInputElement>(form, "#f-x_city").autocomplete, "address-level2");
    equal(has(form, "[name=x_unit]"), false);
  });

  it("go under their names on the wire, with the version of their definitions", async () => {
    const sent = answer(created);
    const { form } = await mountAll();
    form.values = FILLED;
    await form.updateComplete;
    await submit(form);
    equal(form.status, "accepted");
    const wire = Object.fromEntries(
      [...sent.at(-1)!.body].filter(([name]) => /^x_|^definitions$/.test(name)),
    );
    equal(wire, {
      ...Object.fromEntries(
        Object.entries(OWN_VALUES).map(([name, value]) => [`x_${name}`, value]),
      ),
      x_unit: "A-12",
      definitions: OWN_FIELDS.version,
    });
  });

  it("are read and set by their own names, numbers and booleans among them", async () => {
    const { form } = await mountAll();
    form.values = { ...FILLED, budget: 4_000_000 as unknown as string, news: true as never };
    await form.updateComplete;
    const { budget, news, use, rooms } = form.values;
    equal([budget, news, use, rooms], ["4000000", "1", "home", "3+"]);
    equal(find<HTMLInputElement>(form, "#f-x_use").checked, true);
    form.values = { use: "rent", news: "" };
    equal([form.values["use"], form.values["news"]], ["rent", ""]);
  });

  it("that are set before their part is there are filled in once it is", async () => {
    forget(ownFields);
    ownFields.fetch = () => Promise.resolve(part);
    const { form } = await mount(OWN_ATTRIBUTES, document.body, (early) => {
      early.values = { budget: "1" };
    });
    form.values = { budget: "700000", use: "rent" };
    await until(() => has(form, "[name=x_use]:checked"));
    equal(find<HTMLInputElement>(form, "[name=x_budget]").value, "700000");
  });

  it("with mistakes say so by name, keep every value, and take the focus", async () => {
    const { form, events } = await mountAll();
    await fillIn(form);
    await type(form, "x_budget", "5");
    await type(form, "x_note", "keep me");
    await press(form);
    equal(events.at(-1), [
      "invalid",
      { fields: { budget: "field_range", rooms: "field_missing", use: "field_missing" } },
    ]);
    equal(focused(form), "summary");
    equal(
      textOf(form, "#d-summary"),
      [
        "Budget, EGP: From 500,000 to 50,000,000",
        "Rooms: An answer is needed",
        "What is it for? An answer is needed",
      ].join(" "),
    );
    const budget = find<HTMLInputElement>(form, "#f-x_budget");
    equal([budget.value, budget.getAttribute("aria-invalid")], ["5", "true"]);
    equal(budget.getAttribute("aria-describedby")!.split(" ").includes("e-x_budget"), true);
    equal(find<HTMLTextAreaElement>(form, "#f-x_note").value, "keep me");
    find<HTMLAnchorElement>(form, "a[href='#f-x_use']").click();
    await form.updateComplete;
    equal(focused(form), "f-x_use");
    await type(form, "x_budget", "600000");
    equal(has(form, "#e-x_budget"), false);
  });

  it("that the proxy refuses are shown where they are", async () => {
    answer(() =>
      problem(422, "invalid", { fields: { x_rooms: "field_unknown", x_note: "field_too_long" } }),
    );
    const { form, events } = await mountAll();
    form.values = FILLED;
    await form.updateComplete;
    await submit(form);
    equal(form.status, "idle");
    equal(events.at(-1), [
      "invalid",
      { fields: { rooms: "field_unknown", note: "field_too_long" } },
    ]);
    equal(textOf(form, "#e-x_rooms"), "Error: Rooms: Check your answer");
  });

  it("take the page's words for labels and messages", async () => {
    const { form } = await mountAll();
    form.messages = { budget: "How much?", field_range: "between {min} and {max}" } as never;
    form.values = { ...FILLED, budget: "5" };
    await form.updateComplete;
    form.reportValidity();
    await form.updateComplete;
    equal(textOf(form, "label[for=f-x_budget]"), "How much?");
    equal(textOf(form, "#e-x_budget"), "Error: How much? between 500,000 and 50,000,000");
  });

  for (const [lang, budget, range] of [
    ["ar", "الميزانية بالجنيه", /^خطأ: الميزانية بالجنيه: من .+ إلى .+$/],
    ["ru", "Бюджет, EGP", /^Ошибка: Бюджет, EGP: От 500\s000 до 50\s000\s000$/],
  ] as const)
    it(`speak ${lang}`, async () => {
      const { form } = await mountAll({ lang });
      equal(textOf(form, "label[for=f-x_budget]"), budget);
      form.values = { ...FILLED, budget: "5" };
      form.reportValidity();
      await form.updateComplete;
      equal(range.test(textOf(form, "#e-x_budget")), true, textOf(form, "#e-x_budget"));
      form.lang = "en";
      await until(() => textOf(form, "#f-x_rooms").includes("3 or more"));
    });

  it("are emptied by a reset, and by another request", async () => {
    const sent = answer(created);
    const { form } = await mountAll();
    form.values = FILLED;
    await form.updateComplete;
    form.reset();
    await form.updateComplete;
    equal(form.shadowRoot!.querySelector("[name^=x_]:checked"), null);
    equal(form.values["note"], undefined);
    form.values = FILLED;
    await form.updateComplete;
    await submit(form);
    await press(form, ".link");
    await form.updateComplete;
    equal(find<HTMLTextAreaElement>(form, "[name=x_note]").value, "");
    equal(form.shadowRoot!.querySelector("[name=x_use]:checked"), null);
    equal(sent.length, 1);
  });

  it("take over what was typed into a plain form", async () => {
    const { form } = await mount(OWN_ATTRIBUTES, document.body, (host) => {
      host.innerHTML =
        "<form><input name=x_city value=Giza><select name=x_rooms><option>2</select><input type=radio name=x_use value=rent checked></form>";
    });
    await until(() => has(form, "[name=x_use]:checked"));
    const { city, rooms, use } = form.values;
    equal([city, rooms, use], ["Giza", "2", "rent"]);
  });

  it("are disabled with their form", async () => {
    const { form } = await mountAll({ disabled: "" });
    equal(form.shadowRoot!.querySelectorAll("[name^=x_]:not(:disabled)").length, 0);
    form.disabled = false;
    await form.updateComplete;
    equal(form.shadowRoot!.querySelectorAll("[name^=x_]:disabled").length, 0);
  });

  it("keep their control, with focus and caret, while the form is drawn anew", async () => {
    const { form } = await mountAll();
    const note = find<HTMLTextAreaElement>(form, "#f-x_note");
    note.focus();
    note.value = "abc";
    note.setSelectionRange(1, 2);
    form.heading = "Another";
    await form.updateComplete;
    equal([focused(form), note.selectionStart, note.selectionEnd], ["f-x_note", 1, 2]);
  });
});

describe("an amount", () => {
  for (const [typed, shown] of [
    ["3000000", "3,000,000"],
    ["٣٠٠٠٠٠٠", "3,000,000"],
    ["1.500.000", "1,500,000"],
    ["much", ""],
  ] as const)
    it(`typed as ${typed} is shown beneath as ${shown || "nothing"}, and stays as it is`, async () => {
      const { form } = await mountOne({ name: "own", type: "number" });
      await type(form, "x_own", typed);
      equal(textOf(form, "#a-x_own"), shown);
      equal(find<HTMLInputElement>(form, "#f-x_own").value, typed);
      equal(codesOf(form), {
        name: "name_missing",
        phone: "phone_missing",
        ...(shown === "" && { own: "field_invalid" }),
      });
    });

  it("is typed on a keyboard with digits", async () => {
    const { form } = await mountOne({ name: "own", type: "number" });
    const { inputMode, type: kind } = find<HTMLInputElement>(form, "#f-x_own");
    equal([inputMode, kind], ["decimal", "text"]);
  });

  it("chosen with a slider has its number beside it", async () => {
    const field = { name: "own", type: "range", min: 1000, max: 90_000, step: 1000 };
    const { form } = await mountOne(field);
    await until(() => textOf(form, "#a-x_own") === "1,000");
    const slider = find<HTMLInputElement>(form, "#f-x_own");
    slider.value = "30000";
    slider.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
    await form.updateComplete;
    equal([textOf(form, "#a-x_own"), form.values["own"]], ["30,000", "30000"]);
  });
});

describe("a day", () => {
  it("has the limits of today where the settings say so", async () => {
    const { form } = await mountOne({ name: "own", type: "date", min: "today" });
    const date = find<HTMLInputElement>(form, "#f-x_own");
    const now = new Date();
    const today = new Date(now.getTime() - now.getTimezoneOffset() * 60_000)
      .toISOString()
      .slice(0, 10);
    equal(date.min, today);
    form.values = { own: "2020-01-01" };
    equal(codesOf(form), { name: "name_missing", phone: "phone_missing", own: "field_range" });
    form.values = { own: today };
    equal(codesOf(form), { name: "name_missing", phone: "phone_missing" });
  });
});

describe("a preset", () => {
  it("fills a visible field once, and what the visitor makes of it counts", async () => {
    const field = { name: "own", type: "select", options: [{ value: "1" }, { value: "2" }] };
    const { form } = await mountOne(field, { "field-own": "2" });
    await until(() => form.values["own"] === "2");
    await choose(form, "x_own", "");
    form.heading = "Another";
    await form.updateComplete;
    equal(form.values["own"], "");
    form.reset();
    await until(() => form.values["own"] === "2");
  });

  const hidden = (from?: string) => ({ name: "crm", type: "hidden", label: {}, from });
  const submitHidden = async (fields: object[], attributes: Record<string, string> = {}) => {
    const sent = answer(created);
    const { form } = await mount({
      definitions: JSON.stringify({ version: "v2", fields }),
      fields: "name phone crm",
      ...attributes,
    });
    await fillIn(form);
    await submit(form);
    return Object.fromEntries(sent.at(-1)!.body);
  };

  it("of a hidden field comes from its attribute, also a later one", async () => {
    const sent = answer(created);
    const { form } = await mount({
      definitions: JSON.stringify({ version: "v2", fields: [hidden()] }),
      fields: "name phone crm",
      "field-crm": "A-1",
    });
    await fillIn(form);
    form.setAttribute("field-crm", "B-2");
    await submit(form);
    equal(sent.at(-1)!.body.get("x_crm"), "B-2");
  });

  it("of a hidden field comes from the address or a cookie", async () => {
    const { href } = location;
    history.replaceState(null, "", `${location.search}&campaign=7%2F1`);
    document.cookie = "_crm=GA1.2%7C5";
    restores.push(() => {
      history.replaceState(null, "", href);
      document.cookie = "_crm=;max-age=0";
    });
    equal((await submitHidden([hidden("query:campaign")]))["x_crm"], "7/1");
    equal((await submitHidden([hidden("cookie:_crm")]))["x_crm"], "GA1.2|5");
    equal((await submitHidden([hidden("cookie:none")]))["x_crm"], undefined);
    equal((await submitHidden([hidden("query:campaign")], { "field-crm": "9" }))["x_crm"], "9");
  });
});

describe("definitions", () => {
  const asked = (reply: () => Response | Promise<Response>) => {
    const log = answer(({ url }) => (url.includes("/v1/fields/") ? reply() : created(log.at(-1)!)));
    return log;
  };
  const toldUrls = (log: ReturnType<typeof asked>) =>
    log.map(({ url }) => url).filter((url) => url.includes("/v1/fields/"));

  it("are asked for once for all forms of a target, where the snippet brings none", async () => {
    const log = asked(() => Response.json(OWN_FIELDS));
    const attributes = { target: "told", fields: "name budget", endpoint: "https://leads.example" };
    const forms = [await mount(attributes), await mount(attributes)];
    for (const { form } of forms) await until(() => has(form, "[name=x_budget]"));
    equal(toldUrls(log), ["https://leads.example/v1/fields/told"]);
  });

  it("are not asked for by a form without own fields, and its part is not loaded", async () => {
    const log = asked(() => Response.json(OWN_FIELDS));
    forget(ownFields);
    const wanted: string[] = [];
    ownFields.fetch = (address) => {
      wanted.push(address);
      return Promise.resolve(part);
    };
    const { form } = await mount({ fields: "name phone email project", projects: "A,B" });
    await fillIn(form);
    await choose(form, "project", "A");
    await submit(form);
    equal([toldUrls(log), wanted], [[], []]);
  });

  it("that an editor has damaged are asked for", async () => {
    const log = asked(() => Response.json(OWN_FIELDS));
    const { form } = await mount({
      target: "damaged",
      fields: "name phone budget",
      definitions: "{“version”:“1”}",
    });
    await until(() => has(form, "[name=x_budget]"));
    equal(toldUrls(log).length, 1);
  });

  for (const [what, target, reply] of [
    ["cannot be had", "lost", () => Promise.reject(new TypeError("offline"))],
    ["are a problem", "gone", () => problem(404, "unknown_target")],
    ["are a web page", "page", () => new Response("<!doctype html>")],
    ["are something else", "else", () => Response.json(null)],
  ] as const)
    it(`that ${what} leave a form that sends without them`, async () => {
      const log = asked(reply);
      const { form } = await mount({ target, fields: "name phone budget", required: "budget" });
      await until(() => !has(form, ".own"));
      await fillIn(form);
      await submit(form);
      equal(form.status, "accepted");
      equal(log.at(-1)!.body.has("definitions"), false);
    });

  it("leave out the version where the form does not show what must be filled", async () => {
    const log = answer(created);
    const { form } = await mount({ ...OWN_ATTRIBUTES, fields: "name phone city" });
    await fillIn(form);
    await submit(form);
    equal([form.status, log.at(-1)!.body.has("definitions")], ["accepted", false]);
  });

  it("a token that they do not hold shows nothing and asks for nothing", async () => {
    const log = answer(created);
    const { form } = await mountAll({ fields: "name phone budget nothing" });
    equal(has(form, "[name=x_nothing]"), false);
    form.values = FILLED;
    await form.updateComplete;
    await submit(form);
    equal([form.status, log.length], ["accepted", 1]);
  });

  it("may come with an alias, and presets too", async () => {
    const alias = document.createElement("div");
    alias.dataset["leadForm"] = "";
    alias.dataset["target"] = "sakneen";
    alias.dataset["fields"] = "name phone budget unit";
    alias.dataset["definitions"] = OWN_ATTRIBUTES.definitions;
    alias.dataset["fieldUnit"] = "C-3";
    alias.dataset["endpoint"] = "https://evil.example";
    const { watchAliases } = await import("../../widget/element/aliases.ts");
    watchAliases();
    document.body.append(alias);
    await until(() => alias.querySelector("lead-form"));
    const form = alias.querySelector<LeadForm>("lead-form")!;
    await until(() => form.shadowRoot && has(form, "[name=x_budget]"));
    equal(form.getAttribute("field-unit"), "C-3");
    equal(form.hasAttribute("endpoint"), false);
  });

  it("hold texts, not markup, whatever they hold", async () => {
    const { form } = await mountOne({
      name: "own",
      type: "select",
      label: { en: "<img src=x onerror=alert(1)>" },
      options: [{ value: "<b>", label: { en: "<i>i</i>" } }],
    });
    equal(has(form, "img"), false);
    equal(has(form, "i"), false);
    equal(textOf(form, "label[for=f-x_own]").startsWith("<img"), true);
  });
});

describe("a part of own fields that cannot be had", () => {
  it("leaves a form that sends, with the version of nothing", async () => {
    const sent = answer(created);
    forget(ownFields);
    const { form } = await mount(OWN_ATTRIBUTES);
    await until(() => !has(form, ".own"));
    await fillIn(form);
    await submit(form);
    equal([form.status, sent.at(-1)!.body.has("definitions")], ["accepted", false]);
  });
});

describe("a form without own fields", () => {
  it("asks for no definitions, also where another form has loaded their part", async () => {
    const log = answer(created);
    const { form } = await mount();
    await fillIn(form);
    await submit(form);
    equal(
      log.map(({ url }) => new URL(url).pathname),
      ["/v1/leads"],
    );
  });
});
