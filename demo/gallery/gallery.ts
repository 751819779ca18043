/**
 * Owns the gallery: the forms that its address asks for, each in its state, and the choice among them.
 * Must not set `data-ready` before all forms stand.
 */
import { byId, make, usePartsOfThisPage } from "../playground/dom.ts";
import { drive, makeForm, playProxy, shortenClock, type Staged } from "./forms.ts";
import { STATES } from "./states.ts";

usePartsOfThisPage();

interface Cell extends Staged {
  figure: HTMLElement;
}

const CELL_PADDING = 34;
const CHOICES = {
  lang: ["en", "ar", "ru"],
  theme: ["default", "estate", "fintech", "ink"],
  scheme: ["light", "dark"],
  state: Object.keys(STATES),
} as const;

const asked = (query: URLSearchParams, name: keyof typeof CHOICES): readonly string[] => {
  const all: readonly string[] = CHOICES[name];
  const wanted = query.getAll(name).flatMap((value) => value.split(","));
  if (wanted.includes("all")) return all;
  const known = all.filter((value) => wanted.includes(value));
  if (known.length > 0) return known;
  return name === "state" ? all.filter((key) => !STATES[key]?.alone) : all.slice(0, 1);
};

const makeCell = (name: string, lang: string, theme: string, scheme: string): Cell => {
  const staged = makeForm(name, lang, theme, scheme);
  const caption = make("figcaption", {}, [name, lang, theme, scheme].join(" · "));
  const figure = make("figure", { "data-scheme": scheme }, caption, staged.form);
  return { ...staged, figure };
};

const drawFilter = (query: URLSearchParams): void => {
  const boxes = CHOICES.state.map((name) =>
    make("label", {}, make("input", { type: "checkbox", name: "state", value: name }), name),
  );
  byId("states", HTMLElement).append(...boxes);
  for (const name of ["lang", "theme", "scheme", "state"] as const)
    for (const box of document.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`))
      box.checked = asked(query, name).includes(box.value);
};

const start = async (query: URLSearchParams): Promise<void> => {
  const root = document.documentElement;
  const width = Number(query.get("width")) || 400;
  root.toggleAttribute("data-bare", query.has("bare"));
  root.style.setProperty("--cell", `${width + CELL_PADDING}px`);
  const cells = asked(query, "lang").flatMap((lang) =>
    asked(query, "theme").flatMap((theme) =>
      asked(query, "scheme").flatMap((scheme) =>
        asked(query, "state").map((name) => makeCell(name, lang, theme, scheme)),
      ),
    ),
  );
  byId("cells", HTMLElement).append(...cells.map(({ figure }) => figure));

  await customElements.whenDefined("lead-form");
  for (const { figure } of await drive(cells)) figure.dataset["missed"] = "";
  // A form moves focus to what went wrong; with many on a page the last one would scroll it.
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  scrollTo(0, 0);
  root.dataset["ready"] = "";
};

playProxy();
shortenClock();
const query = new URLSearchParams(location.search);
drawFilter(query);
window.addEventListener("load", () => {
  byId("missing", HTMLElement).hidden = customElements.get("lead-form") !== undefined;
});
await start(query);
