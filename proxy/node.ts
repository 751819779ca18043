/**
 * Owns the entry for Node: the app over `node:sqlite`, with PORT, HOST, DATA_DIR and
 * TRUSTED_PROXY_HEADER besides the Worker's settings. Must not hold a rule of the product.
 */
import { mkdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { serve } from "@hono/node-server";
import { getMimeType } from "hono/utils/mime";
import { createAlertSender } from "./alerts.ts";
import { createApp } from "./app.ts";
import { readConfig } from "./config/config.ts";
import type { Target } from "./config/target.ts";
import { openNodeStore, storeFile } from "./ledger/node/sqlite-store.ts";
import type { NodeStore } from "./ledger/node/sqlite-store.ts";
import { tidyOrphans } from "./ledger/node/orphaned-stores.ts";
import { createKeyring } from "./ledger/seal.ts";
import { HOUR } from "./ledger/schedule.ts";
import { consoleLog as log, logConfig } from "./log.ts";
import { operatorAssets } from "./operator/page/assets.ts";

const { env } = process;
const port = Number(env["PORT"] ?? 8787);
const hostname = env["HOST"] ?? "127.0.0.1";
const dataDir = env["DATA_DIR"] ?? "data";
/** Such as `x-forwarded-for`: written by the proxy in front, without which anyone could. */
const proxyHeader = env["TRUSTED_PROXY_HEADER"];
/** The build puts the files beside this one. */
const PUBLIC = join(import.meta.dirname, "public");

const config = readConfig(env);
logConfig(log, config);

const world = {
  fetch: (url: string, init: RequestInit) => fetch(url, init),
  now: () => Date.now(),
  log,
};
const keyring = await createKeyring(config.ledgerKeys ?? new Map());
const sendAlert = config.alerts && createAlertSender(config.alerts, world.fetch);

const openStores = async (target: Target): Promise<NodeStore[]> => {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  return Promise.all(
    Array.from({ length: target.shards }, (_, shard) =>
      openNodeStore({
        ...world,
        keyring,
        target,
        sendAlert,
        path: join(dataDir, storeFile(target.key, shard)),
      }),
    ),
  );
};
const stores = new Map<string, NodeStore[]>();
for (const target of config.targets.values())
  if (target?.storage === "ledger") stores.set(target.key, await openStores(target));

const files = [...stores].flatMap(([key, shards]) => shards.map((_, n) => storeFile(key, n)));
const opened = new Set(files);
const tidy = () => tidyOrphans({ ...world, folder: dataDir, opened });
tidy();
setInterval(tidy, HOUR).unref();

/** Milliseconds for running requests: the rest of a body, and the six seconds of a vendor. */
const LAST_REQUESTS = 8_000;
/** Milliseconds for the last answers to leave. */
const LAST_ANSWERS = 1_000;

/** Requests, and the work that outlasts their answers. */
const pending = new Set<Promise<unknown>>();
let ending = false;

const track = <T>(promise: Promise<T>): Promise<T> => {
  pending.add(promise);
  const settled = () => pending.delete(promise);
  promise.then(settled, settled);
  return promise;
};

const drained = async (): Promise<void> => {
  while (pending.size > 0) await Promise.allSettled(pending);
};

const addressOf = (request: Request, bindings: unknown): string | undefined => {
  // The last entry is the one that the trusted proxy itself wrote.
  if (proxyHeader) return request.headers.get(proxyHeader)?.split(",").at(-1)?.trim();
  const { incoming } = bindings as { incoming?: IncomingMessage };
  return incoming?.socket.remoteAddress;
};

const app = createApp({
  ...world,
  config,
  newId: () => crypto.randomUUID(),
  asset: async (path) => {
    const file = path.endsWith("/") ? `${path}index.html` : path;
    const type = getMimeType(file);
    try {
      // The path is that of a parsed URL, which cannot climb.
      const body = await readFile(join(PUBLIC, file));
      return new Response(body, type ? { headers: { "content-type": type } } : {});
    } catch {
      return new Response(null, { status: 404 });
    }
  },
  addressOf,
  keyring: async () => keyring,
  storeFor: (target, id) =>
    stores.get(target.key)?.[Number.parseInt(id.slice(0, 8), 16) % target.shards],
  storesOf: (target) => stores.get(target.key) ?? [],
  operatorAssets,
  sendAlert,
  isEnding: () => ending,
  waitUntil: (promise) => void track(promise),
});

const handle: typeof app.fetch = (request, bindings) =>
  track(Promise.resolve(app.fetch(request, bindings)));

const server = serve({ fetch: handle, port, hostname }, (address) => {
  process.stdout.write(`Ready on http://${hostname}:${address.port}\n`);
});

const end = async (): Promise<void> => {
  if (ending) return;
  ending = true;
  process.stdout.write("Ending: what has begun is waited for.\n");
  const closed = new Promise((resolve) => server.close(resolve));
  const all = [...stores.values()].flat();
  for (const store of all) store.stop();
  await Promise.race([drained(), setTimeout(LAST_REQUESTS)]);
  await Promise.all(all.map((store) => store.close()));
  // Answers may still be on their way out; idle connections need not be waited for.
  if ("closeIdleConnections" in server) server.closeIdleConnections();
  await Promise.race([closed, setTimeout(LAST_ANSWERS)]);
  process.exit(0);
};
process.once("SIGTERM", () => void end());
process.once("SIGINT", () => void end());
