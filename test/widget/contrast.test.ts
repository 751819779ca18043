/**
 * Contrast as the engine computes it: of every text with its ground, of every border and ring, in all
 * presets and schemes (WCAG 2.2, 1.4.3 and 1.4.11). What is disabled is exempt there.
 */
import type { LeadForm } from "../../widget/element/lead-form.ts";
import {
  answer,
  assert,
  created,
  equal,
  fillIn,
  find,
  has,
  holdTimers,
  mount,
  press,
  problem,
  restores,
  RICH,
  still,
  submit,
  until,
  whenOnline,
} from "./harness.ts";

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

const TEXT = 4.5;
const SHAPE = 3;

const holds = (front: string, ground: string, least: number, what: string) => {
  const ratio = contrast(front, ground);
  assert(ratio >= least, `${what}: ${ratio.toFixed(2)} of ${front} on ${ground}`);
};

/** Text by its selector with the element that is its ground. */
type Pairs = readonly (readonly [text: string, ground: string])[];

const holdsAll = (form: LeadForm, pairs: Pairs) => {
  for (const [text, ground] of pairs)
    holds(
      getComputedStyle(find(form, text)).color,
      getComputedStyle(find(form, ground)).backgroundColor,
      TEXT,
      text,
    );
};

/** Borders against what is inside and outside of them. */
const holdsBorder = (form: LeadForm, selector: string, ground = ".base") => {
  const { borderTopColor, borderTopStyle, backgroundColor } = getComputedStyle(
    find(form, selector),
  );
  equal(borderTopStyle, "solid", selector);
  holds(borderTopColor, getComputedStyle(find(form, ground)).backgroundColor, SHAPE, selector);
  holds(borderTopColor, backgroundColor, SHAPE, `${selector}, inside`);
};

const holdsRing = (form: LeadForm, selector: string, ground = ".base") => {
  const element = find(form, selector);
  element.focus();
  const { outlineColor, outlineStyle, outlineWidth } = getComputedStyle(element);
  equal([outlineStyle, outlineWidth], ["solid", "3px"], `ring of ${selector}`);
  holds(
    outlineColor,
    getComputedStyle(find(form, ground)).backgroundColor,
    SHAPE,
    `ring of ${selector}`,
  );
};

/** The mark before an error or a title is drawn, not written, and has to be seen all the same. */
const holdsMark = (form: LeadForm, selector: string, least: number) => {
  const { color, backgroundColor } = getComputedStyle(find(form, selector), "::before");
  holds(color, backgroundColor, least, `mark of ${selector}`);
};

/** What a style sheet of the form says about an element under the pointer. */
const hoverGround = (form: LeadForm, selector: string): string => {
  const rule = form
    .shadowRoot!.adoptedStyleSheets.flatMap((sheet) => [...sheet.cssRules])
    .find((each) => each instanceof CSSStyleRule && each.selectorText === `${selector}:hover`);
  assert(rule instanceof CSSStyleRule, `no rule for ${selector}:hover`);
  const element = find(form, selector);
  element.style.background = rule.style.background;
  const { backgroundColor } = getComputedStyle(element);
  element.style.background = "";
  return backgroundColor;
};

describe("the contrast", () => {
  for (const theme of ["", "estate", "fintech", "ink"])
    for (const scheme of ["light", "dark"]) {
      const look = { theme, scheme, ...RICH };
      const where = `in the preset ${theme || "none"}, ${scheme}`;

      it(`is enough ${where}: the form and what is wrong with it`, async () => {
        const { form } = await mount({ ...look, required: "name phone email consent" });
        await press(form);
        still(form);
        holdsAll(form, [
          ["h2", ".base"],
          ["[part=label]", ".base"],
          ["[part=label] .muted", ".base"],
          ["#e-name", ".base"],
          ["#e-consent", ".base"],
          [".tick", ".base"],
          ["[part=consent] a", ".base"],
          ["#t-summary", "#summary"],
          ["#summary a", "#summary"],
          ["#f-email", "#f-email"],
          ["#f-project", "#f-project"],
          [".country bdi", ".country"],
          [".submit", ".submit"],
        ]);
        holds(
          getComputedStyle(find(form, ".submit")).color,
          hoverGround(form, ".submit"),
          TEXT,
          "hover",
        );
        holdsMark(form, "#e-name", SHAPE);
        holdsMark(form, "#t-summary", SHAPE);
        for (const control of ["#f-name", "#f-project", ".country", "#f-consent"])
          holdsBorder(form, control);
        const arrow = getComputedStyle(find(form, ".country"), "::after").borderBlockStartColor;
        holds(arrow, getComputedStyle(find(form, ".country")).backgroundColor, SHAPE, "arrow");
        const panel = getComputedStyle(find(form, "#summary"));
        holds(
          panel.borderTopColor,
          getComputedStyle(find(form, ".base")).backgroundColor,
          SHAPE,
          "panel",
        );
        for (const target of ["#f-name", "#f-consent", ".submit", "[part=consent] a"])
          holdsRing(form, target);
        holdsRing(form, "#summary a", "#summary");
        equal(has(form, "[placeholder]"), false, "a placeholder");
      });

      it(`is enough ${where}: what was filled in, mended, sent and refused`, async () => {
        holdTimers();
        answer(() => problem(429, "rate_limited", { retry_after: 60 }));
        const { form } = await mount(look);
        await press(form);
        await fillIn(form);
        await form.updateComplete;
        still(form);
        holdsAll(form, [
          ["#h-phone", ".base"],
          [".done a", "#summary"],
          ["#f-phone", "#f-phone"],
        ]);
        holdsBorder(form, "#f-email");
        const box = getComputedStyle(find(form, "#f-consent"));
        holds(
          box.backgroundColor,
          getComputedStyle(find(form, ".base")).backgroundColor,
          SHAPE,
          "box",
        );
        holds(box.color, box.backgroundColor, SHAPE, "tick");
        await submit(form);
        still(form);
        holdsAll(form, [
          ["#t-failure", "#failure"],
          ["#d-failure", "#failure"],
          ["#failure a", "#failure"],
        ]);
      });

      it(`is enough ${where}: waiting for a connection, and the thanks`, async () => {
        Object.defineProperty(navigator, "onLine", { value: false, configurable: true });
        restores.push(() => Reflect.deleteProperty(navigator, "onLine"));
        answer(whenOnline(created));
        const { form } = await mount({ ...look, consent: "notice" });
        await fillIn(form);
        await press(form);
        await until(() => form.status === "offline");
        await form.updateComplete;
        still(form);
        holdsAll(form, [
          ["[part=consent] > span", ".base"],
          ["[role=status]", ".base"],
          ["[part=status] .link", ".base"],
        ]);
        Reflect.deleteProperty(navigator, "onLine");
        window.dispatchEvent(new Event("online"));
        await until(() => form.status === "accepted");
        await form.updateComplete;
        still(form);
        holdsAll(form, [
          ["#t-success", "#success"],
          ["#d-success", "#success"],
          ["#success .link", "#success"],
        ]);
        holdsMark(form, "#t-success", SHAPE);
        holdsBorder(form, "#success");
        holdsRing(form, "#success .link", "#success");
      });

      it(`is enough ${where}: the way out of a dialog`, async () => {
        const { form } = await mount({ ...look, presentation: "dialog", open: "" });
        await until(() => form.shadowRoot!.querySelector("dialog")?.open);
        still(form);
        holdsAll(form, [[".close", ".base"]]);
        const ground = hoverGround(form, ".close");
        holds(getComputedStyle(find(form, ".close")).color, ground, SHAPE, "hover");
        holdsRing(form, ".close");
      });
    }

  it("of the button's text is enough on any accent", async function () {
    this.timeout(30_000);
    const { form } = await mount();
    still(form);
    const button = find(form, "[part=submit]");
    for (let hue = 0; hue < 360; hue += 30)
      for (const lightness of [5, 25, 40, 45, 50, 55, 60, 75, 95]) {
        form.style.setProperty("--lead-form-accent", `hsl(${hue} 90% ${lightness}%)`);
        const { color, backgroundColor } = getComputedStyle(button);
        holds(color, backgroundColor, TEXT, `hue ${hue}, lightness ${lightness}`);
        const hover = hoverGround(form, ".submit");
        holds(color, hover, TEXT, `hover, hue ${hue}, lightness ${lightness}`);
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
