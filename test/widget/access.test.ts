import type { AxeResults, RunOptions } from "axe-core";
import type { LeadForm } from "../../widget/lead-form.ts";
import {
  answer,
  assert,
  created,
  equal,
  fillIn,
  find,
  holdTimers,
  mount,
  noAnswer,
  press,
  problem,
  restores,
  submit,
  type,
  until,
} from "./harness.ts";

const loadAxe = () =>
  new Promise<void>((resolve, reject) => {
    const script = document.createElement("script");
    script.src = "/node_modules/axe-core/axe.min.js";
    script.onload = () => resolve();
    script.onerror = () => reject(new Error("axe-core did not load"));
    document.head.append(script);
  });

/** What axe finds or is not sure of, by rule. `target-size` runs only where WCAG 2.2 is asked for. */
const audit = async (form: LeadForm): Promise<string[]> => {
  const options: RunOptions = {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    rules: { region: { enabled: false } },
    resultTypes: ["violations", "incomplete"],
  };
  const { axe } = window as unknown as {
    axe: { run(context: Element, options: RunOptions): Promise<AxeResults> };
  };
  const { violations, incomplete } = await axe.run(form, options);
  return [...violations, ...incomplete].flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${html.slice(0, 90)} ${any[0]?.message ?? ""}`),
  );
};

/** Each state, and how a form gets into it. */
const STATES: Record<string, (form: LeadForm) => Promise<void>> = {
  idle: (form) => form.updateComplete,
  understood: fillIn,
  errors: (form) => press(form),
  sending: async (form) => {
    answer(noAnswer);
    await fillIn(form);
    await press(form);
  },
  offline: async (form) => {
    Object.defineProperty(navigator, "onLine", { value: false, configurable: true });
    restores.push(() => Reflect.deleteProperty(navigator, "onLine"));
    await fillIn(form);
    await press(form);
    await until(() => form.status === "offline");
  },
  failed: async (form) => {
    answer(() => problem(404, "unknown_target"));
    await fillIn(form);
    await submit(form);
  },
  "rate limited": async (form) => {
    holdTimers();
    answer(() => problem(429, "rate_limited", { retry_after: 60 }));
    await fillIn(form);
    await submit(form);
  },
  accepted: async (form) => {
    answer(created);
    await fillIn(form);
    await submit(form);
  },
};

const RICH: Record<string, string> = {
  projects: "Tower, Sea View",
  consent: "checkbox",
  "privacy-url": "https://example.com/privacy",
  "contact-phone": "+20 2 1234567",
};

/** Colours are compared once no transition is under way. */
const still = (form: LeadForm) => {
  form.shadowRoot!.adoptedStyleSheets.push(noMotion);
};
const noMotion = new CSSStyleSheet();
noMotion.replaceSync("* { transition: none !important; animation: none !important }");

describe("every state", function () {
  this.timeout(30_000);
  before(loadAxe);

  for (const lang of ["en", "ar", "ru"])
    for (const [state, reach] of Object.entries(STATES))
      it(`has nothing for axe to find: ${state} in ${lang}`, async () => {
        const { form } = await mount({ lang, ...RICH });
        await reach(form);
        await form.updateComplete;
        still(form);
        equal(await audit(form), []);
      });

  it("has nothing for axe to find: the open dialog", async () => {
    const { form } = await mount({ presentation: "dialog", lang: "ar", ...RICH });
    form.show();
    await until(() => form.shadowRoot!.querySelector("dialog")?.open);
    still(form);
    equal(await audit(form), []);
  });

  for (const theme of ["", "estate", "fintech", "ink"])
    for (const scheme of ["light", "dark"])
      it(`has nothing for axe to find in the preset ${theme || "none"}, ${scheme}`, async () => {
        for (const state of ["errors", "accepted"]) {
          const { form } = await mount({ theme, scheme, ...RICH });
          await STATES[state]!(form);
          await form.updateComplete;
          still(form);
          equal(await audit(form), [], state);
          form.remove();
        }
      });
});

const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true })!;

/** Relative luminance of a colour over a ground (WCAG 2.2). */
const luminance = (color: string, ground = "#fff"): number => {
  for (const fill of [ground, color]) {
    canvas.fillStyle = fill;
    canvas.fillRect(0, 0, 1, 1);
  }
  const [r, g, b] = Array.from(canvas.getImageData(0, 0, 1, 1).data, (byte) => {
    const value = byte / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

const contrast = (front: string, ground: string): number => {
  const [a, b] = [luminance(front, ground), luminance(ground)].toSorted((x, y) => y - x) as [
    number,
    number,
  ];
  return (a + 0.05) / (b + 0.05);
};

const holds = (front: string, ground: string, least: number, what: string) => {
  const ratio = contrast(front, ground);
  assert(ratio >= least, `${what}: ${ratio.toFixed(2)} of ${front} on ${ground}`);
};

describe("the contrast", () => {
  for (const theme of ["", "estate", "fintech", "ink"])
    for (const scheme of ["light", "dark"])
      it(`is enough in the preset ${theme || "none"}, ${scheme}: text 4.5, borders and ring 3`, async () => {
        const { form } = await mount({ theme, scheme, ...RICH });
        await press(form);
        await form.updateComplete;
        still(form);
        const style = (selector: string) => getComputedStyle(find(form, selector));
        const surface = style(".base").backgroundColor;
        const panel = style("#summary").backgroundColor;
        const [wrong, plain] = [style("#f-name"), style("#f-email")];
        holds(style("[part=label]").color, surface, 4.5, "label");
        holds(style(".muted").color, surface, 4.5, "muted");
        holds(style("#e-name").color, surface, 4.5, "error");
        holds(style("#t-summary").color, panel, 4.5, "title of the summary");
        holds(style("#summary a").color, panel, 4.5, "link of the summary");
        holds(plain.color, plain.backgroundColor, 4.5, "typed text");
        holds(style("[part=submit]").color, style("[part=submit]").backgroundColor, 4.5, "button");
        holds(plain.borderTopColor, surface, 3, "border on the surface");
        holds(plain.borderTopColor, plain.backgroundColor, 3, "border on the field");
        holds(wrong.borderTopColor, surface, 3, "border of an error");
        find(form, "#f-email").focus();
        holds(style("#f-email").outlineColor, surface, 3, "ring");
        equal(style("#f-email").outlineStyle, "solid", "ring");
        answer(created);
        await fillIn(form);
        find<HTMLInputElement>(form, "#f-consent").click();
        await submit(form);
        holds(style("#t-success").color, style("#success").backgroundColor, 4.5, "thanks");
        holds(style("#d-success").color, style("#success").backgroundColor, 4.5, "text of success");
      });

  it("of the button's text is enough on any accent", async () => {
    const { form } = await mount();
    still(form);
    const button = find(form, "[part=submit]");
    for (let hue = 0; hue < 360; hue += 15)
      for (const lightness of [5, 25, 40, 45, 50, 55, 60, 75, 95]) {
        form.style.setProperty("--lead-form-accent", `hsl(${hue} 90% ${lightness}%)`);
        const { color, backgroundColor } = getComputedStyle(button);
        holds(color, backgroundColor, 4.5, `hue ${hue}, lightness ${lightness}`);
      }
  });

  it("is the page's to set: each custom property reaches what it names", async () => {
    const { form } = await mount({ theme: "estate" });
    still(form);
    form.style.cssText =
      "--lead-form-accent:#00f;--lead-form-on-accent:#ff0;--lead-form-surface:#eee;--lead-form-field:#ddd;" +
      "--lead-form-text:#111;--lead-form-muted:#222;--lead-form-border:#333;--lead-form-radius:7px;" +
      "--lead-form-gap:9px;--lead-form-font:monospace;--lead-form-error:#900;--lead-form-success:#090";
    await press(form);
    const style = (selector: string) => getComputedStyle(find(form, selector));
    const rgb = (hex: string) => {
      canvas.fillStyle = hex;
      canvas.fillRect(0, 0, 1, 1);
      return `rgb(${Array.from(canvas.getImageData(0, 0, 1, 1).data)
        .slice(0, 3)
        .join(", ")})`;
    };
    equal(style("[part=submit]").backgroundColor, rgb("#00f"), "accent");
    equal(style("[part=submit]").color, rgb("#ff0"), "on-accent");
    equal(style(".base").backgroundColor, rgb("#eee"), "surface");
    equal(style("#f-email").backgroundColor, rgb("#ddd"), "field");
    equal(style("[part=label]").color, rgb("#111"), "text");
    equal(style(".muted").color, rgb("#222"), "muted");
    equal(style("#f-email").borderTopColor, rgb("#333"), "border");
    equal(style("#e-name").color, rgb("#900"), "error");
    equal(style("#f-email").borderTopLeftRadius, "7px", "radius");
    equal(style("form").rowGap, "9px", "gap");
    equal(style("form").fontFamily, "monospace", "font");
    answer(created);
    await fillIn(form);
    await submit(form);
    equal(style("#t-success").color, rgb("#090"), "success");
  });
});

describe("a hostile page", () => {
  const hostile = (css: string) => {
    const sheet = document.createElement("style");
    sheet.textContent = css;
    document.head.append(sheet);
    restores.push(() => sheet.remove());
  };

  it("does not reach inside: sizes, colours and cases stay as they are", async () => {
    const { form } = await mount();
    const look = () => {
      const { fontSize, lineHeight, color, letterSpacing, textTransform, textIndent } =
        getComputedStyle(find(form, "[part=label]"));
      const { width, height } = find(form, "#f-email").getBoundingClientRect();
      return [fontSize, lineHeight, color, letterSpacing, textTransform, textIndent, width, height];
    };
    const before = look();
    hostile(
      "html{font-size:62.5%} * {letter-spacing:5px!important;box-sizing:content-box!important} input,label{border:9px solid red!important} lead-form{font-size:9px} body{font-size:9px;color:red;text-transform:uppercase;text-indent:-99px;line-height:3;-webkit-text-fill-color:red}",
    );
    equal(look(), before);
  });

  it("leaves the form in reach at 320 pixels, with nothing cut off", async () => {
    for (const lang of ["en", "ar", "ru"]) {
      const holder = document.createElement("div");
      holder.style.width = "320px";
      document.body.append(holder);
      restores.push(() => holder.remove());
      const { form } = await mount({ lang, ...RICH }, holder);
      await press(form);
      assert(find(form, ".base").scrollWidth <= 320, `${lang}: ${find(form, ".base").scrollWidth}`);
    }
  });

  it("shows a whole phone number beside the country at 288 pixels", async () => {
    for (const lang of ["en", "ar"]) {
      const holder = document.createElement("div");
      holder.style.width = "288px";
      document.body.append(holder);
      restores.push(() => holder.remove());
      const { form } = await mount({ lang }, holder);
      await type(form, "phone", "+20 100 123 4567");
      const field = find<HTMLInputElement>(form, "#f-phone");
      assert(
        field.scrollWidth <= field.clientWidth,
        `${lang}: ${field.scrollWidth} in ${field.clientWidth}`,
      );
    }
  });

  it("stands in two columns where the page gives it the room", async () => {
    const { form } = await mount();
    form.style.maxWidth = "60em";
    const [name, phone] = [find(form, "#f-name"), find(form, "#f-phone")];
    const wide = innerWidth >= 640;
    const apart = phone.getBoundingClientRect().top - name.getBoundingClientRect().top;
    equal(Math.abs(apart) < 9, wide, `${apart} pixels apart`);
  });

  it("gives every target at least 24 pixels, and the controls 44", async () => {
    const { form } = await mount(RICH);
    await press(form);
    for (const control of form.shadowRoot!.querySelectorAll(".input, .submit, .country"))
      assert(
        control.getBoundingClientRect().height >= (control.id === "f-consent" ? 24 : 44),
        control.outerHTML,
      );
    for (const link of form.shadowRoot!.querySelectorAll("#summary a"))
      assert(link.getBoundingClientRect().height >= 24, link.outerHTML);
  });
});
