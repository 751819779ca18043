/** The script's own renderer draws what Lit draws, whatever was drawn before. */
import { html as litHtml, nothing as litNothing, render as litRender } from "lit/html.js";
import { html, nothing, render } from "../../widget/element/html.ts";
import { equal } from "./harness.ts";

interface Renderer {
  html: typeof html;
  nothing: typeof nothing;
  render: (value: unknown, root: HTMLElement) => unknown;
}

const OWN: Renderer = { html, nothing, render };
const LIT: Renderer = { html: litHtml, nothing: litNothing, render: litRender };

/** What may stand at a place, by its number: both renderers draw it with their own words. */
const VALUES: ((renderer: Renderer, at: number) => unknown)[] = [
  (own) => own.nothing,
  () => undefined,
  () => null,
  () => "",
  () => "a text with < & \" '",
  () => 0,
  () => true,
  () => false,
];
const CONTENT: typeof VALUES = [
  ...VALUES,
  (own, at) => own.html`<b id=${at}>bold ${at}</b>`,
  (own, at) => own.html`${at}<i class="a ${at} b"></i>`,
  (own, at) => own.html`${at % 2 ? own.html`<u>odd</u>` : own.nothing}`,
  () => [],
  (own, at) => Array.from({ length: at % 4 }, (_, i) => own.html`<li>${i}</li>`),
  (own, at) => ["x", own.nothing, own.html`<p>${at}</p>`, ["y", at]],
];

/** One drawing: four places of each kind, chosen by a number. */
const draw = (own: Renderer, choice: (of: typeof VALUES) => unknown) =>
  own.html`<div class=${choice(VALUES)} title="one ${choice(VALUES)} two ${choice(VALUES)}">
    ${choice(CONTENT)} and ${choice(CONTENT)}
    <input type="text" ?disabled=${choice(VALUES)} aria-label=${choice(VALUES)} />
    <p>${choice(CONTENT)}</p>
    ${choice(CONTENT)}
  </div>
  ${choice(CONTENT)}`;

/** A small generator with a seed (mulberry32): both renderers get the same numbers. */
const numbers = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};

const chooser = (own: Renderer, seed: number) => {
  const next = numbers(seed);
  return (of: typeof VALUES) => {
    const at = Math.floor(next() * 1000);
    return of[at % of.length]!(own, at);
  };
};

/** The markup without the comments that keep places. */
const markupOf = (root: HTMLElement): string => root.innerHTML.replace(/<!--.*?-->/g, "");

describe("the script's own renderer", () => {
  it("draws what Lit draws, over whatever was drawn before", () => {
    for (let run = 0; run < 60; run++) {
      const [mine, lits] = [document.createElement("div"), document.createElement("div")];
      for (let seed = run * 100; seed < run * 100 + 12; seed++) {
        render(draw(OWN, chooser(OWN, seed)), mine);
        litRender(draw(LIT, chooser(LIT, seed)), lits);
        equal(markupOf(mine), markupOf(lits), `seed ${seed}`);
      }
    }
  });

  it("keeps the node of what has not changed", () => {
    const root = document.createElement("div");
    const node = new Text("kept");
    const view = (text: string) =>
      html`<p class=${text}>${node}<b>${"same"}</b></p>
        ${[text, html`<i>${text}</i>`]}`;
    render(view("a"), root);
    const before = [...root.querySelectorAll("*")];
    const same = root.querySelector("b")!.lastChild;
    render(view("b"), root);
    equal(
      [...root.querySelectorAll("*")].map((each, i) => each === before[i]).join(),
      "true,true,true",
    );
    equal(root.querySelector("b")!.lastChild === same, true);
    equal(root.textContent!.replace(/\s+/g, ""), "keptsamebb");
    equal(root.querySelector("p")!.className, "b");
  });

  it("calls the last listener, once", () => {
    const root = document.createElement("div");
    const heard: string[] = [];
    const view = (word: string) => html`<button @click=${() => heard.push(word)}></button>`;
    render(view("first"), root);
    render(view("second"), root);
    root.querySelector("button")!.click();
    equal(heard.join(), "second");
  });

  it("draws over what a page has put in the place of a text", () => {
    const root = document.createElement("div");
    const view = (text: string) => html`<p>${text}</p>`;
    render(view("one"), root);
    root.querySelector("p")!.lastChild!.replaceWith(document.createElement("font"));
    render(view("two"), root);
    equal(markupOf(root), "<p>two</p>");
  });
});
