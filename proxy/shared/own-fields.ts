/**
 * Owns the fields that a target adds to the form: their definitions, and the check of a value. Must not know
 * the vendor's keys: these stay in the proxy.
 */
import type { Language, OwnCode } from "./contract.ts";
import { toLatinDigits } from "./digits.ts";

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

const DATE = /^\d{4}-\d\d-\d\d$/;

/** An existing day of the Gregorian calendar, as ISO 8601 writes it. */
export const isDate = (text: string): boolean => {
  const time = DATE.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};

/** Commas and points of several scripts; a point above is taken for a comma too. */
const SEPARATOR = /[.,\u066B\u066C\u060C']/g;

/**
 * A number as people write amounts: `3,000,000`, `3 000 000,50`, `٣٬٠٠٠`, `₽ 100`. One separator before
 * exactly three digits groups, unless a 0 or nothing stands before it. Undefined if it is none.
 */
export const readNumber = (raw: string): number | undefined => {
  const text = toLatinDigits(raw)
    .replace(/[\s\p{Sc}\p{Cf}_]/gu, "")
    .replace(/^[\u2212\u2013]/, "-");
  const separators: string[] = text.match(SEPARATOR) ?? [];
  const last = separators.at(-1) ?? "";
  const isDecimal =
    last === "\u066B" ||
    (last !== "\u066C" &&
      last !== "'" &&
      separators.indexOf(last) === separators.length - 1 &&
      (separators.length > 1 || !/^-?[1-9]\d{0,2}\D\d{3}$/.test(text)));
  const [whole = "", fraction = ""] = isDecimal
    ? [text.slice(0, text.lastIndexOf(last)), text.slice(text.lastIndexOf(last) + 1)]
    : [text];
  // Groups of three, or two and three as in India: anything else is a slip.
  if (!/^-?(?:\d+|\d{1,3}(?:[^\d-]\d{2,3})*[^\d-]\d{3})?$/.test(whole) || !/^\d*$/.test(fraction))
    return undefined;
  const digits = whole.replace(/[^\d-]/g, "") + (fraction && `.${fraction}`);
  // Beyond that a number loses digits on its way through JSON.
  return /\d/.test(digits) && digits.length <= 16 ? Number(digits) : undefined;
};

/** The value as it is stored, or what is wrong with it. */
export type OwnReading = { value: string } | { code: OwnCode };

/** Milliseconds by which the visitor's day may differ from that of UTC. */
const DAYS_APART = 14 * 3_600_000;

const day = (time: number): string => new Date(time).toISOString().slice(0, 10);

const readDate = ({ min, max }: OwnField, text: string, now: number): OwnReading => {
  const value = toLatinDigits(text);
  if (!isDate(value)) return { code: "field_invalid" };
  const first = min === "today" ? day(now - DAYS_APART) : String(min ?? "");
  const last = max === "today" ? day(now + DAYS_APART) : String(max ?? "9");
  return value < first || value > last ? { code: "field_range" } : { value };
};

const readAmount = ({ min, max, step }: OwnField, text: string): OwnReading => {
  const number = readNumber(text);
  if (number === undefined) return { code: "field_invalid" };
  if (number < Number(min ?? -Infinity) || number > Number(max ?? Infinity))
    return { code: "field_range" };
  const steps = step ? (number - Number(min ?? 0)) / step : 0;
  return Math.abs(steps - Math.round(steps)) > 1e-6
    ? { code: "field_invalid" }
    : { value: String(number) };
};

/**
 * The check of one value, for browser and proxy alike.
 * @param raw trimmed, and not empty: whether an empty one is missing is another question
 * @param now Unix milliseconds
 */
export const readOwnValue = (field: OwnField, raw: string, now: number): OwnReading => {
  const { type, options = [], max } = field;
  if (raw.length > MAX_OWN_LENGTH) return { code: "field_too_long" };
  switch (type) {
    case "number":
    case "range":
      return readAmount(field, raw);
    case "date":
      return readDate(field, raw, now);
    case "select":
    case "radio":
      return options.some(({ value }) => value === raw)
        ? { value: raw }
        : { code: "field_unknown" };
    case "checkbox":
      return /^(?:1|on|true)$/i.test(raw) ? { value: "1" } : { code: "field_invalid" };
    default:
      return raw.length > Number(max ?? MAX_OWN_LENGTH)
        ? { code: "field_too_long" }
        : { value: raw };
  }
};

/** The text in a language, else in English, else in any. */
export const textIn = (text: OwnText | undefined, lang: string): string =>
  text?.[lang as Language] ?? text?.en ?? Object.values(text ?? {})[0] ?? "";

/**
 * Whether a stored text is still a value of its field. Not compared with today: a lead may wait for days.
 */
export const fits = (field: OwnField, text: string): boolean =>
  readStored(field, text) !== undefined;

/** The stored text as a value of today's field, or undefined. */
export const readStored = ({ min, max, ...field }: OwnField, text: string): string | undefined => {
  const limits = { min: min === "today" ? undefined : min, max: max === "today" ? undefined : max };
  const reading = readOwnValue({ ...field, ...limits }, text, 0);
  return "value" in reading ? reading.value : undefined;
};
