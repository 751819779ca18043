/**
 * Owns the choice of the numbering plans that widget and proxy carry, and how they are packed. Must
 * not change a rule of a plan.
 */
import max from "libphonenumber-js/max/metadata";
import min from "libphonenumber-js/min/metadata";
import type { Generated } from "./generated-file.ts";
import { lengthsOf } from "./pattern-lengths.ts";

/** Where both vendors' customers are. Kazakhstan shares +7 with Russia and cannot be left out. */
const COUNTRIES = ["EG", "RU", "KZ", "SA", "AE", "KW", "QA", "BH", "OM", "JO", "LB"];

type Row = readonly unknown[];

interface Metadata {
  countries: Record<string, Row>;
  country_calling_codes: Record<string, string[]>;
  nonGeographic: Record<string, Row>;
}
const full = max as unknown as Metadata;
const lean = min as unknown as Metadata;

/** Groups need no name of their own, except where a rule says what to put in their place. */
const plainGroups = (pattern: string): string => pattern.replaceAll("(?:", "(");

const packLengths = (lengths: readonly number[]): string =>
  lengths.map((length) => length.toString(36)).join("");

/** A range of numbers; where its pattern matches more lengths than it has, these are said in it. */
const packRange = (type: [string, number[]?] | 0 | undefined, plan: readonly number[]): string => {
  const [pattern, lengths = plan] = type || [""];
  if (!pattern) return "";
  const isExact = [...lengthsOf(pattern)].every((length) => lengths.includes(length));
  const counts = lengths.map((length) => `.{${length}}`).join("|");
  return plainGroups(isExact ? pattern : `(?=(?:${counts})$)(?:${pattern})`);
};

/** A plan as `proxy/shared/plans.ts` reads it. The places in a row are those of the library's generator. */
const pack = (key: string, row: Row): string => {
  const text = (place: number): string => (row[place] as string | 0 | undefined) || "";
  const lengths = row[3] as number[];
  const [fixed, mobile, ...others] = (row[11] as [string, number[]?][] | 0 | undefined) || [];
  const packed = [
    key,
    packLengths(lengths),
    plainGroups(text(2)),
    text(7) || text(5),
    packRange(fixed, lengths),
    packRange(mobile, lengths),
    others
      .map((type) => packRange(type, lengths))
      .filter(Boolean)
      .join("|"),
    plainGroups(text(10)),
    text(1) === "00" ? "" : plainGroups(text(1)),
    text(8),
  ].join("/");
  return packed.replaceAll("\\d", "d").replace(/\/+$/, "");
};

const isHome = (country: string): boolean => COUNTRIES.includes(country);

/** In the order of their calling codes: countries of one region are written alike. */
const packAll = ({ country_calling_codes: codes }: Metadata, rows: Record<string, Row>): string =>
  [...Object.values(codes).flat(), ...Object.keys(rows)]
    .filter((key, at, keys) => key in rows && keys.indexOf(key) === at)
    .map((key) => pack(key, rows[key]!))
    .join(";");

const pick = (rows: Record<string, Row>, wanted: boolean): Record<string, Row> =>
  Object.fromEntries(Object.entries(rows).filter(([key]) => isHome(key) === wanted));

/** Every range of every type, hotlines too: the proxy knows them, and a form that does not would ask in vain. */
const homePlans = packAll(full, pick(full.countries, true));

/**
 * The rest of the world by the library's smallest set: lengths and what a number may begin with. It takes
 * for valid whatever the proxy takes, so that no form asks in vain.
 */
const worldPlans = packAll(lean, { ...pick(lean.countries, false), ...lean.nonGeographic });

/** Every rule for the rest of the world, which the proxy knows. */
const foreignPlans = packAll(full, { ...pick(full.countries, false), ...full.nonGeographic });

/** `13EG7ZA3GR NL`: the step from the calling code before, a space for 1, then the countries that share it. */
const callingCodes = Object.entries(full.country_calling_codes)
  .map(([code, countries], at, codes) => {
    const step = Number(code) - Number(codes[at - 1]?.[0] ?? 0);
    return (step === 1 ? " " : step) + countries.join("");
  })
  .join("");

const head = (what: string): string[] => [
  `/**`,
  ` * Owns ${what}, cut from libphonenumber-js. Must not be edited:`,
  ` * \`npm run generate\` writes it.`,
  ` */`,
  ``,
];

const constant = (doc: string, name: string, value: string): string[] => [
  `/** ${doc} */`,
  `export const ${name} =`,
  `  ${JSON.stringify(value)};`,
  ``,
];

export const cutPhoneMetadata = (): Generated[] => [
  {
    file: "proxy/shared/plans.generated.ts",
    text: [
      ...head("the numbering plans that widget and proxy share"),
      ...constant("Every rule for eleven countries.", "PLANS", homePlans),
      ...constant(
        "Every country, by the step from one calling code to the next.",
        "CALLING_CODES",
        callingCodes,
      ),
    ].join("\n"),
  },
  {
    file: "proxy/phone/plans.generated.ts",
    text: [
      ...head("the numbering plans of the rest of the world, to the last range"),
      ...constant("Every rule.", "FOREIGN_PLANS", foreignPlans),
    ].join("\n"),
  },
  {
    file: "widget/essentials/phone/world/metadata.generated.ts",
    text: [
      ...head("the numbering plans of the rest of the world"),
      ...constant("Lengths and first digits.", "WORLD", worldPlans),
    ].join("\n"),
  },
];
