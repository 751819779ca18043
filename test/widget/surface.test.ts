/** What the page puts in, restyles and asks of a form: each slot, part and state of the manifest. */
import type { LeadForm } from "../../widget/element/lead-form.ts";
import { cssParts, cssStates, slots } from "../../widget/scripts/manifest-styling.ts";
import {
  answer,
  assert,
  created,
  equal,
  fillIn,
  find,
  mount,
  noAnswer,
  press,
  problem,
  restores,
  RICH,
  submit,
  textOf,
  until,
  noConnection,
} from "./harness.ts";

const goOffline = () => {
  Object.defineProperty(navigator, "onLine", { value: false, configurable: true });
  restores.push(() => Reflect.deleteProperty(navigator, "onLine"));
};

/** A lead on its way for good, accepted, refused, or waiting for a connection. */
const REACHED: Record<string, (form: LeadForm) => Promise<void>> = {
  sending: async (form) => {
    answer(noAnswer);
    await fillIn(form);
    await press(form);
  },
  accepted: async (form) => {
    answer(created);
    await fillIn(form);
    await submit(form);
  },
  error: async (form) => {
    answer(() => problem(404, "unknown_target"));
    await fillIn(form);
    await submit(form);
  },
  offline: async (form) => {
    goOffline();
    answer(noConnection);
    await fillIn(form);
    await press(form);
    await until(() => form.status === "offline");
  },
};

describe("a slot", () => {
  for (const { name } of slots.filter((slot) => slot.name))
    it(`shows what the page puts there: ${name}`, async () => {
      const own = document.createElement("p");
      own.slot = name;
      own.textContent = "The page's own";
      const { form } = await mount(RICH, document.body, (element) => element.append(own));
      if (name === "success") await REACHED["accepted"]!(form);
      await form.updateComplete;
      equal(own.assignedSlot?.name, name);
      assert(own.getBoundingClientRect().height > 0, "seen");
      // Words that a slot has of itself give way.
      const built = own.assignedSlot!.textContent.trim();
      if (built) assert(!form.innerText.includes(built), built);
    });
});

describe("a part", () => {
  const states = { ...REACHED, errors: press, filled: fillIn };

  it("can be restyled by the page, each of them", async () => {
    const style = document.createElement("style");
    style.textContent = cssParts
      .map(({ name }) => `lead-form::part(${name}) { --reached-${name}: yes }`)
      .join("\n");
    document.head.append(style);
    restores.push(() => style.remove());
    const reached = new Set<string>();
    const look = (form: LeadForm) => {
      for (const element of form.shadowRoot!.querySelectorAll("[part]"))
        for (const name of element.part)
          if (getComputedStyle(element).getPropertyValue(`--reached-${name}`).trim() === "yes")
            reached.add(name);
    };
    for (const reach of Object.values(states)) {
      const { form } = await mount(RICH);
      await reach(form);
      await form.updateComplete;
      look(form);
      form.remove();
      Reflect.deleteProperty(navigator, "onLine");
    }
    const { form } = await mount({ presentation: "dialog", open: "" });
    await form.updateComplete;
    look(form);
    equal(
      cssParts.map(({ name }) => name).filter((name) => !reached.has(name)),
      [],
      "not reached",
    );
  });
});

describe("a state", () => {
  for (const { name } of cssStates)
    it(`can be asked for by a style sheet: ${name}`, async () => {
      const { form } = await mount();
      equal(form.matches(`:state(${name})`), false, "before");
      await REACHED[name]!(form);
      await form.updateComplete;
      equal(form.matches(`:state(${name})`), true);
      equal(
        cssStates.filter((state) => form.matches(`:state(${state.name})`)).length,
        1,
        "states at once",
      );
    });
});

describe("a form among others", () => {
  it("thanks in the page's own words", async () => {
    const { form } = await mount({ "success-message": "See you soon" });
    await REACHED["accepted"]!(form);
    equal(textOf(form, "#d-success"), "See you soon");
  });

  it("follows its part of the page live, beside one in another language", async () => {
    const page = document.createElement("main");
    page.innerHTML = "<section lang=ar></section><section lang=ru></section>";
    document.body.append(page);
    restores.push(() => page.remove());
    const bare = (form: LeadForm) => form.removeAttribute("lang");
    const [first, second] = [...page.children] as [HTMLElement, HTMLElement];
    const [one, two] = [await mount({}, first, bare), await mount({}, second, bare)];
    await fillIn(one.form);
    const headings = () => [one, two].map(({ form }) => textOf(form, "h2"));
    equal(headings(), ["اطلب مكالمة", "Заказать звонок"]);
    first.lang = "en";
    await until(() => headings()[0] === "Request a call");
    equal(headings()[1], "Заказать звонок");
    equal(find<HTMLInputElement>(one.form, "#f-name").value, "Mona Adel", "kept");
    second.removeAttribute("lang");
    page.lang = "ar";
    await until(() => headings()[1] === "اطلب مكالمة");
    equal(headings()[0], "Request a call");
    equal(find(two.form, ".root").getAttribute("dir"), "rtl");
  });

  it("never moves the caret while something is typed, whatever is drawn meanwhile", async () => {
    const { form } = await mount();
    const field = find<HTMLInputElement>(form, "#f-phone");
    field.focus();
    field.value = "0101 2345678";
    field.setSelectionRange(3, 3);
    field.dispatchEvent(new InputEvent("input", { bubbles: true, data: "1" }));
    form.lang = "ru";
    form.theme = "estate";
    form.values = { name: "Mona" };
    await form.updateComplete;
    equal([field.value, field.selectionStart, field.selectionEnd], ["0101 2345678", 3, 3]);
    equal(form.shadowRoot!.activeElement?.id, "f-phone");
  });

  it("stores nothing, and asks nobody but its endpoint, and that with the submit", async () => {
    const sent = answer(created);
    const done: string[] = [];
    const watch = (owner: object, name: string) => {
      const original = Object.getOwnPropertyDescriptor(owner, name)!;
      const note = (...args: unknown[]) => void done.push(`${name} ${String(args[0])}`);
      Object.defineProperty(
        owner,
        name,
        original.set ? { ...original, set: note } : { ...original, value: note },
      );
      restores.push(() => Object.defineProperty(owner, name, original));
    };
    watch(Document.prototype, "cookie");
    watch(Storage.prototype, "setItem");
    watch(IDBFactory.prototype, "open");
    watch(XMLHttpRequest.prototype, "send");
    watch(Navigator.prototype, "sendBeacon");
    watch(HTMLImageElement.prototype, "src");
    watch(HTMLScriptElement.prototype, "src");
    const { form } = await mount({ ...RICH, endpoint: "https://leads.example.com" });
    await fillIn(form);
    equal([done, sent.length], [[], 0], "before the submit");
    await submit(form);
    equal(done, []);
    equal(
      sent.map(({ url }) => url),
      ["https://leads.example.com/v1/leads"],
    );
  });
});
