/**
 * Owns the language of the playground's own page: its texts, and their place in the document. Must not reach into the
 * frame or the form.
 *
 * An element keeps the key of its text, so that another language is a matter of one walk.
 */
import { LANGUAGES } from "../../proxy/shared/contract.ts";
import type { Language } from "../../proxy/shared/contract.ts";
import { ar } from "./texts/ar.ts";
import { en } from "./texts/en.ts";
import type { TextKey, Texts } from "./texts/en.ts";
import { MODE_TEXTS } from "./texts/modes.ts";
import { ru } from "./texts/ru.ts";
import type { FaultMode } from "../vendors/modes.ts";

export type { TextKey } from "./texts/en.ts";
/** What is filled into a text. */
type Values = Readonly<Record<string, string>>;

export const CATALOGS: Readonly<Record<Language, Texts>> = { en, ar, ru };

/** What each language calls itself. */
export const NATIVE: Readonly<Record<Language, string>> = {
  en: "English",
  ar: "العربية",
  ru: "Русский",
};

let language: Language = "en";
export const pageLanguage = (): Language => language;

export const isTextKey = (key: string): key is TextKey => Object.hasOwn(en, key);

export const say = (key: TextKey, values: Values = {}): string =>
  CATALOGS[language][key].replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);

export const sayMode = (mode: FaultMode): string => MODE_TEXTS[language][mode];

/** What was filled in, for the next language. */
const filled = new WeakMap<Element, Values>();

/** Where a key's text goes, by the attribute that holds the key. */
const PLACES = {
  // A status that says the same again would be read again.
  "data-text": (element, text) => {
    if (element.textContent !== text) element.textContent = text;
  },
  "data-alt": (element, text) => element.setAttribute("alt", text),
  "data-label": (element, text) => element.setAttribute("aria-label", text),
  "data-title": (element, text) => element.setAttribute("title", text),
} satisfies Record<string, (element: Element, text: string) => void>;
type Place = keyof typeof PLACES;

const write = (element: Element, place: Place): void => {
  const key = element.getAttribute(place) ?? "";
  if (isTextKey(key)) PLACES[place](element, say(key, filled.get(element)));
};

/** Gives an element a text that follows the language of the page. */
export const speak = <T extends Element>(
  element: T,
  key: TextKey,
  values?: Values,
  place: Place = "data-text",
): T => {
  if (values) filled.set(element, values);
  element.setAttribute(place, key);
  write(element, place);
  return element;
};

/** @param wanted what the address asks for */
export const toLanguage = (wanted: string | undefined): Language =>
  LANGUAGES.find((known) => known === wanted) ??
  navigator.languages
    .map((tag) => LANGUAGES.find((known) => tag.split("-")[0] === known))
    .find((known) => known !== undefined) ??
  "en";

export const setLanguage = (next: Language): void => {
  language = next;
  const root = document.documentElement;
  root.lang = next;
  root.dir = next === "ar" ? "rtl" : "ltr";
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its own keys
  for (const place of Object.keys(PLACES) as Place[])
    for (const element of document.querySelectorAll(`[${place}]`)) write(element, place);
};
