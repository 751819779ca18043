/** Owns which language a form speaks, and how a text is filled in. No DOM. */
import { CATALOGS } from "./catalogs.generated.ts";
import { extras } from "../lazy/extras.ts";
import type { MessageKey, Texts } from "../../proxy/shared/messages/en.ts";
import { unpack } from "./unpack.ts";

const en = unpack(CATALOGS, "en");
const catalogs = new Map([
  ["en", en],
  ["ar", unpack(CATALOGS, "ar")],
  ["ru", unpack(CATALOGS, "ru")],
]);

/** Adds a language, or texts to one. What a language lacks is said in English. */
export const addLocale = (lang: string, texts: Texts): void => {
  const key = lang.toLowerCase();
  catalogs.set(key, { ...catalogs.get(key), ...texts });
};

/** The catalog's key for a language tag: `ar-EG` is answered by `ar`, the unknown by `en`. */
export const findLocale = (tag: string): string => {
  const parts = tag.toLowerCase().split("-");
  while (parts.length > 0 && !catalogs.has(parts.join("-"))) parts.pop();
  return parts.join("-") || "en";
};

/** Languages written from right to left. */
const RTL = /^(ar|fa|he|ur)/;
export const directionOf = (lang: string): "ltr" | "rtl" => (RTL.test(lang) ? "rtl" : "ltr");

/** The language's own text, else the English one; "" for a text of the extras while they are not there. */
export const findText = (lang: string, key: MessageKey): string => {
  const more = extras.part?.texts;
  return (
    [catalogs.get(lang), more?.[lang], en, more?.["en"]].find((texts) => texts?.[key])?.[key] ?? ""
  );
};

/**
 * Fills `{…}`. Each value is isolated (U+2068…U+2069), so that Arabic around it does not tear it apart; a
 * number, which has no direction of its own, then reads from left to right, and stays on one line.
 */
export const fill = (text: string, values: Readonly<Record<string, string>> = {}): string =>
  text.replace(
    /\{(\w+)\}/g,
    (_, key: string) => `\u2068${(values[key] ?? "").replace(/ (?=\d)/g, "\xA0")}\u2069`,
  );
