/**
 * Owns `npm run bench:backlog`: what a store full of leads that wait for a person costs a visitor, and how fast
 * it is exported. Must not need a quiet machine: each ratio is of one run.
 *
 * One server with two targets, one of them with that backlog, a vendor of 5 ms. Visitors come one at a time, to
 * the two in turn.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { createKeyring, seal } from "../../proxy/ledger/seal.ts";
import { startServer } from "../proxy/harness.ts";
import type { Runtime } from "../proxy/harness.ts";
import { changeStores } from "../proxy/stores.ts";
import { startVendorOf, summary } from "./measure.ts";

const ORIGIN = "https://www.example.com";
const TOKEN = "t".repeat(43);
const REQUESTS = 200;
/** The limits that the issue of this bench sets. */
const MOST_RATIO = 1.3;
const LEAST_ROWS = 20_000;

const runtime: Runtime = process.argv.includes("workerd") ? "workerd" : "node";
const held = Number(process.argv.find((arg) => /^\d+$/.test(arg)) ?? 200_000);
const key = new Uint8Array(32).fill(1);
const folder = await mkdtemp(join(tmpdir(), "lead-form-backlog-"));
const vendor = await startVendorOf(5);
const limits = { perAddressPerMinute: 1e6, perTargetPerMinute: 1e6, perPhonePerDay: 1e6 };
const target = { vendor: "sakneen", baseUrl: vendor.url, origins: [ORIGIN], limits };
const start = () =>
  startServer(runtime, {
    vars: { TARGETS: JSON.stringify({ empty: target, full: target }) },
    secrets: {
      SAKNEEN_API_KEY: "k",
      LEDGER_KEYS: JSON.stringify({ k1: Buffer.from(key).toString("base64") }),
      OPERATOR_TOKEN: TOKEN,
    },
    persistTo: folder,
  });

let visitors = 0;
const post = async (url: string, to: string): Promise<number> => {
  const started = performance.now();
  const n = visitors++;
  const response = await fetch(`${url}/v1/leads`, {
    method: "POST",
    headers: { origin: ORIGIN, accept: "application/json" },
    body: new URLSearchParams({
      target: to,
      id: crypto.randomUUID(),
      name: `Visitor ${n}`,
      phone: `+2010${String(n).padStart(8, "0")}`,
    }),
  });
  await response.arrayBuffer();
  if (response.status !== 201) throw new Error(`answered ${response.status}`);
  return performance.now() - started;
};

/** Leads as they stand after an answer that no document explains. */
const fill = async (db: DatabaseSync): Promise<void> => {
  const keyring = await createKeyring(new Map([["k1", key]]));
  const insert = db.prepare(
    `INSERT INTO lead (id, state, reason, in_doubt, promised, attempts, created_at, fp, phone_h, phone_tail, key_id, box)
     VALUES (?, 'held', 'html', 1, 1, 1, ?, ?, ?, '+20…78', 'k1', ?)`,
  );
  const now = Date.now();
  for (let from = 0; from < held; from += 1_000) {
    const leads = await Promise.all(
      Array.from({ length: Math.min(1_000, held - from) }, async (_, n) => {
        const id = crypto.randomUUID();
        const phone = `+2011${String(from + n).padStart(8, "0")}`;
        const lead = { id, target: "full", name: "Mona Adel", phone, lang: "en", consent: "" };
        const text = JSON.stringify({ ...lead, attribution: { utm_source: "newsletter" } });
        return { id, phone, ...(await seal(keyring, id, "full", text)) };
      }),
    );
    db.exec("BEGIN");
    for (const [n, { id, phone, box }] of leads.entries())
      insert.run(id, now - from - n, `f${phone}`, `p${phone}`, box);
    db.exec("COMMIT");
  }
};

const fillFile = async (path: string): Promise<void> => {
  const db = new DatabaseSync(path);
  await fill(db);
  db.close();
};

const prepare = async (): Promise<void> => {
  const server = await start();
  await post(server.url, "full");
  await server.close();
  if (runtime === "node") return fillFile(join(folder, "full-0.sqlite"));
  // Only the content of a file says whose it is.
  let found: string | undefined;
  await changeStores(folder, (db, of, path) => {
    const has = (query: string): boolean => db.prepare(query).all().length > 0;
    if (of === "object" && has("SELECT 1 FROM sqlite_master WHERE name = 'lead'"))
      if (has("SELECT 1 FROM lead LIMIT 1")) found = path;
  });
  if (!found) throw new Error("No store holds the first lead.");
  await fillFile(found);
};

const count = async (url: string, during: () => Promise<void>) => {
  const started = performance.now();
  const response = await fetch(`${url}/operator/export?target=full`, {
    headers: { authorization: `Bearer ${TOKEN}` },
  });
  let lines = 0;
  const reading = (async () => {
    for await (const chunk of response.body ?? [])
      for (const byte of chunk) if (byte === 10) lines++;
    return performance.now() - started;
  })();
  let ended = false;
  void reading.finally(() => (ended = true));
  while (!ended) await during();
  return { rows: lines - 1, seconds: (await reading) / 1_000 };
};

try {
  await prepare();
  const server = await start();
  try {
    const times = { empty: [] as number[], full: [] as number[], meanwhile: [] as number[] };
    for (let n = 0; n < 20; n++) await post(server.url, n % 2 ? "empty" : "full");
    for (let n = 0; n < REQUESTS; n++)
      for (const to of n % 2 ? (["empty", "full"] as const) : (["full", "empty"] as const))
        times[to].push(await post(server.url, to));
    const quiet = await count(server.url, () => new Promise((resolve) => setTimeout(resolve, 5)));
    const busy = await count(server.url, async () => {
      times.meanwhile.push(await post(server.url, "full"));
    });
    const [empty, full, meanwhile] = [times.empty, times.full, times.meanwhile].map(summary);
    const ratio = (full?.p50 ?? 0) / (empty?.p50 ?? 1);
    const line = (name: string, of?: { p50: number; p95: number }): void =>
      console.log(`${name.padEnd(24)} p50 ${of?.p50.toFixed(1)}  p95 ${of?.p95.toFixed(1)}`);
    console.log(`${runtime}, ${held} leads held, vendor 5 ms, ${REQUESTS} visitors, milliseconds`);
    line("an empty store", empty);
    line("the full one", full);
    line("the full one, exported", meanwhile);
    console.log(`ratio of the medians ${ratio.toFixed(2)} (at most ${MOST_RATIO})`);
    const rate = (run: typeof quiet): number => Math.round(run.rows / run.seconds);
    console.log(`export ${quiet.rows} rows, ${rate(quiet)} a second (at least ${LEAST_ROWS})`);
    console.log(`export with visitors meanwhile ${rate(busy)} a second`);
    if (ratio > MOST_RATIO || rate(quiet) < LEAST_ROWS) process.exitCode = 1;
  } finally {
    await server.close();
  }
} finally {
  await vendor.close();
  await rm(folder, { recursive: true, force: true });
}
