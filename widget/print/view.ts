/**
 * Owns the form without a document: what the view asks of its element, from attributes alone. Must not write
 * markup.
 */
import type { MessageKey } from "../../proxy/shared/messages/en.ts";
import { ATTRIBUTE_DEFAULTS, toAttribute } from "../element/attributes.ts";
import { say, type View } from "../element/view/model.ts";
import { readPhoneField } from "../fields/phone-field.ts";
import { directionOf, findLocale } from "../i18n/localize.ts";

/** Attributes of the element by name; a flag that is set has "". */
export type Given = Readonly<Record<string, string>>;

export type PrintedForm = View["form"];

const nothingToDo = () => {};

/** What the view asks of its element, answered from the attributes alone. */
export const toForm = (given: Given): PrintedForm =>
  ({
    ...Object.fromEntries(
      Object.entries(ATTRIBUTE_DEFAULTS).map(([name, initial]) => {
        const value = given[toAttribute(name)];
        return [name, initial === false ? value !== undefined : (value ?? initial)];
      }),
    ),
    // Not the address of the page that prints.
    getAttribute: (name: string) => given[name] ?? "",
    matches: () => given["disabled"] !== undefined,
    querySelector: () => null,
    requestUpdate: nothingToDo,
    hide: nothingToDo,
  }) as unknown as PrintedForm;

export const toView = (form: PrintedForm, given: Given, values: Record<string, string>): View => {
  const locale = findLocale(given["lang"] ?? "");
  const language = { locale, tag: locale, dir: given["dir"] || directionOf(locale) };
  const view = {
    form,
    language,
    values,
    messages: {},
    errors: {},
    found: {},
    suggested: "",
    submission: { state: { status: "idle" }, busy: false, wait: 0 },
    text: (key: MessageKey, filled?: Record<string, string>) =>
      say({ form, language, messages: {} }, key, filled),
    node: (_: unknown, text: string) => text,
    fill: nothingToDo,
    on: {},
    get phone() {
      return readPhoneField(form, {});
    },
  };
  return view as unknown as View;
};
