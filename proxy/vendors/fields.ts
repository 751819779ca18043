/**
 * Owns the way of a lead into a vendor's body: its fields, what is fixed, and its campaign. Must not
 * know a particular vendor.
 */
import { CAMPAIGN_FIELDS } from "../shared/contract.ts";
import type { CampaignField } from "../shared/contract.ts";
import { planOwn } from "./own-fields.ts";
import type { KnownKeys } from "./own-fields.ts";
import { LEAD_FIELDS } from "./vendor.ts";
import type {
  CampaignRule,
  Fault,
  FieldRules,
  LeadField,
  OwnRule,
  Value,
  VendorFields,
  VendorLead,
  VendorSettings,
} from "./vendor.ts";

export interface FieldPlan extends KnownKeys {
  /** Fields that this target does not send: they are kept for the operator. */
  kept: readonly LeadField[];
  toBody: (lead: VendorLead) => Record<string, Value>;
  /** The same without what no lead is created without. */
  toCheckBody: (lead: VendorLead) => Record<string, Value>;
}

/** Both vendors' documents demand them of every lead. */
const REQUIRED: readonly LeadField[] = ["name", "phone"];

/** What a check leaves out, so that no vendor can create a lead of it. */
export const isLeftOut = (field: LeadField | undefined): boolean =>
  field !== undefined && REQUIRED.includes(field);

const fieldOf = (names: VendorFields, key: string): LeadField | undefined =>
  LEAD_FIELDS.find((field) => names[field] === key);

const fixedProblem = (
  { names, problemWith }: FieldRules,
  key: string,
  value: Value | null,
): string | undefined => {
  const field = fieldOf(names, key);
  if (field === undefined)
    return value === null
      ? "is not a field of the form, so that null has no meaning"
      : problemWith(key);
  if (REQUIRED.includes(field))
    return value === null ? "must not be switched off" : "is filled by the form";
  return value === null ? undefined : "is filled by the form: null switches it off";
};

type Rules = readonly (readonly [CampaignField, CampaignRule])[];

const campaignFaults = ({ names, problemWith }: FieldRules, rules: Rules): Fault[] =>
  rules.flatMap(([field, { as }], i) => {
    const again = rules.slice(0, i).some(([, earlier]) => earlier.as === as);
    const problem = fieldOf(names, as)
      ? "is filled by the form"
      : again
        ? "is filled by another one already"
        : problemWith(as);
    return problem ? [{ setting: `attribution.${field}.as`, problem }] : [];
  });

/** Any value that the table does not name. */
const ANY = "*";

/** Letters in any case: nobody writes `utm_source` alike in two places. */
const toVendorValue = (value: string, { map }: CampaignRule): Value | undefined => {
  if (!map) return value;
  const wanted = value.trim().toLowerCase();
  const key = Object.keys(map).find((known) => known.trim().toLowerCase() === wanted);
  return map[key ?? ANY];
};

/** A target may send a field of the form under another key than its vendor's usual one. */
const rename = (names: VendorFields, own: readonly OwnRule[]): VendorFields => ({
  ...names,
  ...Object.fromEntries(own.flatMap(({ name, as, field }) => (field ? [] : [[name, as ?? null]]))),
});

/** @returns how a lead becomes a body, or what is wrong with the settings */
export const planFields = (
  given: FieldRules,
  { extra, attribution, own }: Pick<VendorSettings, "extra" | "attribution" | "own">,
): FieldPlan | { faults: Fault[] } => {
  const names = rename(given.names, own);
  const rules = { ...given, names };
  const campaign = CAMPAIGN_FIELDS.flatMap((field) => {
    const rule = attribution[field];
    return rule ? [[field, rule] as const] : [];
  });
  const others = [...Object.keys(extra), ...campaign.map(([, { as }]) => as)];
  const ownPlan = planOwn(given, own, others);
  const faults = [
    ...Object.entries(extra).flatMap(([key, value]): Fault[] => {
      const problem = fixedProblem(rules, key, value);
      return problem ? [{ setting: `extra.${key}`, problem }] : [];
    }),
    ...campaignFaults(rules, campaign),
    ...ownPlan.faults,
  ];
  if (faults.length > 0) return { faults };

  const fixed = Object.entries(extra).filter(
    (entry): entry is [string, Value] => entry[1] !== null,
  );
  const keyOf = (field: LeadField): string | undefined => {
    const key = names[field];
    return key === null || extra[key] === null ? undefined : key;
  };
  const leftOut = new Set(REQUIRED.map(keyOf));
  const toBody = (lead: VendorLead): Record<string, Value> => {
    const known = campaign.flatMap(([field, rule]) => {
      const value = lead.attribution[field];
      const mapped = value ? toVendorValue(value, rule) : undefined;
      return mapped === undefined ? [] : [[rule.as, mapped] as const];
    });
    // An optional field is left out when empty: Sakneen wants a "non-empty string".
    const typed = LEAD_FIELDS.flatMap((field) => {
      const [key, value] = [keyOf(field), lead[field]];
      return key && value ? [[key, value] as const] : [];
    });
    return Object.fromEntries([...fixed, ...known, ...ownPlan.entriesOf(lead), ...typed]);
  };
  return {
    own,
    fieldOf: (key) => LEAD_FIELDS.find((field) => keyOf(field) === key),
    kept: LEAD_FIELDS.filter((field) => keyOf(field) === undefined),
    toBody,
    toCheckBody: (lead) =>
      Object.fromEntries(Object.entries(toBody(lead)).filter(([key]) => !leftOut.has(key))),
  };
};
