/**
 * Owns the check of an own field, and what is said about it. Must not repeat what the proxy alone finds: a list that
 * has changed, a text that is too long.
 */
import type { FieldCode, Language, OwnCode } from "../../proxy/shared/contract.ts";
import { readNumber } from "../../proxy/shared/number.ts";
import { type OwnField, textIn } from "../../proxy/shared/own-fields.ts";
import type { View } from "../element/view/model.ts";
import { OWN_CATALOGS } from "./catalogs.generated.ts";
import { type DefinedForm, fieldOf, isRequired } from "./definitions.ts";

/** A number, or a day as ISO 8601 writes it: these have an order. */
export type Ordered = number | string | undefined;

/** The visitor's own day as ISO 8601 writes it, which is how Swedes write a date. */
export const dayOf = (limit: Ordered): Ordered =>
  limit === "today" ? new Date().toLocaleDateString("sv") : limit;

export const isAmount = ({ type }: OwnField): boolean => /number|range/.test(type);

/** Nothing is less or more than a limit that is not there. */
const codeOf = (field: OwnField, text: string): OwnCode | undefined => {
  const value = isAmount(field) ? readNumber(text) : text;
  if (value === undefined) return "field_invalid";
  const isOrdered = isAmount(field) || field.type === "date";
  return isOrdered && (value < dayOf(field.min)! || value > dayOf(field.max)!)
    ? "field_range"
    : undefined;
};

/** The code for a value; undefined if there is nothing to say. */
export const check = (form: DefinedForm, name: string, raw: string): OwnCode | undefined => {
  const field = fieldOf(form, name);
  const text = raw.trim();
  if (!field) return undefined;
  if (text) return codeOf(field, text);
  return isRequired(form, field) ? "field_missing" : undefined;
};

/** A number or a day as people of a language write it; at noon a day is the same in every zone. */
export const show = ({ type }: OwnField, value: Ordered, locale: string): string =>
  value === undefined
    ? "…"
    : type === "date"
      ? new Date(`${value}T12:00`).toLocaleDateString(locale)
      : value.toLocaleString(locale);

/** What the page or the settings call a field. */
export const labelOf = ({ messages, language }: View, { name, label }: OwnField): string =>
  (messages as Record<string, string>)[name] ?? textIn(label, language.locale);

/** What a code says about an own field; "" for another field. */
export const describe = (view: View, name: string, code: FieldCode): string => {
  const { locale } = view.language;
  const field = fieldOf(view.form, name);
  if (!field) return "";
  const [min, max] = [field.min, field.max].map((limit) => show(field, dayOf(limit), locale));
  const texts = OWN_CATALOGS[locale as Language] ?? OWN_CATALOGS.en;
  const text =
    view.text(code as OwnCode, { min: min!, max: max! }) ||
    (texts[code.charAt(6)] ?? texts["i"]!).replace("<", min!).replace(">", max!);
  // A question needs no colon.
  return labelOf(view, field).replace(/[^?\u061F]$/, "$&:") + " " + text;
};
