/**
 * Owns the demo as QA's list finds it with `npm start`: vendors, Worker, receiver. Must not build, and must
 * not share a port.
 */
import { qaTargets } from "../../demo/qa/targets.ts";
import type { SeenLead, VendorName } from "../../demo/qa/model.ts";
import { freePort } from "../../demo/run/free-port.ts";
import { startReceiver } from "../../demo/run/receiver.ts";
import { startWorker } from "../../demo/run/worker.ts";
import { DEMO_SECRETS, startVendors } from "../../demo/vendors/server.ts";

const OPERATOR_TOKEN = "qa-test-operator-token-0123456789ab";
const ALERT_SECRET = `whsec_${Buffer.alloc(24, 6).toString("base64")}`;

export interface QaWorld {
  /** Of the list, with the ways to its vendors. */
  address: string;
  /** Bodies that a vendor holds, by its own word. */
  held: (vendor: VendorName) => Promise<Readonly<Record<string, unknown>>[]>;
  /** Leads as the operator's list has them, newest first; none of a target that is not there. */
  leads: (target: string) => Promise<SeenLead[]>;
  close: () => Promise<void>;
}

export const startQa = async (): Promise<QaWorld> => {
  const vendors = await startVendors();
  const { SAKNEEN_API_KEY, BRAINYSOFT_TOKEN } = DEMO_SECRETS;
  const { sakneen, brainysoft } = vendors;
  const port = await freePort();
  const pages = `http://localhost:${port}`;
  const side = { url: "/operator", token: OPERATOR_TOKEN };
  const receiver = await startReceiver(0, ALERT_SECRET, side, pages);
  const worker = await startWorker({
    port,
    vars: {
      TARGETS: JSON.stringify(
        qaTargets({
          baseUrls: { sakneen: sakneen.baseUrl, brainysoft: brainysoft.baseUrl },
          origins: [pages],
        }),
      ),
    },
    secrets: {
      SAKNEEN_API_KEY,
      BRAINYSOFT_TOKEN,
      OPERATOR_TOKEN,
      LEDGER_KEYS: JSON.stringify({ k1: Buffer.alloc(32, 1).toString("base64") }),
      ALERT_WEBHOOK_URL: receiver.url,
      ALERT_WEBHOOK_SECRET: receiver.secret,
    },
  });
  const query = new URLSearchParams({
    sakneen: sakneen.url,
    brainysoft: brainysoft.url,
    receiver: new URL(receiver.url).port,
  });
  const read = async (address: string): Promise<unknown> => {
    const headers = { authorization: `Bearer ${OPERATOR_TOKEN}` };
    return (await fetch(address, { headers })).json();
  };
  return {
    address: `${worker.url}/demo/qa.html?${query}`,
    held: async (vendor) => {
      const held = (await read(`${vendors[vendor].url}/_leads`)) as { body: object }[];
      return held.map(({ body }) => ({ ...body }));
    },
    leads: async (target) => {
      const answer = await read(`${worker.url}/operator/leads?target=${target}`);
      return (Object(answer).leads ?? []) as SeenLead[];
    },
    close: async () => {
      await worker.close();
      await receiver.close();
      await vendors.close();
    },
  };
};
