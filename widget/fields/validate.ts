/** Owns the check of typed values: raw values in, field codes out. Must not touch the DOM. */
import {
  type ErrorField,
  type FieldCode,
  type FieldErrors,
  type FieldName,
  MAX_NAME_LENGTH,
} from "../../proxy/shared/contract.ts";
import type { PhoneReading } from "../../proxy/shared/phone.ts";

export type Values = Readonly<Record<string, string | undefined>>;

export interface Rules {
  /** The fields that the form shows, in their order. */
  fields: readonly ErrorField[];
  isRequired(field: FieldName): boolean;
  /** The code for a field of the target's own; undefined while nothing is known of it. */
  own?(field: string, raw: string): FieldCode | undefined;
  /**
   * The number as it is read; undefined if it is none. "unknown" until the phone rules are loaded: then
   * the proxy decides, so that no lead is lost to a script that did not arrive.
   */
  phone: PhoneReading | undefined | "unknown";
  /** The exact rules for names and addresses, once they are loaded. */
  exact?: { seenName(raw: string): string; isEmail(raw: string): boolean } | undefined;
}

/** Finds slips; the exact rules or the proxy find the rest. */
const SHAPE_OF_EMAIL = /^\S+@\S+\.\S{2,}$/;

type Check = (text: string, rules: Rules) => FieldCode | false | undefined;

/** What is wrong with a value that is not blank, by its field. */
const CHECKS: Readonly<Record<FieldName, Check>> = {
  name: (text, { exact }) => {
    const name = exact ? exact.seenName(text) : text;
    return name ? name.length > MAX_NAME_LENGTH && "name_too_long" : "name_missing";
  },
  phone: (_, { phone }) =>
    phone ? phone !== "unknown" && !phone.likely && "phone_unlikely" : "phone_invalid",
  email: (text, { exact }) =>
    !(SHAPE_OF_EMAIL.test(text) && (!exact || exact.isEmail(text))) && "email_invalid",
  project: () => undefined,
  consent: () => undefined,
};

const isFormField = (field: string): field is FieldName => Object.hasOwn(CHECKS, field);

/** The code for one field, or undefined if there is nothing to say. */
export const checkField = (field: ErrorField, raw: string, rules: Rules): FieldCode | undefined => {
  if (!isFormField(field)) return rules.own?.(field, raw);
  const text = raw.trim();
  const code = text ? CHECKS[field](text, rules) : (`${field}_missing` as const);
  if (!code || (code === `${field}_missing` && !rules.isRequired(field))) return undefined;
  return code;
};

/** All codes, in the order of the fields. Empty if the values make a lead. */
export const validate = (values: Values, rules: Rules): FieldErrors =>
  Object.fromEntries(
    rules.fields
      .map((field) => [field, checkField(field, values[field] ?? "", rules)] as const)
      .filter(([, code]) => code),
  );
