/**
 * Owns the fields that a target adds to the form: their definitions, and the check of a value. Must not know
 * the vendor's keys: these stay in the proxy.
 */
import type { Language, OwnCode } from "./contract.ts";
import { readNumber } from "./number.ts";

export const OWN_TYPES = [
  "text",
  "textarea",
  "number",
  "range",
  "select",
  "radio",
  "checkbox",
  "date",
  "hidden",
] as const;
export type OwnType = (typeof OWN_TYPES)[number];

/** More fields of its own no target may have. */
export const MAX_OWN_FIELDS = 12;

/** A text by language; a missing language is shown in another one. */
export type OwnText = Partial<Record<Language, string>>;

export interface OwnOption {
  value: string;
  /** Absent where the value speaks for itself. */
  label?: OwnText | undefined;
}

/** One field, as the browser knows it. */
export interface OwnField {
  /** The token in `fields`; on the wire `x_<name>`. */
  name: string;
  type: OwnType;
  label: OwnText;
  hint?: OwnText | undefined;
  /** Must be filled, or ticked. */
  required?: boolean | undefined;
  /** Of `select` and `radio`. */
  options?: readonly OwnOption[] | undefined;
  /** The smallest number, or the first date: ISO 8601 or `today`. */
  min?: number | string | undefined;
  /** The largest number, the last date, or the longest text in UTF-16 units. */
  max?: number | string | undefined;
  /** Numbers are `min` (or 0) and a multiple of it. */
  step?: number | undefined;
  /** Autofill token (WCAG 1.3.5), where the name says what the field holds. */
  autofill?: string | undefined;
  /** `query:<name>` or `cookie:<name>`, where a hidden field gets its value from. */
  from?: string | undefined;
}

/** All fields of one target, as its form gets them. */
export interface Definitions {
  /** Changes with any field: by it the proxy knows whether a form knew of a required field. */
  version: string;
  fields: readonly OwnField[];
}

/** UTF-16 units of one value on the wire. */
export const MAX_OWN_LENGTH = 500;

/** An existing day of the Gregorian calendar, as ISO 8601 writes it. */
export const isDate = (text: string): boolean => {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  return time === time && new Date(time).toISOString().startsWith(text);
};

export const isAmount = (type: OwnType): boolean => type === "number" || type === "range";

/** The value as it is stored, or what is wrong with it. */
export type OwnReading = { value: string } | { code: OwnCode };

/** The first and the last day that is "today" for somebody who may send, ISO 8601. */
export type Today = readonly [first: string, last: string];

const readAmount = ({ min, max, step }: OwnField, number: number | undefined): OwnReading => {
  const steps = step && number !== undefined ? (number - Number(min ?? 0)) / step : 0;
  // Beyond that a number loses digits on its way through JSON.
  const isExact = number !== undefined && Math.abs(number) <= Number.MAX_SAFE_INTEGER;
  if (!isExact || Math.abs(steps - Math.round(steps)) > 1e-6) return { code: "field_invalid" };
  // Nothing is less or more than a limit that is not there.
  return number < (min as number) || number > (max as number)
    ? { code: "field_range" }
    : { value: `${number}` };
};

/**
 * The check of one value, for browser and proxy alike.
 * @param raw trimmed, and not empty: whether an empty one is missing is another question
 */
export const readOwnValue = (field: OwnField, raw: string, [first, last]: Today): OwnReading => {
  const { type, options = [], min, max } = field;
  if (raw.length > MAX_OWN_LENGTH) return { code: "field_too_long" };
  if (isAmount(type)) return readAmount(field, readNumber(raw));
  switch (type) {
    case "date":
      if (!isDate(raw)) return { code: "field_invalid" };
      return raw < (min === "today" ? first : min!) || raw > (max === "today" ? last : max!)
        ? { code: "field_range" }
        : { value: raw };
    case "select":
    case "radio":
      return options.some(({ value }) => value === raw)
        ? { value: raw }
        : { code: "field_unknown" };
    case "checkbox":
      return /^(?:1|on|true)$/i.test(raw) ? { value: "1" } : { code: "field_invalid" };
    default:
      return raw.length > (max as number) ? { code: "field_too_long" } : { value: raw };
  }
};

/** The text in a language, else the first one there is. */
export const textIn = (text: OwnText = {}, lang: string): string =>
  text[lang as Language] ?? Object.values(text)[0] ?? "";

/** The stored text as a value of today's field, or undefined. A lead may wait for days. */
export const readStored = (field: OwnField, text: string): string | undefined => {
  const reading = readOwnValue(field, text, ["", "9"]);
  return "value" in reading ? reading.value : undefined;
};
