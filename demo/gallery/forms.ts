/**
 * Owns the way of a form into one state of the gallery: by its public interface, with answers made in the
 * page. Must not draw anything around the form.
 */
import { type Answer, type State, STATES, VISITORS } from "./states.ts";

interface FormElement extends HTMLElement {
  values: Readonly<Record<string, string>>;
  requestSubmit(): void;
  readonly updateComplete: Promise<void>;
}

/** A form that is to be brought into its state. */
export interface Staged {
  form: FormElement;
  state: State;
  lang: string;
}

/** Between two looks at a form. */
const LOOK_EVERY_MS = 20;

/** Longer than any state takes with the shortened clock, on a machine that is busy. */
const PATIENCE_MS = 20_000;

/** Which answers each target gets; a target stands for one cell. */
const answers = new Map<string, Answer[]>();
/** Whose turn it is: all but the last find the connection there, and one a clock that comes to ten seconds. */
const TURNS = [undefined, "late", "offline"] as const;
let turn: State["turn"];

/** What the form tells the page's developer: a part of its state, shown beside it and not on the console. */
export const collectHints = (tell: (target: string, hint: string) => void): void => {
  const { warn } = console;
  console.warn = (...args: unknown[]) => {
    const text = String(args[0]);
    const [, target] = /^\[lead-form\] .* "([^"]+)"\?$/.exec(text) ?? [];
    if (target && answers.has(target)) tell(target, text);
    else warn(...args);
  };
};

const toResponse = ({ status, body, headers }: Exclude<Answer, string>): Response =>
  Response.json(body, { status, ...(headers && { headers }) });

/**
 * The whole network of this page: what the form posts is answered here and not sent. That the page is offline says
 * nothing of requests: those of forms that are on their way hang as before.
 */
export const playProxy = (): void => {
  window.fetch = async (input, init) => {
    const form = new URLSearchParams(await new Request(input, init).text());
    const queue = answers.get(form.get("target") ?? "") ?? [];
    const answer = (queue.length > 1 ? queue.shift() : queue[0]) ?? "fail";
    if (answer === "fail") throw new TypeError("Failed to fetch");
    if (answer === "hang") return new Promise<Response>(() => {});
    return toResponse(answer);
  };
  Object.defineProperty(navigator, "onLine", { configurable: true, get: () => turn !== "offline" });
};

/** A hanging request must look the same an hour later: neither late nor given up. */
const LATE_MS = 10_000;
const SHORTEN_FROM_MS = 500;

export const shortenClock = (): void => {
  const later = window.setTimeout.bind(window);
  const shortened = (run: () => void, ms = 0): number => {
    if (ms > LATE_MS || (ms === LATE_MS && turn !== "late")) return 0;
    return later(run, ms >= SHORTEN_FROM_MS ? ms / 20 : ms);
  };
  Object.assign(window, { setTimeout: shortened });
};

const hasArrived = ({ form, state: { until } }: Staged): boolean =>
  until !== undefined &&
  ("status" in until
    ? form.getAttribute("status") === until.status
    : "drawn" in until && Boolean(form.shadowRoot?.querySelector(until.drawn)));

const arrives = (staged: Staged): Promise<boolean> =>
  new Promise((resolve) => {
    const { form, state } = staged;
    const { until } = state;
    if (!until) return resolve(true);
    const end = (there: boolean) => {
      clearInterval(watch);
      resolve(there);
    };
    // An interval, since the page's own clock for time-outs is shortened.
    const start = performance.now();
    const watch = setInterval(() => {
      if (hasArrived(staged)) end(true);
      else if (performance.now() - start > PATIENCE_MS) end(false);
    }, LOOK_EVERY_MS);
    if ("event" in until) form.addEventListener(until.event, () => end(true), { once: true });
  });

/** @returns whether it got there */
const driveOne = async (staged: Staged): Promise<boolean> => {
  const { form, state, lang } = staged;
  form.values = state.values ?? VISITORS[lang] ?? {};
  if (!state.answers) return true;
  const arrived = arrives(staged);
  // Fields of its own come with a part that is loaded for them.
  do {
    await new Promise(requestAnimationFrame);
    await form.updateComplete;
  } while (form.shadowRoot?.querySelector(".own"));
  form.requestSubmit();
  return arrived;
};

/** Drives all of a turn at once; a page has one clock and one connection. @returns those that missed */
export const drive = async <Each extends Staged>(all: readonly Each[]): Promise<Each[]> => {
  const missed: Each[] = [];
  for (turn of TURNS) {
    const now = all.filter(({ state }) => state.turn === turn);
    const arrived = await Promise.all(now.map(driveOne));
    missed.push(...now.filter((_, index) => !arrived[index]));
  }
  return missed;
};

/** A form of its own target, by which its answers are known; not yet on the page. */
export const makeForm = (name: string, lang: string, theme: string, scheme: string): Staged => {
  const state = STATES[name] ?? {};
  const target = [name, lang, theme, scheme].join("-");
  if (state.answers) answers.set(target, [...state.answers]);
  const attributes = {
    target,
    lang,
    scheme,
    endpoint: location.origin,
    // A guess would follow the machine that draws the pictures.
    country: "EG",
    ...(theme !== "default" && { theme }),
    ...state.attributes,
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the script defines it later
  const form = document.createElement("lead-form") as FormElement;
  for (const [key, value] of Object.entries(attributes)) form.setAttribute(key, value);
  for (const [token, value] of Object.entries(state.tokens ?? {}))
    form.style.setProperty(token, value);
  for (const [tag, slot, text] of state.slots ?? []) {
    const content = Object.assign(document.createElement(tag), { slot, textContent: text });
    form.append(content);
  }
  return { form, state, lang };
};
