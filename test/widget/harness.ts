/**
 * Owns how a test is a visitor: it shows a form, types and presses, and plays the proxy. Must not leave a
 * form, a loader or a changed global to the next test.
 */
import "../../widget/define.ts";
import "./order.ts";
import * as realEssentials from "../../widget/essentials/index.ts";
import * as realExtras from "../../widget/extras/index.ts";
import * as realSpelling from "../../widget/essentials/phone/spelling/index.ts";
import { essentials, spelling, worldPlans } from "../../widget/lazy/essentials.ts";
import { extras } from "../../widget/lazy/extras.ts";
import type { LeadForm } from "../../widget/element/lead-form.ts";
import { ownFields } from "../../widget/lazy/own-fields.ts";
import * as realOwnFields from "../../widget/own-fields/index.ts";

export const assert: (value: unknown, message: string) => asserts value = (value, message) => {
  if (!value) throw new Error(message);
};

export const equal = (actual: unknown, expected: unknown, message = "not equal"): void => {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  assert(a === b, `${message}: ${a} instead of ${b}`);
};

/** Resolves once a condition holds; the runner's own time-out is the limit. */
export const until = async (holds: () => unknown): Promise<void> => {
  while (!holds()) await new Promise((resolve) => requestAnimationFrame(resolve));
};

/** One request as the proxy saw it. */
export interface Sent {
  url: string;
  init: RequestInit;
  body: URLSearchParams;
}

type Answer = Response | Promise<Response>;

const originals = {
  fetch: window.fetch,
  setTimeout: window.setTimeout.bind(window),
  clearTimeout: window.clearTimeout.bind(window),
};

/** Plays the proxy. @returns what was sent, as it comes in */
export const answer = (reply: (sent: Sent, count: number) => Answer): Sent[] => {
  const log: Sent[] = [];
  window.fetch = (input, init = {}) => {
    const sent = { url: input as string, init, body: new URLSearchParams(init.body as string) };
    log.push(sent);
    const { signal } = init;
    return new Promise((resolve, reject) => {
      signal?.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
      Promise.resolve(reply(sent, log.length)).then(resolve, reject);
    });
  };
  return log;
};

export const created = ({ body }: Sent): Response =>
  Response.json({ receipt: body.get("id"), status: "created" }, { status: 201 });

export const problem = (status: number, code: string, more: object = {}): Response =>
  Response.json({ type: "about:blank", title: code, status, code, ...more }, { status });

export const noConnection = (): Promise<Response> =>
  Promise.reject(new TypeError("Failed to fetch"));
/** While the browser says that there is no connection, there is none. */
export const whenOnline =
  (reply: (sent: Sent) => Answer) =>
  (sent: Sent): Answer =>
    navigator.onLine ? reply(sent) : noConnection();
export const noAnswer = (): Promise<Response> => new Promise(() => {});

/** Holds timers of half a second and more until they are fired by hand. */
export const holdTimers = () => {
  let held: { ms: number; run: () => void; id: number }[] = [];
  let next = 1e9;
  window.setTimeout = ((run: () => void, ms = 0, ...rest: unknown[]) => {
    if (ms < 500) return originals.setTimeout(run, ms, ...rest);
    held.push({ ms, run, id: ++next });
    return next;
  }) as typeof window.setTimeout;
  window.clearTimeout = (id) => {
    held = held.filter((timer) => timer.id !== id);
    originals.clearTimeout(id);
  };
  return {
    /** Delays in milliseconds of what is waiting. */
    get waiting() {
      return held.map(({ ms }) => ms);
    },
    /** Fires every timer with this delay or less. */
    fire(ms: number) {
      const due = held.filter((timer) => timer.ms <= ms);
      held = held.filter((timer) => timer.ms > ms);
      due.forEach(({ run }) => run());
    },
  };
};

/** Undone after the test. */
export const restores: (() => void)[] = [];

export interface Mounted {
  form: LeadForm;
  /** Names of the events in the order they came, with their details. */
  events: [name: string, detail: unknown][];
}

const EVENTS = [
  "ready",
  "start",
  "submit",
  "invalid",
  "retry",
  "success",
  "error",
  "reset",
  "show",
  "hide",
];

/** Attributes of a form that shows everything it can. */
export const RICH: Record<string, string> = {
  projects: "Tower, Sea View",
  consent: "checkbox",
  "privacy-url": "https://example.com/privacy",
  "contact-phone": "+20 2 1234567",
};

/** Puts a form on the page and waits until it is drawn. */
export const mount = async (
  attributes: Record<string, string> = {},
  parent: Element = document.body,
  prepare?: (form: LeadForm) => void,
): Promise<Mounted> => {
  const form = document.createElement("lead-form");
  const events: Mounted["events"] = [];
  for (const name of EVENTS)
    form.addEventListener(`lead-form-${name}`, (event) => {
      events.push([name, (event as CustomEvent<unknown>).detail]);
    });
  for (const [name, value] of Object.entries({
    target: "sakneen",
    country: "EG",
    lang: "en",
    ...attributes,
  }))
    form.setAttribute(name, value);
  prepare?.(form);
  parent.append(form);
  restores.push(() => form.remove());
  await form.updateComplete;
  return { form, events };
};

export const find = <Found extends Element = HTMLElement>(
  form: LeadForm,
  selector: string,
): Found => {
  const found = form.shadowRoot!.querySelector<Found>(selector);
  assert(found, `no ${selector} in the form`);
  return found;
};

export const has = (form: LeadForm, selector: string): boolean =>
  form.shadowRoot!.querySelector(selector) !== null;

/** The text a visitor reads, without the marks that isolate directions. */
export const textOf = (form: LeadForm, selector: string): string =>
  (find(form, selector).textContent ?? "")
    .replace(/[\u2066-\u2069]/g, "")
    .replace(/\s+/g, " ")
    .trim();

/** Types letter by letter and leaves the field. */
export const type = async (form: LeadForm, name: string, text: string): Promise<void> => {
  const field = find<HTMLInputElement>(form, `[name=${name}]`);
  field.focus();
  field.value = "";
  for (const letter of text) {
    field.value += letter;
    field.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true, data: letter }));
  }
  field.blur();
  await form.updateComplete;
};

export const choose = async (form: LeadForm, name: string, value: string): Promise<void> => {
  const select = find<HTMLSelectElement>(form, `select[name=${name}]`);
  select.focus();
  select.value = value;
  select.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
  select.dispatchEvent(new Event("change", { bubbles: true }));
  await form.updateComplete;
};

export const press = async (form: LeadForm, selector = "[part=submit]"): Promise<void> => {
  find(form, selector).click();
  await form.updateComplete;
};

/** Fills in a lead that nothing is wrong with. */
export const fillIn = async (form: LeadForm): Promise<void> => {
  const box = form.shadowRoot!.querySelector<HTMLInputElement>("#f-consent");
  if (box && !box.checked) box.click();
  await type(form, "name", "Mona Adel");
  await type(form, "phone", "01012345678");
};

/** Submits and waits for the end of it. */
export const submit = async (form: LeadForm): Promise<void> => {
  await press(form);
  await until(() => !/sending|retrying/.test(form.status));
  await form.updateComplete;
};

/** What the page has focused, through the shadow root. */
export const focused = (form: LeadForm): string => form.shadowRoot!.activeElement?.id ?? "";

/** What the harness needs to know of a part that is loaded later. */
interface Loader {
  part: unknown;
  loading: unknown;
  failed: boolean;
  fetch: (address: string) => Promise<unknown>;
}

const LOADERS: readonly Loader[] = [
  essentials,
  extras,
  ownFields,
  spelling,
  worldPlans,
] as unknown as Loader[];

/** As on a page where nothing was loaded yet. */
export const forget = (loader: Pick<Loader, "part" | "loading" | "failed">): void => {
  loader.part = loader.loading = undefined;
  loader.failed = false;
};

const noMotion = new CSSStyleSheet();
noMotion.replaceSync("* { transition: none !important; animation: none !important }");

/** Colours are compared once no transition is under way. Lasts until the form is drawn again. */
export const still = (form: LeadForm): void => {
  form.shadowRoot!.adoptedStyleSheets.push(noMotion);
};

/** Puts the parts in place that a browser would fetch. */
export const useParts = (): void => {
  // A real stamp takes tenths of a second, and has tests of its own.
  essentials.part = { ...realEssentials, solveStamp: () => Promise.resolve("1.2") };
  realEssentials.addRules(realSpelling);
  extras.part = realExtras;
  ownFields.part = realOwnFields;
};

/** Idle callbacks that have not run yet: a form asks for its parts in one. */
const waiting = new Set<number>();
// WebKit has no idle callbacks.
const requestIdle = window.requestIdleCallback?.bind(window);
if (requestIdle)
  window.requestIdleCallback = (run, options) => {
    const id = requestIdle((deadline) => {
      waiting.delete(id);
      run(deadline);
    }, options);
    waiting.add(id);
    return id;
  };

/** What stood on the page before the test: the runner's own, and what a `before` has put there. */
let standing = new Set<Element>();

export const setUp = (): void => {
  standing = new Set(document.body.children);
  useParts();
  // A test that needs a part over the network plays that itself.
  for (const loader of LOADERS)
    loader.fetch = (address) => Promise.reject(new TypeError(`No part at ${address} in this test`));
};

/** Ends what a test has begun: its forms, what these are loading, and every global that it changed. */
export const tearDown = async (): Promise<void> => {
  for (const id of waiting) window.cancelIdleCallback(id);
  waiting.clear();
  for (const element of document.querySelectorAll("body > *"))
    if (!standing.has(element)) element.remove();
  // One turn: a removed form stops its waits, and a load that can end has ended.
  const turn = new Promise((resolve) => originals.setTimeout(resolve));
  await Promise.race([Promise.allSettled(LOADERS.map(({ loading }) => loading)), turn]);
  await turn;
  Object.assign(window, originals);
  while (restores.length > 0) restores.pop()!();
  LOADERS.forEach(forget);
};

beforeEach(setUp);
afterEach(tearDown);
