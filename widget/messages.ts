/** Owns the catalogs: which language a form speaks, and how a text is filled in. No DOM. */
import { ar } from "./messages/ar.ts";
import { en, type Messages } from "./messages/en.ts";
import { ru } from "./messages/ru.ts";

export type { Messages };
export type MessageKey = keyof Messages;
export type Texts = Partial<Messages>;

const catalogs = new Map<string, Texts>(Object.entries({ en, ar, ru }));

/**
 * Adds a language, or replaces texts of one. What is missing is said in English, and named on the
 * console, since a half translated form is easily overlooked.
 */
export const addLocale = (lang: string, texts: Texts): void => {
  const missing = Object.keys(en).filter((key) => !(key in texts));
  if (missing.length > 0) console.warn(`[lead-form] "${lang}" lacks: ${missing.join(", ")}`);
  catalogs.set(lang.toLowerCase(), texts);
};

/** The catalog's key for a language tag: `ar-EG` is answered by `ar`, the unknown by `en`. */
export const findLocale = (tag: string): string => {
  const parts = tag.toLowerCase().split("-");
  while (parts.length > 0 && !catalogs.has(parts.join("-"))) parts.pop();
  return parts.join("-") || "en";
};

/** Scripts written from right to left, by language. */
const RTL = /^(ar|fa|he|ur|ckb|ps)\b/;
export const directionOf = (lang: string): "ltr" | "rtl" => (RTL.test(lang) ? "rtl" : "ltr");

/** The first text that is there: overrides in their order, the language's own, English. */
export const findText = (
  lang: string,
  key: MessageKey,
  ...overrides: (string | undefined)[]
): string => overrides.find(Boolean) ?? catalogs.get(lang)?.[key] ?? en[key];

/**
 * Fills `{…}`. Each value is isolated (U+2068…U+2069), and a phone number is isolated left to right
 * (U+2066), so that neither is torn apart by Arabic around it.
 */
export const fill = (text: string, values: Record<string, string> = {}): string =>
  text.replace(/\{(\w+)\}/g, (_, key: string) =>
    values[key] ? `${key === "phone" ? "\u2066" : "\u2068"}${values[key]}\u2069` : "",
  );

/** `21 seconds`, with the plural form that the language wants, in Latin digits. */
export const formatSeconds = (lang: string, seconds: number): string =>
  new Intl.NumberFormat(`${lang}-u-nu-latn`, {
    style: "unit",
    unit: "second",
    unitDisplay: "long",
  }).format(seconds);
