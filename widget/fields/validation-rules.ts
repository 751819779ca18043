/** Owns the choice of rules for a form, by its attributes and its loaded parts. Must not check a value. */
import type { FieldName } from "../../proxy/shared/contract.ts";
import { extras } from "../lazy/extras.ts";
import { phoneRules } from "../lazy/phone.ts";
import { orderFields, readTokens } from "./fields.ts";
import type { Rules } from "./validate.ts";

interface RuleOptions {
  fields: string;
  projects: string;
  required: string;
  consent: string;
}

/** @param country by which a national number is read */
export const rulesFor = (form: RuleOptions, country: string): Rules => {
  const fields: FieldName[] = orderFields(form.fields, form.projects);
  return {
    fields: form.consent === "checkbox" ? [...fields, "consent"] : fields,
    required: readTokens(form.required),
    exact: extras.part,
    readPhone: phoneRules.part && ((raw) => phoneRules.part?.readPhone(raw, country)),
  };
};
