/** Owns what the extras look after at each drawing of a form. */
import { tellDataLayer } from "./data-layer.ts";
import { syncDialog } from "./dialog.ts";
import { hint } from "./hints.ts";
import type { OptionsElement } from "./options.ts";
import { type Follower, watchLanguage } from "./watch-language.ts";

export const attend = (
  form: OptionsElement,
  forms: ReadonlySet<Follower>,
  started: boolean,
): void => {
  hint(form);
  syncDialog(form);
  watchLanguage(form, forms);
  tellDataLayer(form, started);
};
