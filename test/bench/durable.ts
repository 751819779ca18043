/**
 * Owns `npm run bench:durable`: the milliseconds that the store adds for a visitor. Must not need a quiet
 * machine.
 *
 * One Worker, a vendor that takes 50 ms, one request at a time, the two targets in turn: so the ratio
 * holds under load.
 */
import { startVendorOf, summary } from "./measure.ts";
import { startServer } from "../proxy/harness.ts";
import type { Runtime } from "../proxy/harness.ts";

const ORIGIN = "https://www.example.com";
const REQUESTS = 200;

const runtime: Runtime = process.argv[2] === "node" ? "node" : "workerd";
const vendor = await startVendorOf(50);
const limits = { perAddressPerMinute: 1e6, perTargetPerMinute: 1e6, perPhonePerDay: 1e6 };
const target = { vendor: "sakneen", baseUrl: vendor.url, origins: [ORIGIN], limits };
const server = await startServer(runtime, {
  vars: {
    TARGETS: JSON.stringify({
      none: { ...target, storage: "none" },
      ledger: { ...target, storage: "ledger" },
    }),
  },
  secrets: {
    SAKNEEN_API_KEY: "k",
    LEDGER_KEYS: JSON.stringify({ k1: Buffer.alloc(32, 1).toString("base64") }),
  },
});

const post = async (key: string, n: number): Promise<number> => {
  const started = performance.now();
  const response = await fetch(`${server.url}/v1/leads`, {
    method: "POST",
    headers: { origin: ORIGIN, accept: "application/json" },
    body: new URLSearchParams({
      target: key,
      id: crypto.randomUUID(),
      name: `Visitor ${n}`,
      phone: `+2010${String(n).padStart(8, "0")}`,
    }),
  });
  await response.arrayBuffer();
  if (response.status !== 201) throw new Error(`answered ${response.status}`);
  return performance.now() - started;
};

const times: Record<"none" | "ledger", number[]> = { none: [], ledger: [] };
try {
  for (let n = 0; n < 20; n++) await post(n % 2 ? "none" : "ledger", 90_000 + n);
  for (let n = 0; n < REQUESTS; n++)
    for (const key of n % 2 ? (["none", "ledger"] as const) : (["ledger", "none"] as const))
      times[key].push(await post(key, n + (key === "none" ? 10_000 : 0)));
} finally {
  await server.close();
  await vendor.close();
}
const [none, ledger] = [summary(times.none), summary(times.ledger)];
console.log(`${runtime}, vendor 50 ms, concurrency 1, ${REQUESTS} requests each, milliseconds`);
console.log(`none    p50 ${none.p50.toFixed(1)}  p95 ${none.p95.toFixed(1)}`);
console.log(`ledger  p50 ${ledger.p50.toFixed(1)}  p95 ${ledger.p95.toFixed(1)}`);
console.log(`ratio of the medians ${(ledger.p50 / none.p50).toFixed(2)}`);
