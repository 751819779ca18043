/** Owns the texts that explain a phone number: how it is read, and what it lacks. Must not decide on it. */
import type { FieldCode } from "../../proxy/shared/contract.ts";
import type { View } from "../element/view/model.ts";
import { type CallingCodes, nameCountry } from "./country-options.ts";

/** The number as it will be called, or "" while that is not sure. */
export const understood = ({ errors, phone: { reading }, text }: View): string => {
  if (errors.phone || !reading?.likely || !reading.formatted) return "";
  const { formatted, extension } = reading;
  const phone = formatted + (extension ? ` ${text("extension")} ${extension}` : "");
  return text("understood", { phone });
};

/**
 * After a submit the text for a number of a wrong length names its country; until then the text must fit
 * its line. "" where the usual text says it best.
 */
export const describe = (view: View, code: FieldCode, codes?: CallingCodes): string => {
  const { reading } = view.phone;
  // A vendor may refuse a number that fits.
  const isShort = code === view.found.phone && !(reading?.likely && reading.formatted);
  const country = isShort && code === "phone_invalid" ? nameCountry(view, codes) : "";
  return country && view.text("phone_incomplete", { country });
};
