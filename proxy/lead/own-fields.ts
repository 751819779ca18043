/**
 * Owns the reading of a target's own fields from a request. Must not lose a lead to a field that its form did
 * not know.
 */
import { OWN_PREFIX } from "../shared/contract.ts";
import type { FieldErrors } from "../shared/contract.ts";
import { toLatinDigits } from "../shared/digits.ts";
import { cleanText, cutText } from "../shared/invisible.ts";
import { MAX_OWN_LENGTH, readOwnValue } from "../shared/own-fields.ts";
import type { Definitions, OwnField, OwnReading } from "../shared/own-fields.ts";

/** What ends a line, as programs write it. */
const BREAKS = /\r\n?|[\v\f\u2028\u2029]/g;

/** A text of several lines keeps them; another one is a line. */
const clean = ({ type }: OwnField, raw: string): string => {
  const text = cleanText(raw).replace(BREAKS, "\n").trim();
  return type === "textarea" ? text : text.replace(/[\n\t]/g, " ");
};

/** Milliseconds by which the visitor's day may differ from that of UTC. */
const DAYS_APART = 14 * 3_600_000;

const day = (time: number): string => new Date(time).toISOString().slice(0, 10);

const readField = (field: OwnField, text: string, now: number): OwnReading | undefined => {
  const typed = field.type === "date" ? toLatinDigits(text) : text;
  if (text) return readOwnValue(field, typed, [day(now - DAYS_APART), day(now + DAYS_APART)]);
  return field.required ? { code: "field_missing" } : undefined;
};

export interface OwnValues {
  own: Record<string, string>;
  /** The form knew the fields as they are today. */
  asked: boolean;
  errors: FieldErrors;
}

/**
 * A mistake is told only to a form that knew of the field: one with other definitions, or a plain one, could not
 * correct it. There the text is kept as it came, and the vendor gets the fallback.
 *
 * @param now Unix milliseconds
 */
export const readOwn = (
  {
    own: given,
    definitions,
  }: { own: ReadonlyMap<string, string>; definitions?: string | undefined },
  { version, fields }: Definitions,
  now: number,
): OwnValues => {
  const asked = fields.length > 0 && definitions === version;
  const own: Record<string, string> = {};
  const errors: FieldErrors = {};
  for (const field of fields) {
    const text = clean(field, given.get(field.name) ?? "");
    const reading = readField(field, text, now);
    if (reading && "code" in reading && asked && field.type !== "hidden")
      errors[`${OWN_PREFIX}${field.name}`] = reading.code;
    else if (reading && "value" in reading) own[field.name] = reading.value;
    else if (text) own[field.name] = cutText(text, MAX_OWN_LENGTH);
  }
  return { own, asked, errors };
};
