/** Owns which rules a form has: those its attributes ask for, as exact as what has been loaded allows. */
import type { FieldName } from "../../proxy/shared/contract.ts";
import { extras } from "../lazy/extras.ts";
import { orderFields, readTokens } from "./fields.ts";
import type { Options } from "../element/attributes.ts";
import { phoneRules } from "../lazy/phone.ts";
import type { Rules } from "./validate.ts";

/** @param country by which a national number is read */
export const rulesOf = (form: Options, country: string): Rules => {
  const fields: FieldName[] = orderFields(form.fields, form.projects);
  return {
    fields: form.consent === "checkbox" ? [...fields, "consent"] : fields,
    required: readTokens(form.required),
    exact: extras.part,
    readPhone: phoneRules.part && ((raw) => phoneRules.part?.readPhone(raw, country)),
  };
};
