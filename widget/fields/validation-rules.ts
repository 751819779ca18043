/** Owns the choice of rules for a form, by its attributes and its loaded parts. Must not check a value. */
import type { ErrorField, FieldName } from "../../proxy/shared/contract.ts";
import { essentials } from "../lazy/essentials.ts";
import { ownFields } from "../lazy/own-fields.ts";
import { orderFields, readTokens } from "./fields.ts";
import { type PhoneField, readUncertain } from "./phone-field.ts";
import type { Rules } from "./validate.ts";

interface RuleOptions extends HTMLElement {
  target: string;
  endpoint: string;
  definitions: string;
  fields: string;
  projects: string;
  required: string;
  consent: string;
}

/** A box is there to be ticked; `optional` may stay as it is. */
export const asksConsent = (consent: string): boolean =>
  consent === "checkbox" || consent === "optional";

export const isRequired = ({ required, consent }: RuleOptions, field: FieldName): boolean =>
  readTokens(required).includes(field) || (field === "consent" && consent === "checkbox");

export const rulesFor = (form: RuleOptions, phone: PhoneField): Rules => {
  const fields: ErrorField[] = orderFields(form.fields, form.projects);
  return {
    fields: asksConsent(form.consent) ? [...fields, "consent"] : fields,
    isRequired: (field) => isRequired(form, field),
    own: (field, raw) => ownFields.part?.check(form, field, raw),
    exact: essentials.part,
    phone: readUncertain(phone),
  };
};
