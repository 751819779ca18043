/** Owns the lists of countries that a page gives. Must not guess: see the extras. */
import { readTokens } from "./fields.ts";

/** ISO codes in capitals. */
export const readCountries = (text: string): string[] => readTokens(text.toUpperCase());
