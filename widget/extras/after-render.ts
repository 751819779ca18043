/** Owns the work of the extras after each drawing of a form. Must not draw. */
import { keepCampaign } from "./campaign.ts";
import { pushToDataLayer } from "./data-layer.ts";
import { syncDialog } from "./dialog.ts";
import { warn } from "./dev-warnings.ts";
import type { AttributesElement } from "../element/attributes.ts";
import { keepKeys } from "./own-keys.ts";
import { type Follower, watchLanguage } from "./watch-language.ts";

/** @param arrival query of the address at which the script started */
export const attend = (
  form: AttributesElement,
  forms: ReadonlySet<Follower>,
  started: boolean,
  arrival: string,
): void => {
  // Of the page that the visitor came to, whatever page the form is sent from.
  if (form.attribution === "session") keepCampaign(arrival);
  warn(form);
  keepKeys(form);
  syncDialog(form);
  watchLanguage(form, forms);
  pushToDataLayer(form, started);
};
