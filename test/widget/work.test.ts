/** What the page's one thread is spared: work that nobody has asked for, done twice, or done in one piece. */
import type { LeadForm } from "../../widget/element/lead-form.ts";
import * as realEssentials from "../../widget/essentials/index.ts";
import { essentials } from "../../widget/lazy/essentials.ts";
import {
  answer,
  assert,
  created,
  equal,
  find,
  focused,
  forget,
  has,
  mount,
  restores,
  type,
  until,
} from "./harness.ts";

const frame = () => new Promise(requestAnimationFrame);

/** On the page, and not drawn yet. */
const append = (count: number, parent: Element = document.body): LeadForm[] => {
  const forms = Array.from({ length: count }, () =>
    Object.assign(document.createElement("lead-form"), { target: "sakneen", country: "EG" }),
  );
  parent.append(...forms);
  return forms;
};

/** Far below what a visitor sees. */
const below = (): HTMLElement => {
  const space = document.createElement("div");
  space.style.paddingTop = "30000px";
  document.body.append(space);
  return space;
};

/** Counts the drawings that are asked for. */
const countDrawings = (form: LeadForm): (() => number) => {
  let count = 0;
  form.requestUpdate = () => {
    count++;
    Object.getPrototypeOf(form).requestUpdate.call(form);
  };
  return () => count;
};

/** Calls `note` for each call of a method of an object, until the test is over. */
const spy = (object: object, name: string, note: (...args: unknown[]) => void): void => {
  const own = Object.getOwnPropertyDescriptor(object, name)!;
  const wrap = (original: (...args: unknown[]) => unknown) =>
    function (this: unknown, ...args: unknown[]) {
      note(...args);
      return original.apply(this, args);
    };
  const kind = own.get ? "get" : "value";
  Object.defineProperty(object, name, { ...own, [kind]: wrap(own[kind]) });
  restores.push(() => Object.defineProperty(object, name, own));
};

/** One key in a field, which is not left. */
const key = (form: LeadForm, name: string, value: string): void => {
  const field = find<HTMLInputElement>(form, `[name=${name}]`);
  field.value = value;
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
};

/** Plays the loading of the essentials. One that is under way would still bring them; a played one need not end. */
const loadLater = async (): Promise<() => void> => {
  await Promise.race([essentials.loading, frame().then(frame)]);
  forget(essentials);
  const { promise, resolve } = Promise.withResolvers<typeof realEssentials>();
  essentials.fetch = () => promise;
  return () => resolve(realEssentials);
};

describe("the first drawing", () => {
  it("of each form but the first has a task of its own", async () => {
    const forms = append(3);
    await forms[0]!.updateComplete;
    equal(
      forms.map((form) => has(form, "form")),
      [true, false, false],
    );
    await Promise.all(forms.map((form) => form.updateComplete));
    equal(forms.filter((form) => !has(form, "form")).length, 0);
  });

  for (const [name, call, shows] of [
    ["focus", (form: LeadForm) => form.focus(), (form: LeadForm) => focused(form) === "f-name"],
    [
      "requestSubmit",
      (form: LeadForm) => form.requestSubmit(),
      (form: LeadForm) => has(form, "form"),
    ],
    [
      "checkValidity",
      (form: LeadForm) => form.checkValidity(),
      (form: LeadForm) => has(form, "form"),
    ],
    [
      "reportValidity",
      (form: LeadForm) => form.reportValidity(),
      (form: LeadForm) => has(form, "form"),
    ],
  ] as const)
    it(`is not waited for by ${name}()`, () => {
      const [form] = append(1);
      call(form!);
      assert(shows(form!), "drawn before the call is over");
    });

  it("keeps values that a page sets before it", async () => {
    const [form] = append(1);
    form!.values = { name: "Mona" };
    equal(form!.values.name, "Mona");
    await form!.updateComplete;
    equal(find<HTMLInputElement>(form!, "#f-name").value, "Mona");
  });

  it("does not happen to a form that was removed before it", async () => {
    const [form] = append(1);
    form!.remove();
    await form!.updateComplete;
    assert(!has(form!, "form"), "not drawn");
    document.body.append(form!);
    await form!.updateComplete;
    assert(has(form!, "form"), "drawn once it is back");
  });
});

describe("a part that comes", () => {
  it("is drawn at once by a form that is seen, and later by one that is not", async () => {
    const arrive = await loadLater();
    const { form: seen } = await mount();
    const { form: unseen } = await mount({}, below());
    const drawings = countDrawings(unseen);
    arrive();
    await until(() => has(seen, "[name=country]"));
    await frame();
    await frame();
    equal([drawings(), has(unseen, "[name=country]")], [0, false]);
    unseen.scrollIntoView();
    await until(() => has(unseen, "[name=country]"));
  });

  it("removes what was printed in vain, of forms that nobody sees, too", async () => {
    const arrive = await loadLater();
    const { form: seen } = await mount();
    const { form: unseen } = await mount({}, below());
    seen.scrollIntoView();
    unseen.innerHTML = `<template shadowrootmode="open"></template>`;
    arrive();
    await until(() => has(seen, "[name=country]"));
    equal([unseen.childElementCount, has(unseen, "[name=country]")], [0, false]);
  });

  it("is drawn by a form that nobody sees once it has the focus", async () => {
    const arrive = await loadLater();
    const { form } = await mount({}, below());
    arrive();
    // WebKit tells no focus to a page that is not in front.
    find(form, "#f-name").dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
    await until(() => has(form, "[name=country]"));
  });

  it("is drawn at once where the page asks for what only it does", async () => {
    const arrive = await loadLater();
    const { form } = await mount({ attribution: "session" }, below());
    arrive();
    await until(() => has(form, "[name=country]"));
  });

  it("has no form drawn again whose language is still the same", async () => {
    const { form } = await mount({ lang: "" });
    const other = (await mount({ lang: "en" })).form;
    const drawings = [form, other].map(countDrawings);
    // The first part to come looks at the language, too: see the tests of the languages.
    document.body.lang = "ar";
    restores.push(() => document.body.removeAttribute("lang"));
    await until(() => find(form, ".root").lang === "ar");
    equal(
      drawings.map((count) => count()),
      [1, 0],
    );
  });

  it("is not drawn again by a form that was drawn with it", async () => {
    const { form } = await mount();
    const drawings = countDrawings(form);
    for (const _ of [1, 2, 3]) {
      find(form, "#f-name").dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
      await frame();
    }
    equal(drawings(), 0);
  });
});

describe("a key", () => {
  it("that changes nothing but its field draws nothing", async () => {
    const { form } = await mount();
    await type(form, "name", "M");
    const drawings = countDrawings(form);
    await type(form, "name", "Mona Adel");
    await type(form, "email", "mona@example.com");
    key(form, "phone", "0101");
    equal(drawings(), 0);
    equal(form.values, { name: "Mona Adel", email: "mona@example.com", phone: "0101" });
  });

  it("that makes a number whole has what is understood drawn once, after a pause", async () => {
    const { form } = await mount();
    await type(form, "phone", "0101234567");
    assert(!has(form, "#h-phone"), "not whole");
    const drawings = countDrawings(form);
    key(form, "phone", "01012345678");
    await form.updateComplete;
    equal([drawings(), form.values], [0, { phone: "01012345678" }], "the key itself draws nothing");
    await until(() => has(form, "#h-phone"));
    equal(drawings(), 1);
  });

  it("has what is understood drawn at once where the field is left", async () => {
    const { form } = await mount();
    await type(form, "name", "Mona");
    key(form, "phone", "01012345678");
    find(form, "#f-phone").dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
    await form.updateComplete;
    assert(has(form, "#h-phone"), "not waited for");
  });

  it("is checked and sent without a pause", async () => {
    const log = answer(created);
    const { form } = await mount();
    await type(form, "name", "Mona");
    key(form, "phone", "0101234");
    assert(!form.checkValidity(), "not whole");
    key(form, "phone", "01012345678");
    assert(form.checkValidity(), "whole");
    form.requestSubmit();
    await until(() => form.status === "accepted");
    equal([log[0]!.body.get("phone"), log[0]!.body.get("country")], ["01012345678", "EG"]);
  });

  it("has a number read once, after a pause, and none in another field", async () => {
    let readings = 0;
    const { resolve } = realEssentials;
    essentials.part = {
      ...essentials.part!,
      resolve: (...given) => {
        // A form of the last test may have waited for a pause.
        if (given[0] !== "01012345678") readings++;
        return resolve(...given);
      },
    };
    const { form } = await mount();
    equal(readings, 0, "of an empty field");
    key(form, "phone", "010123");
    await form.updateComplete;
    readings = 0;
    key(form, "phone", "01012");
    key(form, "phone", "0101234");
    equal(readings, 0, "while it is typed");
    await until(() => readings > 0);
    await form.updateComplete;
    equal(readings, 1);
    key(form, "name", "Mona");
    key(form, "email", "mona@");
    await form.updateComplete;
    equal(readings, 1);
  });

  it("has its own control read, and no other", async () => {
    const { form } = await mount();
    await type(form, "name", "M");
    const asked: string[] = [];
    spy(HTMLFormElement.prototype, "elements", () => asked.push("elements"));
    key(form, "name", "Mo");
    key(form, "phone", "0");
    key(form, "phone", "01");
    equal(asked, []);
    equal(form.values, { name: "Mo", phone: "01" });
  });

  it("in a field of the page, in a slot, is no part of the form", async () => {
    const { form } = await mount();
    form.innerHTML = `<input slot="after-fields" name="phone">`;
    await type(form, "name", "Mona");
    const field = form.querySelector("input")!;
    field.value = "01012345678";
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await form.updateComplete;
    equal(form.values, { name: "Mona" });
  });
});

describe("many forms", () => {
  it("share one sheet, and what their markup was parsed into", async () => {
    const { form: first } = await mount();
    const templates: unknown[] = [];
    spy(Document.prototype, "createElement", (name) => name === "template" && templates.push(name));
    const others = append(10);
    await Promise.all(others.map((form) => form.updateComplete));
    equal(templates.length, 0, "templates parsed");
    const sheets = first.shadowRoot!.adoptedStyleSheets;
    for (const form of others)
      assert(
        form.shadowRoot!.adoptedStyleSheets.every((sheet, i) => sheet === sheets[i]),
        "the same sheets",
      );
  });

  it("have their width asked for by nobody: a container query would lay each out twice", async () => {
    const { form } = await mount();
    const rules = form.shadowRoot!.adoptedStyleSheets.flatMap(({ cssRules }) => [...cssRules]);
    assert(rules.length > 20, "rules");
    equal(
      rules
        .map(({ cssText }) => cssText)
        .filter((text) => /@container|container-type: (?!initial)/.test(text)),
      [],
    );
  });

  it("adopt their sheets once, however often they are drawn", async () => {
    const { form } = await mount();
    const { adoptedStyleSheets } = form.shadowRoot!;
    adoptedStyleSheets.push(new CSSStyleSheet());
    const { length } = adoptedStyleSheets;
    form.heading = "Drawn again";
    await form.updateComplete;
    equal(form.shadowRoot!.adoptedStyleSheets.length, length, "nothing was adopted anew");
  });

  it("have no list of countries before it is asked for", async () => {
    const { form } = await mount();
    const select = find<HTMLSelectElement>(form, "[name=country]");
    assert(select.options.length <= 1, "only the chosen one");
    select.dispatchEvent(new MouseEvent("mousedown"));
    assert(select.options.length > 200, "all of them");
  });
});

describe("a form", () => {
  it("forces no layout while it is drawn and typed into", async () => {
    const asked: string[] = [];
    for (const [object, names] of [
      [
        Element.prototype,
        [
          "getBoundingClientRect",
          "getClientRects",
          "clientWidth",
          "clientHeight",
          "scrollTop",
          "scrollHeight",
          "scrollIntoView",
        ],
      ],
      [HTMLElement.prototype, ["offsetWidth", "offsetHeight", "offsetTop", "innerText"]],
      [window, ["getComputedStyle"]],
    ] as const)
      for (const name of names) spy(object, name, () => asked.push(name));
    const { form } = await mount();
    await type(form, "name", "Mona Adel");
    await type(form, "phone", "01012345678");
    equal(asked, []);
  });

  it("leaves no timer behind, in the page or when it is removed", async () => {
    const pending = new Set<unknown>();
    const [set, clear] = [window.setTimeout.bind(window), window.clearTimeout.bind(window)];
    window.setTimeout = ((run: () => void, ms?: number) => {
      const id = set(() => {
        pending.delete(id);
        run();
      }, ms);
      pending.add(id);
      return id;
    }) as typeof window.setTimeout;
    window.clearTimeout = (id) => {
      pending.delete(id);
      clear(id);
    };
    let intervals = 0;
    spy(window, "setInterval", () => intervals++);
    const { form } = await mount();
    await type(form, "name", "Mona Adel");
    await until(() => pending.size === 0);
    form.remove();
    await frame();
    equal([pending.size, intervals], [0, 0]);
  });
});
