/**
 * Owns the origin of a lead: page, referrer, campaign and click ids. Must not read more than
 * addresses.
 */
import { keepCampaign, readCampaign } from "./campaign.ts";

/** Without query and fragment, and not endless; "" for what is no page, such as `about:srcdoc`. */
const bare = (address: string): string => /^(?:http[^?#]{0,500})?/.exec(address)![0];

/**
 * @param mode the value of the `attribution` attribute
 * @param arrival query of the address at which the script started
 * @returns the wire's fields; in a frame made of text only the referrer knows the page
 */
export const readAttribution = (mode: string, arrival: string): Record<string, string> =>
  mode === "off"
    ? {}
    : {
        page: bare(location.href) || bare(document.referrer),
        referrer: bare(document.referrer),
        ...(mode === "session" ? keepCampaign(arrival) : readCampaign(arrival)),
      };
