/**
 * Owns the gallery: the forms that its address asks for, each in its state, and the choice among them.
 * Must not set `data-ready` before all forms stand.
 */
import { drawNav } from "../nav/nav.ts";
import { byId, make, usePartsOfThisPage } from "../playground/dom.ts";
import { collectHints, drive, makeForm, playProxy, shortenClock, type Staged } from "./forms.ts";
import { type Group, GROUPS, STATES } from "./states.ts";

usePartsOfThisPage();

interface Cell extends Staged {
  target: string;
  figure: HTMLElement;
}

/** As a tester reads them. */
const TITLES: Readonly<Record<Group, string>> = {
  rest: "Before it is sent",
  asks: "What it asks",
  own: "Fields of a target’s own",
  mistakes: "Mistakes",
  way: "On its way",
  failures: "Not sent",
  thanks: "Sent",
  looks: "Looks",
};

const CELL_PADDING = 34;
const CHOICES = {
  lang: ["en", "ar", "ru"],
  theme: ["default", "estate", "fintech", "ink"],
  scheme: ["light", "dark"],
  state: Object.keys(STATES),
} as const;

const groups = Object.entries(GROUPS).map(([group, states]) => ({
  title: TITLES[group as Group],
  states: Object.keys(states),
}));

const asked = (query: URLSearchParams, name: keyof typeof CHOICES): readonly string[] => {
  const all: readonly string[] = CHOICES[name];
  const wanted = query.getAll(name).flatMap((value) => value.split(","));
  if (wanted.includes("all")) return all;
  const known = all.filter((value) => wanted.includes(value));
  if (known.length > 0) return known;
  return name === "state" ? all.filter((key) => !STATES[key]?.alone) : all.slice(0, 1);
};

const makeCell = (state: string, lang: string, theme: string, scheme: string): Cell => {
  const staged = makeForm(state, lang, theme, scheme);
  const id = [state, lang, theme, scheme].join("-");
  const alone = new URLSearchParams({ state, lang, theme, scheme });
  const words = [state, lang, theme, scheme].join(" · ");
  const link = make("a", { href: `?${alone}` }, words);
  const figure = make("figure", { id, "data-scheme": scheme }, make("figcaption", {}, link));
  figure.append(staged.form);
  return { ...staged, target: id, figure };
};

const drawFilter = (query: URLSearchParams): void => {
  byId("states", HTMLElement).append(
    ...groups.map(({ title, states }) => {
      const boxes = states.map((name) =>
        make("label", {}, make("input", { type: "checkbox", name: "state", value: name }), name),
      );
      return make("fieldset", {}, make("legend", {}, title), make("span", {}, ...boxes));
    }),
  );
  for (const name of ["lang", "theme", "scheme", "state"] as const)
    for (const box of document.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`))
      box.checked = asked(query, name).includes(box.value);
  const shown = asked(query, "state").length;
  byId("chosen", HTMLElement).textContent = `(${shown} of ${CHOICES.state.length})`;
  byId("filter", HTMLFormElement)
    .querySelector("details")
    ?.toggleAttribute("open", query.has("state"));
};

/** All looks of a group of states, under its heading. */
const makeGroup = (query: URLSearchParams, states: readonly string[]): Cell[] =>
  asked(query, "lang").flatMap((lang) =>
    asked(query, "theme").flatMap((theme) =>
      asked(query, "scheme").flatMap((scheme) =>
        asked(query, "state")
          .filter((name) => states.includes(name))
          .map((name) => makeCell(name, lang, theme, scheme)),
      ),
    ),
  );

const drawCells = (query: URLSearchParams): Cell[] =>
  groups.flatMap(({ title, states }) => {
    const cells = makeGroup(query, states);
    if (cells.length === 0) return [];
    const figures = cells.map(({ figure }) => figure);
    const heading = make("h2", {}, title);
    byId("cells", HTMLElement).append(
      make("section", {}, heading, make("div", { class: "grid" }, ...figures)),
    );
    return cells;
  });

const start = async (query: URLSearchParams): Promise<void> => {
  const root = document.documentElement;
  const width = Number(query.get("width")) || 400;
  const box = document.querySelector<HTMLInputElement>("input[name=width]");
  if (box) box.value = String(width);
  root.toggleAttribute("data-bare", query.has("bare"));
  root.style.setProperty("--cell", `${width + CELL_PADDING}px`);
  const cells = drawCells(query);
  collectHints((target, hint) => {
    const cell = cells.find((each) => each.target === target);
    cell?.figure.append(make("p", { class: "hint" }, "On the console: ", hint));
  });

  await customElements.whenDefined("lead-form");
  for (const { figure } of await drive(cells)) figure.dataset["missed"] = "";
  // A form moves focus to what went wrong; with many on a page the last one would scroll it.
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  const anchor = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (anchor) anchor.scrollIntoView();
  else scrollTo(0, 0);
  root.dataset["ready"] = "";
};

playProxy();
shortenClock();
const query = new URLSearchParams(location.search);
drawNav(byId("nav", HTMLElement), { current: "gallery" });
drawFilter(query);
window.addEventListener("load", () => {
  byId("missing", HTMLElement).hidden = customElements.get("lead-form") !== undefined;
});
await start(query);
