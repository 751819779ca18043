/**
 * Holds the widget's cut of the phone metadata to the library's: the cut is a file in the repository,
 * so that no build step stands between the source and the browser. `UPDATE=1` writes it anew.
 */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { test } from "node:test";
import metadata from "libphonenumber-js/max/metadata";
import { CALLING_CODES, METADATA } from "../../../widget/phone/metadata.generated.ts";

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
 * 0.5 kB and is only a matter of spaces; of the types of number the first two are a landline and a mobile,
 * and whoever leaves another (a hotline, say) as their own is rightly asked whether it is right.
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

const file = new URL("../../../widget/phone/metadata.generated.ts", import.meta.url);

if (process.env["UPDATE"]) {
  const literal = (value: unknown) => `\n  ${JSON.stringify(value)}`;
  writeFileSync(
    file,
    [
      `/**`,
      ` * Owns the numbering plans that the widget carries. Cut from libphonenumber-js by`,
      ` * \`UPDATE=1 node test/unit/widget/phone-metadata.test.ts\`; not to be edited.`,
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
  );
}

test("the widget's numbering plans are those of the installed library", () => {
  assert.deepEqual(METADATA, cut, "run UPDATE=1 node test/unit/widget/phone-metadata.test.ts");
});

test("the widget knows the calling code of every country", () => {
  assert.equal(CALLING_CODES, callingCodes);
});
