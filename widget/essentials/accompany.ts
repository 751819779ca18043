/** Owns the work of the essentials after each drawing of a form. Must not draw. */
import type { AttributesElement } from "../element/attributes.ts";
import { keepCampaign } from "./campaign.ts";
import { keepKeys } from "./own-keys.ts";
import { type Follower, watchLanguage } from "./watch-language.ts";

/**
 * @param arrival query of the address at which the script started
 * @returns whether the extras are wanted: for a captcha, and for the words for what went wrong, to the visitor
 * and to the page's developer
 */
export const accompany = (
  form: AttributesElement,
  forms: ReadonlySet<Follower & Element>,
  arrival: string,
): boolean => {
  // Of the page that the visitor came to, whatever page the form is sent from.
  if (form.attribution === "session") keepCampaign(arrival);
  keepKeys(form);
  // What is printed of a form that the parser met after the script is of no use: the element has its root already.
  // So are those that this part has yet to draw: a form that nobody sees may wait for long.
  for (const each of forms) each.querySelector("[shadowrootmode]")?.remove();
  watchLanguage(form, forms);
  return Boolean(
    // What stands inside the element is shown without a target, or where it is the rest of the page.
    !form.shadowRoot!.querySelector("slot")!.hidden ||
    form.shadowRoot!.querySelector("[aria-invalid],#failure") ||
    form.querySelector("[slot=captcha]") ||
    // One word in the marks of a word processor.
    form
      .getAttributeNames()
      .some((name) => /^["'`\xAB\u2018-\u201F]\S*$/.test(form.getAttribute(name)!)),
  );
};
