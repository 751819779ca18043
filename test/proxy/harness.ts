/** Owns the proxy under test: the built Worker in real workerd, with both vendors simulated. */
import { createTestHarness } from "wrangler";
import { DEMO_SECRETS, startVendors } from "../../demo/vendors/server.ts";
import type { Vendors } from "../../demo/vendors/server.ts";

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
  /** Everything that the Worker has logged. */
  logs: () => string;
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
  const server = createTestHarness({
    workers: [
      {
        configPath: "./dist/worker/wrangler.json",
        vars: { TARGETS: JSON.stringify(targets(vendors)) },
        secrets: secrets(vendors),
      },
    ],
  });
  const { url } = await server.listen();
  return {
    url: url.origin,
    vendors,
    fetch: (path, init) => fetch(new URL(path, url), { redirect: "manual", ...init }),
    logs: () => JSON.stringify(server.getLogs()),
    close: async () => {
      await server.close();
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

export interface PostOptions {
  origin?: string | undefined;
  accept?: string;
  json?: boolean;
}

/** Posts a lead as the widget does, urlencoded, or as JSON. */
export const postLead = (
  proxy: Proxy,
  lead: Readonly<Record<string, string>>,
  { origin = ORIGINS[lead["target"] ?? ""] ?? ORIGIN, accept, json }: PostOptions = {},
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
