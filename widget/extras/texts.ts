/** Owns the texts of the extras, by language. */
import { EXTRA_CATALOGS } from "./catalogs.generated.ts";
import type { Texts } from "../../proxy/shared/messages/en.ts";
import { unpack } from "../i18n/unpack.ts";

export const texts: Readonly<Record<string, Texts>> = {
  en: unpack(EXTRA_CATALOGS, "en"),
  ar: unpack(EXTRA_CATALOGS, "ar"),
  ru: unpack(EXTRA_CATALOGS, "ru"),
};
