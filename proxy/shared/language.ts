/** Owns the step from a language tag to one of our languages. Must not choose for a tag that names another. */
import { LANGUAGES } from "./contract.ts";
import type { Language } from "./contract.ts";

/** `ar-EG` as a browser writes it, `ar_EG` as systems of content do, in any case. */
export const findLanguage = (tag: string): Language | undefined => {
  const primary = tag.trim().toLowerCase().split(/[-_]/)[0];
  return LANGUAGES.find((language) => language === primary);
};
