/** Owns a person's correction of a lead: which fields, and by which rules. */
import type { Target } from "../config/target.ts";
import { readLead } from "../lead/lead.ts";
import type { Lead } from "../lead/lead.ts";

export const CORRECTABLE = ["name", "phone", "email", "project", "country", "phone_confirmed"];

/** The lead with other values, by the rules that held when it came. Its consent is not ours to give. */
export const correctLead = (lead: Lead, patch: ReadonlyMap<string, string>, target: Target) => {
  const phone = patch.get("phone") ?? lead.phone;
  const checked = readLead(
    {
      ...lead.attribution,
      target: target.key,
      id: lead.id,
      name: patch.get("name") ?? lead.name,
      phone,
      phone_confirmed: phone === lead.phone ? "1" : patch.get("phone_confirmed"),
      country: patch.get("country"),
      email: patch.get("email") ?? lead.email,
      project: patch.get("project") ?? lead.project,
      lang: lead.lang,
      consent: "1",
    },
    target,
    () => lead.id,
  );
  return "fields" in checked ? checked : { lead: { ...checked.lead, consent: lead.consent } };
};
