/** Owns what the extras look after at each drawing of a form. */
import { tellDataLayer } from "./data-layer.ts";
import { syncDialog } from "./dialog.ts";
import { hint } from "./hints.ts";
import type { LeadForm } from "./lead-form.ts";
import { watchLanguage } from "./watch-language.ts";

export const attend = (form: LeadForm, forms: ReadonlySet<LeadForm>, started: boolean): void => {
  hint(form);
  syncDialog(form);
  watchLanguage(form, forms);
  tellDataLayer(form, started);
};
