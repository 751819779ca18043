/**
 * Owns the seed of every property and the number of its runs. Must not know what is tested.
 *
 * A red property prints its seed and the smallest case. `TEST_RUNS=100` runs each a hundred times as often, and
 * `TEST_SEED` takes a number or `random`.
 */
import fc from "fast-check";

const { TEST_RUNS = "1", TEST_SEED = "20261126" } = process.env;

const seed = TEST_SEED === "random" ? Date.now() : Number(TEST_SEED);
const more = Number(TEST_RUNS);

/** @param numRuns in the suite, where all properties together have 20 s of one core */
export const runs = (numRuns: number) => ({ numRuns: numRuns * more, seed });

/** What people and programs put into a field, and what they must not get away with. */
const ODD = [
  "",
  " ",
  "\u0000",
  "\r\n",
  "\u0085",
  "\u2028",
  "\u00A0",
  "\u00AD",
  "\u034F",
  "\u061C",
  "\u064B",
  "\u0301",
  "\u200B",
  "\u200C",
  "\u200D",
  "\u200E",
  "\u202E",
  "\u2066",
  "\u2800",
  "\uFE0F",
  "\uFEFF",
  "\uFFFC",
  "\uD83D",
  "\uDE00",
  "\u{E0041}",
  "\u{1F469}\u200D\u{1F680}",
  "__proto__",
  "e",
  "\u0627",
  "\u0915",
  "\u094D",
  "0",
  "+",
  "@",
  ".",
  "/",
  "?",
  ":",
  "#",
  "%41",
  ",",
  "=cmd|",
  "<b>",
];

/** Any text: letters of any script, halves of pairs, controls, marks, joiners, next to one another. */
export const anyText = (maxLength = 40): fc.Arbitrary<string> =>
  fc.oneof(
    fc.string({ unit: "binary", maxLength }),
    fc.string({ unit: "grapheme", maxLength }),
    fc
      .array(fc.oneof(fc.constantFrom(...ODD), fc.string({ unit: "binary", maxLength: 2 })), {
        maxLength,
      })
      .map((parts) => parts.join("").slice(0, maxLength)),
  );
