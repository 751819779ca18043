/**
 * Owns where a lead came from: page, referrer, campaign and click ids. Reads addresses only, and of
 * a query nothing but the known ids, since the rest may be about a person.
 */
import { CAMPAIGN_FIELDS } from "../proxy/contract.ts";

export type Attribution = Record<string, string>;

/** Without query and fragment, and not endless; "" for what is no page, such as `about:srcdoc`. */
const bare = (address: string): string => (/^http[^?#]{0,500}/.exec(address) ?? [""])[0];

/** The campaign and click ids of a query. */
export const readCampaign = (query: string): Attribution => {
  const given = new URLSearchParams(query);
  return Object.fromEntries(
    CAMPAIGN_FIELDS.map((name) => [name, given.get(name)?.slice(0, 500) ?? ""]),
  );
};

/** In a frame made of text only the referrer knows the page. */
export const readAttribution = (): Attribution => ({
  page: bare(location.href) || bare(document.referrer),
  referrer: bare(document.referrer),
  ...readCampaign(location.search),
});
