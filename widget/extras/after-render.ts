/** Owns the work of the extras after each drawing of a form. Must not draw. */
import { keepCampaign } from "./campaign.ts";
import { pushToDataLayer } from "./data-layer.ts";
import { syncDialog } from "./dialog.ts";
import { warn } from "./dev-warnings.ts";
import type { AttributesElement } from "../element/attributes.ts";
import { keepKeys } from "./own-keys.ts";
import { type Follower, watchLanguage } from "./watch-language.ts";

export const attend = (
  form: AttributesElement,
  forms: ReadonlySet<Follower>,
  started: boolean,
): void => {
  // Of the page that the visitor came to, whatever page the form is sent from.
  if (form.attribution === "session") keepCampaign();
  warn(form);
  keepKeys(form);
  syncDialog(form);
  watchLanguage(form, forms);
  pushToDataLayer(form, started);
};
