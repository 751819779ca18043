import { essentials } from "../../widget/lazy/essentials.ts";
import { extras } from "../../widget/lazy/extras.ts";
import { LeadForm } from "../../widget/index.ts";
import {
  answer,
  assert,
  created,
  equal,
  fillIn,
  find,
  focused,
  forget,
  has,
  mount,
  noAnswer,
  press,
  restores,
  submit,
  textOf,
  type,
  until,
} from "./harness.ts";

/** A harmless element of the page around a form. */
const around = (markup: string): HTMLElement => {
  const holder = document.createElement("div");
  holder.innerHTML = markup;
  document.body.append(holder);
  restores.push(() => holder.remove());
  return holder.firstElementChild as HTMLElement;
};

/** What is said on the console, instead of saying it. */
const listenTo = (kind: "warn" | "error"): string[] => {
  const lines: string[] = [];
  const original = console[kind];
  console[kind] = (...args: unknown[]) => void lines.push(args.map(String).join(" "));
  restores.push(() => (console[kind] = original));
  return lines;
};

describe("the element", () => {
  it("mirrors a property that is set, and no default", async () => {
    const { form } = await mount();
    equal(form.getAttributeNames().toSorted(), ["country", "lang", "status", "target"]);
    form.fallbackEndpoint = "https://b.example";
    form.withoutCountrySelect = true;
    equal(form.getAttribute("fallback-endpoint"), "https://b.example");
    assert(form.hasAttribute("without-country-select"), "flag");
    form.withoutCountrySelect = false;
    assert(!form.hasAttribute("without-country-select"), "flag gone");
    equal([form.required, form.consent, form.open], ["name phone", "none", false], "defaults");
  });

  it("takes over what was set before it was defined", async () => {
    const early = document.createElement("late-form") as LeadForm;
    early.target = "sakneen";
    early.values = { name: "Mona" };
    document.body.append(early);
    restores.push(() => early.remove());
    LeadForm.define("late-form");
    await early.updateComplete;
    equal([early.getAttribute("target"), early.values.name], ["sakneen", "Mona"]);
    equal(find<HTMLInputElement>(early, "#f-name").value, "Mona");
  });

  it("can be defined twice without harm", () => {
    LeadForm.define();
    LeadForm.define();
    equal(customElements.get("lead-form") === LeadForm, true);
  });

  it("hides what the page put inside once it works, and shows it without a target", async () => {
    const { form } = await mount({}, document.body, (element) => element.append("Call us"));
    equal(find(form, "slot:not([name])").hasAttribute("hidden"), true);
    listenTo("error");
    form.target = "";
    await form.updateComplete;
    equal(find(form, "slot").hasAttribute("hidden"), false);
    assert(!has(form, "form"), "no form");
  });

  it("reads an attribute without the quotation marks that a word processor put round it", async () => {
    const lines = listenTo("warn");
    const { form } = await mount({
      target: "\u201Csakneen\u201D",
      lang: "\u00ABar\u00BB",
      country: "'EG'",
    });
    await form.updateComplete;
    equal([form.target, form.lang, form.country], ["sakneen", "ar", "EG"]);
    equal(textOf(form, "[part=label]"), "الاسم الكامل");
    assert(lines.join().includes('target="sakneen"'), lines.join());
  });

  it("leaves the quotation marks of a text alone", async () => {
    const { form } = await mount({ heading: "\u201CCall me\u201D" });
    await form.updateComplete;
    equal(textOf(form, "h2"), "\u201CCall me\u201D");
  });

  for (const presentation of ["inline", "dialog"])
    it(`keeps a page in sight that it has swallowed, and its width: ${presentation}`, async () => {
      const lines = listenTo("error");
      const holder = around("<div style='width:900px'></div>");
      // What the parser makes of `<lead-form target="sakneen" />` before the rest of a page.
      holder.innerHTML = `<lead-form target="sakneen" presentation="${presentation}" /><p>Text</p><section>More</section>`;
      const form = holder.querySelector("lead-form")!;
      const swallowed = holder.querySelector("section")!;
      equal(form.contains(swallowed), true, "swallowed");
      await form.updateComplete;
      await form.updateComplete;
      equal(swallowed.getBoundingClientRect().width, 900);
      assert(lines.join().includes("not closed"), lines.join());
    });

  it("fills and reads its values, and keeps them when fields or language change", async () => {
    const { form } = await mount();
    form.values = { name: "Mona", email: "m@example.com" };
    await form.updateComplete;
    equal(find<HTMLInputElement>(form, "#f-email").value, "m@example.com");
    await type(form, "phone", "010");
    form.fields = "email phone name";
    form.lang = "ar";
    await form.updateComplete;
    for (const [id, value] of [
      ["name", "Mona"],
      ["phone", "010"],
      ["email", "m@example.com"],
    ])
      equal(find<HTMLInputElement>(form, `#f-${id}`).value, value, id);
    equal(form.values, { name: "Mona", email: "m@example.com", phone: "010" });
  });

  it("moves in the page without losing a letter or a request", async () => {
    const sent = answer(noAnswer);
    const { form } = await mount();
    await fillIn(form);
    await press(form);
    await until(() => sent.length === 1);
    around("<section></section>").append(form);
    await form.updateComplete;
    equal(form.status, "sending");
    equal(find<HTMLInputElement>(form, "#f-name").value, "Mona Adel");
    equal(sent[0]!.init.signal!.aborted, false);
  });

  it("leaves nothing behind after two hundred mounts", async () => {
    const holder = around("<div></div>");
    const before = document.querySelectorAll("*").length;
    for (let i = 0; i < 200; i++) {
      const form = document.createElement("lead-form");
      form.setAttribute("target", "sakneen");
      holder.append(form);
      if (i % 20 === 0) await form.updateComplete;
      form.remove();
    }
    equal(document.querySelectorAll("*").length, before);
  });

  it("can be cloned, and the clone is a form of its own", async () => {
    const { form } = await mount();
    await fillIn(form);
    const clone = form.cloneNode(true) as LeadForm;
    document.body.append(clone);
    restores.push(() => clone.remove());
    await clone.updateComplete;
    equal(find<HTMLInputElement>(clone, "#f-name").value, "");
  });

  it("takes part in no form around it: nothing is sent with that, its reset empties this one too", async () => {
    const outer = around("<form><input name='other' value='1'></form>") as HTMLFormElement;
    const { form } = await mount({ name: "x" }, outer);
    await fillIn(form);
    equal([...new FormData(outer).keys()], ["other"]);
    outer.reset();
    await form.updateComplete;
    equal(find<HTMLInputElement>(form, "#f-name").value, "");
  });

  it("is disabled by its attribute and by a fieldset around it", async () => {
    const sent = answer(created);
    const fieldset = around("<fieldset></fieldset>") as HTMLFieldSetElement;
    const { form } = await mount({}, fieldset);
    await fillIn(form);
    fieldset.disabled = true;
    await until(() => find<HTMLInputElement>(form, "#f-name").disabled);
    form.requestSubmit();
    fieldset.disabled = false;
    await until(() => !find<HTMLInputElement>(form, "#f-name").disabled);
    form.disabled = true;
    await form.updateComplete;
    assert(find<HTMLButtonElement>(form, "[part=submit]").disabled, "button");
    equal(sent.length, 0, "requests");
  });

  it("brings back a draft that the browser kept, without the consent", async () => {
    const { form } = await mount({ consent: "checkbox" });
    form.formStateRestoreCallback(JSON.stringify({ name: "Mona", phone: "010" }));
    await form.updateComplete;
    equal(find<HTMLInputElement>(form, "#f-name").value, "Mona");
    equal(find<HTMLInputElement>(form, "#f-consent").checked, false);
  });

  it("focuses its first field when it is focused", async () => {
    const { form } = await mount();
    form.focus();
    await until(() => focused(form) === "f-name");
  });

  it("lets every text be replaced, by attribute and before that by property", async () => {
    const { form } = await mount({ heading: "Talk to us", "submit-label": "Go" });
    equal([textOf(form, "[part=heading]"), textOf(form, "[part=submit]")], ["Talk to us", "Go"]);
    form.messages = { heading: "Hello", name_missing: "Who are you?" };
    await press(form);
    equal(
      [textOf(form, "[part=heading]"), textOf(form, "#e-name")],
      ["Hello", "Error: Who are you?"],
    );
  });

  it("goes to no address but https or its own after success, and to none that was cancelled", async () => {
    answer(created);
    const { form } = await mount({ "success-url": "javascript:document.title='x'" });
    await fillIn(form);
    await submit(form);
    equal(form.status, "accepted");
    const other = await mount({ "success-url": "https://example.com/thanks" });
    other.form.addEventListener("lead-form-success", (event) => event.preventDefault());
    await fillIn(other.form);
    await submit(other.form);
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    equal(other.form.status, "accepted");
  });

  it("sends no page and no campaign where attribution is off", async () => {
    const sent = answer(created);
    const { form } = await mount({ attribution: "off" });
    await fillIn(form);
    await submit(form);
    equal([sent[0]!.body.has("page"), sent[0]!.body.has("referrer")], [false, false]);
  });

  it("keeps campaigns, and nothing else, for a session that asks for it", async () => {
    const sent = answer(created);
    const address = location.href;
    history.replaceState(null, "", "?utm_source=news&gclid=g1&email=mona@example.com");
    restores.push(() => {
      history.replaceState(null, "", address);
      sessionStorage.clear();
    });
    const { form } = await mount({ attribution: "session" });
    await fillIn(form);
    await submit(form);
    history.replaceState(null, "", address);
    await press(form, "#success button");
    await fillIn(form);
    await submit(form);
    for (const { body } of sent)
      equal([body.get("utm_source"), body.get("gclid"), body.get("email")], ["news", "g1", null]);
    equal(sessionStorage.length, 1, "kept");
    equal(sessionStorage.getItem(sessionStorage.key(0)!), "utm_source=news&gclid=g1");
  });

  it("tells a data layer once each, with nothing that was typed", async () => {
    const page = window as unknown as { testLayer?: unknown[] };
    restores.push(() => delete page.testLayer);
    answer(created);
    const { form } = await mount({ "data-layer": "testLayer" });
    await fillIn(form);
    await submit(form);
    const target = "sakneen";
    equal(page.testLayer, [
      { event: "lead_form_start", target },
      { event: "lead_form_submit", target },
      { event: "generate_lead", target, receipt: form.receipt!.id },
    ]);
  });

  it("stays open where it is opened again before its closing was told", async () => {
    const { form, events } = await mount({ presentation: "dialog", open: "" });
    const dialog = find<HTMLDialogElement>(form, "dialog");
    await until(() => dialog.open);
    form.hide();
    await form.updateComplete;
    form.show();
    await form.updateComplete;
    assert(dialog.open, "open again");
    await until(() => events.some(([name]) => name === "hide"));
    await form.updateComplete;
    equal([form.open, dialog.open], [true, true]);
  });

  it("opens as a dialog, gives the focus back, and says both", async () => {
    const opener = around("<button>Call me</button>");
    const { form, events } = await mount({ presentation: "dialog" });
    opener.focus();
    form.show();
    await until(() => find<HTMLDialogElement>(form, "dialog").open);
    equal(focused(form), "f-name");
    find(form, "[part=close]").click();
    await until(() => document.activeElement === opener);
    equal([form.open, events.map(([name]) => name)], [false, ["ready", "show", "hide"]]);
  });

  it("is drawn with the parts that another form of the page has loaded", async () => {
    const rules = essentials.part!;
    essentials.part = undefined;
    let release: (() => void) | undefined;
    essentials.fetch = () => new Promise((resolve) => (release = () => resolve(rules)));
    const [first, second] = [await mount(), await mount()];
    first.form.focus();
    second.form.focus();
    await until(() => release);
    release!();
    for (const { form } of [first, second])
      await until(() => has(form, "bdi") && textOf(form, "[part=country] bdi") === "EG +20");
    const late = await mount();
    equal(textOf(late.form, "[part=country] bdi"), "EG +20");
    equal(late.form.shadowRoot!.adoptedStyleSheets.length, 4, "sheets");
  });

  it("fetches at once what the page asks for by attribute, and the rest when there is time", async () => {
    for (const [name, value] of [
      ["consent", "checkbox"],
      ["presentation", "dialog"],
    ] as const) {
      const part = extras.part!;
      forget(extras);
      let asked = false;
      extras.fetch = () => {
        asked = true;
        return Promise.resolve(part);
      };
      const form = document.createElement("lead-form");
      form.setAttribute("target", "sakneen");
      form.setAttribute(name, value);
      document.body.append(form);
      restores.push(() => form.remove());
      await until(() => asked);
      await form.updateComplete;
    }
  });

  it("shows a box for a consent even where the extras cannot be had", async () => {
    extras.part = undefined;
    extras.fetch = () => Promise.reject(new TypeError("404"));
    const { form } = await mount({ consent: "checkbox" });
    const { width, height } = find(form, "#f-consent").getBoundingClientRect();
    assert(width === height && width < 30, `${width} by ${height}`);
  });

  it("needs no request before something is done with it but for its parts", async () => {
    const sent = answer(created);
    await mount();
    equal(sent.length, 0);
    assert(essentials.part, "rules were handed in");
  });
});

describe("its language", () => {
  it("is the nearest one, across shadow roots, and follows the page", async () => {
    const outer = around("<div lang='ar-EG'><span></span></div>");
    const inner = outer.querySelector("span")!.attachShadow({ mode: "open" });
    const holder = document.createElement("div");
    inner.append(holder);
    const { form } = await mount({ lang: "" }, holder, (element) =>
      element.removeAttribute("lang"),
    );
    equal(textOf(form, "[part=label]"), "الاسم الكامل");
    equal(find(form, ".root").getAttribute("dir"), "rtl");
    outer.lang = "ru";
    await until(() => textOf(form, "[part=label]") === "Имя и фамилия");
    equal(find(form, ".root").getAttribute("dir"), "ltr");
  });

  it("is each form's own: two of them on one page", async () => {
    const [ar, ru] = [await mount({ lang: "ar" }), await mount({ lang: "ru" })];
    equal([textOf(ar.form, "h2"), textOf(ru.form, "h2")], ["اطلب مكالمة", "Заказать звонок"]);
  });

  it("reads from the right in Arabic whatever the page does, unless the form is told otherwise", async () => {
    const page = around("<main dir='ltr' lang='en'></main>");
    const { form } = await mount({ lang: "ar" }, page);
    equal(find(form, ".root").getAttribute("dir"), "rtl");
    equal(getComputedStyle(find(form, "#f-phone")).direction, "ltr", "digits");
    form.dir = "ltr";
    await form.updateComplete;
    equal(find(form, ".root").getAttribute("dir"), "ltr");
  });

  it("can be added, and says in English what it lacks", async () => {
    const { form } = await mount({ lang: "xx" });
    equal(textOf(form, "h2"), "Request a call");
    LeadForm.addLocale("xx", { heading: "Xx" });
    await form.updateComplete;
    equal([textOf(form, "h2"), textOf(form, "[part=submit]")], ["Xx", "Send request"]);
  });

  it("counts with the plural forms of the language, in Latin digits", async () => {
    const { formatWait } = await import("../../widget/extras/format-wait.ts");
    equal(
      [1, 3, 5].map((n) => formatWait("ru", n)),
      ["1 секунда", "3 секунды", "5 секунд"],
    );
    equal(formatWait("ar", 12), "12 ثانية");
    equal(
      ["en", "ru", "ar"].map((lang) => formatWait(lang, 299)),
      ["5 minutes", "5 минут", "5 دقائق"],
    );
  });
});
