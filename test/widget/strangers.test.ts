/** Pages that do to a form what nobody thought of: hotkeys, translators, frameworks, old engines, narrow columns. */
import {
  answer,
  assert,
  created,
  equal,
  fillIn,
  find,
  mount,
  press,
  restores,
  submit,
  textOf,
  type,
  until,
} from "./harness.ts";

const onDocument = (name: string, listener: (event: Event) => void): void => {
  document.addEventListener(name, listener);
  restores.push(() => document.removeEventListener(name, listener));
};

describe("a page's hotkeys", () => {
  const heard = async (init: KeyboardEventInit, on = "#f-name") => {
    const keys: string[] = [];
    for (const name of ["keydown", "keypress", "keyup"]) onDocument(name, () => keys.push(name));
    const { form } = await mount();
    for (const name of ["keydown", "keypress", "keyup"])
      find(form, on).dispatchEvent(
        new KeyboardEvent(name, { bubbles: true, composed: true, ...init }),
      );
    return keys.length;
  };
  for (const [what, init] of [
    ["a letter", { key: "s" }],
    ["a Russian letter", { key: "ы" }],
    ["an Arabic letter", { key: "س" }],
    ["a digit", { key: "1" }],
    ["a space", { key: " " }],
    ["a question mark", { key: "?", shiftKey: true }],
    ["a sign by AltGr", { key: "@", ctrlKey: true, altKey: true }],
    ["a sign by Option", { key: "€", altKey: true }],
  ] as [string, KeyboardEventInit][])
    it(`do not hear ${what}`, async () => equal(await heard(init), 0));
  for (const [what, init] of [
    ["Escape", { key: "Escape" }],
    ["Tab", { key: "Tab" }],
    ["Enter", { key: "Enter" }],
    ["Ctrl+K", { key: "k", ctrlKey: true }],
    ["Cmd+K", { key: "k", metaKey: true }],
    ["an arrow", { key: "ArrowDown" }],
  ] as [string, KeyboardEventInit][])
    it(`hear ${what}`, async () => equal(await heard(init), 3));

  it("hear the keys of what the page itself put into a slot", async () => {
    const keys: string[] = [];
    onDocument("keydown", () => keys.push("heard"));
    const { form } = await mount();
    const own = document.createElement("input");
    own.slot = "after-fields";
    form.append(own);
    own.dispatchEvent(new KeyboardEvent("keydown", { key: "s", bubbles: true, composed: true }));
    equal(keys.length, 1);
  });
});

describe("a page that translates", () => {
  /** As Google's translator does: a text node is replaced by elements with another text. */
  const translate = (root: Node): void => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    while (walker.nextNode()) texts.push(walker.currentNode as Text);
    for (const text of texts) {
      if (!text.data.trim() || text.parentElement?.closest("style")) continue;
      const font = document.createElement("font");
      font.textContent = `«${text.data}»`;
      text.replaceWith(font);
    }
  };

  it("gets a lead, a status and a hint that go on", async () => {
    let reply: (response: Response) => void = () => {};
    const sent = answer(() => new Promise((resolve) => (reply = resolve)));
    const { form } = await mount();
    await type(form, "name", "Mona");
    await type(form, "phone", "01012345678");
    translate(form.shadowRoot!);
    await type(form, "phone", "01112345678");
    equal(textOf(form, "#h-phone"), "We will call +20 111 234 5678");
    translate(form.shadowRoot!);
    await press(form);
    equal(textOf(form, "[role=status]"), "Sending…");
    equal(textOf(form, "[part=submit]"), "Sending…");
    translate(form.shadowRoot!);
    await until(() => sent.length === 1);
    reply(created(sent[0]!));
    await until(() => form.status === "accepted");
    await form.updateComplete;
    assert(textOf(form, "#success").includes("Thank you"), "thanked");
  });
});

describe("an old engine", () => {
  for (const [what, states] of [
    [
      "whose states take no plain name",
      {
        clear() {},
        add() {
          throw new SyntaxError("dashed-ident");
        },
      },
    ],
    ["without states", undefined],
  ] as const)
    it(`${what} draws and sends`, async () => {
      const original = Object.getOwnPropertyDescriptor(ElementInternals.prototype, "states")!;
      restores.push(() => Object.defineProperty(ElementInternals.prototype, "states", original));
      Object.defineProperty(ElementInternals.prototype, "states", {
        get: () => states,
        configurable: true,
      });
      answer(created);
      const { form } = await mount();
      await fillIn(form);
      await submit(form);
      equal([form.status, form.getAttribute("status")], ["accepted", "accepted"]);
    });

  it("without idle callbacks loads what it needs by itself", async () => {
    const original = Object.getOwnPropertyDescriptor(window, "requestIdleCallback");
    restores.push(() => {
      if (original) Object.defineProperty(window, "requestIdleCallback", original);
      else Reflect.deleteProperty(window, "requestIdleCallback");
    });
    Object.defineProperty(window, "requestIdleCallback", { value: undefined, configurable: true });
    const { form } = await mount();
    await until(() => form.shadowRoot!.querySelector("[name=country]"));
    const select = find<HTMLSelectElement>(form, "[name=country]");
    select.dispatchEvent(new MouseEvent("mousedown", { bubbles: true }));
    assert(select.options.length > 200, "the first tap opens the whole list");
  });
});

describe("a narrow column", () => {
  const spacing = new CSSStyleSheet();
  // WCAG 1.4.12: what a visitor may set.
  spacing.replaceSync(
    "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-block-end:2em!important}",
  );
  const LONG = {
    heading: "Предварительная регистрация заинтересованных покупателей",
    projects: "Sheikh-Zayed-Residential-Extension, Новосибирск-Академгородок-Первая-очередь",
    consent: "checkbox",
    "privacy-url": "https://example.com/privacy",
    "contact-phone": "+20 2 1234567",
    fields: "name phone email project",
    required: "name phone email project",
  };
  for (const lang of ["en", "ar", "ru"])
    it(`of 256 pixels holds long texts with a visitor's spacing: ${lang}`, async () => {
      const holder = document.createElement("div");
      holder.style.width = "256px";
      document.body.append(holder);
      restores.push(() => holder.remove());
      const { form } = await mount({ ...LONG, lang }, holder);
      await press(form);
      form.shadowRoot!.adoptedStyleSheets.push(spacing);
      for (const element of form.shadowRoot!.querySelectorAll<HTMLElement>("*")) {
        if (element.closest(".sr") || element.matches("option, select *")) continue;
        const { left, right, width } = element.getBoundingClientRect();
        if (width === 0) continue;
        const box = holder.getBoundingClientRect();
        assert(
          left >= box.left - 1 && right <= box.right + 1,
          `${element.localName} ${element.className} from ${left} to ${right}`,
        );
      }
    });

  it("keeps a focused picker out from under a sticky header", async () => {
    const { form } = await mount();
    for (const selector of ["#f-name", "[name=country]", "[part=submit]"])
      equal(getComputedStyle(find(form, selector)).scrollMarginTop, "96px", selector);
  });
});

it("the focus ring can be seen on the surface with any accent", async () => {
  const rgb = (text: string) =>
    text
      .match(/[\d.]+/g)!
      .slice(0, 3)
      .map(Number);
  const luminance = (text: string) => {
    const [r, g, b] = rgb(text).map((value) => {
      const part = value / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  };
  for (const scheme of ["light", "dark"])
    for (const accent of ["yellow", "#fff", "#000", "lime", "navy", "silver"]) {
      const { form } = await mount({ scheme });
      form.style.setProperty("--lead-form-accent", accent);
      for (const selector of ["#f-name", "[part=submit]"]) {
        find(form, selector).focus();
        const ring = luminance(getComputedStyle(find(form, selector)).outlineColor);
        const surface = luminance(getComputedStyle(find(form, ".base")).backgroundColor);
        const [light, dark] = [Math.max(ring, surface), Math.min(ring, surface)];
        const contrast = (light + 0.05) / (dark + 0.05);
        assert(contrast >= 3, `${scheme}, ${accent}, ${selector}: ${contrast}`);
      }
      form.remove();
    }
});
