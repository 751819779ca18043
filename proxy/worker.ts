/**
 * Owns the Worker entry: bindings in, `createApp()` out. Must not read settings per request: they
 * are read once, at start.
 */
import { env, waitUntil } from "cloudflare:workers";
import { createAlertSender } from "./alerts.ts";
import { createApp } from "./app.ts";
import { readBundled } from "./config/bundled.ts";
import { readConfig } from "./config/config.ts";
import type { Environment } from "./config/environment.ts";
import type { Target } from "./config/target.ts";
import type { LedgerObject } from "./ledger/cloudflare/durable-object.ts";
import { createKeyring } from "./ledger/seal.ts";
import { consoleLog, logConfig } from "./log.ts";
import { printer } from "../widget/print/index.ts";

export { LedgerObject } from "./ledger/cloudflare/durable-object.ts";

interface Bindings {
  /** The built files beside the Worker: the script, and the demo. */
  ASSETS: { fetch: (request: Request) => Promise<Response> };
  LEDGER: DurableObjectNamespace<LedgerObject>;
}
const bindings = env as unknown as Bindings & Environment;

const config = readConfig(bindings, readBundled(bindings));
logConfig(consoleLog, config);

/** The store of a shard. The number of shards is fixed with the first lead: ids are found by it. */
const shardStore = (
  { key, jurisdiction }: Target,
  shard: number,
): DurableObjectStub<LedgerObject> => {
  const namespace = jurisdiction ? bindings.LEDGER.jurisdiction(jurisdiction) : bindings.LEDGER;
  return namespace.get(namespace.idFromName(`${key}:${shard}`));
};

const shardsOf = (target: Target): DurableObjectStub<LedgerObject>[] =>
  Array.from({ length: target.shards }, (_, shard) => shardStore(target, shard));

const stored = (): Target[] =>
  [...config.targets.values()].filter((target) => target?.storage === "ledger") as Target[];

const fetchOut = (url: string, init: RequestInit) => fetch(url, init);

let keyring: ReturnType<typeof createKeyring> | undefined;

const app = createApp({
  config,
  fetch: fetchOut,
  now: () => Date.now(),
  log: consoleLog,
  newId: () => crypto.randomUUID(),
  printer,
  // The assets binding ignores the host of the URL.
  asset: (path) => bindings.ASSETS.fetch(new Request(new URL(path, "https://assets.invalid"))),
  // Cloudflare overwrites this header; a visitor cannot set it.
  addressOf: (request) => request.headers.get("cf-connecting-ip") ?? undefined,
  keyring: () => (keyring ??= createKeyring(config.ledgerKeys ?? new Map())),
  storeFor: (target, id) =>
    target.storage === "ledger"
      ? shardStore(target, Number.parseInt(id.slice(0, 8), 16) % target.shards)
      : undefined,
  storesOf: (target) => (target.storage === "ledger" ? shardsOf(target) : []),
  sendAlert: config.alerts && createAlertSender(config.alerts, fetchOut),
  waitUntil,
});

export default {
  fetch: (request: Request) => app.fetch(request),
  /** The watchdog: every minute it wakes each store, in case an alarm was lost. */
  scheduled: async (): Promise<void> => {
    const stores = stored().flatMap(shardsOf);
    await Promise.allSettled(stores.map((store) => store.wake()));
  },
};
