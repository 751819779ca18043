/**
 * Owns the country select: which country it begins with, and its options, which are built when it is
 * first opened and never while the page loads (245 options cost more than the rest of the form).
 */
import { readTokens } from "./fields.ts";

/** Countries named first, with the calling codes that must be there before the phone rules are. */
const HOME: Readonly<Record<string, string>> = {
  EG: "20",
  SA: "966",
  AE: "971",
  KW: "965",
  QA: "974",
  BH: "973",
  OM: "968",
  JO: "962",
  LB: "961",
  RU: "7",
  KZ: "7",
};

type CallingCodes = Readonly<Record<string, string>> | undefined;

const codeOf = (country: string, codes: CallingCodes) => codes?.[country] ?? HOME[country];

/** ISO codes in capitals. */
export const readCountries = (text: string): string[] =>
  readTokens(text.toUpperCase()).map((code) => code.toUpperCase());

/** The region a language tag names or implies: `ru` → RU. "" if it is no language tag. */
const regionOf = (tag: string): string => {
  try {
    return new Intl.Locale(tag).maximize().region ?? "";
  } catch {
    return "";
  }
};

/** The page's choice, else the visitor's region; within a restricted list, else its first. */
export const defaultCountry = (country: string, countries: string): string => {
  const wanted = country.toUpperCase() || regionOf(navigator.language);
  const [first, ...rest] = readCountries(countries);
  return first && ![first, ...rest].includes(wanted) ? first : wanted;
};

/** `EG +20`, as the face of the select. */
export const faceOf = (country: string, codes: CallingCodes): string => {
  const code = codeOf(country, codes);
  return code ? `${country} +${code}` : country;
};

const toOption = (country: string, names: Intl.DisplayNames, codes: CallingCodes) => {
  const code = codeOf(country, codes);
  const name = names.of(country) ?? country;
  // The code reads from left to right in every language.
  return new Option(code ? `${name} (\u2066+${code}\u2069)` : name, country);
};

const namesIn = (tag: string) => new Intl.DisplayNames([tag, "en"], { type: "region" });

/** Selects a country, with an option made for it if there is none. */
export const selectCountry = (
  select: HTMLSelectElement,
  country: string,
  tag: string,
  codes: CallingCodes,
): void => {
  if (select.value === country || !country) return;
  select.value = country;
  if (select.value !== country) {
    select.append(toOption(country, namesIn(tag), codes));
    select.value = country;
  }
};

/** Fills the select: a restricted list in its own order, else the home countries before all others. */
export const fillCountries = (
  select: HTMLSelectElement,
  countries: string,
  tag: string,
  codes: CallingCodes,
): void => {
  const chosen = select.value;
  const names = namesIn(tag);
  const make = (list: string[]) => list.map((country) => toOption(country, names, codes));
  const { compare } = new Intl.Collator(tag);
  const sorted = (list: string[]) => make(list).sort((a, b) => compare(a.text, b.text));
  const restricted = readCountries(countries);
  const others = Object.keys(codes ?? {}).filter((country) => !Object.hasOwn(HOME, country));
  select.replaceChildren(
    ...(restricted.length > 0
      ? make(restricted)
      : [...sorted(Object.keys(HOME)), document.createElement("hr"), ...sorted(others)]),
  );
  selectCountry(select, chosen, tag, codes);
};
