/**
 * Owns the texts of the form where a server prints it: a proxy has them as they are written, for its own pages. Must
 * not be in the browser, which has them packed.
 */
import { LANGUAGES, type Language } from "../../proxy/shared/contract.ts";
import { CATALOGS } from "../../proxy/shared/messages/index.ts";
import type { Texts } from "../../proxy/shared/messages/en.ts";

export { CATALOGS };

export const isLanguage = (lang: string): lang is Language =>
  (LANGUAGES as readonly string[]).includes(lang);

export const unpack = (catalogs: typeof CATALOGS, lang: Language): Texts => catalogs[lang];
