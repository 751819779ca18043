/**
 * Holds the parser of both sides to libphonenumber-js: every region and type, every typed style, and numbers
 * that are nearly right.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import fc from "fast-check";
import parseWithLibrary from "libphonenumber-js/core";
import type { CountryCode, MetadataJson } from "libphonenumber-js/core";
import examples from "libphonenumber-js/mobile/examples";
import max from "libphonenumber-js/max/metadata";
import min from "libphonenumber-js/min/metadata";
import { readPhone as readInProxy } from "../../read-phone.ts";
import { FOREIGN_PLANS } from "../../../proxy/phone/plans.generated.ts";
import { readPhone as readWith, writePhone } from "../../../proxy/shared/phone.ts";
import { numbersIn, spelledNumbers } from "../../../proxy/shared/typed-phone.ts";
import type * as Spelling from "../../../widget/essentials/phone/spelling/index.ts";
import type { ParsedPhone } from "../../../proxy/shared/phone.ts";
import type * as PhoneRules from "../../../widget/essentials/phone/index.ts";
import * as whole from "../../../widget/essentials/phone/index.ts";
import { PLANS } from "../../../proxy/shared/plans.generated.ts";
import { parsePhone } from "../../../proxy/shared/parse-phone.ts";
import { Plans } from "../../../proxy/shared/plans.ts";
import { metadata as WORLD } from "../../../widget/essentials/phone/world/index.ts";
import { PHONES } from "../../phones.ts";

const SEED = 20_261_126;

/** Their every range is in the widget. */
const HOME = ["EG", "RU", "KZ", "SA", "AE", "KW", "QA", "BH", "OM", "JO", "LB"] as const;

/** A plan as the library's own generator lays it out: its general pattern, what is dialled before, its types. */
type Row = [string, string, string, ...unknown[]];
const rows = max.countries as unknown as Record<string, Row>;
const REGIONS = Object.keys(rows);
const CODES = Object.keys(min.nonGeographic as object);

/** What the widget carries, in the library's own form. */
const cut: MetadataJson = {
  ...min,
  countries: {
    ...min.countries,
    ...Object.fromEntries(HOME.map((country) => [country, max.countries[country]])),
  },
};

const withPlans = (rows: string): Plans => {
  const plans = new Plans(PLANS);
  plans.add(rows);
  return plans;
};

/** A side's plans, and the same in the library's own form. */
interface Side {
  plans: Plans;
  metadata: MetadataJson;
}
const widget: Side = { plans: withPlans(WORLD), metadata: cut };
const proxy: Side = { plans: withPlans(FOREIGN_PLANS), metadata: max };

const facts = (parsed: ParsedPhone | undefined) =>
  parsed && {
    number: parsed.number,
    country: parsed.country,
    isPossible: parsed.isPossible(),
    isValid: parsed.isValid(),
    isMobile: parsed.getType() && /MOBILE/.test(parsed.getType()!),
  };

const byLibrary = (metadata: MetadataJson, text: string, country: string | undefined) =>
  parseWithLibrary(text, { defaultCountry: country as CountryCode, extract: false }, metadata);

/** Compared as text, since a deep comparison would take most of the time. */
const same = ({ plans, metadata }: Side, text: string, country: string | undefined): void => {
  const own = JSON.stringify(facts(parsePhone(plans, text, country)));
  const expected = JSON.stringify(facts(byLibrary(metadata, text, country) as ParsedPhone));
  assert.equal(own, expected, `${JSON.stringify(text)} by ${country}`);
};

/** As a number may be dialled and slipped: at home, abroad, with a code and without, a digit short or long. */
const variants = (national: string, callingCode: string): string[] => [
  national,
  `+${callingCode}${national}`,
  ...["0", "1", "8", "00", "011", "810", "0041", callingCode].flatMap((prefix) => [
    prefix + national,
    prefix + callingCode + national,
  ]),
  `+${callingCode}0${national}`,
  `+${callingCode} ${national.slice(0, 2)}-${national.slice(2)}`,
  national.slice(1),
  national.slice(0, -1),
  `${national}5`,
];

const sample = (pattern: string, count: number): string[] =>
  fc.sample(fc.stringMatching(new RegExp(`^(?:${pattern})$`)), { seed: SEED, numRuns: count });

const FOREIGN = REGIONS.filter((region) => !HOME.some((home) => home === region));

for (const { who, side, others } of [
  { who: "the widget", side: widget, others: [...HOME, "US", "GB", "AR", "BR", "MX", undefined] },
  { who: "the proxy", side: proxy, others: ["EG", "US", undefined] },
])
  describe(`the parser with the plans of ${who} says what the library says`, () => {
    test("of an example of every region, by its own country and by others", () => {
      assert.ok(REGIONS.length >= 245, String(REGIONS.length));
      for (const region of REGIONS) {
        const national = (examples as Record<string, string>)[region];
        // Regions without mobile numbers have no example.
        if (!national) continue;
        for (const text of variants(national, rows[region]![0]))
          for (const country of [region, ...others]) same(side, text, country);
      }
    });

    for (const [what, regions] of [
      ["the eleven", HOME],
      ["the rest of the world", FOREIGN],
    ] as const)
      test(`of random numbers of every type of ${what}`, () => {
        let count = 0;
        for (const region of regions) {
          const [callingCode, , general] = rows[region]!;
          const types = (rows[region]![11] as ([string] | 0)[] | undefined) || [];
          const patterns = [
            general,
            ...types.flatMap((type) => (type && type[0] ? [type[0]] : [])),
          ];
          for (const pattern of patterns)
            for (const national of sample(pattern, regions === HOME ? 40 : 4))
              for (const text of variants(national, callingCode)) {
                same(side, text, region);
                count++;
              }
        }
        assert.ok(count > 40_000, String(count));
      });

    test("of numbers of a calling code without a country", () => {
      for (const code of CODES)
        for (const national of sample(String.raw`\d{4,13}`, 100))
          for (const country of [undefined, "EG", "US"]) same(side, `+${code}${national}`, country);
    });

    test("of any digits, by any country", () => {
      const digits = fc.stringMatching(/^[0-9]{0,18}$/);
      const grouped = fc.stringMatching(/^\+?[-0-9 ()./\u00A0\t\n]{0,20}$/);
      const prefix = fc.constantFrom(
        "",
        "+",
        "0",
        "00",
        "8",
        "810",
        "011",
        "+7",
        "+1",
        "+44",
        "+20",
      );
      const country = fc.constantFrom(undefined, ...REGIONS);
      fc.assert(
        fc.property(prefix, digits, country, (before, text, by) => same(side, before + text, by)),
        { seed: SEED, numRuns: 20_000 },
      );
      fc.assert(
        fc.property(grouped, country, (text, by) => same(side, text, by)),
        { seed: SEED, numRuns: 5_000 },
      );
    });
  });

/** As both sides read, with the library in place of their parser. */
const judge = (typed: string, country: string | undefined) =>
  readWith(
    (text, by) => {
      const parsed = byLibrary(max, text, by && by in rows ? by : undefined);
      return (
        parsed && {
          number: parsed.number,
          country: parsed.country,
          isPossible: () => parsed.isPossible(),
          isValid: () => parsed.isValid(),
          getType: () => parsed.getType(),
          formatInternational: () => writePhone(parsed.countryCallingCode, parsed.nationalNumber),
        }
      );
    },
    numbersIn,
    typed,
    country,
  );

describe("a reading by the proxy", () => {
  test("is the library's for every typed style, by every country and by none", () => {
    for (const { typed } of PHONES)
      for (const country of [...REGIONS, "ZZ", "800", ""])
        assert.deepEqual(
          readInProxy(typed, country),
          judge(typed, country),
          `${typed} by ${country}`,
        );
  });
});

describe("a reading by the widget", () => {
  whole.addRules({ metadata: WORLD });
  whole.addRules({ takeApart: spelledNumbers });

  test("is the library's for every typed style, by each of the eleven countries", () => {
    for (const { typed, world } of PHONES)
      for (const country of world ? [] : HOME) {
        const own = whole.readPhone(typed, country);
        const judged = judge(typed, country);
        const isHome = HOME.some((home) => home === judged?.country);
        if (isHome) assert.deepEqual(own, judged, `${typed} by ${country}`);
        else assert.equal(own?.e164, judged?.e164, `${typed} by ${country}`);
      }
  });

  test("is the library's for random numbers of the eleven in any style", () => {
    const styles = [
      (number: string) => number,
      (number: string) => `Tel: ${number.replace(/\d{3}/g, "$& ")}`,
      (number: string) => `(${number.slice(0, 3)}) ${number.slice(3)}`,
      (number: string) => `${number} ext. 12`,
      (number: string) => `${number} / ${number}`,
      (number: string) =>
        number.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit))),
    ];
    for (const region of HOME) {
      const [callingCode, , general] = rows[region]!;
      for (const national of sample(general, 30))
        for (const text of variants(national, callingCode))
          for (const write of styles) {
            const typed = write(text);
            const judged = judge(typed, region);
            if (judged && !HOME.some((home) => home === judged.country)) continue;
            assert.deepEqual(whole.readPhone(typed, region), judged, typed);
          }
    }
  });

  test("takes the plans of the world once, however often they come", () => {
    whole.addRules({ metadata: WORLD });
    assert.equal(whole.readPhone("+49 30 123456", "EG")?.country, "DE");
  });
});

describe("the phone rules as built", async () => {
  // The part brings styles, which Node knows nothing of.
  Reflect.set(
    globalThis,
    "CSSStyleSheet",
    class {
      replaceSync() {}
    },
  );
  const dist = join(import.meta.dirname, "../../../dist/widget");
  const built = (await import(join(dist, "lead-form-phone.js"))) as typeof PhoneRules;
  const world = (await import(join(dist, "lead-form-phone-world.js"))) as { metadata: string };
  const spelling = (await import(join(dist, "lead-form-phone-spelling.js"))) as typeof Spelling;
  built.addRules(spelling);

  test("read as their sources do, before and after the world has come", async () => {
    // A copy of its own: the plans that have come stay.
    const address = "../../../widget/essentials/phone/index.ts?fresh";
    const fresh = (await import(address)) as typeof PhoneRules;
    fresh.addRules({ takeApart: spelledNumbers });
    for (const step of ["before", "after"]) {
      for (const { typed } of PHONES)
        for (const country of ["", "ZZ", "GB", "US", "DE", ...HOME])
          assert.deepEqual(
            built.readPhone(typed, country),
            fresh.readPhone(typed, country),
            `${typed} by ${country}, ${step}`,
          );
      built.addRules(world);
      fresh.addRules({ metadata: WORLD });
    }
  });
});
