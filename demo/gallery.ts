/**
 * Owns the gallery: draws the forms that its address asks for and brings each into its state by the
 * element's public interface, with answers made up in the page. `data-ready` tells when all stand.
 */
import { byId, make } from "./dom.ts";
import { type Answer, type State, STATES, VISITORS } from "./gallery-states.ts";

interface FormElement extends HTMLElement {
  values: Readonly<Record<string, string>>;
  requestSubmit(): void;
}

interface Cell {
  form: FormElement;
  figure: HTMLElement;
  state: State;
}

/** Longer than any state takes with the shortened clock, on a machine that is busy. */
const PATIENCE_MS = 20_000;
const CELL_PADDING = 34;
const CHOICES = {
  lang: ["en", "ar", "ru"],
  theme: ["default", "estate", "fintech", "ink"],
  scheme: ["light", "dark"],
  state: Object.keys(STATES),
} as const;

/** Which answers each target gets; a target stands for one cell. */
const answers = new Map<string, Answer[]>();
let online = true;

const toResponse = ({ status, body, headers }: Exclude<Answer, string>): Response =>
  Response.json(body, { status, ...(headers && { headers }) });

/** The whole network of this page: what the form posts is answered here, and goes nowhere. */
const playProxy = (): void => {
  window.fetch = async (input, init) => {
    const form = new URLSearchParams(await new Request(input, init).text());
    const queue = answers.get(form.get("target") ?? "") ?? [];
    const answer = (queue.length > 1 ? queue.shift() : queue[0]) ?? "fail";
    if (answer === "hang") return new Promise<Response>(() => {});
    if (answer === "fail") throw new TypeError("Failed to fetch");
    return toResponse(answer);
  };
  Object.defineProperty(navigator, "onLine", { get: () => online });
};

/** An attempt's time-out; a hanging request must look the same an hour later. */
const NEVER_FROM_MS = 10_000;
const SHORTEN_FROM_MS = 500;

const shortenClock = (): void => {
  const later = window.setTimeout.bind(window);
  const shortened = (run: () => void, ms = 0): number => {
    if (ms >= NEVER_FROM_MS) return 0;
    return later(run, ms >= SHORTEN_FROM_MS ? ms / 20 : ms);
  };
  Object.assign(window, { setTimeout: shortened });
};

const arrives = ({ form, state: { until } }: Cell): Promise<boolean> =>
  new Promise((resolve) => {
    if (!until) return resolve(true);
    // An interval, since the page's own clock for time-outs is shortened.
    const patience = setInterval(() => end(false), PATIENCE_MS);
    const end = (there: boolean) => {
      clearInterval(patience);
      resolve(there);
    };
    const done = () => end(true);
    if ("event" in until) return form.addEventListener(until.event, done, { once: true });
    const look = () => {
      if (form.getAttribute("status") !== until.status) return;
      watcher.disconnect();
      done();
    };
    const watcher = new MutationObserver(look);
    watcher.observe(form, { attributeFilter: ["status"] });
  });

const drive = async (cell: Cell, lang: string): Promise<void> => {
  const { form, figure, state } = cell;
  form.values = state.values ?? VISITORS[lang] ?? {};
  if (!state.answers) return;
  const arrived = arrives(cell);
  await new Promise(requestAnimationFrame);
  form.requestSubmit();
  if (!(await arrived)) figure.dataset["missed"] = "";
};

const asked = (query: URLSearchParams, name: keyof typeof CHOICES): readonly string[] => {
  const all: readonly string[] = CHOICES[name];
  const wanted = query.getAll(name).flatMap((value) => value.split(","));
  if (wanted.includes("all")) return all;
  const known = all.filter((value) => wanted.includes(value));
  if (known.length > 0) return known;
  return name === "state" ? all.filter((key) => !STATES[key]?.alone) : all.slice(0, 1);
};

const makeCell = (name: string, lang: string, theme: string, scheme: string): Cell => {
  const state = STATES[name] ?? {};
  const target = [name, lang, theme, scheme].join("-");
  if (state.answers) answers.set(target, [...state.answers]);
  const attributes = {
    target,
    lang,
    scheme,
    endpoint: location.origin,
    ...(theme !== "default" && { theme }),
    ...state.attributes,
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the script defines it later
  const form = document.createElement("lead-form") as FormElement;
  for (const [key, value] of Object.entries(attributes)) form.setAttribute(key, value);
  const caption = make("figcaption", {}, [name, lang, theme, scheme].join(" · "));
  const figure = make("figure", { "data-scheme": scheme }, caption, form);
  return { form, figure, state };
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
        asked(query, "state").map((name) => ({ lang, cell: makeCell(name, lang, theme, scheme) })),
      ),
    ),
  );
  byId("cells", HTMLElement).append(...cells.map(({ cell }) => cell.figure));

  await customElements.whenDefined("lead-form");
  const on = cells.filter(({ cell }) => !cell.state.offline);
  await Promise.all(on.map(({ cell, lang }) => drive(cell, lang)));
  online = false;
  const off = cells.filter(({ cell }) => cell.state.offline);
  await Promise.all(off.map(({ cell, lang }) => drive(cell, lang)));
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
