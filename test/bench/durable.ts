/**
 * Owns `npm run bench:durable`: what the store adds for a visitor, in milliseconds and in CPU time; and with
 * `--against <checkout>` the CPU time of a lead beside that of another build. Must not need a quiet machine.
 *
 * One request at a time, and what is compared takes turns: so the ratios hold under load.
 */
import { startVendorOf, summary } from "./measure.ts";
import { cpuOf } from "./cpu.ts";
import { startServer } from "../proxy/harness.ts";
import type { Runtime } from "../proxy/harness.ts";

const ORIGIN = "https://www.example.com";
/** Of each kind in all, and in one turn: CPU time is counted in steps of ten milliseconds. */
const REQUESTS = 2_000;
const TURN = 200;
const WARM_UP = 400;

const runtime: Runtime = process.argv.includes("node") ? "node" : "workerd";
const flag = process.argv.indexOf("--against");
const against = flag < 0 ? undefined : process.argv[flag + 1];

const limits = { perAddressPerMinute: 1e6, perTargetPerMinute: 1e6, perPhonePerDay: 1e6 };
const serverAt = async (root: string, vendor: string) =>
  startServer(runtime, {
    root,
    vars: {
      TARGETS: JSON.stringify(
        Object.fromEntries(
          ["none", "ledger"].map((storage) => [
            storage,
            { vendor: "sakneen", baseUrl: vendor, origins: [ORIGIN], limits, storage },
          ]),
        ),
      ),
    },
    secrets: {
      SAKNEEN_API_KEY: "k",
      LEDGER_KEYS: JSON.stringify({ k1: Buffer.alloc(32, 1).toString("base64") }),
    },
  });
type Server = Awaited<ReturnType<typeof serverAt>>;

let visitors = 0;
const toLead = (target: string): Record<string, string> => {
  const n = visitors++;
  const phone = `+2010${String(n).padStart(8, "0")}`;
  return { target, id: crypto.randomUUID(), name: `Visitor ${n}`, phone };
};

const post = async ({ url }: Server, lead: Record<string, string>): Promise<number> => {
  const started = performance.now();
  const response = await fetch(`${url}/v1/leads`, {
    method: "POST",
    headers: { origin: ORIGIN, accept: "application/json" },
    body: new URLSearchParams(lead),
  });
  await response.arrayBuffer();
  if (response.status !== 201) throw new Error(`answered ${response.status}`);
  return performance.now() - started;
};

interface Kind {
  name: string;
  server: Server;
  target: "none" | "ledger";
}
/** Milliseconds to wait, and microseconds of CPU time: one of each for a turn, or for a request. */
interface Cost {
  waits: number[];
  cpu: number[];
}

const takeTurn = async ({ server, target }: Kind, count: number, cost?: Cost): Promise<void> => {
  const before = cpuOf(server.pid);
  for (let n = 0; n < count; n++) {
    const wait = await post(server, toLead(target));
    cost?.waits.push(wait);
  }
  cost?.cpu.push(((cpuOf(server.pid) - before) / count) * 1_000);
};

const compare = async (title: string, kinds: readonly [Kind, Kind]): Promise<void> => {
  const costs = kinds.map((): Cost => ({ waits: [], cpu: [] }));
  for (const kind of kinds) await takeTurn(kind, WARM_UP);
  for (let turn = 0; turn < REQUESTS / TURN; turn++)
    for (const i of turn % 2 ? [0, 1] : [1, 0]) await takeTurn(kinds[i]!, TURN, costs[i]);
  console.log(`${runtime}, ${title}, one at a time, ${REQUESTS} leads each`);
  const [base, other] = costs.map(({ waits, cpu }, i) => {
    const [wait, time] = [summary(waits), summary(cpu)];
    const text = `p50 ${wait.p50.toFixed(1)} ms  p95 ${wait.p95.toFixed(1)} ms  CPU ${time.p50.toFixed(0)} µs`;
    console.log(`${kinds[i]!.name.padEnd(14)} ${text}`);
    return { wait: wait.p50, cpu: time.p50 };
  });
  const ratio = (of: "wait" | "cpu"): string => ((other?.[of] ?? 0) / (base?.[of] ?? 1)).toFixed(2);
  console.log(
    `ratio of the medians: ${ratio("wait")} of the wait, ${ratio("cpu")} of the CPU time\n`,
  );
};

const vendor = await startVendorOf(against === undefined ? 50 : 5);
const here = await serverAt("", vendor.url);
const there = against === undefined ? undefined : await serverAt(against, vendor.url);
try {
  if (there)
    for (const target of ["none", "ledger"] as const)
      await compare(`storage ${target}, vendor 5 ms`, [
        { name: "the other", server: there, target },
        { name: "this build", server: here, target },
      ]);
  else
    await compare("vendor 50 ms", [
      { name: "none", server: here, target: "none" },
      { name: "ledger", server: here, target: "ledger" },
    ]);
} finally {
  await Promise.all([here.close(), there?.close()]);
  await vendor.close();
}
