/**
 * Owns the campaign and click ids: of this page, and those kept for the visit. Must not store anything
 * else.
 */
import { CAMPAIGN_FIELDS } from "../../proxy/shared/contract.ts";

const STORAGE_KEY = "lead-form-campaign";

export type Campaign = Record<string, string>;

/** The campaign and click ids of a query, and nothing else of it, since the rest may be about a person. */
export const readCampaign = (query: string): Campaign => {
  const given = new URLSearchParams(query);
  return Object.fromEntries(
    CAMPAIGN_FIELDS.map((name) => [name, given.get(name)?.slice(0, 500) ?? ""]),
  );
};

/**
 * The campaign that brought the visitor into this session: this page's ids if it has any, else those
 * of an earlier page. A sandboxed frame throws on any use of storage; then there is only this page.
 */
export const keepCampaign = (): Campaign => {
  const here = readCampaign(location.search);
  const query = new URLSearchParams(Object.entries(here).filter(([, value]) => value)).toString();
  try {
    if (query) sessionStorage.setItem(STORAGE_KEY, query);
    return readCampaign(sessionStorage.getItem(STORAGE_KEY) ?? "");
  } catch {
    return here;
  }
};
