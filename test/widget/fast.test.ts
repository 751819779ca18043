/** The form that a snippet prints: it is what the element draws, and the element goes on with it as it stands. */
import { printForm } from "../../widget/print/print.ts";
import type { LeadForm } from "../../widget/element/lead-form.ts";
import { essentials } from "../../widget/lazy/essentials.ts";
import { extras } from "../../widget/lazy/extras.ts";
import { ownFields } from "../../widget/lazy/own-fields.ts";
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
  press,
  restores,
  submit,
  textOf,
  type,
  until,
  useParts,
} from "./harness.ts";

const ORIGIN = "https://leads.estate.test";
const BASE = { target: "sakneen", country: "EG", lang: "en" };

const DEFINITIONS = JSON.stringify({
  version: "1",
  fields: [
    { name: "budget", type: "number", label: { en: "Budget" }, hint: { en: "A year" }, min: 0 },
    { name: "term", type: "range", label: { en: "Term", ru: "Срок" }, min: 3, max: 36 },
    {
      name: "rooms",
      type: "select",
      label: { en: "Rooms" },
      options: [{ value: "1" }, { value: "3+", label: { en: "3 or more" } }],
      required: true,
    },
    {
      name: "time",
      type: "radio",
      label: { en: "When?" },
      options: [{ value: "am" }, { value: "pm" }],
    },
    { name: "news", type: "checkbox", label: { en: "News <b>&" } },
    { name: "note", type: "textarea", label: { en: "Note" } },
    { name: "day", type: "date", label: { en: "Day" }, min: "2026-01-01" },
    { name: "unit", type: "hidden", label: {}, from: "query:unit" },
  ],
});
const OWN = {
  definitions: DEFINITIONS,
  fields: "name phone budget term rooms time news note day unit",
};

/** As a parser finds it in a page, with the printed form inside. */
const arrive = async (
  given: Record<string, string> = {},
  meanwhile: (form: LeadForm) => unknown = () => {},
  inside = "",
): Promise<LeadForm> => {
  const all = { ...BASE, ...given };
  const printed = await printForm(all, ORIGIN);
  const place = document.createElement("div");
  restores.push(() => place.remove());
  const attributes = Object.entries(all).map(
    ([name, value]) => ` ${name}="${value.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"`,
  );
  // In a document without a window nothing is upgraded.
  const page = document.implementation.createHTMLDocument();
  page.body.setHTMLUnsafe(`<lead-form${attributes.join("")}>${printed}${inside}</lead-form>`);
  const form = page.querySelector<LeadForm>("lead-form")!;
  assert(form.shadowRoot, "the printed form is a shadow tree");
  document.body.append(place);
  await meanwhile(form);
  place.append(form);
  return form;
};

/** Elements with their attributes in order, and texts, without what is there for a post without script. */
const outline = (node: Node): unknown[] => {
  const list: unknown[] = [];
  let text = "";
  const endText = () => {
    if (text.trim()) list.push(text.replace(/\s+/g, " ").trim());
    text = "";
  };
  for (const child of node.childNodes) {
    if (child instanceof Text) text += child.data;
    if (!(child instanceof Element) || child.matches("style,wbr,[type=hidden]")) continue;
    endText();
    const attributes = [...child.attributes]
      .map(({ name, value }) => `${name}=${value}`)
      .filter((text) => !/^(?:method|action|value|checked|selected)=/.test(text))
      .toSorted();
    list.push([child.localName, ...attributes, ...outline(child)]);
  }
  endText();
  return list;
};

const withoutParts = (): void => {
  forget(extras);
  forget(essentials);
};

/** Shown in three languages. */
const SHOWN: Record<string, Record<string, string>> = {
  "nothing but a target": {},
  "every text": {
    heading: 'A "call" & <more>',
    "submit-label": "Go",
    "privacy-url": "https://example.com/?a=1&b=2",
    consent: "notice",
  },
  "a box to be ticked": { consent: "checkbox", "privacy-url": "https://example.com/privacy" },
  "a box that may stay empty": { consent: "optional" },
  "a choice of projects": { projects: "Tower, <Sea> & 'View'", required: "name phone project" },
  "one field": { fields: "phone", required: "phone", "without-country-select": "" },
  "another order": { fields: "email phone name project", required: "email" },
  "a direction of its own": { dir: "ltr" },
  "a form that is disabled": { disabled: "", consent: "checkbox", projects: "A, B" },
  "the theme estate": { theme: "estate", scheme: "dark" },
  "the theme fintech": { theme: "fintech" },
  "the theme ink": { theme: "ink", scheme: "light" },
  "own fields": OWN,
  "own fields with presets": {
    ...OWN,
    "field-budget": "5",
    "field-rooms": "3+",
    "field-unit": "A",
  },
};

describe("the printed form", () => {
  for (const [what, given] of Object.entries(SHOWN))
    for (const lang of ["en", "ar", "ru"])
      it(`is what the element draws first, with ${what}, in ${lang}`, async () => {
        withoutParts();
        const all = { ...BASE, ...given, lang };
        const { form } = await mount(all);
        // Definitions are read in a later task.
        await until(() => !has(form, ".own"));
        await form.updateComplete;
        const page = document.implementation.createHTMLDocument();
        page.body.setHTMLUnsafe(`<div>${await printForm(all, ORIGIN)}</div>`);
        equal(outline(page.querySelector("div")!.shadowRoot!), outline(form.shadowRoot!));
      });

  it("is not there for a dialog, which nobody sees at first, and not without a target", async () => {
    equal(await printForm({ ...BASE, presentation: "dialog" }, ORIGIN), "");
    equal(await printForm({ lang: "en" }, ORIGIN), "");
  });

  it("posts a project once: what the page says, or what is typed", async () => {
    const names = async (given: Record<string, string>) =>
      (await printForm({ ...BASE, project: "Tower", ...given }, ORIGIN)).match(/name="project"/g)
        ?.length;
    equal(
      [
        await names({}),
        await names({ fields: "name phone project" }),
        await names({ projects: "A" }),
      ],
      [1, 1, 1],
    );
  });

  it("posts by itself what the script would send", async () => {
    const form = await arrive(
      {
        ...OWN,
        endpoint: "https://other.test/",
        theme: "ink",
        project: "Tower",
        "consent-version": "v1",
        "field-unit": "A-12",
        "field-budget": "5",
      },
      (printed) => {
        const inner = printed.shadowRoot!.querySelector("form")!;
        equal([inner.method, inner.action], ["post", "https://other.test/v1/leads"]);
        equal(Object.fromEntries(new FormData(inner)), {
          target: "sakneen",
          lang: "en",
          country: "EG",
          project: "Tower",
          consent_version: "v1",
          theme: "ink",
          x_unit: "A-12",
          name: "",
          phone: "",
          x_budget: "5",
          x_term: "3",
          x_rooms: "",
          x_note: "",
          x_day: "",
          lf_hp: "",
        });
      },
    );
    await form.updateComplete;
  });
});

/** A visitor's state in a control, and the control itself. */
const stateOf = (form: LeadForm, name: string) => {
  const control = find<HTMLInputElement>(form, `#f-${name}`);
  return [control.value, control.selectionStart, control.selectionEnd, focused(form)];
};

/** Fetches the part when the test says so. */
const partWhenAsked = () => {
  const { part } = essentials;
  forget(essentials);
  let come: () => void = () => {};
  essentials.fetch = () => new Promise((resolve) => (come = () => resolve(part!)));
  return () => come();
};

describe("a printed form whose part is on its way", () => {
  const sheetsOf = (form: LeadForm) => form.shadowRoot!.adoptedStyleSheets.length;

  it("is not styled a second time", async () => {
    const come = partWhenAsked();
    const form = await arrive();
    await form.updateComplete;
    equal(sheetsOf(form), 0);
    await until(() => essentials.loading);
    come();
    await until(() => sheetsOf(form) > 0);
  });

  it("has its styles at once where a policy forbids those that are printed", async () => {
    partWhenAsked();
    const form = await arrive({}, ({ shadowRoot }) => shadowRoot!.querySelector("style")!.remove());
    await form.updateComplete;
    assert(sheetsOf(form) > 0, "adopted");
  });
});

describe("the element", () => {
  for (const [what, given] of Object.entries({
    "a plain form": {},
    "a rich form": { consent: "checkbox", projects: "Tower, Sea", theme: "ink" },
    "own fields": OWN,
  }))
    it(`goes on with every control of ${what}`, async () => {
      let controls: Element[] = [];
      const form = await arrive(given, ({ shadowRoot }) => {
        controls = [
          ...shadowRoot!.querySelectorAll("input:not([type=hidden]),select,textarea,button"),
        ];
        assert(controls.length > 4, "controls");
      });
      await until(() => form.status === "idle" && form.hasAttribute("status"));
      const now = [
        ...form.shadowRoot!.querySelectorAll("input,select:not([name=country]),textarea,button"),
      ];
      assert(
        now.length === controls.length && controls.every((each, i) => each === now[i]),
        "the same nodes",
      );
      equal(form.shadowRoot!.querySelectorAll("form").length, 1);
      equal(form.shadowRoot!.querySelectorAll("style,wbr,[type=hidden]").length, 0);
      // It is from now on what it would be without a printed form.
      const { form: other } = await mount({ ...BASE, ...given });
      await until(() => !has(other, ".own"));
      await other.updateComplete;
      equal(outline(form.shadowRoot!), outline(other.shadowRoot!));
      // Every part of the drawing writes to what stands in the page.
      for (const each of [form, other]) {
        each.lang = "ru";
        each.heading = "Other";
        each.disabled = true;
      }
      await Promise.all([form.updateComplete, other.updateComplete]);
      equal(outline(form.shadowRoot!), outline(other.shadowRoot!));
      assert(textOf(form, "h2") === "Other", "redrawn");
    });

  for (const name of ["name", "phone", "email"])
    it(`leaves focus, caret and every letter in ${name}`, async () => {
      const comes = partWhenAsked();
      const form = await arrive();
      const control = find<HTMLInputElement>(form, `#f-${name}`);
      control.focus();
      control.value = "010123";
      if (name !== "email") control.setSelectionRange(2, 4);
      const before = stateOf(form, name);
      await form.updateComplete;
      equal(stateOf(form, name), before, "while the part is on its way");
      await until(() => essentials.loading);
      comes();
      await until(() => form.hasAttribute("status"));
      equal(stateOf(form, name), before);
      equal(form.values[name], "010123");
      assert(find(form, `#f-${name}`) === control, "the same control");
    });

  it("is drawn after a beginning that failed", async () => {
    const faulty = { heading: 7 as unknown as string };
    const form = await arrive({}, (early) => void (early.messages = faulty));
    await form.updateComplete.catch(() => {});
    form.messages = { heading: "Again" };
    await until(() => find(form, "h2").textContent === "Again");
  });

  it("sends what was typed before it came", async () => {
    const sent = answer(created);
    const form = await arrive({ consent: "checkbox", projects: "Tower, Sea" }, ({ shadowRoot }) => {
      const at = (id: string) => shadowRoot!.querySelector<HTMLInputElement>(`#f-${id}`)!;
      at("name").value = "Mona Adel";
      at("phone").value = "01012345678";
      at("project").value = "Sea";
      at("consent").checked = true;
    });
    await until(() => form.hasAttribute("status"));
    await submit(form);
    equal(form.status, "accepted");
    const { name, phone, project, consent, country } = Object.fromEntries(sent[0]!.body);
    equal([name, phone, project, consent, country], ["Mona Adel", "01012345678", "Sea", "1", "EG"]);
  });

  it("names each mistake once", async () => {
    const form = await arrive();
    await until(() => form.hasAttribute("status"));
    let heard = 0;
    form.addEventListener("lead-form-invalid", () => heard++);
    await press(form);
    equal([heard, focused(form)], [1, "summary"]);
    await fillIn(form);
    equal(has(form, ".error"), false);
  });

  it("sends at once what is submitted before its parts are there", async () => {
    partWhenAsked();
    const sent = answer(created);
    const form = await arrive();
    await form.updateComplete;
    await fillIn(form);
    let left = true;
    form.shadowRoot!.addEventListener("submit", (event) => (left = !event.defaultPrevented));
    await press(form);
    equal(left, false, "no navigation");
    await until(() => sent.length === 1);
    await until(() => form.status === "accepted");
    await form.updateComplete;
    assert(textOf(form, "#success").includes("Mona"), "thanked");
  });

  it("draws its own form where the parts cannot be had, with value and focus", async () => {
    forget(essentials);
    essentials.fetch = () => Promise.reject(new TypeError("blocked"));
    const form = await arrive();
    find(form, "#f-name").focus();
    find<HTMLInputElement>(form, "#f-name").value = "Mona";
    await until(() => form.hasAttribute("status"));
    await form.updateComplete;
    equal([form.values.name, focused(form)], ["Mona", "f-name"]);
    equal(form.shadowRoot!.querySelectorAll("form").length, 1);
  });

  it("sends no other form that stands in one of its places", async () => {
    const sent = answer(created);
    const form = await arrive({}, undefined, '<form slot="footer"><button>News</button></form>');
    await until(() => form.hasAttribute("status"));
    let isLeft = false;
    form.addEventListener("submit", (event) => {
      isLeft = !event.defaultPrevented;
      event.preventDefault();
    });
    form.querySelector("button")!.click();
    equal([isLeft, sent.length, has(form, "#summary")], [true, 0, false]);
  });

  it("gives Back what the browser kept, though it came before the parts", async () => {
    partWhenAsked();
    const form = await arrive();
    form.formStateRestoreCallback(JSON.stringify({ name: "Mona", phone: "010" }));
    equal(find<HTMLInputElement>(form, "#f-phone").value, "010");
  });

  it("shows one form where an editor has dropped the template, or an engine knows none", async () => {
    const form = document.createElement("lead-form");
    Object.entries(BASE).forEach(([name, value]) => form.setAttribute(name, value));
    // As innerHTML and old parsers leave it: a child, and no root.
    form.innerHTML = await printForm(BASE, ORIGIN);
    document.body.append(form);
    await form.updateComplete;
    equal(form.shadowRoot!.querySelectorAll("form").length, 1);
    await until(() => form.childNodes.length === 0);
    await type(form, "name", "Mona");
    equal(form.values.name, "Mona");
  });

  it("takes over each of two forms, and one that moves", async () => {
    const forms = [await arrive(), await arrive({ lang: "ar" })];
    document.body.append(forms[0]!);
    for (const form of forms) {
      await until(() => form.hasAttribute("status"));
      equal(form.shadowRoot!.querySelectorAll("form").length, 1);
      await type(form, "name", form.lang);
    }
    equal(
      forms.map(({ values }) => values.name),
      ["en", "ar"],
    );
  });

  it("loses nothing of own fields that were filled before their part came", async () => {
    forget(ownFields);
    let come = () => {};
    ownFields.fetch = () =>
      new Promise((resolve) => (come = () => (useParts(), resolve(ownFields.part as never))));
    const form = await arrive(OWN, ({ shadowRoot }) => {
      const at = (id: string) => shadowRoot!.querySelector<HTMLInputElement>(`#f-x_${id}`)!;
      at("budget").value = "7";
      at("rooms").value = "3+";
      at("time-1").checked = true;
      at("news").checked = true;
      at("note").value = "a\nb";
    });
    const note = find<HTMLTextAreaElement>(form, "#f-x_note");
    note.focus();
    note.setSelectionRange(1, 1);
    await until(() => ownFields.loading);
    assert(!form.hasAttribute("status"), "the printed form waits");
    come();
    await until(() => form.hasAttribute("status"));
    assert(find(form, "#f-x_note") === note, "the same control");
    equal([focused(form), note.selectionStart], ["f-x_note", 1]);
    const { budget, rooms, time, news, note: text } = form.values;
    equal([budget, rooms, time, news, text], ["7", "3+", "pm", "1", "a\nb"]);
  });
});
