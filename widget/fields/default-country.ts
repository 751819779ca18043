/** Owns the country that a phone field begins with. Must not read a number. */
import { readTokens } from "./fields.ts";

/** ISO codes in capitals. */
export const readCountries = (text: string): string[] => readTokens(text.toUpperCase());

/** The region that a language tag names or implies: `ru` → RU. Not every browser's tag is one (WebKit's may be "c"). */
const regionOf = (tag: string): string => {
  try {
    return new Intl.Locale(tag).maximize().region ?? "";
  } catch {
    return "";
  }
};

/** The page's choice, else the visitor's region; of a restricted list, else its first. */
export const defaultCountry = (country: string, countries: string): string => {
  const wanted = country.toUpperCase() || regionOf(navigator.language);
  const list = readCountries(countries);
  return list.length === 0 || list.includes(wanted) ? wanted : list[0]!;
};
