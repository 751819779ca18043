/** Owns the choice of a language and of its texts. Must not touch the DOM. */
import type { MessageKey, Texts } from "../../proxy/shared/messages/en.ts";
import { essentials } from "../lazy/essentials.ts";
import { extras } from "../lazy/extras.ts";
import { CATALOGS } from "./catalogs.generated.ts";
import { isLanguage, type Packed, unpack } from "./unpack.ts";

/** The texts of the script, or of a part that is there, once they are asked for. */
const builtIn = (packed: Packed | undefined, lang: string): Texts | undefined =>
  packed && isLanguage(lang) ? ((packed.texts ??= {})[lang] ??= unpack(packed, lang)) : undefined;

/** What the page added. */
const added = new Map<string, Texts>();

/** Whether there is a built-in text for a key, as every code of the proxy has one; some come with their part. */
export const hasText = (key: string): key is MessageKey =>
  Object.hasOwn(builtIn(CATALOGS, "en")!, key) || key.startsWith("field_");

/** Adds a language, or texts to one. A missing text is shown in English. */
export const addLocale = (lang: string, texts: Texts): void => {
  const key = lang.toLowerCase().replace("_", "-");
  added.set(key, { ...added.get(key), ...texts });
};

const textsOf = (lang: string) => [
  added.get(lang),
  ...[essentials.part?.texts, extras.part?.texts, CATALOGS].map((packed) => builtIn(packed, lang)),
];

/** The catalog's key for a language tag: `ar` for `ar-EG` and `ar_EG`, `en` for an unknown language. */
export const findLocale = (tag: string): string => {
  const parts = tag.toLowerCase().split(/[-_]/);
  while (parts.length > 0 && !textsOf(parts.join("-")).some(Boolean)) parts.pop();
  return parts.join("-") || "en";
};

/** Languages written from right to left. */
const RTL = /^(ar|fa|he|ur)/;
export const directionOf = (lang: string): "ltr" | "rtl" => (RTL.test(lang) ? "rtl" : "ltr");

/** The language's own text, else the English one; "" for a text of a part until that is loaded. */
export const findText = (lang: string, key: MessageKey): string =>
  [...textsOf(lang), ...textsOf("en")].find((texts) => texts?.[key])?.[key] ?? "";

/**
 * Fills `{…}`. Each value is isolated (U+2068…U+2069), so that Arabic around it does not tear it apart; a
 * number, which has no direction of its own, then reads from left to right, and stays on one line.
 */
export const fill = (text: string, values: Readonly<Record<string, string>> = {}): string =>
  text.replace(
    /\{(\w+)\}/g,
    (_, key: string) => `\u2068${(values[key] ?? "").replace(/ (?=\d)/g, "\xA0")}\u2069`,
  );
