/** Owns the content of a lead: the entered values, and the additions of the page. Must not change a value. */
import type { Attributes } from "./attributes.ts";

/**
 * What decides whether two leads are the same.
 * @param country by which the phone number is read
 * @param confirmed `1` if the visitor was asked about the number and stands by it, else ""
 */
export const composeLead = (
  form: Attributes,
  values: Record<string, string>,
  country: string,
  confirmed: string,
  lang: string,
) => ({
  ...values,
  target: form.target,
  country: values["phone"] && country,
  phone_confirmed: confirmed,
  project: values["project"] || form.project,
  lang,
  consent_version: form.consentVersion,
});
