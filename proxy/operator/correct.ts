/** Owns a person's correction of a lead: the fields, and their check. Must not store it. */
import type { Target } from "../config/target.ts";
import { readLead } from "../lead/lead.ts";
import type { Lead } from "../lead/lead.ts";
import { CONTENT_FIELDS } from "../shared/contract.ts";
import type { FieldErrors } from "../shared/contract.ts";
import { readName } from "../shared/normalize.ts";
import { LEAD_FIELDS } from "../vendors/vendor.ts";

/** The content, and what its phone number is read by. */
export const CORRECTABLE: readonly string[] = [...LEAD_FIELDS, "country", "phone_confirmed"];

/** Characters of what stands beside a number: digits, words or another number, as a visitor may type them. */
const MAX_EXTENSION_LENGTH = 250;

/** What is named, else what was typed with a new number, else what is known. Empty removes it. */
const readExtension = (
  patch: ReadonlyMap<string, string>,
  typed: string | undefined,
  lead: Lead,
): string | undefined => {
  const named = patch.get("extension");
  // The page sends all fields back: what is named as it was is no wish.
  const wish = named === (lead.extension ?? "") ? undefined : named && readName(named);
  return (wish ?? typed ?? lead.extension) || undefined;
};

/** The lead with other values, by the rules of its target. A person cannot give its consent. */
export const correctLead = (
  lead: Lead,
  patch: ReadonlyMap<string, string>,
  target: Target,
): { lead: Lead } | { fields: FieldErrors } => {
  const content = Object.fromEntries(
    CONTENT_FIELDS.map((field) => [field, patch.get(field) ?? lead[field]]),
  );
  const { name = "", phone = "" } = content;
  const checked = readLead(
    {
      ...lead.attribution,
      ...content,
      target: target.key,
      id: lead.id,
      name,
      phone,
      phone_confirmed: phone === lead.phone ? "1" : patch.get("phone_confirmed"),
      country: patch.get("country"),
      lang: lead.lang,
      consent: "1",
    },
    target,
    () => lead.id,
  );
  if ("fields" in checked) return checked;
  const extension = readExtension(patch, checked.lead.extension, lead);
  if ((extension ?? "").length > MAX_EXTENSION_LENGTH)
    return { fields: { phone: "phone_invalid" } };
  const { consent, consentVersion } = lead;
  return {
    lead: { ...checked.lead, extension, consent, ...(consentVersion && { consentVersion }) },
  };
};
