/**
 * Owns the small tools of the page: elements, words, times, the status line. Must not make HTML of
 * a text.
 */

/** @returns {any} the element, of any type */
export const byId = (id) => document.getElementById(id);

/** An element; text only ever becomes text. Listeners are given as `onclick` and the like. */
export const h = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (typeof value === "function") element[name] = value;
    else if (value === true) element.setAttribute(name, "");
    else if (value !== undefined && value !== null && value !== false)
      element.setAttribute(name, value);
  element.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== ""));
  return element;
};

/** Words, inputs and states, which the proxy writes into the page. */
const tables = JSON.parse(byId("tables").textContent);

export const fieldWords = (code) => tables.fields[code] ?? "This field needs another look.";

/** The fields of every form that a person may correct: name, label, type, direction. */
export const leadInputs = tables.inputs;

export const isReplayable = (state) => tables.replayable.includes(state);

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * The words for a reason; a code of a later version is shown as it is.
 * @param {string | null} [key] the field of the vendor's form that it is about
 */
export const reasonWords = (reason, vendor, key) => {
  const found = tables.reasons[reason] ?? {
    what: reason ? `The reason is “${reason}”` : "The leads are on their way",
    todo: "",
  };
  const named = key ? `the field “${key}”` : "one of its fields";
  const fill = (text) => text?.replaceAll("{vendor}", capital(vendor)).replaceAll("{key}", named);
  const again = `${capital(vendor)} takes leads again`;
  return { what: fill(found.what), once: fill(found.once) ?? again, todo: fill(found.todo) };
};

const numbers = new Intl.NumberFormat("en");
const time = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", hour12: false });
const day = new Intl.DateTimeFormat("en", { day: "numeric", month: "short" });

export const amount = (n, one = "lead", many = `${one}s`) =>
  `${numbers.format(n)} ${n === 1 ? one : many}`;

/** 14:02 today, else with the day before it. */
export const clock = (iso) => {
  const date = new Date(iso);
  const today = date.toDateString() === new Date().toDateString();
  return today ? time.format(date) : `${day.format(date)}, ${time.format(date)}`;
};

/** Rounded down to the largest unit that is at least one. */
export const age = (seconds) => {
  if (seconds >= 86_400) return amount(Math.floor(seconds / 86_400), "day");
  if (seconds >= 3600) return amount(Math.floor(seconds / 3600), "hour");
  return seconds >= 60 ? amount(Math.floor(seconds / 60), "minute") : "less than a minute";
};

/** Milliseconds that a message stays; its effect stays visible afterwards. */
const SHOWN = 10_000;
let hiding;

/** Shown for a while, and read out by a screen reader. */
export const say = (text) => {
  clearTimeout(hiding);
  byId("status").textContent = text;
  hiding = setTimeout(() => byId("status").replaceChildren(), SHOWN);
};

/** Shows a message at a field, or removes it. */
export const setError = (input, error, text) => {
  error.textContent = text;
  error.hidden = !text;
  if (text) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
  const others = (input.getAttribute("aria-describedby") ?? "").split(" ");
  const ids = others.filter((id) => id && id !== error.id);
  input.setAttribute("aria-describedby", [...(text ? [error.id] : []), ...ids].join(" "));
};

/** Replaces children, and keeps the focus on the element with the same key. */
export const replaceKeepingFocus = (parent, children) => {
  const key = parent.contains(document.activeElement)
    ? document.activeElement?.closest("[data-key]")?.getAttribute("data-key")
    : undefined;
  parent.replaceChildren(...children);
  if (key === undefined) return;
  const same = [...parent.querySelectorAll("[data-key]")].find((e) => e.dataset.key === key);
  (same ?? parent.querySelector("h2"))?.focus();
};
