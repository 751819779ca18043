/** Owns the names of countries, in the language of a form. Must not choose a country. */

/** Pages write `en_US`, and not every browser's own tag is one. */
export const canonical = (tag: string): string => {
  try {
    return new Intl.Locale(tag.replaceAll("_", "-")).toString();
  } catch {
    return "en";
  }
};

export const regionNames = (tag: string) => new Intl.DisplayNames([tag, "en"], { type: "region" });

export const nameOf = (country: string, names: Intl.DisplayNames): string => {
  try {
    return names.of(country) ?? country;
  } catch {
    // Not a code.
    return country;
  }
};

/** The code reads from left to right in every language. @param code calling code without `+` */
export const withCode = (name: string, code: string | undefined): string =>
  code ? `${name} (\u2066+${code}\u2069)` : name;
