/** By which country a number is read, and when the visitor is asked: widget and proxy run one table. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readPhone as readInProxy } from "../../read-phone.ts";
import { decidePhone, resolvePhone } from "../../../proxy/shared/resolve-phone.ts";
import type { PhoneReading } from "../../../proxy/shared/phone.ts";
import { readPhone as readInWidget } from "../../widget-phone.ts";
import { RESOLVED_PHONES } from "../../resolved-phones.ts";

const READERS = { proxy: readInProxy, widget: readInWidget };

for (const [side, read] of Object.entries(READERS))
  describe(`the country of a number in the ${side}`, () => {
    for (const { typed, by, e164, suggested, proxyOnly, ...context } of RESOLVED_PHONES) {
      if (proxyOnly && side !== "proxy") continue;
      const where = JSON.stringify(context);
      test(`${typed} with ${where} is ${e164 ?? "no number"}`, () => {
        const resolved = resolvePhone(read, typed, context);
        assert.deepEqual([resolved.by, resolved.reading?.e164], [by, e164]);
      });
      if (!("offered" in context))
        test(`${typed} with ${where} is ${suggested ? "asked about" : "not asked about"}`, () => {
          const { suggestion, reading } = decidePhone(read, typed, context);
          assert.equal(reading?.e164, e164);
          assert.deepEqual(suggestion, suggested && { phone: e164, country: by });
        });
    }
  });

describe("a decision about a number", () => {
  const reading = (e164: string, likely: boolean): PhoneReading => ({
    e164,
    likely,
    formatted: e164,
    country: undefined,
    mobile: undefined,
    extension: undefined,
  });

  test("keeps the number that the visitor saw where it is valid in neither country", () => {
    const read = (_: string, country: string) => reading(country === "EG" ? "+201" : "+71", false);
    const { by, suggestion } = decidePhone(read, "1", { home: "EG", guess: "RU" });
    assert.deepEqual([by, suggestion], ["RU", undefined]);
  });

  test("suggests the target's reading over a valid one that was only guessed", () => {
    const read = (_: string, country: string) => reading(country === "EG" ? "+201" : "+441", true);
    assert.deepEqual(decidePhone(read, "1", { home: "EG", guess: "GB" }).suggestion, {
      phone: "+201",
      country: "EG",
    });
  });

  test("is final once the visitor has chosen", () => {
    const read = (_: string, country: string) => reading(country === "EG" ? "+201" : "+441", true);
    const { by, suggestion } = decidePhone(read, "1", { chosen: "GB", home: "EG", guess: "EG" });
    assert.deepEqual([by, suggestion], ["GB", undefined]);
  });
});
