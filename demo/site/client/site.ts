/** Owns the script of each page: copying code, and the way to the search. Must not be needed to read. */
import { startSearch } from "./search.ts";

const root = document.documentElement;

/** Milliseconds that the word "copied" stays. */
const SAID = 2_000;

const draw = (path: string): string =>
  `<svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true" focusable="false"><path d="${path}" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"/></svg>`;
const SHEETS = draw("M7.5 7.5h8v8h-8zM12.5 4.5h-8v8");
const TICK = draw("m4 10.5 4 4 8-9");

const addCopyButton = (block: Element): void => {
  const button = document.createElement("button");
  button.type = "button";
  const { copy = "", copied = "" } = root.dataset;
  const show = (isDone: boolean): void => {
    button.className = isDone ? "copy done" : "copy";
    button.innerHTML = isDone ? TICK : SHEETS;
    button.title = isDone ? copied : copy;
    button.setAttribute("aria-label", button.title);
  };
  show(false);
  button.addEventListener("click", () => {
    const code = block.querySelector("code")?.textContent ?? "";
    void navigator.clipboard.writeText(code).then(() => {
      show(true);
      said.textContent = copied;
      setTimeout(() => show(false), SAID);
    });
  });
  block.append(button);
};

/** What a screen reader is told once code is copied. */
const said = document.createElement("p");
said.className = "unseen";
said.setAttribute("role", "status");
document.body.append(said);

// Only a page that may write to the clipboard offers it.
if (navigator.clipboard) document.querySelectorAll(".code").forEach(addCopyButton);

/** On a phone the list of siblings would push the text down. */
const narrow = matchMedia("(max-width: 60rem)");
const siblings = document.querySelector<HTMLDetailsElement>(".siblings details");
if (siblings && narrow.matches) siblings.open = false;

const search = document.querySelector<HTMLElement>(".search");
if (search) startSearch(search);
