/** Owns the data of a drawing. Must not draw. */
import type { FieldCode, FieldErrors } from "../../../proxy/shared/contract.ts";
import type { MessageKey } from "../../../proxy/shared/messages/en.ts";
import type { FormValues } from "../../fields/controls.ts";
import type { PhoneField } from "../../fields/phone-field.ts";
import type { Language } from "../../i18n/language.ts";
import { extras } from "../../lazy/extras.ts";
import { phoneRules } from "../../lazy/phone.ts";
import type { Submission } from "../../sending/submission.ts";
import type { AttributesElement } from "../attributes.ts";

export type Handlers = Readonly<
  Record<"submit" | "input" | "leave" | "enter" | "link" | "again", (event: Event) => void>
>;

export interface View {
  form: AttributesElement & { hide: () => void };
  submission: Submission;
  language: Language;
  values: FormValues;
  text: (key: MessageKey, values?: Record<string, string>) => string;
  /** A node of its own for a text: a page that translates may have replaced the last one. */
  node: (place: Place, text: string) => Text;
  /** What is wrong now. */
  errors: FieldErrors;
  /** What was found at the last submit: that list stands still while the visitor works it off. */
  found: FieldErrors;
  phone: PhoneField;
  /** The number that the proxy asked about, in E.164, or "". */
  suggested: string;
  on: Handlers;
}

/** A text that changes while the form is used, by its place. */
export type Place = "status" | "hint" | "submit" | "face";

/** The number as it reads best. */
export const formatPhone = ({ phone, suggested, values }: View): string =>
  phone.reading?.formatted || suggested || values.phone || "";

export const isDisabled = ({ form }: View): boolean => form.matches(":disabled");

/**
 * What a code says. After a submit the text for a number of a wrong length names its country; until
 * then the text must fit its line.
 */
export const describe = (view: View, code: FieldCode): string => {
  const { reading } = view.phone;
  // A vendor may refuse a number that fits.
  const isShort = code === view.found.phone && !(reading?.likely && reading.formatted);
  const country =
    isShort &&
    code === "phone_invalid" &&
    extras.part?.nameCountry(view, phoneRules.part?.callingCodes);
  return country
    ? view.text("phone_incomplete", { country })
    : view.text(code, { phone: formatPhone(view) });
};
