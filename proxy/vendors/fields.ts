/**
 * Owns the way of a lead into a vendor's body: its fields, what is fixed, and its campaign. Must not
 * know a particular vendor.
 */
import { CAMPAIGN_FIELDS } from "../shared/contract.ts";
import type { CampaignField } from "../shared/contract.ts";
import { LEAD_FIELDS } from "./vendor.ts";
import type {
  CampaignRule,
  Fault,
  LeadField,
  VendorFields,
  VendorLead,
  VendorSettings,
} from "./vendor.ts";

type Value = string | number | boolean;

/** What the document of a vendor says about the body of a lead. */
export interface FieldRules {
  names: VendorFields;
  /** The problem with a key beside those of the form; undefined if it may be sent. */
  problemWith: (key: string) => string | undefined;
}

export interface FieldPlan {
  /** Fields that this target does not send: they are kept for the operator. */
  kept: readonly LeadField[];
  toBody: (lead: VendorLead) => Record<string, Value>;
}

const REQUIRED: readonly LeadField[] = ["name", "phone"];

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

/** @returns how a lead becomes a body, or what is wrong with the settings */
export const planFields = (
  rules: FieldRules,
  { extra, attribution }: Pick<VendorSettings, "extra" | "attribution">,
): FieldPlan | { faults: Fault[] } => {
  const { names } = rules;
  const campaign = CAMPAIGN_FIELDS.flatMap((field) => {
    const rule = attribution[field];
    return rule ? [[field, rule] as const] : [];
  });
  const faults = [
    ...Object.entries(extra).flatMap(([key, value]): Fault[] => {
      const problem = fixedProblem(rules, key, value);
      return problem ? [{ setting: `extra.${key}`, problem }] : [];
    }),
    ...campaignFaults(rules, campaign),
  ];
  if (faults.length > 0) return { faults };

  const fixed = Object.entries(extra).filter(
    (entry): entry is [string, Value] => entry[1] !== null,
  );
  const keyOf = (field: LeadField): string | undefined => {
    const key = names[field];
    return key === null || extra[key] === null ? undefined : key;
  };
  return {
    kept: LEAD_FIELDS.filter((field) => keyOf(field) === undefined),
    toBody: (lead) => {
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
      return Object.fromEntries([...fixed, ...known, ...typed]);
    },
  };
};
