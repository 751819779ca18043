/** Owns a person's correction of a lead: the fields, and their check. Must not store it. */
import type { Target } from "../config/target.ts";
import { readLead } from "../lead/lead.ts";
import type { Lead } from "../lead/lead.ts";
import { CONTENT_FIELDS } from "../shared/contract.ts";

/** The content, and what its phone number is read by. */
export const CORRECTABLE: readonly string[] = [...CONTENT_FIELDS, "country", "phone_confirmed"];

/** The lead with other values, by the rules of its target. A person cannot give its consent. */
export const correctLead = (lead: Lead, patch: ReadonlyMap<string, string>, target: Target) => {
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
  return "fields" in checked ? checked : { lead: { ...checked.lead, consent: lead.consent } };
};
