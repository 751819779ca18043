/** Owns the texts of the extras, by language. Must not hold a text of the first view. */
import { LANGUAGES } from "../../proxy/shared/contract.ts";
import type { Texts } from "../../proxy/shared/messages/en.ts";
import { unpack } from "../i18n/unpack.ts";
import { EXTRA_CATALOGS } from "./catalogs.generated.ts";

export const texts: Readonly<Record<string, Texts>> = Object.fromEntries(
  LANGUAGES.map((lang) => [lang, unpack(EXTRA_CATALOGS, lang)]),
);
