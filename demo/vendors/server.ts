/**
 * Owns the start of both simulated vendors on loopback, and what a test may ask of them. Must not listen
 * on another address.
 */
import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import { createBrainysoft, TokenStore } from "./brainysoft.ts";
import { THIEF_PATH } from "./faults.ts";
import type { Faults } from "./modes.ts";
import type { SimulatorEnv } from "./receive.ts";
import { createSakneen } from "./sakneen.ts";
import { type ReceivedRequest, type StoredLead, VendorState } from "./state.ts";

export type { Faults } from "./modes.ts";

/** Under the names that the proxy reads them by. Made up: they open nothing but the simulators. */
export const DEMO_SECRETS = {
  SAKNEEN_API_KEY: "demo-sakneen-key",
  BRAINYSOFT_TOKEN: "demo-brainysoft-token",
  BRAINYSOFT_CLIENT_ID: "demo-client",
  BRAINYSOFT_CLIENT_SECRET: "demo-client-secret",
};
export type VendorSecrets = typeof DEMO_SECRETS;

export interface StartOptions {
  /** A free port each unless given. */
  ports?: { sakneen?: number; brainysoft?: number };
  secrets?: Partial<VendorSecrets>;
}

export interface VendorHandle {
  /** The origin, without a slash at the end. */
  url: string;
  /** What `baseUrl` of a target must say. */
  baseUrl: string;
  /** Leads that the vendor holds, oldest first. */
  leads(): readonly StoredLead[];
  /** Requests to the vendor's own paths, the token endpoint among them, oldest first. */
  requests(): readonly ReceivedRequest[];
  /** Requests that followed `redirect_302`. */
  stolen(): readonly ReceivedRequest[];
  setFaults(faults: Faults): void;
  /** Forgets leads, requests and faults. */
  clear(): void;
}

interface BrainysoftHandle extends VendorHandle {
  /** What `BRAINYSOFT_TOKEN_URL` must say. */
  tokenUrl: string;
  /** Tokens that were issued so far are refused from now on. */
  revokeTokens(): void;
}

export interface Vendors {
  sakneen: VendorHandle;
  brainysoft: BrainysoftHandle;
  /** Ends at once, whatever still hangs. */
  close(): Promise<void>;
}

interface Listening {
  url: string;
  close(): Promise<void>;
}

/** @param port 0 for any free one */
export const listen = async (
  app: Pick<Hono<SimulatorEnv>, "fetch">,
  port: number,
): Promise<Listening> => {
  const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
  const bound = Promise.withResolvers<void>();
  server.once("error", bound.reject);
  server.listen(port, "127.0.0.1", bound.resolve);
  await bound.promise;
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("The simulator has no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
};

const handle = (url: string, basePath: string, state: VendorState): VendorHandle => {
  const byThief = ({ path }: ReceivedRequest) => path.startsWith(THIEF_PATH);
  return {
    url,
    baseUrl: url + basePath,
    leads: () => state.leads,
    requests: () => state.requests.filter((request) => !byThief(request)),
    stolen: () => state.requests.filter(byThief),
    setFaults: (faults) => state.setFaults(faults),
    clear() {
      state.clear();
      state.setFaults({ mode: "ok" });
    },
  };
};

export const startVendors = async ({
  ports = {},
  secrets = {},
}: StartOptions = {}): Promise<Vendors> => {
  const keys = { ...DEMO_SECRETS, ...secrets };
  const states = { sakneen: new VendorState(), brainysoft: new VendorState() };
  const tokens = new TokenStore();
  const sakneen = await listen(
    createSakneen({ apiKey: keys.SAKNEEN_API_KEY, state: states.sakneen }),
    ports.sakneen ?? 0,
  );
  const brainysoft = await listen(
    createBrainysoft({
      token: keys.BRAINYSOFT_TOKEN,
      clientId: keys.BRAINYSOFT_CLIENT_ID,
      clientSecret: keys.BRAINYSOFT_CLIENT_SECRET,
      state: states.brainysoft,
      tokens,
    }),
    ports.brainysoft ?? 0,
  ).catch(async (error: unknown) => {
    await sakneen.close();
    throw error;
  });
  return {
    sakneen: handle(sakneen.url, "", states.sakneen),
    brainysoft: {
      ...handle(brainysoft.url, "/bs-core", states.brainysoft),
      tokenUrl: `${brainysoft.url}/oauth/token`,
      revokeTokens: () => tokens.revokeAll(),
    },
    close: async () => {
      await Promise.all([sakneen.close(), brainysoft.close()]);
    },
  };
};
