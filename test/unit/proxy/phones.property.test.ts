/** Numbers in any spelling, and any text for a number: nothing breaks, nothing is invented, nothing is misread. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { getCountries, getCountryCallingCode, parsePhoneNumber } from "libphonenumber-js/max";
import type { CountryCode } from "libphonenumber-js/max";
import metadata from "libphonenumber-js/max/metadata";
import { readPhone } from "../../read-phone.ts";
import { toLatinDigits } from "../../../proxy/shared/digits.ts";
import { decidePhone } from "../../../proxy/shared/resolve-phone.ts";
import { parsePhone } from "../../../proxy/shared/parse-phone.ts";
import { readPhone as readWith } from "../../../proxy/shared/phone.ts";
import type { TakeApart } from "../../../proxy/shared/plain-phone.ts";
import { PLANS } from "../../../proxy/shared/plans.generated.ts";
import { Plans } from "../../../proxy/shared/plans.ts";
import { numbersIn, spelledNumbers } from "../../../proxy/shared/typed-phone.ts";
import { readPhone as readInWidget } from "../../widget-phone.ts";
import { randomNumbers, seeded } from "../../bench/phone-numbers.ts";
import { anyText, runs } from "../../property.ts";

const HOMES = [
  "EG",
  "RU",
  "KZ",
  "AE",
  "SA",
  "TR",
  "DE",
  "GB",
  "FR",
  "US",
  "IN",
  "UZ",
  "BY",
  "JO",
] as const;

/** A valid number of a country. */
const numberOf = (country: CountryCode) =>
  fc.nat().map((n) => randomNumbers(country, 1, seeded(n))[0]!);
const number = fc
  .constantFrom(...HOMES)
  .chain((country) => fc.record({ country: fc.constant(country), number: numberOf(country) }));

/** The zeros of Latin, Arabic, Persian, Devanagari and wide digits. */
const zero = fc.constantFrom("0", "\u0660", "\u06F0", "\u0966", "\uFF10");
const inDigits = (text: string, from: string): string =>
  text.replace(/\d/g, (digit) => String.fromCharCode(from.charCodeAt(0) + Number(digit)));

const label = fc.constantFrom(
  "",
  "",
  "tel:",
  "Tel. ",
  "Mob: ",
  "тел.: ",
  "رقم: ",
  "📞 ",
  "WhatsApp ",
  "‎",
  "(m) ",
);
const tail = fc.constantFrom("", "", " ", "\n", ".", ",", ";", "\u202C", "‏", " \t");
const gap = fc.constantFrom(
  "",
  "",
  "",
  " ",
  "-",
  ".",
  "\u00A0",
  "\u2009",
  "\u2011",
  " - ",
  "\u2013",
  "\u200B",
  "\u202A",
  "\u00AD",
  "\uFEFF",
);

/** With something between its digits, from a list that is used up and begun again. */
const spread = (digits: string, gaps: readonly string[]): string =>
  Array.from(digits, (digit, i) => (i ? gaps[i % gaps.length] : "") + digit).join("");

const style = fc.record({
  gaps: fc.array(gap, { minLength: 1, maxLength: 15 }),
  zero,
  label,
  tail,
  /** `0`, or none: what stands before a country's code. */
  way: fc.constantFrom("national", "+", "＋", "00", "+ ", "(+)", "00 "),
  brackets: fc.boolean(),
});
type Style = typeof style extends fc.Arbitrary<infer T> ? T : never;

const write = (typed: string, e164: string, { gaps, way, brackets, ...how }: Style): string => {
  const { countryCallingCode: code, nationalNumber: rest } = parsePhoneNumber(e164);
  const own = brackets
    ? `(${typed.slice(0, 3)}) ${spread(typed.slice(3), gaps)}`
    : spread(typed, gaps);
  const abroad = brackets
    ? `(${rest.slice(0, 3)}) ${spread(rest.slice(3), gaps)}`
    : ` ${spread(rest, gaps)}`;
  const body =
    way === "national" ? own : way === "(+)" ? `(+${code})${abroad}` : `${way}${code}${abroad}`;
  return how.label + inDigits(body, how.zero) + how.tail;
};

describe("a valid number", () => {
  test("is read as itself, however it is written", () =>
    fc.assert(
      fc.property(number, style, ({ country, number: { typed, e164 } }, how) => {
        const text = write(typed, e164, how);
        for (const read of [readPhone, readInWidget]) {
          const reading = read(text, country);
          // The widget's smaller plans may not know this country: the shape passes, and the proxy decides.
          if (read === readInWidget && !reading?.formatted) continue;
          assert.deepEqual(
            [reading?.e164, reading?.likely, reading?.extension],
            [e164, true, undefined],
            JSON.stringify(text),
          );
        }
      }),
      runs(300),
    ));

  test("is read as itself with its code, whatever the target's country", () =>
    fc.assert(
      fc.property(
        number,
        style,
        fc.constantFrom(...HOMES),
        ({ number: { typed, e164 } }, how, home) => {
          if (how.way === "national") return;
          const text = write(typed, e164, how);
          assert.equal(readPhone(text, home)?.e164, e164, JSON.stringify(text));
        },
      ),
      runs(300),
    ));
});

/** Only a number that its country's plan holds may be longer. */
const E164 = /^\+[1-9]\d{4,14}$/;

/** Digits that a plan puts before a short local number: an area code, or Argentina's 9. */
const addedBy = (country: string): string => {
  const rule = (metadata.countries as unknown as Record<string, unknown[]>)[country]?.[8];
  return typeof rule === "string" ? (/^\d+/.exec(rule)?.[0] ?? "") : "";
};

const isWithin = (part: string, whole: string): boolean => {
  let at = 0;
  for (const digit of part) {
    at = whole.indexOf(digit, at) + 1;
    if (at === 0) return false;
  }
  return true;
};

const countries = [...getCountries(), "", "XX", "__proto__"];
const scraps = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "+",
        "00",
        "(",
        ")",
        "-",
        "/",
        " ",
        ",",
        "ext",
        "x",
        "доб",
        "wa.me/",
        ";phone-context=",
        "O",
        "l",
        "٣",
        "8 10",
        "+8 ",
        "+52 1",
      ),
      fc.stringMatching(/^\d{1,12}$/),
      anyText(6),
    ),
    { maxLength: 10 },
  )
  .map((parts) => parts.join(""));
const torn = number.chain(({ number: { typed, e164 } }) =>
  fc
    .tuple(fc.constantFrom(typed, e164), fc.nat(14), scraps, fc.nat(3))
    .map(([text, at, scrap, lost]) => text.slice(0, at) + scrap + text.slice(at + lost)),
);

describe("any text for a number", () => {
  test("is no number, or one whose digits were typed, with a country's code before them", () =>
    fc.assert(
      fc.property(
        fc.oneof(scraps, torn, anyText(300)),
        fc.constantFrom(...countries),
        fc.constantFrom(...countries),
        (text, country, home) => {
          for (const read of [readPhone, readInWidget]) {
            const reading = read(text, country, home);
            if (!reading || (read === readInWidget && !reading.formatted)) continue;
            const parsed = parsePhoneNumber(reading.e164);
            const { countryCallingCode: code, nationalNumber, country: found = "" } = parsed;
            assert.match(reading.e164, parsed.isValid() ? /^\+[1-9]\d{4,16}$/ : E164);
            const typed = toLatinDigits(text).replace(/\D/g, "");
            // Its context stands behind the number that it belongs before (RFC 3966).
            const digits = /;phone-context=/i.test(text) ? typed + typed : typed;
            const added =
              ["AR", country, found]
                .map(addedBy)
                .find((more) => more && nationalNumber.startsWith(more)) ?? "";
            const rest = [nationalNumber, nationalNumber.slice(added.length)];
            assert.ok(
              rest.some((part) => isWithin(part, digits)),
              `${reading.e164} of ${JSON.stringify(text)}`,
            );
            const known = [country, home].filter((c) => (getCountries() as string[]).includes(c));
            assert.ok(
              isWithin(code, digits) ||
                known.some((c) => getCountryCallingCode(c as CountryCode) === code),
              `the code of ${reading.e164} for ${JSON.stringify(text)}`,
            );
          }
        },
      ),
      runs(1_000),
    ));

  test("is decided in any context, and what is suggested can be read again as itself", () => {
    const context = fc.option(fc.constantFrom(...HOMES, "XX"), { nil: undefined });
    fc.assert(
      fc.property(
        fc.oneof(
          scraps,
          torn,
          number.map(({ number: { typed } }) => typed),
        ),
        fc.record({ chosen: context, home: context, guess: context }),
        (text, where) => {
          const { by, reading, suggestion } = decidePhone(
            (raw, code) => readPhone(raw, code, where.home),
            text,
            where,
          );
          assert.ok(["", where.chosen, where.home, where.guess].includes(by));
          assert.ok(!suggestion || (reading && !where.chosen && where.guess));
          if (!reading?.likely) return;
          assert.equal(readPhone(reading.e164, by)?.e164, reading.e164);
        },
      ),
      runs(300),
    );
  });
});

describe("digits alone", () => {
  const plans = new Plans(PLANS);

  /** Many that begin as a code does, with `00` and the like among them. */
  const digits = fc
    .array(fc.constantFrom("0", "00", "810", "8", "9", "521", "7", "20", "1", "+", "35"), {
      maxLength: 9,
    })
    .map((parts) => parts.join(""));

  const grouped = fc
    .array(
      fc.oneof({ weight: 3, arbitrary: digits }, fc.constantFrom(" ", "(", ") ", "-", ".", " (")),
      {
        maxLength: 9,
      },
    )
    .map((parts) => parts.join(""));

  const read = (takeApart: TakeApart, text: string, country: string | undefined) =>
    readWith((each, by) => parsePhone(plans, each, by), takeApart, text, country);

  test("and what groups them mean the same as in a text, without its patterns", () =>
    fc.assert(
      fc.property(
        fc.oneof(
          digits,
          grouped,
          number.map(({ number: { typed } }) => typed),
        ),
        fc.constantFrom("EG", "RU", "KW", undefined),
        (text, country) =>
          assert.deepEqual(
            read(numbersIn, text, country),
            read(spelledNumbers, text, country),
            `${JSON.stringify(text)} in ${country}`,
          ),
      ),
      runs(5000),
    ));

  test("are taken apart once, where nothing else can be meant", () =>
    assert.deepEqual(numbersIn("01012345678", ["EG"]), [
      { number: "01012345678", extension: undefined, asked: false },
    ]));
});
