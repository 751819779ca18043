/** Owns the text that says what a phone number lacks. Must not decide on it. */
import type { FieldCode } from "../../proxy/shared/contract.ts";
import type { View } from "../element/view/model.ts";
import { canonical, nameOf, regionNames, withCode } from "../essentials/country-names.ts";

/** Names that English puts an article before, where they are no heading. */
const WITH_ARTICLE =
  /^(?:United|Netherlands|Philippines|Bahamas|Maldives|Gambia|Dominican|Central|Czech R|Isle|Vatican)|Islands$/;

/**
 * The country by which a number was read, for a message: `the United States (+1)`. "" where it says nothing:
 * without a picker, or where the number names its own country.
 */
const nameCountry = (
  { form, language, phone: { country, phone } }: View,
  codes: Readonly<Record<string, string>>,
): string => {
  if (!country || form.withoutCountrySelect || /^\s*(?:\+|00)/.test(phone)) return "";
  const name = nameOf(country, regionNames(canonical(language.tag)));
  const article = language.locale === "en" && WITH_ARTICLE.test(name) ? "the " : "";
  return withCode(article + name, codes[country]);
};

/**
 * After a submit the text for a number of a wrong length names its country; until then the text must fit
 * its line. "" where the usual text says it best.
 */
export const describe = (
  view: View,
  code: FieldCode,
  codes: Readonly<Record<string, string>>,
): string => {
  const { reading } = view.phone;
  // A vendor may refuse a number that fits.
  const isShort = code === view.found.phone && !(reading?.likely && reading.formatted);
  const country = isShort && code === "phone_invalid" ? nameCountry(view, codes) : "";
  return country && view.text("phone_incomplete", { country });
};
