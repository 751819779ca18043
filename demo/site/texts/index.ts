/** Owns the choice of the site's texts by language. Must not hold a text. */
import type { Language } from "../languages.ts";
import { ar } from "./ar.ts";
import { en } from "./en.ts";
import type { Texts } from "./en.ts";
import { ru } from "./ru.ts";

export type { Texts };

export const TEXTS: Readonly<Record<Language, Texts>> = { en, ar, ru };

/** The text with its places filled in. */
export const fill = (text: string, ...values: readonly (string | number)[]): string =>
  values.reduce<string>((filled, value, i) => filled.replace(`{${i}}`, String(value)), text);
