/** Owns an app under settings that store nothing, for tests of one request. Must not call anybody. */
import { createApp } from "../../../proxy/app.ts";
import type { AppDeps } from "../../../proxy/app.ts";
import { readConfig } from "../../../proxy/config/config.ts";
import { createCounters } from "../../../proxy/ledger/counters.ts";
import type { Line } from "../../../proxy/log.ts";
import { printForm } from "../../../widget/print/index.ts";

export const ORIGIN = "https://www.example.com";

const config = readConfig({
  TARGETS: {
    t: { vendor: "sakneen", baseUrl: "https://vendor.example", origins: [ORIGIN], storage: "none" },
  },
  SAKNEEN_API_KEY: "demo-key",
});

export const appWith = (deps: Partial<AppDeps>) => {
  const lines: Line[] = [];
  const app = createApp({
    printForm,
    config,
    isLocal: false,
    fetch: () => Promise.reject(new Error("nobody is called")),
    now: () => 0,
    log: (_, line) => void lines.push(line),
    newId: () => crypto.randomUUID(),
    addressOf: () => undefined,
    asset: async () => new Response(null, { status: 404 }),
    keyring: () => Promise.reject(new Error("nothing is stored")),
    storeFor: () => undefined,
    storesOf: () => [],
    counters: createCounters({ elapsed: () => 0, random: () => 0 }),
    sendAlert: undefined,
    waitUntil: () => {},
    ...deps,
  });
  return { app, lines };
};
