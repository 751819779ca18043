/**
 * Owns one crash run: visitors submit and retry as the widget does, while the proxy is killed with
 * SIGKILL. Must not count a lead as lost that no visitor was promised.
 */
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Running } from "../../demo/run/child.ts";
import { freePort } from "../../demo/run/free-port.ts";
import { startServer } from "../proxy/harness.ts";
import type { Runtime } from "../proxy/harness.ts";
import { endWorkerd } from "./workerd.ts";
import { startCrashVendor } from "./vendor.ts";
import type { CrashVendorOptions } from "./vendor.ts";

export interface ChaosOptions extends CrashVendorOptions {
  runtime: Runtime;
  submissions: number;
  concurrency: number;
  /** Visitors come until there were so many kills, so that no kill hits an idle server. */
  kills: number;
  /** Milliseconds between a start and the next kill. */
  lifetime: readonly [min: number, max: number];
  /** A second server with a store of its own, which a form names as its `fallback-endpoint`; it is not killed. */
  fallback?: boolean;
  /** Ends orderly, with SIGTERM, as a deploy does; else at once. */
  orderly?: boolean;
}

export interface ChaosResult {
  kills: number;
  acknowledged: number;
  /** Acknowledged, and in the end neither at the vendor nor in the store. */
  lost: number;
  /** Still in the store when the run ended, with its next attempt to come. */
  waiting: number;
  /** Created more than once. */
  duplicated: number;
  /** Calls at the vendor when the proxy was killed, over all kills: the bound of what may double. */
  inFlight: number;
  /** Names, numbers, addresses and keys that can be read in the storage or in what was printed. */
  readable: number;
  /** Seconds from the last acknowledgement until the vendor had 99 % of it, and everything. */
  mostDrained: number;
  drained: number;
}

const OPERATOR_TOKEN = "the-operator-token-of-the-crash-runs";
export const ORIGIN = "https://www.example.com";
const SEALING_KEY = Buffer.alloc(32, "sealing").toString("base64");
export const SECRETS = {
  SAKNEEN_API_KEY: "the-api-key-of-the-crash-runs",
  OPERATOR_TOKEN,
  LEDGER_KEYS: JSON.stringify({ k1: SEALING_KEY }),
};
/** In every name and address. */
const CANARY = "Nefertari";
/**
 * What must not be readable, in one pass over the bytes: numbers are `+2010` and a count of eight digits, below
 * a hundred thousand.
 */
const SECRET = new RegExp(
  [CANARY, SECRETS.SAKNEEN_API_KEY, OPERATOR_TOKEN, SEALING_KEY, String.raw`\+?2010000\d{5}`].join(
    "|",
  ),
  "gi",
);
/** Milliseconds to wait for the backlog of a long run. */
const DRAIN = 15 * 60_000;

const between = ([min, max]: readonly [number, number]): number =>
  min + Math.random() * (max - min);

/** Phone numbers of what the store still means to deliver. */
export const readWaiting = async (url: string): Promise<Set<string>> => {
  const response = await fetch(`${url}/operator/export`, {
    headers: { authorization: `Bearer ${OPERATOR_TOKEN}` },
  });
  // The last line is the count.
  const lines = (await response.text()).split("\n").filter(Boolean).slice(0, -1);
  return new Set(lines.map((line) => (JSON.parse(line) as { phone: string }).phone));
};

/** The local runner's own trace store is full of decimals, such as `0.201000013374`: a number that nobody has typed. */
const isMadeUp = (match: string, sent: number): boolean =>
  /^\+?2010/.test(match) && Number(match.slice(-8)) >= sent;

/** @param sent numbers from 0 to below this one were typed */
const countReadable = async (folder: string, printed: string, sent: number): Promise<number> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  if (!files.some(({ name }) => name.includes(".sqlite"))) throw new Error("Nothing was stored.");
  // Where, and which part of it; the rest is made up anyway.
  const count = (where: string, text: string): number => {
    const matches = (text.match(SECRET) ?? []).filter((match) => !isMadeUp(match, sent));
    if (matches.length > 0) console.error(`Readable in ${where}:`, [...new Set(matches)]);
    return matches.length;
  };
  let found = count("what was printed", printed);
  for (const { parentPath, name } of files)
    found += count(name, await readFile(join(parentPath, name), "latin1"));
  return found;
};

export const runChaos = async (options: ChaosOptions): Promise<ChaosResult> => {
  const { runtime, submissions, concurrency, lifetime, orderly = false, fallback } = options;
  const vendor = await startCrashVendor(options);
  const folder = await mkdtemp(join(tmpdir(), "lead-form-chaos-"));
  const port = await freePort();
  const secondFolder = await mkdtemp(join(tmpdir(), "lead-form-second-"));
  const limits = { perAddressPerMinute: 1e6, perTargetPerMinute: 1e6, perPhonePerDay: 1e6 };
  const TARGETS = JSON.stringify({
    t: { vendor: "sakneen", baseUrl: vendor.url, origins: [ORIGIN], storage: "ledger", limits },
  });
  const start = (): Promise<Running> =>
    startServer(runtime, { port, vars: { TARGETS }, secrets: SECRETS, persistTo: folder });

  const result: ChaosResult = {
    kills: 0,
    acknowledged: 0,
    lost: 0,
    waiting: 0,
    duplicated: 0,
    inFlight: 0,
    readable: 0,
    mostDrained: 0,
    drained: 0,
  };
  const acknowledged = new Set<string>();
  let server = await start();
  const second = fallback
    ? await startServer(runtime, { vars: { TARGETS }, secrets: SECRETS, persistTo: secondFolder })
    : undefined;
  const all = (): Running[] => (second ? [server, second] : [server]);
  const endpoints = [`http://127.0.0.1:${port}`, ...(second ? [second.url] : [])];
  let printed = "";
  let next = 0;
  /** Pending while new requests would go to the next version: workerd drains only if none come. */
  let turnedAway: Promise<void> | undefined;

  const submitOne = async (n: number): Promise<void> => {
    const phone = `+2010${String(n).padStart(8, "0")}`;
    const body = new URLSearchParams({
      target: "t",
      id: crypto.randomUUID(),
      name: `${CANARY} ${n}`,
      email: `${CANARY}.${n}@example.com`,
      phone,
      phone_confirmed: "1",
    });
    const sendTo = async (endpoint: string): Promise<boolean> => {
      try {
        const response = await fetch(`${endpoint}/v1/leads`, {
          method: "POST",
          headers: { origin: ORIGIN, accept: "application/json" },
          body,
          signal: AbortSignal.timeout(15_000),
        });
        const { status } = response;
        await response.arrayBuffer();
        if (status === 201 || status === 202) {
          acknowledged.add(phone);
          return true;
        }
        if (status < 500) throw new Error(`A good lead was answered ${status}`, { cause: status });
      } catch (error) {
        if (error instanceof Error && typeof error.cause === "number") throw error;
      }
      return false;
    };
    for (;;) {
      await turnedAway;
      // In the order of the form: the second is tried where the first cannot be reached.
      for (const endpoint of endpoints) if (await sendTo(endpoint)) return;
      await setTimeout(100 + Math.random() * 200);
    }
  };
  const visitor = async (): Promise<void> => {
    while (next < submissions || result.kills < options.kills) await submitOne(next++);
  };

  let submitting = true;
  const killedAt: number[] = [];
  const killer = async (): Promise<void> => {
    while (submitting) {
      await setTimeout(between(lifetime));
      if (!orderly) killedAt.push(performance.now());
      const back = Promise.withResolvers<void>();
      if (orderly && runtime === "workerd") {
        turnedAway = back.promise;
        await endWorkerd(server);
      } else await (orderly ? server.close() : server.kill());
      result.kills++;
      printed += server.output();
      server = await start();
      back.resolve();
    }
  };
  try {
    const killing = killer();
    await Promise.all(Array.from({ length: concurrency }, visitor));
    submitting = false;
    await killing;
    const since = Date.now();
    const seconds = (): number => Math.round((Date.now() - since) / 100) / 10;
    const readAll = async (): Promise<Set<string>> => {
      const sets = await Promise.all(all().map(({ url }) => readWaiting(url)));
      return new Set(sets.flatMap((set) => [...set]));
    };
    let waiting = await readAll();
    while (waiting.size > 0 && Date.now() - since < DRAIN) {
      await setTimeout(200);
      if (waiting.size > submissions / 100) result.mostDrained = seconds();
      waiting = await readAll();
    }
    result.drained = seconds();
    result.waiting = waiting.size;
    result.acknowledged = acknowledged.size;
    result.lost = [...acknowledged].filter(
      (phone) => !vendor.created.has(phone) && !waiting.has(phone),
    ).length;
    result.inFlight = killedAt.reduce((sum, at) => sum + vendor.cutOff(at), 0);
    result.duplicated = [...vendor.created.values()].filter((times) => times > 1).length;
    await server.kill();
    // With the log of what SQLite has not yet moved into its file: no clean-up ran.
    result.readable = await countReadable(folder, printed + server.output(), next);
    return result;
  } finally {
    await Promise.all(all().map((each) => each.kill()));
    await vendor.close();
    await rm(secondFolder, { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  }
};
