/** Owns the facts that a lead carries beside the visitor's entries. Must not read what was typed. */
import type { AttributesElement } from "../element/attributes.ts";
import { readAttribution } from "./attribution.ts";
import { pause } from "./pause.ts";

/** What reads a captcha, and the way to it. */
interface Captchas {
  part: { readCaptcha(form: Element): Promise<Record<string, string>> } | undefined;
  load(): Promise<unknown>;
}

/** Milliseconds for a part that is still on its way. */
const PATIENCE = 5000;

/**
 * @param arrival query of the address at which the script started
 * @param captchas waited for where the page has a captcha: a target may refuse a lead without its token
 */
export const readContext = async (
  form: AttributesElement,
  arrival: string,
  captchas: Captchas,
): Promise<Record<string, string>> => {
  // Before any wait: the page may change its address.
  const attribution = readAttribution(form.attribution, arrival);
  if (!form.querySelector("[slot=captcha]")) return attribution;
  await Promise.race([captchas.load(), pause(PATIENCE)]);
  return { ...attribution, ...(await captchas.part?.readCaptcha(form)) };
};
