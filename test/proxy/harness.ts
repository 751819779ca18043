/**
 * Owns the proxy under test: the built Worker as the documented command runs it, in real workerd,
 * with both vendors simulated. Its calls outward are workerd's own, resets and redirects included.
 */
import { once } from "node:events";
import { DEMO_SECRETS, startVendors } from "../../demo/vendors/server.ts";
import type { Vendors } from "../../demo/vendors/server.ts";
import { startWorker } from "../../demo/worker.ts";

export const ORIGIN = "https://www.example.com";

export const SECRETS = {
  SAKNEEN_API_KEY: DEMO_SECRETS.SAKNEEN_API_KEY,
  BRAINYSOFT_TOKEN: DEMO_SECRETS.BRAINYSOFT_TOKEN,
};

/** Two targets that pass; a test overrides what it is about. */
export const targetsFor = ({ sakneen, brainysoft }: Vendors) => ({
  sakneen: {
    vendor: "sakneen",
    baseUrl: sakneen.baseUrl,
    country: "EG",
    origins: [ORIGIN, "https://*.example.org"],
    projects: ["Downtown Tower", "Palm Hills"],
    storage: "none",
  },
  brainysoft: {
    vendor: "brainysoft",
    baseUrl: brainysoft.baseUrl,
    country: "RU",
    origins: ["https://loans.example.ru"],
    storage: "none",
    extra: { channel: "LOAN_APPLICATION" },
  },
});

export interface Proxy {
  url: string;
  vendors: Vendors;
  /** A request to the Worker, as a browser or another program would send it. */
  fetch: (path: string, init?: RequestInit) => Promise<Response>;
  /** Everything that the Worker and its runner have printed. */
  logs: () => string;
  /** The Worker's lines about its attempts at a vendor, oldest first, once there are that many. */
  deliveries: (count: number) => Promise<Record<string, unknown>[]>;
  close: () => Promise<void>;
}

export interface ProxyOptions {
  targets?: (vendors: Vendors) => unknown;
  secrets?: (vendors: Vendors) => Record<string, string>;
}

/** Starts the Worker and the simulators on free loopback ports. */
export const startProxy = async ({
  targets = targetsFor,
  secrets = () => SECRETS,
}: ProxyOptions = {}): Promise<Proxy> => {
  const vendors = await startVendors();
  const worker = await startWorker({
    vars: { TARGETS: JSON.stringify(targets(vendors)) },
    secrets: secrets(vendors),
  }).catch(async (error: unknown) => {
    await vendors.close();
    throw error;
  });
  return {
    url: worker.url,
    vendors,
    fetch: (path, init) => fetch(new URL(path, worker.url), { redirect: "manual", ...init }),
    logs: worker.output,
    deliveries: async (count) => {
      const read = () =>
        [...worker.output().matchAll(/\{"event":"delivery".*?\}/g)].map(
          ([line]) => JSON.parse(line) as Record<string, unknown>,
        );
      // Output comes through two processes, so a line may follow its answer.
      while (read().length < count) await once(worker.events, "output");
      return read();
    },
    close: async () => {
      await worker.close();
      await vendors.close();
    },
  };
};

/** What a visitor of each target types when nothing is wrong. */
export const LEADS = {
  sakneen: { target: "sakneen", name: "Mona Adel", phone: "01012345678" },
  brainysoft: { target: "brainysoft", name: "Фридрих", phone: "8 (977) 620-07-77" },
} as const;

const ORIGINS: Readonly<Record<string, string>> = {
  sakneen: ORIGIN,
  brainysoft: "https://loans.example.ru",
};

const originFor = (target = ""): string =>
  (Object.hasOwn(ORIGINS, target) && ORIGINS[target]) || ORIGIN;

export interface PostOptions {
  origin?: string | undefined;
  accept?: string;
  json?: boolean;
}

/** Posts a lead as the widget does, urlencoded, or as JSON. */
export const postLead = (
  proxy: Proxy,
  lead: Readonly<Record<string, string>>,
  { origin = originFor(lead["target"]), accept, json }: PostOptions = {},
): Promise<Response> =>
  proxy.fetch("/v1/leads", {
    method: "POST",
    headers: {
      origin,
      accept: accept ?? "application/json",
      ...(json && { "content-type": "application/json" }),
    },
    body: json ? JSON.stringify(lead) : new URLSearchParams(lead),
  });
