/** Holds what a form asks for whose visitor is in none of the home countries: the world, and only where it helps. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type * as PhoneRules from "../../../widget/essentials/phone/index.ts";
import { metadata, zones } from "../../../widget/essentials/phone/world/index.ts";

Object.defineProperty(globalThis, "Temporal", {
  configurable: true,
  value: { Now: { timeZoneId: () => "Asia/Kolkata" } },
});
Object.defineProperty(globalThis.navigator, "languages", { value: ["ru-RU"] });
const { guessCountry } = await import("../../../widget/essentials/guess-country.ts");
const { addRules, lacks, resolve } =
  (await import("../../../widget/essentials/phone/index.ts")) as typeof PhoneRules;

describe("a visitor from elsewhere", () => {
  const typed = "098765 43210";

  test("is nowhere as long as the zones of the world are not there", () =>
    assert.equal(guessCountry(), undefined));

  for (const [what, text, context, lacking] of [
    ["no country is known, before a key", "", {}, "world"],
    ["the number does not fit the target's country", "+98765", { home: "EG" }, undefined],
    ["the number is possible there", typed, { home: "EG" }, undefined],
    ["the number is whole, and is none there", typed, { home: "KW" }, "world"],
    ["half a number is none there", typed.slice(0, 9), { home: "KW" }, undefined],
    ["the number fits there", "01012345678", { home: "EG" }, undefined],
    ["the country is chosen", "01012345678", { chosen: "EG" }, undefined],
    ["nobody could correct a guess", "01012345678", { chosen: "" }, undefined],
  ] as const)
    test(`needs ${lacking ? "the world" : "nothing"} where ${what}`, () =>
      assert.equal(lacks(text, context), lacking));

  test("is in the country of the zone once they are, and the number is read there", () => {
    addRules({ metadata, zones });
    assert.equal(guessCountry(), "IN");
    for (const context of [{}, { home: "KW" }]) {
      assert.equal(lacks(typed, context), undefined);
      assert.equal(
        resolve(typed, { ...context, guess: guessCountry() }).reading?.e164,
        "+919876543210",
      );
    }
  });
});
