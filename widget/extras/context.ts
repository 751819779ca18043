/** Owns the facts that a lead carries beside the visitor's entries. Must not read what was typed. */
import type { AttributesElement } from "../element/attributes.ts";
import { readAttribution } from "./attribution.ts";
import { readCaptcha } from "./captcha.ts";

/** @param arrival query of the address at which the script started */
export const readContext = async (
  form: AttributesElement,
  arrival: string,
): Promise<Record<string, string>> => ({
  // Before any wait: the page may change its address.
  ...readAttribution(form.attribution, arrival),
  ...(await readCaptcha(form)),
});
