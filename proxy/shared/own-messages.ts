/**
 * Owns the words about a value of an own field: which text of the catalog, and what fills it. Must not hold a
 * text.
 */
import type { OwnCode } from "./contract.ts";
import type { Own } from "./messages/en.ts";
import { MAX_OWN_LENGTH } from "./own-fields.ts";
import type { OwnField, OwnType } from "./own-fields.ts";

export interface OwnMessage {
  key: keyof Own;
  values: Readonly<Record<"min" | "max", string>>;
}

/**
 * A number or a day as people of a language write it: `1,000,000` or `Nov 26, 2026`.
 * @param tag a valid language tag (BCP 47)
 * @param now Unix milliseconds
 */
export const showValue = (
  type: OwnType,
  value: number | string,
  tag: string,
  now: number,
): string =>
  // A date has no hour, so no zone of the reader may move it.
  type === "date"
    ? new Date(value === "today" ? now : value).toLocaleDateString(tag, {
        dateStyle: "medium",
        timeZone: "UTC",
      })
    : Number(value).toLocaleString(tag, { maximumFractionDigits: 20 });

/** What is said of a code. With `field_range` these are the limits, which a hint names too. */
export const ownMessage = (
  { type, min, max }: OwnField,
  code: OwnCode,
  tag: string,
  now: number,
): OwnMessage => {
  // Only a text counts its characters by its own limit: that of a number is an amount.
  const last = code === "field_too_long" && !type.startsWith("text") ? MAX_OWN_LENGTH : max;
  const one = min === undefined ? "field_max" : max === undefined ? "field_min" : code;
  const show = (limit: number | string = MAX_OWN_LENGTH) => showValue(type, limit, tag, now);
  return {
    key: code === "field_range" ? one : code,
    values: { min: show(min), max: show(last) },
  };
};
