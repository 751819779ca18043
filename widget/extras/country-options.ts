/**
 * Owns the options of the country select. Must not build them before it is opened: 245 of them cost more
 * than the rest of the form.
 */
import { readCountries } from "../fields/countries.ts";

/** Calling codes without `+`, by ISO 3166-1 alpha-2 code. */
export type CallingCodes = Readonly<Record<string, string>>;

/** Where the vendors' customers are: named first, and there without the phone rules. */
export const HOME: CallingCodes = {
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

/** Pages write `en_US`, and not every browser's own tag is one. */
const canonical = (tag: string): string => {
  try {
    return new Intl.Locale(tag.replaceAll("_", "-")).toString();
  } catch {
    return "en";
  }
};

const regionNames = (tag: string) => new Intl.DisplayNames([tag, "en"], { type: "region" });

const nameOf = (country: string, names: Intl.DisplayNames): string => {
  try {
    return names.of(country) ?? country;
  } catch {
    // Not a code.
    return country;
  }
};

/** The code reads from left to right in every language. */
const withCode = (name: string, code: string | undefined) =>
  code ? `${name} (\u2066+${code}\u2069)` : name;

const toOption = (country: string, names: Intl.DisplayNames, codes: CallingCodes) =>
  new Option(withCode(nameOf(country, names), codes[country]), country);

/** Names that English puts an article before, where they are no heading. */
const WITH_ARTICLE =
  /^(?:United|Netherlands|Philippines|Bahamas|Maldives|Gambia|Dominican|Central|Czech R|Isle|Vatican)|Islands$/;

interface Told {
  form: { withoutCountrySelect: boolean };
  language: { locale: string; tag: string };
  phone: { country: string; phone: string };
}

/**
 * The country by which a number was read, for a message: `the United States (+1)`. "" where it says nothing:
 * without a picker, or where the number names its own country.
 */
export const nameCountry = (
  { form, language, phone: { country, phone } }: Told,
  codes: CallingCodes = HOME,
): string => {
  if (!country || form.withoutCountrySelect || /^\s*(?:\+|00)/.test(phone)) return "";
  const name = nameOf(country, regionNames(canonical(language.tag)));
  const article = language.locale === "en" && WITH_ARTICLE.test(name) ? "the " : "";
  return withCode(article + name, codes[country]);
};

/** What each list was built from: it is built anew when that has changed. */
const built = new WeakMap<HTMLSelectElement, string>();

/** A restricted list in its own order, else the home countries before all others. Keeps what is selected. */
export const fillCountries = (
  select: HTMLSelectElement,
  countries: string,
  given: string,
  codes: CallingCodes,
): void => {
  const from = [countries, given, codes === HOME].join();
  if (built.get(select) === from) return;
  built.set(select, from);
  const chosen = select.value;
  const tag = canonical(given);
  const names = regionNames(tag);
  const { compare } = new Intl.Collator(tag);
  const make = (list: string[]) => list.map((country) => toOption(country, names, codes));
  const sorted = (list: string[]) => make(list).sort((a, b) => compare(a.text, b.text));
  const restricted = readCountries(countries);
  const others = Object.keys(codes).filter((country) => !Object.hasOwn(HOME, country));
  const options =
    restricted.length > 0
      ? make(restricted)
      : [...sorted(Object.keys(HOME)), document.createElement("hr"), ...sorted(others)];
  select.replaceChildren(...options);
  select.value = chosen;
  if (select.value !== chosen) {
    select.prepend(...make([chosen]));
    select.value = chosen;
  }
};
