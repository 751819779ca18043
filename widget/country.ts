/** Owns which country a phone field begins with. */
import { readTokens } from "./fields.ts";

/** ISO codes in capitals. */
export const readCountries = (text: string): string[] => readTokens(text.toUpperCase());

/** The page's choice, else the region that the visitor's language names or implies (`ru` → RU); of a restricted list, else its first. */
export const defaultCountry = (country: string, countries: string): string => {
  const wanted =
    country.toUpperCase() || (new Intl.Locale(navigator.language).maximize().region ?? "");
  const list = readCountries(countries);
  return list.length === 0 || list.includes(wanted) ? wanted : list[0]!;
};
