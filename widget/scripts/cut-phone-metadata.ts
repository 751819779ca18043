/** Owns the choice of the library's numbering plans for the widget. Must not change a rule of a plan. */
import metadata from "libphonenumber-js/max/metadata";
import type { Generated } from "./generated-file.ts";

/** Where both vendors' customers are. Kazakhstan shares +7 with Russia and cannot be left out. */
const COUNTRIES = ["EG", "RU", "KZ", "SA", "AE", "KW", "QA", "BH", "OM", "JO", "LB"];

interface Metadata {
  version: number;
  countries: Record<string, unknown[]>;
  country_calling_codes: Record<string, string[]>;
}
const all = metadata as unknown as Metadata;

/**
 * Places in a country's row, as the library's own generator lays it out. How a number is written costs
 * 0.5 kB and is only a matter of spaces. The first two types of number are landline and mobile: a visitor
 * who leaves another type, such as a hotline, is asked whether the number is right.
 */
const FORMATS = 4;
const TYPES = 11;

const trim = (row: unknown[]): unknown[] =>
  row.map((part, i) => {
    if (i === FORMATS) return [];
    return i === TYPES && Array.isArray(part) ? part.slice(0, 2) : part;
  });

const cut: Metadata = {
  version: all.version,
  country_calling_codes: Object.fromEntries(
    Object.entries(all.country_calling_codes).filter(([, countries]) =>
      countries.some((country) => COUNTRIES.includes(country)),
    ),
  ),
  countries: Object.fromEntries(
    Object.entries(all.countries)
      .filter(([country]) => COUNTRIES.includes(country))
      .map(([country, row]) => [country, trim(row)]),
  ),
};

/** `20EG27ZA…`: a code once, before the countries that share it. */
const callingCodes = Object.entries(all.country_calling_codes)
  .map(
    ([code, countries]) => code + countries.filter((country) => country in all.countries).join(""),
  )
  .join("");

const literal = (value: unknown): string => `\n  ${JSON.stringify(value)}`;

export const cutPhoneMetadata = (): Generated => ({
  file: "widget/phone/metadata.generated.ts",
  text: [
    `/**`,
    ` * Owns the numbering plans that the widget carries, cut from libphonenumber-js. Must not be edited:`,
    ` * \`npm run generate\` writes it.`,
    ` */`,
    `import type { MetadataJson } from "libphonenumber-js/core";`,
    ``,
    `/** Every rule for eleven countries, as JSON: parsed faster than the same as a literal. */`,
    `export const METADATA = JSON.parse(${literal(JSON.stringify(cut))},\n) as MetadataJson;`,
    ``,
    `/** Every country with its calling code, one after the other. */`,
    `export const CALLING_CODES =${literal(callingCodes)};`,
    ``,
  ].join("\n"),
});
