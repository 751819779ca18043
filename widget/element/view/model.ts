/** Owns the data of a drawing. Must not draw. */
import type { FieldCode, FieldErrors } from "../../../proxy/shared/contract.ts";
import type { MessageKey, Texts } from "../../../proxy/shared/messages/en.ts";
import type { FormValues } from "../../fields/controls.ts";
import type { PhoneField } from "../../fields/phone-field.ts";
import type { Language } from "../../i18n/language.ts";
import { essentials } from "../../lazy/essentials.ts";
import { extras } from "../../lazy/extras.ts";
import { ownFields } from "../../lazy/own-fields.ts";
import { fill, findText } from "../../i18n/localize.ts";
import type { Submission } from "../../sending/submission.ts";
import type { AttributesElement } from "../attributes.ts";

export type Handlers = Readonly<
  Record<"submit" | "input" | "leave" | "enter" | "link" | "again", (event: Event) => void>
>;

export interface View {
  form: AttributesElement & { hide: () => void; requestUpdate: () => void };
  submission: Submission;
  language: Language;
  /** Under the names of the wire. */
  values: FormValues;
  /** Texts of this form, before any other. */
  messages: Texts;
  /** Fills in the fields that are named. */
  fill: (values: FormValues) => void;
  text: (key: MessageKey, values?: Record<string, string>) => string;
  /** A node of its own for a text: a page that translates may have replaced the last one. */
  node: (place: Place, text: string) => Text;
  /** What is wrong now. */
  errors: FieldErrors;
  /** What was found at the last submit: that list stands still while the visitor works it off. */
  found: FieldErrors;
  phone: PhoneField;
  /** The form has left its place to the thanks. */
  over: boolean;
  /** The number that the proxy asked about, in E.164, or "". */
  suggested: string;
  on: Handlers;
}

/** A text that changes while the form is used, by its place. */
export type Place = "status" | "hint" | "submit" | "face";

/** A text of this form: the page's own first. */
export const say = (
  { form, messages, language }: Pick<View, "form" | "messages" | "language">,
  key: MessageKey,
  values?: Record<string, string>,
): string => {
  const { heading, submitLabel: submit, successMessage: success } = form;
  const attributes: Texts = { heading, submit, success };
  return fill(messages[key] || attributes[key] || findText(language.locale, key), values);
};

/** The number as it reads best. */
export const formatPhone = ({ phone, suggested, values }: View): string =>
  phone.reading?.formatted || suggested || values.phone || "";

export const isDisabled = ({ form }: View): boolean => form.matches(":disabled");

/** What a code says about its field. */
export const describe = (view: View, field: string, code: FieldCode): string =>
  ownFields.part?.describe(view, field, code) ||
  extras.part?.describe(view, code, essentials.part?.callingCodes ?? {}) ||
  view.text(code as MessageKey, { phone: formatPhone(view) });
