/** Owns the country picker: a native select, transparent over its face. Must not choose a country. */
import type { html as Html } from "lit/html.js";
import type { View } from "../element/view/model.ts";
import { callingCodes } from "./phone/index.ts";
import { fillCountries } from "./country-options.ts";

/**
 * Its list is filled when it gets the focus or is pressed, before it opens.
 * Lit is passed in, since a second copy of it would cost 2.8 kB.
 */
export const countryPicker = (html: typeof Html, view: View) => {
  const { form, language, text, phone } = view;
  const code = callingCodes[phone.country];
  const face = phone.country + (code ? ` +${code}` : "") || "+";
  const open = (event: Event) =>
    fillCountries(event.target as HTMLSelectElement, phone.context.offered ?? [], language.tag);
  return html`<bdi dir="ltr" aria-hidden="true">${view.node("face", face)}</bdi
    ><select
      name="country"
      autocomplete="tel-country-code"
      aria-label=${text("country")}
      ?disabled=${form.matches(":disabled")}
      @focus=${open}
      @mousedown=${open}
    ></select>`;
};
