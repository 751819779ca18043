/** Owns the reading of packed catalogs. Must not choose a language. */
import type { Language } from "../../proxy/shared/contract.ts";
import type { Texts } from "../../proxy/shared/messages/en.ts";

/** Keys that share a text stand between semicolons; each language has its texts in the same order. */
export type Packed = Record<Language | "keys", string> & {
  /** What has been unpacked. */
  texts?: Partial<Record<Language, Texts>>;
};

/** Where the letters of a language begin in Unicode; in a packed text they begin at "?". 0: not packed. */
export const FIRST_LETTER: Readonly<Record<Language, number>> = { en: 0, ar: 0x621, ru: 0x410 };

/** What the signs from "0" to "<" stand for in a packed text; ":" and ";" are taken. */
export const TOKENS = "…,{phone},{name},{time},name@example.com,ё,?,،,؟,—,,,{country}".split(",");

export const isLanguage = (lang: string): lang is Language => Object.hasOwn(FIRST_LETTER, lang);

export const unpack = (packed: Packed, lang: Language): Texts => {
  const first = FIRST_LETTER[lang];
  const texts = packed[lang]
    .replace(first ? /[\d<?-~]/g : /^$/, (letter) => {
      const code = letter.charCodeAt(0);
      return code < 63 ? TOKENS[code - 48]! : String.fromCharCode(code - 63 + first);
    })
    .split(";");
  return Object.fromEntries(
    packed.keys.split(";").flatMap((keys, i) => keys.split(" ").map((key) => [key, texts[i]])),
  );
};
