/**
 * Owns the choice of the numbering plans that the widget carries, in two parts. Must not change a rule of
 * a plan.
 */
import max from "libphonenumber-js/max/metadata";
import min from "libphonenumber-js/min/metadata";
import type { Generated } from "./generated-file.ts";

/** Where both vendors' customers are. Kazakhstan shares +7 with Russia and cannot be left out. */
const COUNTRIES = ["EG", "RU", "KZ", "SA", "AE", "KW", "QA", "BH", "OM", "JO", "LB"];

interface Metadata {
  version: number;
  countries: Record<string, unknown[]>;
  country_calling_codes: Record<string, string[]>;
  nonGeographic?: Record<string, unknown[]>;
}
const full = max as unknown as Metadata;
const lean = min as unknown as Metadata;

/**
 * The place in a country's row of how its numbers are written, as the library's own generator lays it out:
 * it is only a matter of spaces.
 */
const FORMATS = 4;

const trim = (row: unknown[]): unknown[] => row.map((part, i) => (i === FORMATS ? [] : part));

type Rows = Record<string, unknown[]>;

const pick = (rows: Rows = {}, wanted: (key: string) => boolean): Rows =>
  Object.fromEntries(
    Object.entries(rows)
      .filter(([key]) => wanted(key))
      .map(([key, row]) => [key, trim(row)]),
  );

const isHome = (country: string): boolean => COUNTRIES.includes(country);

const pickCodes = (wanted: boolean): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(full.country_calling_codes).filter(
      ([, countries]) => countries.some(isHome) === wanted,
    ),
  );

/** Every range of every type, hotlines too: the proxy knows them, and a form that does not would ask in vain. */
const cut: Metadata = {
  version: full.version,
  country_calling_codes: pickCodes(true),
  countries: pick(full.countries, isHome),
};

/**
 * The rest of the world by the library's smallest set: lengths and what a number may begin with. It takes
 * for valid whatever the proxy takes, so that no form asks in vain.
 */
const world: Omit<Metadata, "version"> = {
  country_calling_codes: pickCodes(false),
  countries: pick(lean.countries, (country) => !isHome(country)),
  nonGeographic: pick(lean.nonGeographic, () => true),
};

/** `20EG27ZA…`: a code once, before the countries that share it. */
const callingCodes = Object.entries(full.country_calling_codes)
  .map(
    ([code, countries]) => code + countries.filter((country) => country in full.countries).join(""),
  )
  .join("");

const literal = (value: unknown): string => `\n  ${JSON.stringify(value)}`;

const head = (what: string): string[] => [
  `/**`,
  ` * Owns ${what}, cut from libphonenumber-js. Must not be edited:`,
  ` * \`npm run generate\` writes it.`,
  ` */`,
  `import type { MetadataJson } from "libphonenumber-js/core";`,
  ``,
];

export const cutPhoneMetadata = (): Generated[] => [
  {
    file: "widget/phone/metadata.generated.ts",
    text: [
      ...head("the numbering plans that the widget carries"),
      `/** Every rule for eleven countries, as JSON: parsed faster than the same as a literal. */`,
      `export const METADATA = JSON.parse(${literal(JSON.stringify(cut))},\n) as MetadataJson;`,
      ``,
      `/** Every country with its calling code, one after the other. */`,
      `export const CALLING_CODES =${literal(callingCodes)};`,
      ``,
    ].join("\n"),
  },
  {
    file: "widget/phone/world/metadata.generated.ts",
    text: [
      ...head("the numbering plans of the rest of the world"),
      `/** Lengths and first digits, as JSON. */`,
      `export const WORLD = JSON.parse(${literal(JSON.stringify(world))},\n) as Omit<MetadataJson, "version">;`,
      ``,
    ].join("\n"),
  },
];
