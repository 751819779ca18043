/** Owns what the extras look after at each drawing of a form. */
import { keepCampaign } from "./campaign.ts";
import { tellDataLayer } from "./data-layer.ts";
import { syncDialog } from "./dialog.ts";
import { hint } from "./dev-warnings.ts";
import { type Drafted, clearReused } from "./clear-reused-controls.ts";
import { type Follower, watchLanguage } from "./watch-language.ts";

export const attend = (form: Drafted, forms: ReadonlySet<Follower>, started: boolean): void => {
  // Of the page that the visitor came to, whatever page the form is sent from.
  if (form.attribution === "session") keepCampaign();
  clearReused(form);
  hint(form);
  syncDialog(form);
  watchLanguage(form, forms);
  tellDataLayer(form, started);
};
