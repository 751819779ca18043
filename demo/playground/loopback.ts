/** Owns the calls to what `npm start` runs: proxy, vendors and receiver. Must not call anything outside this machine. */
import { FIELDS_PATH } from "../../proxy/shared/contract.ts";
import type { Definitions } from "../../proxy/shared/own-fields.ts";
import { isLoopback } from "../settings/settings.ts";
import { RECEIVER_PORT, VENDOR_PORTS } from "../vendors/ports.ts";
import type { Backend, OperatorSide, VendorName, VendorSide } from "./backend.ts";

const vendor = (name: VendorName, search: string): VendorSide => {
  const given = new URLSearchParams(search).get(name) ?? "";
  const origin = isLoopback(given) ? given : `http://127.0.0.1:${VENDOR_PORTS[name]}`;
  /** @throws TypeError when no vendor answers there */
  const call = async (method: string, path: string, body?: string): Promise<Response> => {
    const answer = await fetch(origin + path, { method, ...(body && { body }) });
    if (!answer.ok) throw new TypeError(`${origin}${path} answered ${answer.status}`);
    return answer;
  };
  return {
    place: new URL(origin).host,
    setFaults: async (faults) => void (await call("PUT", "/_faults", JSON.stringify(faults))),
    look: async () => {
      const [requests, leads] = await Promise.all([
        call("GET", "/_requests"),
        call("GET", "/_leads"),
      ]);
      return { requests: await requests.json(), leads: await leads.json() };
    },
    clear: async () => void (await call("DELETE", "/_leads")),
  };
};

/** Where `npm start` says that its receiver is, else where it usually is. */
const receiverAddress = (search: string): string => {
  const port = new URLSearchParams(search).get("receiver") ?? "";
  return `http://127.0.0.1:${/^\d{2,5}$/.test(port) ? port : RECEIVER_PORT}/_operator`;
};

const NOTHING: Definitions = { version: "", fields: [] };

const askFields = async (target: string): Promise<Definitions> => {
  try {
    const answer = await fetch(FIELDS_PATH + encodeURIComponent(target));
    return answer.ok ? ((await answer.json()) as Definitions) : NOTHING;
  } catch {
    return NOTHING;
  }
};

export const createLoopback = ({
  origin,
  search,
}: Pick<Location, "origin" | "search">): Backend => {
  const told = new Map<string, Promise<Definitions>>();
  return {
    origin,
    servesPages: true,
    definitionsOf: (target) => {
      const known = told.get(target) ?? askFields(target);
      told.set(target, known);
      return known;
    },
    vendors: { sakneen: vendor("sakneen", search), brainysoft: vendor("brainysoft", search) },
    operator: async () => {
      try {
        const answer = await fetch(receiverAddress(search));
        return answer.ok ? ((await answer.json()) as OperatorSide) : undefined;
      } catch {
        return undefined;
      }
    },
  };
};
