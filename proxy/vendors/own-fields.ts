/**
 * Owns the way of a target's own fields into a vendor's body, and back from its complaints. Must not know a
 * particular vendor.
 */
import { CONTENT_FIELDS, OWN_PREFIX } from "../shared/contract.ts";
import type { ErrorField, FieldCode, FieldErrors } from "../shared/contract.ts";
import { readStored } from "../shared/own-fields.ts";
import type { OwnField } from "../shared/own-fields.ts";
import { isForbidden } from "./own-keys.ts";
import { LEAD_FIELDS } from "./vendor.ts";
import type {
  Fault,
  FieldRules,
  LeadField,
  Outcome,
  OwnRule,
  Value,
  VendorLead,
} from "./vendor.ts";

export interface OwnPlan {
  faults: readonly Fault[];
  entriesOf: (lead: VendorLead) => readonly (readonly [key: string, value: Value])[];
}

const problemOf = (
  { names, problemWithOwn }: FieldRules,
  { name, as, field }: OwnRule,
  taken: readonly string[],
): string | undefined => {
  if (as === undefined) return undefined;
  const filled = LEAD_FIELDS.find((known) => names[known] === as);
  // Its own usual key is no change, and no fault.
  if (filled && (field || filled !== name)) return "is filled by the form";
  if (taken.includes(as)) return "is filled by another one already";
  return isForbidden(as) ? "must not be sent by this product" : problemWithOwn(as);
};

/** As the vendor's JSON has it: a number for an amount, true for a box that was ticked. */
const toValue = ({ type }: OwnField, text: string): Value => {
  if (type === "number" || type === "range") return Number(text);
  return type === "checkbox" ? true : text;
};

/** @param others keys that are filled already */
export const planOwn = (
  rules: FieldRules,
  own: readonly OwnRule[],
  others: readonly string[],
): OwnPlan => {
  const faults = own.flatMap((rule, i): Fault[] => {
    const earlier = own.slice(0, i).flatMap(({ as }) => as ?? []);
    const problem = problemOf(rules, rule, [...others, ...earlier]);
    return problem ? [{ setting: `fields[${i}].as`, problem }] : [];
  });

  /** What the vendor gets of a field; undefined if nothing. */
  const valueOf = ({ name, fallback, field }: OwnRule, lead: VendorLead): Value | undefined => {
    if (!field) return undefined;
    const typed = lead.own?.[name];
    for (const text of [typed, fallback]) {
      const value = text ? readStored(field, text) : undefined;
      if (value !== undefined) return toValue(field, value);
    }
    return undefined;
  };

  return {
    faults,
    entriesOf: (lead) =>
      own.flatMap((rule) => {
        const value = valueOf(rule, lead);
        return rule.as === undefined || value === undefined ? [] : [[rule.as, value] as const];
      }),
  };
};

/** A vendor's complaint about one key of a lead. */
export interface KeyComplaint {
  key: string;
  /** Its value is not there or not right, or the vendor knows no such key. */
  about: "value" | "key";
}

/** What the settings know of the keys that are sent. */
export interface KnownKeys {
  /** The field of the form that is sent under this key. */
  fieldOf: (key: string) => LeadField | undefined;
  own: readonly OwnRule[];
}

/** A key as it may stand in an alert; another one is a text that nobody expects. */
const KEY = /^[A-Za-z_][\w.-]{0,63}$/;

const typedBy = ({ name, email, project, extension, own }: VendorLead): string[] =>
  [name, email, project, extension, ...Object.values(own ?? {})].map((text = "") =>
    text.toLowerCase(),
  );

/**
 * A vendor may quote what a visitor typed: a word of theirs is no key of the vendor's form, and no reason to stop the
 * leads of all others.
 */
const isTyped = (key: string, lead: VendorLead): boolean =>
  typedBy(lead).some((text) => text.split(/[^\w.-]+/).includes(key.toLowerCase()));

/** The same for a code or a phrase of the vendor's, wherever it stands. */
export const isQuoted = (said: string, lead: VendorLead): boolean =>
  typedBy(lead).some((text) => text.includes(said.toLowerCase()));

/** The field under its name on the wire, and whether this lead fills it. */
const subjectOf = (
  key: string,
  lead: VendorLead,
  { fieldOf, own }: KnownKeys,
): { name: ErrorField; filled: boolean; shown: boolean } | undefined => {
  const rule = own.find(({ as, field }) => as === key && field);
  if (rule) {
    const shown = lead.asked === true && rule.field?.type !== "hidden";
    return { name: `${OWN_PREFIX}${rule.name}`, filled: Boolean(lead.own?.[rule.name]), shown };
  }
  const field = CONTENT_FIELDS.find((known) => known === fieldOf(key));
  // Whether a page shows one of the optional fields, nobody knows.
  return field && { name: field, filled: Boolean(lead[field]), shown: false };
};

/** The complaint about a value, as the code of its field. */
const codeOf = (name: ErrorField, filled: boolean): FieldCode => {
  if (name.startsWith(OWN_PREFIX)) return filled ? "field_invalid" : "field_missing";
  if (name === "project") return filled ? "project_unknown" : "project_missing";
  return (filled ? `${name}_invalid` : `${name}_missing`) as FieldCode;
};

/**
 * What such complaints mean. A visitor who has seen the field can correct it; without one, a person. A key that
 * no setting fills, or that the vendor no longer knows, is the operator's: other leads would fail alike.
 */
export const readKeyComplaints = (
  given: readonly KeyComplaint[],
  lead: VendorLead,
  known: KnownKeys,
): Outcome | undefined => {
  const complaints = given.filter(({ key }) => subjectOf(key, lead, known) || !isTyped(key, lead));
  if (complaints.length === 0) return undefined;
  const subjects = complaints.flatMap(({ key }) => subjectOf(key, lead, known) ?? []);
  const changed = complaints.find(
    ({ key, about }) => about === "key" || !subjectOf(key, lead, known),
  );
  if (changed) {
    const { key } = changed;
    const isSafe = known.own.some(({ as }) => as === key) || KEY.test(key);
    return { kind: "misconfigured", reason: "form_changed", ...(isSafe && { vendorKey: key }) };
  }
  const fields = Object.fromEntries(
    subjects.map(({ name, filled }) => [name, codeOf(name, filled)]),
  ) as FieldErrors;
  return subjects.every(({ shown }) => shown)
    ? { kind: "invalid", fields }
    : { kind: "unexplained", reason: "field_refused", fields };
};
