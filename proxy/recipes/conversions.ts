/**
 * Owns the upload of a conversion for each delivered lead that came by an ad. Must not send a name, a number
 * or an address on.
 *
 * For any host that speaks fetch. In the target: "events": {"url": "<its address>", "secret": "<name>",
 * "types": ["lead.delivered"], "content": true}, and "attribution" on the page, so that there is a click id.
 */
import { Webhook } from "standardwebhooks";

interface Deps {
  /** The same as the secret that the target names. */
  secret: string;
  /** Where conversions are taken; it has to know an `order_id` again. */
  uploadUrl: string;
  fetch: typeof fetch;
}

const CLICK_IDS = ["gclid", "gbraid", "wbraid", "fbclid", "msclkid", "ttclid", "yclid"] as const;

interface Delivered {
  type: string;
  timestamp: string;
  data: { lead: string; content?: { attribution: Readonly<Record<string, string>> } };
}

export const createConversions =
  ({ secret, uploadUrl, fetch: send }: Deps) =>
  async (request: Request): Promise<Response> => {
    let event: Delivered;
    try {
      const headers = Object.fromEntries(request.headers);
      event = new Webhook(secret).verify(await request.text(), headers) as Delivered;
    } catch {
      return new Response(null, { status: 401 });
    }
    const { attribution = {} } = event.data.content ?? {};
    const click = CLICK_IDS.find((name) => attribution[name]);
    if (event.type !== "lead.delivered" || !click) return new Response(null, { status: 204 });
    const response = await send(uploadUrl, {
      method: "POST",
      headers: { "content-type": "application/json" },
      // The receipt is what joins both sides, and what keeps a repeat from counting twice.
      body: JSON.stringify({
        order_id: event.data.lead,
        conversion_time: event.timestamp,
        [click]: attribution[click],
      }),
    });
    await response.body?.cancel();
    // Whatever was not taken comes again.
    return new Response(null, { status: response.ok ? 204 : 502 });
  };
