/** Owns the reading of packed catalogs. */
import type { Texts } from "../../proxy/shared/messages/en.ts";

export interface Packed {
  /** Between semicolons the keys that share a text. */
  keys: string;
  /** The texts in the same order. */
  en: string;
  ar: string;
  ru: string;
}

/** Where the letters of a language begin in Unicode; in a packed text they begin at "?". */
const FIRST_LETTER = { en: 0, ar: 0x621, ru: 0x410 };

/** What digits stand for. */
const TOKENS = "…,{phone},{name},{time},name@example.com,ё,?,،,؟,—".split(",");

export const unpack = (packed: Packed, lang: keyof typeof FIRST_LETTER): Texts => {
  const first = FIRST_LETTER[lang];
  const texts = packed[lang]
    .replace(first ? /[\d?-~]/g : /^$/, (letter) =>
      letter < ":" ? TOKENS[+letter]! : String.fromCharCode(letter.charCodeAt(0) - 63 + first),
    )
    .split(";");
  return Object.fromEntries(
    packed.keys.split(";").flatMap((keys, i) => keys.split(" ").map((key) => [key, texts[i]])),
  );
};
