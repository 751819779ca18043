/**
 * Owns the way of a target's own fields into a vendor's body, and back from its complaints. Must not know a
 * particular vendor.
 */
import { OWN_PREFIX } from "../shared/contract.ts";
import type { FieldErrors } from "../shared/contract.ts";
import { readStored } from "../shared/own-fields.ts";
import type { OwnField } from "../shared/own-fields.ts";
import { isForbidden } from "./own-keys.ts";
import { LEAD_FIELDS } from "./vendor.ts";
import type { Fault, FieldRules, Outcome, OwnRule, Value, VendorLead } from "./vendor.ts";

export interface OwnPlan {
  faults: readonly Fault[];
  /** The own field that is sent under this key of the vendor. */
  ruleOf: (key: string) => OwnRule | undefined;
  /** What the vendor gets of a field; undefined if nothing. */
  valueOf: (rule: OwnRule, lead: VendorLead) => Value | undefined;
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
    valueOf,
    ruleOf: (key) => own.find(({ as }) => as === key),
    entriesOf: (lead) =>
      own.flatMap((rule) => {
        const value = valueOf(rule, lead);
        return rule.as === undefined || value === undefined ? [] : [[rule.as, value] as const];
      }),
  };
};

/** A vendor's complaint about a key that is none of the form's usual ones. */
export interface KeyComplaint {
  key: string;
  /** Its value is not there, is not right, or the vendor knows no such key. */
  about: "missing" | "value" | "key";
}

/** A key as it may stand in an alert; another one is a text that nobody expects. */
const KEY = /^[\w.-]{1,64}$/;

/**
 * What such complaints mean. A visitor who has seen the field can correct it. A key that no setting fills, or
 * that the vendor no longer knows, is the operator's: every other lead would fail alike.
 */
export const readKeyComplaints = (
  complaints: readonly KeyComplaint[],
  lead: VendorLead,
  plan: Pick<OwnPlan, "ruleOf" | "valueOf">,
): Outcome | undefined => {
  const known = complaints.map((complaint) => ({ ...complaint, rule: plan.ruleOf(complaint.key) }));
  const changed = known.find(({ about, rule }) => !rule || about === "key");
  if (changed)
    return {
      kind: "misconfigured",
      reason: "form_changed",
      ...(KEY.test(changed.key) && { vendorKey: changed.key }),
    };
  if (known.length === 0) return undefined;
  const isShown = (rule: OwnRule | undefined): boolean =>
    rule?.field !== undefined && rule.field.type !== "hidden";
  if (!lead.asked || !known.every(({ rule }) => isShown(rule)))
    return { kind: "unexplained", reason: "field_refused" };
  const fields = Object.fromEntries(
    known.flatMap(({ rule }) =>
      rule
        ? [[OWN_PREFIX + rule.name, lead.own?.[rule.name] ? "field_invalid" : "field_missing"]]
        : [],
    ),
  ) as FieldErrors;
  return { kind: "invalid", fields };
};
