/** Owns what `attribution="session"` keeps: campaign and click ids, nothing else, for this visit. */
import { type Attribution, readCampaign } from "./attribution.ts";

const STORAGE_KEY = "lead-form-campaign";

/**
 * The campaign that brought the visitor into this session: this page's ids if it has any, else those
 * of an earlier page. A sandboxed frame throws on any use of storage; then there is only this page.
 */
export const keepCampaign = (): Attribution => {
  const here = readCampaign(location.search);
  const query = new URLSearchParams(Object.entries(here).filter(([, value]) => value)).toString();
  try {
    if (query) sessionStorage.setItem(STORAGE_KEY, query);
    return readCampaign(sessionStorage.getItem(STORAGE_KEY) ?? "");
  } catch {
    return here;
  }
};
