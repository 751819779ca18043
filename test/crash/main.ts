/**
 * Owns `npm run test:crash`: the long crash runs and their figures. Must not hold the steps of a run.
 *
 * Usage: npm run test:crash [-- node|workerd [submissions] [kills] [--write]]
 *
 * `--write` leaves the figures of the first run in test/figures.json, for the site.
 */
import { writeFileSync } from "node:fs";
import { runChaos } from "./chaos.ts";
import type { ChaosOptions } from "./chaos.ts";
import { runSameId } from "./same-id.ts";

const WRITE = "--write";
const given = process.argv.slice(2);
const [runtime = "node", submissions = "10000", kills = "300"] = given.filter(
  (each) => each !== WRITE,
);

const base: ChaosOptions = {
  runtime: runtime === "workerd" ? "workerd" : "node",
  submissions: Number(submissions),
  kills: Number(kills),
  concurrency: 10,
  delay: [20, 1000],
  lifetime: [800, 2400],
};

const RUNS: Record<string, Partial<ChaosOptions>> = {
  "vendor without dedupe, killed": { kills: base.kills },
  "vendor dedupes by phone, killed": { dedupe: true, submissions: base.submissions / 10 },
  "a fifth of the calls fail, killed": { failing: 0.2, submissions: base.submissions / 10 },
  "half of the calls fail, killed": { failing: 0.5, submissions: base.submissions / 10 },
  "orderly restarts, as on a deploy": { orderly: true, submissions: base.submissions / 10 },
};

let failed = 0;
const report = (good: boolean, name: string, figures: object): void => {
  if (!good) failed++;
  console.log(`${good ? "ok  " : "FAIL"} ${base.runtime}, ${name}:`, JSON.stringify(figures));
};

/** A lead that fails half of its attempts may fail ten in a row, and then waits for an hour. */
const LATE = 0.01;

const SAME = 10_000;
/** The local runner holds each request over several connections, and ends when it has no more. */
const CONCURRENT = { node: SAME, workerd: 4000 }[base.runtime];
const same = await runSameId(base.runtime, SAME, CONCURRENT);
report(same.created === 1, `one id ${SAME} times, ${CONCURRENT} at once`, same);

for (const [name, options] of Object.entries(RUNS)) {
  const result = await runChaos({ ...base, kills: 0, ...options });
  const bound = options.dedupe || options.orderly ? 0 : result.inFlight;
  const late = options.failing ? result.acknowledged * LATE : 0;
  const good =
    result.lost + result.readable === 0 &&
    result.waiting <= late &&
    result.duplicated <= bound &&
    result.kills >= (options.kills ?? 0);
  report(good, name, result);
  if (good && given.includes(WRITE) && options === Object.values(RUNS)[0]) {
    const crash = { date: new Date().toISOString(), ...result };
    writeFileSync("test/figures.json", `${JSON.stringify({ crash }, null, 2)}\n`);
  }
}
console.log(`${Object.keys(RUNS).length + 1 - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
