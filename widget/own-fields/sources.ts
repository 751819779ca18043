/**
 * Owns the values that a page gives its own fields: presets, the address, a cookie. Must not read a field that a
 * visitor fills.
 */
import { OWN_PREFIX } from "../../proxy/shared/contract.ts";
import type { OwnField } from "../../proxy/shared/own-fields.ts";
import { type DefinedForm, definitionsOf, isShown } from "./definitions.ts";

/** @param arrival query of the address at which the script started: an application may have replaced it */
export const presetOf = (form: Element, { name, from = "" }: OwnField, arrival: string): string => {
  const [kind, key = ""] = from.split(":");
  const read = (text: string) => new URLSearchParams(text).get(key) ?? "";
  try {
    return (
      form.getAttribute(`field-${name}`) ??
      (kind === "cookie"
        ? read(document.cookie.replace(/; */g, "&"))
        : read(`${location.search}&${arrival.slice(1)}`))
    );
  } catch {
    // A frame without an origin has no cookies.
    return "";
  }
};

/** The hidden fields, and the version of the definitions where the form shows all that must be filled. */
export const readHidden = (form: DefinedForm, arrival: string): Record<string, string> => {
  const { version = "", fields = [] } = definitionsOf(form) ?? {};
  const isComplete = fields.every((field) => !field.required || isShown(form, field));
  return {
    ...Object.fromEntries(
      fields
        .filter(({ type }) => type === "hidden")
        .map((field) => [OWN_PREFIX + field.name, presetOf(form, field, arrival)]),
    ),
    definitions: isComplete ? version : "",
  };
};
