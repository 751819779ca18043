/**
 * A short crash run on both runtimes, for every change. `npm run test:crash` is the long one, with
 * its figures.
 */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { describe, test } from "node:test";
import { runChaos } from "./chaos.ts";
import type { ChaosOptions } from "./chaos.ts";

const SHORT = { kills: 2, concurrency: 10, delay: [20, 500], lifetime: [300, 900] } as const;

describe("under kill -9 in the middle of things", { concurrency: 2 }, () => {
  const runs: [string, ChaosOptions][] = [
    ["workerd", { ...SHORT, runtime: "workerd", submissions: 40 }],
    ["Node", { ...SHORT, runtime: "node", submissions: 150 }],
  ];
  for (const [name, options] of runs)
    test(`${name} loses no acknowledged lead, and doubles no more than was on its way`, async (t) => {
      const result = await runChaos(options);
      t.diagnostic(`${name}: ${JSON.stringify(result)}`);
      assert.ok(result.acknowledged >= options.submissions);
      assert.ok(result.kills >= options.kills);
      assert.deepEqual([result.lost, result.waiting, result.readable], [0, 0, 0]);
      // Each visitor has one call on its way, and the store at most five.
      const bound = result.kills * (options.concurrency + 5);
      assert.ok(result.duplicated <= bound, JSON.stringify(result));
    });
});

test("a vendor that dedupes by phone gets every lead once, whatever was killed", async () => {
  const result = await runChaos({ ...SHORT, runtime: "node", submissions: 100, dedupe: true });
  assert.deepEqual([result.lost, result.waiting, result.duplicated], [0, 0, 0]);
});

test("a second node behind fallback-endpoint takes what the first cannot, and loses nothing", async (t) => {
  const options = { ...SHORT, runtime: "node", submissions: 150, fallback: true } as const;
  const result = await runChaos(options);
  t.diagnostic(JSON.stringify(result));
  assert.deepEqual([result.lost, result.waiting, result.readable], [0, 0, 0]);
  // A lead whose call was on its way when the first died goes out from both.
  assert.ok(result.duplicated <= result.inFlight, JSON.stringify(result));
});

describe("an orderly restart, as on a deploy", { concurrency: 2 }, () => {
  const runs: [string, ChaosOptions][] = [
    ["workerd", { ...SHORT, runtime: "workerd", submissions: 30 }],
    ["Node", { ...SHORT, runtime: "node", submissions: 100 }],
  ];
  for (const [name, options] of runs)
    test(
      `of ${name} loses nothing and doubles nothing`,
      { skip: options.runtime === "workerd" && !existsSync("/proc/self/stat") && "no /proc" },
      async () => {
        const result = await runChaos({ ...options, orderly: true });
        assert.deepEqual([result.lost, result.waiting, result.duplicated], [0, 0, 0]);
      },
    );
});
