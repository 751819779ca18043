/**
 * Owns the content of a lead: the visitor's entries and the page's additions. Must not change a value.
 */
import type { PhoneField } from "../fields/phone-field.ts";
import type { Attributes } from "./attributes.ts";

/**
 * The content of a lead: it decides whether two leads are the same.
 * @param confirmed `1` if the visitor was asked about the number and stands by it, else ""
 */
export const composeLead = (
  form: Attributes,
  values: Record<string, string>,
  { by, certain }: PhoneField,
  confirmed: string,
  lang: string,
) => ({
  ...values,
  target: form.target,
  // The picker shows a guess too.
  country: "",
  ...(values["phone"] && { [certain ? "country" : "country_guess"]: by }),
  phone_confirmed: confirmed,
  project: values["project"] || form.project,
  lang,
  consent_version: form.consentVersion,
});
