/**
 * Owns the options of the country select. Must not build them before it is opened: 245 of them cost more
 * than the rest of the form.
 */
import { readCountries } from "../fields/countries.ts";

/** Calling codes without `+`, by ISO 3166-1 alpha-2 code. */
type CallingCodes = Readonly<Record<string, string>>;

/** Where the vendors' customers are: named first, and there without the phone rules. */
const HOME: CallingCodes = {
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

const toOption = (country: string, names: Intl.DisplayNames, codes: CallingCodes) => {
  const code = codes[country];
  let name = country;
  try {
    name = names.of(country) ?? country;
  } catch {
    // Not a code.
  }
  // The code reads from left to right in every language.
  return new Option(code ? `${name} (\u2066+${code}\u2069)` : name, country);
};

/** Pages write `en_US`, and not every browser's own tag is one. */
const canonical = (tag: string): string => {
  try {
    return new Intl.Locale(tag.replaceAll("_", "-")).toString();
  } catch {
    return "en";
  }
};

/** What each list was built from: it is built anew when that has changed. */
const built = new WeakMap<HTMLSelectElement, string>();

/** A restricted list in its own order, else the home countries before all others. Keeps what is selected. */
export const fillCountries = (
  select: HTMLSelectElement,
  countries: string,
  given: string,
  codes: CallingCodes = HOME,
): void => {
  const from = [countries, given, codes === HOME].join();
  if (built.get(select) === from) return;
  built.set(select, from);
  const chosen = select.value;
  const tag = canonical(given);
  const names = new Intl.DisplayNames([tag, "en"], { type: "region" });
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
