/**
 * Owns the remains of a lead that its vendor has. Must not hold what the vendor has got of the person.
 */
import { CAMPAIGN_FIELDS, OWN_PREFIX } from "../shared/contract.ts";
import type { Language } from "../shared/contract.ts";
import { readStored } from "../shared/own-fields.ts";
import type { Target } from "../config/target.ts";
import type { LeadField } from "../vendors/vendor.ts";
import type { Lead } from "./lead.ts";

export interface Kept extends Partial<Record<LeadField, string>> {
  lang: Language;
  /** The text that the form showed, ticked or not. */
  consentVersion: string;
  attribution: Readonly<Record<string, string>>;
  /** The key of the target that its form named, where that is another one. */
  enteredBy?: string;
  /** Own fields, by name, whose text the vendor has not got. */
  own?: Readonly<Record<string, string>>;
  /** Fields that the visitor has filled and the vendor has not got, under their names on the wire. */
  unsent: readonly string[];
}

const isClickId = (field: string): boolean => !field.startsWith("utm_");

/** Origin and path: a query may hold anything, a token or an address of a person among it. */
const withoutQuery = (page: string): string => {
  if (!URL.canParse(page)) return "";
  const { protocol, host, pathname } = new URL(page);
  return /^https?:$/.test(protocol) ? `${protocol}//${host}${pathname}` : "";
};

const keptAttribution = (
  { attribution }: Lead,
  { retain }: Pick<Target, "retain">,
): Record<string, string> => {
  if (retain.attribution === "none") return {};
  const fields = CAMPAIGN_FIELDS.filter(
    (field) => retain.attribution === "click_ids" || !isClickId(field),
  );
  const page = withoutQuery(attribution["page"] ?? "");
  return Object.fromEntries([
    ...(page ? [["page", page]] : []),
    ...fields.flatMap((field) => (attribution[field] ? [[field, attribution[field]]] : [])),
  ]) as Record<string, string>;
};

/** Those without a key at the vendor, and those that the settings have replaced by a fallback. */
const keptOwn = ({ own = {} }: Lead, { own: rules }: Pick<Target, "own">): Record<string, string> =>
  Object.fromEntries(
    Object.entries(own).filter(([name, text]) => {
      const rule = rules.find((known) => known.name === name);
      return rule?.as === undefined || !rule.field || readStored(rule.field, text) === undefined;
    }),
  );

/** The campaign as far as the target retains it, and every field that the vendor does not take. */
export const toKept = (lead: Lead, target: Pick<Target, "retain" | "kept" | "own">): Kept => {
  const campaign: readonly LeadField[] = target.retain.attribution === "none" ? [] : ["project"];
  const fields = [...new Set([...target.kept, ...campaign])];
  const own = keptOwn(lead, target);
  return {
    ...(Object.fromEntries(
      fields.flatMap((field) => (lead[field] ? [[field, lead[field]]] : [])),
    ) as Partial<Record<LeadField, string>>),
    lang: lead.lang,
    consentVersion: lead.consentVersion ?? "",
    attribution: keptAttribution(lead, target),
    ...(lead.enteredBy && { enteredBy: lead.enteredBy }),
    ...(Object.keys(own).length > 0 && { own }),
    unsent: [
      ...target.kept.filter((field) => lead[field]),
      ...Object.keys(own).map((name) => OWN_PREFIX + name),
    ],
  };
};
