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
import { toAddress } from "./http/address.ts";
import { endWith } from "./http/end-with.ts";
import type { PlatformGate } from "./http/gate.ts";
import type { LedgerObject } from "./ledger/cloudflare/durable-object.ts";
import type { LimitsObject } from "./ledger/cloudflare/limits-object.ts";
import { createWays } from "./ledger/cloudflare/ways.ts";
import { createCounters } from "./ledger/counters.ts";
import type { CountsApart } from "./ledger/counters.ts";
import { createKeyring } from "./ledger/seal.ts";
import { shardOf } from "./ledger/shard.ts";
import type { TestResult } from "./ledger/test-leads.ts";
import type { Submission } from "./ledger/types.ts";
import { consoleLog, logConfig } from "./log.ts";
import { printForm } from "../widget/print/index.ts";

export { LedgerObject } from "./ledger/cloudflare/durable-object.ts";
export { LimitsObject } from "./ledger/cloudflare/limits-object.ts";

interface Bindings {
  /** The built files beside the Worker: the script, and the demo. */
  ASSETS: { fetch: (request: Request) => Promise<Response> };
  LEDGER: DurableObjectNamespace<LedgerObject>;
  LIMITS: DurableObjectNamespace<LimitsObject>;
  /** Undefined in a deployment whose settings lack it. */
  GATE?: PlatformGate;
}
const bindings = env as unknown as Bindings & Environment;

const config = readConfig(bindings, readBundled(bindings));
logConfig(consoleLog, config);

/** In the place that the law of a target asks for. */
const under = <T extends LedgerObject | LimitsObject>(
  namespace: DurableObjectNamespace<T>,
  { jurisdiction }: Target,
): DurableObjectNamespace<T> => (jurisdiction ? namespace.jurisdiction(jurisdiction) : namespace);

/** The store of a shard. The number of shards is fixed with the first lead: ids are found by it. */
const shardStore = (target: Target, shard: number): DurableObjectStub<LedgerObject> =>
  under(bindings.LEDGER, target).getByName(`${target.key}:${shard}`);

const ways = createWays();

/** As visitors reach it: their steps go along with those of others. */
const visitorStore = (target: Target, shard: number) => {
  const reach = () => shardStore(target, shard);
  return {
    ...ways.toStore(`${target.key}:${shard}`, reach),
    get: (id: string) => reach().get(id),
    keepTest: (submission: Submission) => reach().keepTest(submission),
    settleTest: (id: string, result: TestResult) => reach().settleTest(id, result),
  };
};

/** A single store counts by itself, in the same transaction. Several, or none, have one object that counts. */
const countsOf = (target: Target): CountsApart | undefined =>
  target.storage === "ledger" && target.shards === 1
    ? undefined
    : ways.toCounts(`${target.key}:limits`, () =>
        under(bindings.LIMITS, target).getByName(`${target.key}:limits`),
      );

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
  printForm,
  // The assets binding ignores the host of the URL.
  asset: (path) => bindings.ASSETS.fetch(new Request(new URL(path, "https://assets.invalid"))),
  // Cloudflare overwrites this header; a visitor cannot set it.
  addressOf: (request) => toAddress(request.headers.get("cf-connecting-ip") ?? undefined),
  platformGate: bindings.GATE,
  counters: createCounters({
    elapsed: () => Date.now(),
    random: () => Math.random(),
    apart: countsOf,
  }),
  keyring: () => (keyring ??= createKeyring(config.ledgerKeys ?? new Map())),
  storeFor: (target, id) =>
    target.storage === "ledger" ? visitorStore(target, shardOf(id, target.shards)) : undefined,
  storesOf: (target) => (target.storage === "ledger" ? shardsOf(target) : []),
  // Cloudflare does not tell; its requests name the Worker's domain, and carry headers of its own.
  isLocal: true,
  sendAlert: config.alerts && createAlertSender(config.alerts, fetchOut),
  waitUntil,
  endWith,
});

export default {
  fetch: (request: Request) => app.fetch(request),
  /** The watchdog: every minute it wakes each store, in case an alarm was lost. */
  scheduled: async (): Promise<void> => {
    const stores = stored().flatMap(shardsOf);
    await Promise.allSettled(stores.map((store) => store.wake()));
  },
};
