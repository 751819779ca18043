/**
 * Owns the words about a value of an own field: which text of the catalog, and what fills it. Must not hold a
 * text.
 */
import type { OwnCode } from "./contract.ts";
import type { Own } from "./messages/en.ts";
import { MAX_OWN_LENGTH } from "./own-fields.ts";
import type { OwnField } from "./own-fields.ts";

export interface OwnMessage {
  key: keyof Own;
  values: Readonly<Record<"min" | "max", string>>;
}

/** A limit as people of a language write it: `1,000,000` or `Nov 26, 2026`. */
const show = (type: OwnField["type"], limit: OwnField["min"], tag: string, now: number): string => {
  if (limit === undefined) return "";
  // A date has no hour, so no zone of the reader may move it.
  return type === "date"
    ? new Intl.DateTimeFormat(tag, { dateStyle: "medium", timeZone: "UTC" }).format(
        limit === "today" ? now : new Date(limit),
      )
    : new Intl.NumberFormat(tag, { maximumFractionDigits: 20 }).format(Number(limit));
};

/**
 * What is said of a code. With `field_range` these are the limits, which a hint names too.
 * @param tag a valid language tag (BCP 47)
 * @param now Unix milliseconds
 */
export const ownMessage = (
  { type, min, max }: OwnField,
  code: OwnCode,
  tag: string,
  now: number,
): OwnMessage => {
  // Only a text counts its characters by its own limit: that of a number is an amount.
  if (code === "field_too_long")
    return {
      key: code,
      values: {
        min: "",
        max: show("number", (type.startsWith("text") && max) || MAX_OWN_LENGTH, tag, now),
      },
    };
  const one = min === undefined ? "field_max" : max === undefined ? "field_min" : code;
  return {
    key: code === "field_range" ? one : code,
    values: { min: show(type, min, tag, now), max: show(type, max, tag, now) },
  };
};
