/**
 * Owns the campaign and click ids: of this page, and those kept for the visit. Must not store anything
 * else.
 */
import { CAMPAIGN_FIELDS } from "../../proxy/shared/contract.ts";

const STORAGE_KEY = "lead-form-campaign";

export type Campaign = Record<string, string>;

/** The campaign and click ids of a query, and nothing else of it, since the rest may be about a person. */
const readQuery = (query: string): Campaign => {
  const given = new URLSearchParams(query);
  return Object.fromEntries(
    CAMPAIGN_FIELDS.map((name) => [name, given.get(name)?.slice(0, 500) ?? ""]).filter(
      ([, value]) => value,
    ),
  ) as Campaign;
};

/**
 * Those of the address at which the script started and of the present one, which wins: a single-page
 * application may have replaced its address meanwhile.
 * @param arrival query of the first of the two
 */
export const readCampaign = (arrival: string): Campaign => ({
  ...readQuery(arrival),
  ...readQuery(location.search),
});

/**
 * The campaign that brought the visitor into this session: this page's ids if it has any, else those
 * of an earlier page. A sandboxed frame throws on any use of storage; then there is only this page.
 */
export const keepCampaign = (arrival: string): Campaign => {
  const here = readCampaign(arrival);
  const query = new URLSearchParams(here).toString();
  try {
    if (query) sessionStorage.setItem(STORAGE_KEY, query);
    return readQuery(sessionStorage.getItem(STORAGE_KEY) ?? "");
  } catch {
    return here;
  }
};
