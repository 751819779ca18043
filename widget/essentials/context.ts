/** Owns the facts that a lead carries beside the visitor's entries. Must not read what was typed. */
import type { AttributesElement } from "../element/attributes.ts";
import { readAttribution } from "./attribution.ts";

/**
 * @param arrival query of the address at which the script started
 * @param extras asked for where the page has a captcha
 */
export const readContext = async (
  form: AttributesElement,
  arrival: string,
  extras: { readCaptcha(form: Element): Promise<Record<string, string>> } | undefined,
): Promise<Record<string, string>> => ({
  // Before any wait: the page may change its address.
  ...readAttribution(form.attribution, arrival),
  ...(await extras?.readCaptcha(form)),
});
