/**
 * Owns where a lead came from: page, referrer, campaign and click ids. Reads addresses only, and of
 * the page's own query nothing but the known ids, since the rest may be about a person.
 */
import { CAMPAIGN_FIELDS, type LeadRequest } from "../proxy/contract.ts";

export type Attribution = Partial<
  Pick<LeadRequest, "page" | "referrer" | (typeof CAMPAIGN_FIELDS)[number]>
>;

/** Long enough for any campaign name; the whole body has 16 KiB. */
const MAX_LENGTH = 500;

const STORAGE_KEY = "lead-form-campaign";

/** The address without query and fragment; "" for what is none, such as `about:srcdoc`. */
const withoutQuery = (address: string): string =>
  /^https?:/.test(address) ? address.replace(/[?#].*/s, "").slice(0, MAX_LENGTH) : "";

const readCampaign = (query: string): Attribution => {
  const given = new URLSearchParams(query);
  return Object.fromEntries(
    CAMPAIGN_FIELDS.map((name) => [name, given.get(name)?.slice(0, MAX_LENGTH)]).filter(
      ([, value]) => value,
    ),
  );
};

/**
 * The campaign that brought the visitor into this session: this page's ids if it has any, else those
 * of an earlier page. A sandboxed frame throws on any use of storage; then there is only this page.
 */
export const keepCampaign = (): Attribution => {
  const campaign = readCampaign(location.search);
  try {
    if (Object.keys(campaign).length === 0)
      return readCampaign(sessionStorage.getItem(STORAGE_KEY) ?? "");
    sessionStorage.setItem(
      STORAGE_KEY,
      new URLSearchParams(campaign as Record<string, string>).toString(),
    );
  } catch {
    // No storage here.
  }
  return campaign;
};

/** @param mode value of the `attribution` attribute; anything unknown counts as `page` */
export const readAttribution = (mode: string): Attribution =>
  mode === "off"
    ? {}
    : {
        // In a frame made of text only the referrer knows the page.
        page: withoutQuery(location.href) || withoutQuery(document.referrer),
        referrer: withoutQuery(document.referrer),
        ...(mode === "session" ? keepCampaign() : readCampaign(location.search)),
      };
