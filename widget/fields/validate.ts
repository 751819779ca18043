/** Owns whether typed values make a lead: raw values in, field codes out. Pure; no DOM. */
import {
  type FieldCode,
  type FieldErrors,
  type FieldName,
  MAX_NAME_LENGTH,
} from "../../proxy/shared/contract.ts";
import type { PhoneReading } from "../../proxy/shared/normalize.ts";

export type Values = Partial<Record<FieldName, string>>;

export interface Rules {
  /** The fields that the form shows, in their order. */
  fields: readonly FieldName[];
  required: readonly string[];
  /**
   * Reads a phone number: undefined if it is none. Absent while the rules are not loaded: then the
   * proxy decides, so that a lead is never lost to a script that did not arrive.
   */
  readPhone?: ((raw: string) => PhoneReading | undefined) | undefined;
  /** The exact rules of names and addresses, where they are loaded. */
  exact?: { readName(raw: string): string; readEmail(raw: string): string | undefined } | undefined;
}

/** Enough for slips; what else is wrong the exact rules or the proxy find. */
const SHAPE_OF_EMAIL = /^\S+@\S+\.\S{2,}$/;

/** What is wrong with a value that is there. */
const checkFormat = (field: FieldName, raw: string, rules: Rules): FieldCode | undefined => {
  switch (field) {
    case "name":
      return raw.length > MAX_NAME_LENGTH ? "name_too_long" : undefined;
    case "email":
      return SHAPE_OF_EMAIL.test(raw) && (!rules.exact || rules.exact.readEmail(raw))
        ? undefined
        : "email_invalid";
    case "phone": {
      if (!rules.readPhone) return undefined;
      const reading = rules.readPhone(raw);
      if (!reading) return "phone_invalid";
      return reading.likely ? undefined : "phone_unlikely";
    }
    default:
      return undefined;
  }
};

/** The code for one field, or undefined if there is nothing to say. */
export const checkField = (field: FieldName, raw: string, rules: Rules): FieldCode | undefined => {
  const text = rules.exact ? rules.exact.readName(raw) : raw.trim();
  if (text) return checkFormat(field, text, rules);
  return rules.required.includes(field) ? `${field}_missing` : undefined;
};

/** All codes, in the order of the fields. Empty if the values make a lead. */
export const validate = (values: Values, rules: Rules): FieldErrors =>
  Object.fromEntries(
    rules.fields
      .map((field) => [field, checkField(field, values[field] ?? "", rules)] as const)
      .filter(([, code]) => code),
  );
