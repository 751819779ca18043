/**
 * Owns the proxy inside a page: its own code from the first refusal to the vendor, with a store in memory and
 * simulated vendors. Must not send a request.
 */
import { createApp } from "../../proxy/app.ts";
import type { AppDeps } from "../../proxy/app.ts";
import { readConfig } from "../../proxy/config/config.ts";
import type { Target } from "../../proxy/config/target.ts";
import { VERSION } from "../../proxy/config/version.ts";
import { deliver } from "../../proxy/lead/deliver.ts";
import type { Lead } from "../../proxy/lead/lead.ts";
import { createCounters } from "../../proxy/ledger/counters.ts";
import { FOREIGN_PLANS } from "../../proxy/phone/plans.generated.ts";
import { plansPath } from "../../proxy/http/phone-plans.ts";
import { createKeyring, open } from "../../proxy/ledger/seal.ts";
import type { Faults } from "../vendors/modes.ts";
import { demoTargets } from "../run/targets.ts";
import { BASE_URLS, SECRETS, VENDORS, createInPageVendors } from "./vendors.ts";
import type { InPageVendors, VendorName } from "./vendors.ts";
import { createMemoryStore } from "./store.ts";
import type { KeptLead, MemoryStore } from "./store.ts";

/** The page on which the form is, as far as the proxy is told: no script may set the header by itself. */
const PAGE = "https://www.example.com";
/** Milliseconds that a vendor has when nobody waits. */
const CALL = 10_000;

/** A request, and what was answered. */
export interface Exchange {
  method: string;
  url: string;
  fields: Readonly<Record<string, string>>;
  status: number;
  answer: string;
}

export interface InPageProxy {
  /** Answers as the proxy at this address would. */
  fetch: (request: Request) => Promise<Response>;
  vendors: InPageVendors["states"];
  stored: () => readonly KeptLead[];
  exchanges: readonly Exchange[];
  /** What both vendors do from now on, or one; what waits is tried again. */
  setFaults: (faults: Faults, only?: VendorName) => Promise<void>;
}

const drawKey = (): string =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))));

const settings = (publicUrl: string) =>
  readConfig({
    ...SECRETS,
    PUBLIC_URL: publicUrl,
    LEDGER_KEYS: JSON.stringify({ page: drawKey() }),
    TARGETS: demoTargets({
      baseUrls: { ...BASE_URLS, north: BASE_URLS.sakneen },
      origins: [PAGE],
    }),
  });

/** With the header of a page, which the browser lets no script write. */
const fromPage = async (request: Request): Promise<{ request: Request; body: string }> => {
  const body = await request.text();
  const headers = new Headers(request.headers);
  headers.set("origin", PAGE);
  // Not every browser gives the body of a request as a stream; all do so for an answer.
  const carrier = new Response(body || null);
  const plain = {
    url: request.url,
    method: request.method,
    headers,
    body: carrier.body,
    get bodyUsed() {
      return carrier.bodyUsed;
    },
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- all that the proxy reads of one
  return { request: plain as Request, body };
};

/** Calls the vendor for a lead that was stored earlier, as the ledger's dispatcher does. */
const createRetry =
  (
    {
      targets,
      keyring,
    }: { targets: ReadonlyMap<string, Target | undefined>; keyring: AppDeps["keyring"] },
    deps: Pick<AppDeps, "fetch" | "now" | "log">,
  ) =>
  async (key: string, store: MemoryStore, kept: KeptLead): Promise<void> => {
    const target = targets.get(key);
    const text = await open(await keyring(), kept.id, key, kept);
    if (!target || text === undefined) return;
    const lead: Lead = JSON.parse(text);
    const outcome = await deliver(target, lead, deps, CALL);
    await store.finish(kept.id, kept.attempt + 1, outcome);
  };

/** @param publicUrl the proxy's address, as the forms of the page name it */
export const createInPageProxy = (publicUrl: string, onChange: () => void): InPageProxy => {
  const config = settings(publicUrl);
  const vendors = createInPageVendors();
  const stores = new Map<string, MemoryStore>();
  const exchanges: Exchange[] = [];
  let ring: ReturnType<typeof createKeyring> | undefined;
  const keyring = () => (ring ??= createKeyring(config.ledgerKeys ?? new Map()));
  const world = { fetch: vendors.fetch, now: () => Date.now(), log: () => {} };
  const storeFor = ({ key, storage }: Target): MemoryStore | undefined => {
    if (storage === "none") return undefined;
    const store = stores.get(key) ?? createMemoryStore(onChange);
    stores.set(key, store);
    return store;
  };
  const app = createApp({
    ...world,
    config,
    keyring,
    newId: () => crypto.randomUUID(),
    printForm: async () => "",
    asset: async (path) =>
      path === plansPath(VERSION)
        ? new Response(FOREIGN_PLANS)
        : new Response(null, { status: 404 }),
    addressOf: () => undefined,
    counters: createCounters({ elapsed: () => performance.now(), random: Math.random }),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an operator, who asks for more, is not there
    storeFor: storeFor as unknown as AppDeps["storeFor"],
    storesOf: () => [],
    isLocal: true,
    sendAlert: undefined,
    waitUntil: () => {},
  });
  const retry = createRetry({ targets: config.targets, keyring }, world);
  return {
    vendors: vendors.states,
    exchanges,
    stored: () => [...stores.values()].flatMap((store) => store.leads()),
    fetch: async (asked) => {
      const { request, body } = await fromPage(asked);
      const response = await app.fetch(request);
      const answer = await response.clone().text();
      const fields = Object.fromEntries(new URLSearchParams(body));
      if (request.method === "POST")
        exchanges.push({
          method: "POST",
          url: request.url,
          fields,
          status: response.status,
          answer,
        });
      onChange();
      return response;
    },
    setFaults: async (faults, only) => {
      for (const name of VENDORS)
        if (only === undefined || only === name) vendors.states[name].setFaults(faults);
      const waiting = [...stores].flatMap(([key, store]) =>
        store
          .leads()
          .filter(({ state }) => state === "waiting")
          .map((lead) => [key, store, lead] as const),
      );
      for (const each of waiting) await retry(...each);
      onChange();
    },
  };
};
