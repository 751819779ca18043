/** Owns the data of a drawing. Must not draw. */
import type { FieldErrors } from "../../../proxy/shared/contract.ts";
import type { MessageKey } from "../../../proxy/shared/messages/en.ts";
import type { FormValues } from "../../fields/controls.ts";
import type { PhoneField } from "../../fields/phone-field.ts";
import type { Language } from "../../i18n/language.ts";
import type { Submission } from "../../sending/submission.ts";
import type { AttributesElement } from "../attributes.ts";

export type Handlers = Readonly<
  Record<
    "submit" | "input" | "leave" | "enter" | "countries" | "link" | "again",
    (event: Event) => void
  >
>;

export interface View {
  form: AttributesElement & { hide: () => void };
  submission: Submission;
  language: Language;
  values: FormValues;
  text: (key: MessageKey, values?: Record<string, string>) => string;
  /** What is wrong now. */
  errors: FieldErrors;
  /** What was found at the last submit: that list stands still while the visitor works it off. */
  found: FieldErrors;
  phone: PhoneField;
  on: Handlers;
}

/** The number as it reads best. */
export const formatPhone = ({ phone, values }: View): string =>
  phone.reading?.formatted || values.phone || "";

export const isDisabled = ({ form }: View): boolean => form.matches(":disabled");
