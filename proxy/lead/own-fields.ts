/**
 * Owns the reading of a target's own fields from a request. Must not lose a lead to a field that its form did
 * not know.
 */
import { OWN_PREFIX } from "../shared/contract.ts";
import type { FieldErrors } from "../shared/contract.ts";
import { toLatinDigits } from "../shared/digits.ts";
import { stripInvisible } from "../shared/invisible.ts";
import { MAX_OWN_LENGTH, readOwnValue } from "../shared/own-fields.ts";
import type { Definitions, OwnField, OwnReading } from "../shared/own-fields.ts";

/** NFC, well-formed, nothing invisible; a text of several lines keeps them. */
const clean = (raw: string): string =>
  stripInvisible(raw.normalize("NFC").toWellFormed()).replace(/\r\n?/g, "\n").trim();

/** At most so many units, and no half of a pair. */
const cut = (text: string): string => text.slice(0, MAX_OWN_LENGTH).replace(/[\uD800-\uDBFF]$/, "");

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
    const text = clean(given.get(field.name) ?? "");
    const reading = readField(field, text, now);
    if (reading && "code" in reading && asked && field.type !== "hidden")
      errors[`${OWN_PREFIX}${field.name}`] = reading.code;
    else if (reading && "value" in reading) own[field.name] = reading.value;
    else if (text) own[field.name] = cut(text);
  }
  return { own, asked, errors };
};
