/** The plans that the proxy is built with read every number as the whole library does. */
import assert from "node:assert/strict";
import { test } from "node:test";
import parsePhoneNumber from "libphonenumber-js/core/es6";
import type { MetadataJson } from "libphonenumber-js/core";
import examples from "libphonenumber-js/mobile/examples";
import metadata from "libphonenumber-js/max/metadata";
import { leanPlans } from "../../../proxy/scripts/lean-plans.ts";

const COUNTRIES = Object.keys(metadata.countries);
/** Digits by place, so that lengths and ranges of all kinds come up. */
const SAMPLES = Array.from({ length: 60 }, (_, n) =>
  String(1 + ((n * 7_919) % 9_999_999)).repeat(2),
);

test("all countries, at every length and in many ranges", async () => {
  const source = `data:text/javascript,${encodeURIComponent(leanPlans())}`;
  const { default: lean } = (await import(source)) as { default: MetadataJson };
  const read = (text: string, defaultCountry: string, plans: MetadataJson) => {
    const parsed = parsePhoneNumber(
      text,
      { defaultCountry: defaultCountry as "EG", extract: false },
      plans,
    );
    return (
      parsed && [
        parsed.number,
        parsed.country,
        parsed.isPossible(),
        parsed.isValid(),
        parsed.getType(),
      ]
    );
  };
  let valid = 0;
  for (const country of COUNTRIES) {
    const numbers = SAMPLES.map((digits, n) => digits.slice(0, 4 + (n % 10)));
    for (const text of [String(examples[country as "EG"] ?? ""), ...numbers]) {
      const whole = read(text, country, metadata);
      assert.deepEqual(read(text, country, lean), whole, `${country} ${text}`);
      if (whole?.[3]) valid += 1;
    }
  }
  assert.ok(valid > 900, `${valid} of them were valid`);
});
