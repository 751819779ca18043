/**
 * Owns `npm run test:crash`: the long crash runs, with their figures.
 * Usage: npm run test:crash [-- node|workerd [submissions] [kills]]
 */
import { runChaos, runSameId } from "./chaos.ts";
import type { ChaosOptions } from "./chaos.ts";

const [runtime = "node", submissions = "10000", kills = "300"] = process.argv.slice(2);

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
  "orderly restarts, as on a deploy": { orderly: true, submissions: base.submissions / 10 },
};

let failed = 0;
const report = (good: boolean, name: string, figures: object): void => {
  if (!good) failed++;
  console.log(`${good ? "ok  " : "FAIL"} ${base.runtime}, ${name}:`, JSON.stringify(figures));
};

const CONCURRENT = 200;
const same = await runSameId(base.runtime, base.submissions, CONCURRENT);
report(same.created === 1, `one id ${base.submissions} times, ${CONCURRENT} at a time`, same);

for (const [name, options] of Object.entries(RUNS)) {
  const result = await runChaos({ ...base, kills: 0, ...options });
  const bound = options.dedupe || options.orderly ? 0 : result.inFlight;
  report(result.lost === 0 && result.duplicated <= bound, name, result);
}
console.log(`${Object.keys(RUNS).length + 1 - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
