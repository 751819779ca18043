/**
 * Owns the entry for Node: the app over `node:sqlite`, with PORT, HOST, DATA_DIR, TRUSTED_PROXY_HEADER
 * and TARGETS_FILE besides the Worker's settings. Must not hold a rule of the product.
 */
import { readFile } from "node:fs/promises";
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { getRequestListener } from "@hono/node-server";
import type { Http2Bindings, HttpBindings } from "@hono/node-server";
import { getMimeType } from "hono/utils/mime";
import { createAlertSender } from "./alerts.ts";
import { createApp } from "./app.ts";
import type { AppDeps } from "./app.ts";
import { readConfig } from "./config/config.ts";
import type { Config } from "./config/config.ts";
import { unique } from "./config/faults.ts";
import { readTargetsFile } from "./config/node/files.ts";
import { originWarnings, readServerSettings } from "./config/node/server.ts";
import { refusalOf } from "./config/reload.ts";
import { FILE_VARIABLE } from "./config/sources.ts";
import type { Target } from "./config/target.ts";
import { readAddress, toAddress } from "./http/address.ts";
import { callFromNode } from "./http/node/call.ts";
import { createLimited } from "./http/node/limits.ts";
import { createPending } from "./http/pending.ts";
import type { Pending } from "./http/pending.ts";
import { createCounters } from "./ledger/counters.ts";
import { backUp } from "./ledger/node/backup.ts";
import { createNodeStores } from "./ledger/node/stores.ts";
import { tidyOrphans } from "./ledger/node/orphaned-stores.ts";
import { createKeyring } from "./ledger/seal.ts";
import { shardOf } from "./ledger/shard.ts";
import { HOUR } from "./ledger/schedule.ts";
import { consoleLog as log, logConfig, logError } from "./log.ts";
import { isLoopback } from "./vendors/loopback.ts";
import type { Fault } from "./vendors/vendor.ts";
import { printForm } from "../widget/print/index.ts";

const { env } = process;
// Whatever this process writes is for its own user alone.
process.umask(0o077);
const { port, hostname, dataDir, proxyHeader, limits, faults } = readServerSettings(env);
/** As an address holds it. */
const host = hostname.includes(":") ? `[${hostname}]` : hostname;
/** The build puts the files beside this one. */
const PUBLIC = join(import.meta.dirname, "public");

const world = {
  fetch: callFromNode,
  now: () => Date.now(),
  steady: { elapsed: () => performance.now(), run: String(performance.timeOrigin) },
  log,
};

/** One thing after the other: the start, a change of the settings, the closing of what is gone. */
const { promise: started, resolve: start } = Promise.withResolvers<void>();
let turn: Promise<unknown> = started;
const inTurn = <T>(job: () => Promise<T>): Promise<T> => {
  const done = turn.then(job);
  turn = done.catch((error: unknown) => logError(log, error));
  return done;
};
let ending = false;

// Without a file there is nothing to read again, and a closed terminal ends the server as it always did.
if (env[FILE_VARIABLE] !== undefined) process.on("SIGHUP", () => void inTurn(() => change()));

const readSettings = (): Config => {
  const settings = readConfig(env, readTargetsFile(env[FILE_VARIABLE]));
  return {
    ...settings,
    faults: unique([...faults, ...settings.faults]),
    warnings: [...settings.warnings, ...originWarnings(host, settings.publicUrl)],
  };
};
const targetsOf = ({ targets }: Config): Target[] =>
  [...targets.values()].filter((target) => target !== undefined);

let config = readSettings();
logConfig(log, config);
const keyring = await createKeyring(config.ledgerKeys ?? new Map());
const sendAlert = config.alerts && createAlertSender(config.alerts, world.fetch);

/** One process counts for all stores of a target, whatever settings it is under. */
const counters: AppDeps["counters"] = createCounters({
  elapsed: world.steady.elapsed,
  random: Math.random,
});
const stores = createNodeStores({
  ...world,
  folder: dataDir,
  keyring,
  sendAlert,
  publicUrl: config.publicUrl,
  minutesOf: (target) => counters.of(target).counter.minutes,
});
await stores.use(targetsOf(config), true);

const logStores = (): void => logConfig(log, { faults: stores.faults(), warnings: [] });
logStores();

let orphans: readonly string[] = [];
const tidy = (): void => {
  orphans = tidyOrphans({ ...world, folder: dataDir, opened: stores.files() });
};
tidy();
setInterval(tidy, HOUR).unref();

const mend = async (): Promise<void> => {
  if (ending || stores.faults().length === 0) return;
  const mended = await stores.mend();
  if (mended > 0) process.stdout.write(`Stores that could be opened again: ${mended}.\n`);
};
/** Milliseconds between two tries to open a store that is down. */
const MEND_EVERY = 5_000;
setInterval(() => void inTurn(mend), MEND_EVERY).unref();

/** Milliseconds for running requests: the rest of a body or of an export, and a vendor that is slow. */
const LAST_REQUESTS = 20_000;
/** Milliseconds for calls of the stores. What is still out then is repeated after its lease, as after a crash. */
const LAST_CALLS = 5_000;
/** Milliseconds for the last answers to leave. */
const LAST_ANSWERS = 1_000;

const addressOf = (request: Request, bindings: unknown): string | undefined => {
  const { incoming } = bindings as { incoming?: IncomingMessage };
  const named = proxyHeader === undefined ? undefined : readAddress(request.headers, proxyHeader);
  return named ?? toAddress(incoming?.socket.remoteAddress);
};

const asset = async (path: string): Promise<Response> => {
  const file = path.endsWith("/") ? `${path}index.html` : path;
  const type = getMimeType(file);
  try {
    // The path is that of a parsed URL, which cannot climb.
    const body = await readFile(join(PUBLIC, file));
    return new Response(body, type ? { headers: { "content-type": type } } : {});
  } catch {
    return new Response(null, { status: 404 });
  }
};

/** The app under some settings, and what is under way in it. */
const serveWith = (settings: Config) => {
  const pending = createPending();
  const app = createApp({
    printForm,
    ...world,
    config: settings,
    newId: () => crypto.randomUUID(),
    asset,
    isLocal: isLoopback(host),
    addressOf,
    counters,
    keyring: async () => keyring,
    storeFor: (target, id) => stores.of(target)[shardOf(id, target.shards)],
    storesOf: stores.of,
    storeFaults: stores.faults,
    orphans: () => orphans,
    backUp: () =>
      inTurn(async () => {
        const opened = new Map(stores.opened());
        const name = await backUp({ folder: dataDir, stores: opened, now: world.now() });
        return { name, stores: opened.size };
      }),
    sendAlert,
    isEnding: () => ending,
    waitUntil: (promise) => void pending.track(promise),
  });
  return { app, pending };
};

let serving = serveWith(config);
/** Of all settings so far under which something may still be under way. */
const generations = new Set([serving.pending]);

const handle = (request: Request, bindings: HttpBindings | Http2Bindings) => {
  const { app, pending } = serving;
  // A file is still on its way when its handler has returned.
  void pending.track(once(bindings.outgoing, "close"));
  return pending.track(Promise.resolve(app.fetch(request, bindings)));
};

const drained = async (all: readonly Pending[]): Promise<void> => {
  await Promise.all(all.map((pending) => pending.drained()));
};

/** A request that has begun ends under the settings with which it began. */
const retire = async (): Promise<void> => {
  const older = [...generations].filter((pending) => pending !== serving.pending);
  await drained(older);
  for (const pending of older) generations.delete(pending);
  if ((await inTurn(stores.closeUnwanted)) > 0) tidy();
};

const serveFrom = (settings: Config): void => {
  serving = serveWith(settings);
  generations.add(serving.pending);
  void retire();
};

/** Says what is wrong with a change, while everything goes on as before. */
const refuseChange = (faults: readonly Fault[]): void => {
  logConfig(log, { faults, warnings: [] });
  serveFrom({ ...config, faults: unique([...config.faults, ...faults]) });
};

const change = async (): Promise<void> => {
  if (ending) return;
  const next = readSettings();
  const refusal = refusalOf(config, next);
  if (refusal.length > 0) return refuseChange(refusal);
  try {
    await stores.use(targetsOf(next));
  } catch (error) {
    logError(log, error);
    return refuseChange([{ setting: "DATA_DIR", problem: "holds a store that cannot be opened" }]);
  }
  config = next;
  serveFrom(next);
  logConfig(log, { faults: [], warnings: next.warnings });
  process.stdout.write("The settings were read again, and hold from now on.\n");
};
const server = createLimited(limits, getRequestListener(handle, { hostname }));
server.listen(port, hostname, () => {
  const address = server.address() as AddressInfo;
  process.stdout.write(`Ready on http://${host}:${address.port}\n`);
});
server.once("error", ({ code }: NodeJS.ErrnoException) => {
  const [setting, problem] =
    code === "EADDRINUSE" || code === "EACCES"
      ? ["PORT", "is taken, or may not be used"]
      : ["HOST", "is no address of this machine"];
  logConfig(log, { faults: [{ setting, problem }], warnings: [] });
  process.exit(1);
});
start();

const end = async (): Promise<void> => {
  if (ending) return;
  ending = true;
  process.stdout.write("Ending: what has begun is waited for.\n");
  const closed = new Promise((resolve) => server.close(resolve));
  stores.stop();
  await Promise.race([drained([...generations]), setTimeout(LAST_REQUESTS)]);
  await Promise.race([stores.close(), setTimeout(LAST_CALLS)]);
  // Answers may still be on their way out; idle connections need not be waited for.
  server.closeIdleConnections();
  await Promise.race([closed, setTimeout(LAST_ANSWERS)]);
  process.exit(0);
};
process.once("SIGTERM", () => void end());
process.once("SIGINT", () => void end());
