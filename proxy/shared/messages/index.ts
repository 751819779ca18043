/** Owns the list of catalogs, one for each language. Must not hold a text. */
import type { Language } from "../contract.ts";
import * as ar from "./ar.ts";
import * as en from "./en.ts";
import type { Messages } from "./en.ts";
import * as ru from "./ru.ts";

/** Every text of the form, by language. */
export const CATALOGS: Readonly<Record<Language, Messages>> = {
  en: { ...en.labels, ...en.answers, ...en.own },
  ar: { ...ar.labels, ...ar.answers, ...ar.own },
  ru: { ...ru.labels, ...ru.answers, ...ru.own },
};
