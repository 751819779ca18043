/** Owns the languages of the site, and where each begins. Must not hold a text of a page. */
import { LANGUAGES } from "../../proxy/shared/contract.ts";
import type { Language } from "../../proxy/shared/contract.ts";

export { LANGUAGES, type Language };

/** Each by its own name, as a reader looks for it. */
export const NAMES: Readonly<Record<Language, string>> = {
  en: "English",
  ar: "العربية",
  ru: "Русский",
};

export const directionOf = (lang: Language): "ltr" | "rtl" => (lang === "ar" ? "rtl" : "ltr");

/** The path before each page of a language. */
export const prefixOf = (lang: Language): string => (lang === "en" ? "/" : `/${lang}/`);

/** A relative address: the site may stand under any path. Both begin with a slash. */
export const linkFrom = (from: string, to: string): string => {
  const [path = "", anchor] = to.split("#");
  if (path === from && anchor !== undefined) return `#${anchor}`;
  const up = "../".repeat(from.split("/").length - 2);
  const there = up + path.slice(1) || "./";
  return anchor === undefined ? there : `${there}#${anchor}`;
};

/** What a page of the demo is told of the reader's language. */
const QUERIES: Readonly<Record<string, string>> = {
  "/playground/": "ui",
  "/playground/gallery.html": "lang",
  "/playground/qa.html": "lang",
};

/** The same address, in the reader's language where the page speaks several. */
export const inReadersLanguage = (to: string, lang: Language): string => {
  const name = QUERIES[to];
  return name === undefined || lang === "en" ? to : `${to}?${name}=${lang}`;
};
