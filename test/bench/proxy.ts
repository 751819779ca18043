/**
 * Owns `npm run bench:proxy`: what the proxy costs against calling the vendor directly, and against the barest
 * forwarder in the same runtime. Must not need a quiet machine: what is compared takes turns, and each ratio is the
 * median of those of the rounds.
 *
 * `--rounds 9`; `--only ledger` for the servers whose name holds a word; `--against <checkout>` for another build
 * beside this one; `--json <file>` for the rows.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chooseMeter } from "./cost.ts";
import type { Meter } from "./cost.ts";
import type { Load, Order } from "./load.ts";
import { optionOf } from "./options.ts";
import { createReport, toText } from "./report.ts";
import type { Row } from "./report.ts";
import { startBare, startBuilt, startFloor, vendorAims } from "./servers.ts";
import type { Server } from "./servers.ts";

const ROUNDS = Number(optionOf("--rounds") ?? 5);
const RATE = 100;
const CONNECTIONS = 32;
/** Seconds of one turn. */
const STEADY = 2;
const HARD = 1.5;
/** A server is warm after so many requests: until then its code is being compiled. */
const WARM = { requests: 5_000, seconds: 20 };

const startHelper = (name: string) => {
  const child = fork(join(import.meta.dirname, name));
  return {
    next: async <T>(): Promise<T> => ((await once(child, "message")) as [T])[0],
    send: (order: Order): void => void child.send(order),
    close: () => child.disconnect(),
  };
};

interface Kind {
  name: string;
  start: () => Promise<Server>;
}
/** Of one server, a value for each round. */
interface Figures {
  waits: number[];
  p50: number[];
  rate: number[];
  cost: number[];
  start: number[];
}
interface Contestant extends Kind {
  server: Server;
  figures: Figures;
}

const median = (values: readonly number[]): number => percentile(values, 0.5);
const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? Number.NaN;
};
const ratio = (values: readonly number[], base: readonly number[]): number =>
  median(values.map((value, i) => value / (base[i] ?? Number.NaN)));

const kindsFor = (vendor: string): Kind[] => {
  const only = optionOf("--only") ?? "";
  const built = (name: string, root?: string): Kind[] =>
    (["workerd", "node"] as const).flatMap((runtime) =>
      (["none", "ledger"] as const).map((storage) => ({
        name: `${name}${runtime === "workerd" ? "Worker" : "Node"}, ${storage === "none" ? "relay" : "ledger"}`,
        start: () => startBuilt(runtime, storage, vendor, root),
      })),
    );
  const other = optionOf("--against");
  return [...built(""), ...(other === undefined ? [] : built("the other: ", other))].filter(
    ({ name }) => name.includes(only),
  );
};

const vendor = startHelper("vendor.ts");
const load = startHelper("load.ts");
const apply = async (order: Order): Promise<Load> => {
  load.send(order);
  const answer = await load.next<{ load: Load } | { error: string }>();
  if ("error" in answer) throw new Error(answer.error);
  return answer.load;
};

/** Each begins in one round of so many. */
const turned = <T>(all: readonly T[], round: number): T[] => [
  ...all.slice(round % all.length),
  ...all.slice(0, round % all.length),
];

const measureRound = async (all: readonly Contestant[], meter: Meter, round: number) => {
  for (const { server, figures } of turned(all, round)) {
    const { waits } = await apply({ aim: server.aims.slow, seconds: STEADY, rate: RATE });
    figures.waits.push(...waits);
    figures.p50.push(median(waits));
  }
  for (const { server, figures } of turned(all, round)) {
    if (server.pid === 0) continue;
    const order = { aim: server.aims.fast, seconds: HARD, connections: CONNECTIONS };
    const { cost, result } = await meter.measure(server.pid, () => apply(order));
    figures.rate.push(result.requests / result.seconds);
    figures.cost.push(cost / result.requests);
  }
  for (const { start, server, figures } of turned(all, round)) {
    if (server.pid === 0) continue;
    const again = await start();
    figures.start.push(again.startedIn);
    await again.close();
  }
};

const toRows = (all: readonly Contestant[], { unit }: Meter): Row[] => {
  const [direct, bare] = all;
  if (!direct || !bare) return [];
  return all.flatMap(({ name, figures: f }): Row[] => {
    const over = median(f.p50.map((value, i) => value - (direct.figures.p50[i] ?? Number.NaN)));
    const wait: Row = {
      table: `${RATE} requests a second, vendor 50 ms`,
      name,
      values: {
        "p50, ms": median(f.waits),
        "p99, ms": percentile(f.waits, 0.99),
        ...(name !== direct.name && { "p50 over direct, ms": over }),
      },
    };
    if (f.rate.length === 0) return [wait];
    const rest: Row = {
      table: `${CONNECTIONS} at a time, vendor answers at once`,
      name,
      values: {
        "requests a second": Math.round(median(f.rate)),
        "over bare": ratio(f.rate, bare.figures.rate),
        [`${unit} a request`]: median(f.cost),
        "cost over bare": ratio(f.cost, bare.figures.cost),
        "start to first answer, ms": median(f.start),
        "start over bare": ratio(f.start, bare.figures.start),
      },
    };
    return [wait, rest];
  });
};

const running: Server[] = [];
try {
  const { port } = await vendor.next<{ port: number }>();
  const url = `http://127.0.0.1:${port}`;
  const direct = { pid: 0, startedIn: 0, aims: vendorAims(port), close: async () => {} };
  const kinds: Kind[] = [
    { name: "the vendor, directly", start: async () => direct },
    { name: "bare forwarder", start: () => startBare(url) },
    { name: "bare, a call to an object first", start: () => startFloor(url, false) },
    { name: "bare, a row stored and settled", start: () => startFloor(url, true) },
    ...kindsFor(url),
  ];
  const all: Contestant[] = [];
  for (const kind of kinds) {
    const server = await kind.start();
    running.push(server);
    all.push({
      ...kind,
      server,
      figures: { waits: [], p50: [], rate: [], cost: [], start: [] },
    });
  }
  const meter = chooseMeter();
  for (const { server } of all)
    await apply({ aim: server.aims.fast, ...WARM, connections: CONNECTIONS });
  for (let round = 0; round < ROUNDS; round++) await measureRound(all, meter, round);

  const report = createReport(toRows(all, meter));
  console.log(`${report.machine}; ${ROUNDS} rounds; stamps are read, and none is demanded\n`);
  console.log(toText(report.rows));
  const file = optionOf("--json");
  if (file !== undefined) await writeFile(file, JSON.stringify(report, null, 2));
} finally {
  await Promise.all(running.map((server) => server.close()));
  vendor.close();
  load.close();
}
