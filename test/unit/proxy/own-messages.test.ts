/** What is said about a value of an own field: the right text, with limits as people write them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { OwnCode } from "../../../proxy/shared/contract.ts";
import { ownMessage } from "../../../proxy/shared/own-messages.ts";
import type { OwnField } from "../../../proxy/shared/own-fields.ts";

const NOW = Date.UTC(2026, 10, 26, 23);

const cases: [Partial<OwnField>, OwnCode, string, string, string, string][] = [
  [{ type: "number" }, "field_missing", "en", "field_missing", "", ""],
  [
    { type: "number", min: 1000, max: 3e6 },
    "field_range",
    "en",
    "field_range",
    "1,000",
    "3,000,000",
  ],
  [
    { type: "number", min: 1000, max: 3e6 },
    "field_range",
    "ru",
    "field_range",
    "1 000",
    "3 000 000",
  ],
  [
    { type: "number", min: 1000, max: 3e6 },
    "field_range",
    "ar-EG",
    "field_range",
    "١٬٠٠٠",
    "٣٬٠٠٠٬٠٠٠",
  ],
  [{ type: "number", min: 0 }, "field_range", "en", "field_min", "0", ""],
  [{ type: "number", max: 0.0005 }, "field_range", "en", "field_max", "", "0.0005"],
  [{ type: "date", min: "today" }, "field_range", "en", "field_min", "Nov 26, 2026", ""],
  [{ type: "date", max: "2026-12-31" }, "field_range", "ru", "field_max", "", "31 дек. 2026 г."],
  [{ type: "text", max: 20 }, "field_too_long", "en", "field_too_long", "", "20"],
  [{ type: "textarea" }, "field_too_long", "en", "field_too_long", "", "500"],
  [{ type: "number", max: 20 }, "field_too_long", "en", "field_too_long", "", "500"],
];

for (const [values, code, tag, key, min, max] of cases)
  test(`${code} of ${JSON.stringify(values)} in ${tag} is ${key}`, () => {
    const field: OwnField = { name: "x", type: "text", label: {}, ...values };
    const message = ownMessage(field, code, tag, NOW);
    const spaced = (text: string) => text.replace(/\s/gu, " ");
    assert.equal(message.key, key);
    if (min) assert.equal(spaced(message.values.min), min);
    if (max) assert.equal(spaced(message.values.max), max);
  });
