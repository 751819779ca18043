/**
 * Owns a register of consents that outlasts the proxy's own traces of a lead. Must not register one twice, or
 * hold more of a person than the law asks for.
 *
 * For any host that speaks fetch. In the target: "events": {"url": "<its address>", "secret": "<name>",
 * "types": ["lead.accepted"], "content": true}.
 */
import { Webhook } from "standardwebhooks";

/** One consent: who can be asked for by number, and what was agreed to. */
export interface Consent {
  receipt: string;
  target: string;
  phone: string;
  /** The version of the text that was agreed to. */
  version: string;
  at: string;
}

interface Deps {
  secret: string;
  /** Writes to storage that lasts; a receipt that is there already changes nothing. */
  register: (consent: Consent) => Promise<void>;
}

interface Accepted {
  type: string;
  timestamp: string;
  data: { lead: string; target: string; content?: { phone: string; consent: string | null } };
}

export const createConsents =
  ({ secret, register }: Deps) =>
  async (request: Request): Promise<Response> => {
    let event: Accepted;
    try {
      const headers = Object.fromEntries(request.headers);
      event = new Webhook(secret).verify(await request.text(), headers) as Accepted;
    } catch {
      return new Response(null, { status: 401 });
    }
    const { lead: receipt, target, content } = event.data;
    if (event.type === "lead.accepted" && content?.consent)
      await register({
        receipt,
        target,
        phone: content.phone,
        version: content.consent,
        at: event.timestamp,
      });
    return new Response(null, { status: 204 });
  };
