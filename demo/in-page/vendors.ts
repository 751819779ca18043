/**
 * Owns the simulated vendors inside a page: the same as on loopback, called without a network. Must not let
 * a request leave the page.
 */
import { TokenStore, createBrainysoft } from "../vendors/brainysoft.ts";
import type { SimulatorEnv } from "../vendors/receive.ts";
import { createSakneen } from "../vendors/sakneen.ts";
import { VendorState } from "../vendors/state.ts";

/** Made up: they open nothing but the simulators of this page. */
const KEY = "the-vendors-key";

/** Addresses that nobody has (RFC 2606), as `baseUrl` of a target names them. */
export const BASE_URLS = {
  sakneen: "https://app.sakneen.example",
  brainysoft: "https://acme.brainysoft.example/bs-core",
};

/** As the proxy reads them. */
export const SECRETS = { SAKNEEN_API_KEY: KEY, BRAINYSOFT_TOKEN: KEY };

export const VENDORS = ["sakneen", "brainysoft"] as const;
export type VendorName = (typeof VENDORS)[number];

export interface InPageVendors {
  states: Readonly<Record<VendorName, VendorState>>;
  /** What the proxy calls vendors by. */
  fetch: (url: string, init: RequestInit) => Promise<Response>;
}

/** The two ends of a connection that a simulator may cut. */
const connection = (cut: () => void): SimulatorEnv["Bindings"] => {
  const socket = { destroy: cut, resetAndDestroy: cut };
  const outgoing = { destroyed: false, once: () => {}, off: () => {}, writeHead: () => {} };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- all that the simulators touch
  return { incoming: { socket }, outgoing } as unknown as SimulatorEnv["Bindings"];
};

const dropped = (): TypeError => new TypeError("The connection was cut.");

export const createInPageVendors = (): InPageVendors => {
  const states = { sakneen: new VendorState(), brainysoft: new VendorState() };
  const apps = {
    sakneen: createSakneen({ apiKey: KEY, state: states.sakneen }),
    brainysoft: createBrainysoft({
      token: KEY,
      clientId: KEY,
      clientSecret: KEY,
      state: states.brainysoft,
      tokens: new TokenStore(),
    }),
  };
  return {
    states,
    fetch: async (url, init) => {
      const { origin } = new URL(url);
      const name = origin === new URL(BASE_URLS.sakneen).origin ? "sakneen" : "brainysoft";
      const broken = Promise.withResolvers<never>();
      init.signal?.addEventListener("abort", () => broken.reject(dropped()));
      const env = connection(() => broken.reject(dropped()));
      return Promise.race([apps[name].fetch(new Request(url, init), env), broken.promise]);
    },
  };
};
