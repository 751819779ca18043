/**
 * Owns the time of a server under test, loaded before it with `node --import`. Must not skip a timer.
 *
 * The clock stands still until the file CLOCK_FILE holds a later time in Unix milliseconds. It then moves
 * from one timer to the next, whenever no request is open.
 */
import { readFileSync } from "node:fs";

const real = { setTimeout, clearTimeout, fetch };
const file = process.env["CLOCK_FILE"] ?? "";
const read = (): number => Number(readFileSync(file, "utf8"));
/** Milliseconds between two looks at the file while time stands still. */
const LOOK = 5;

let now = read();
Date.now = () => now;

let calls = 0;
globalThis.fetch = async (...input) => {
  calls++;
  try {
    const response = await real.fetch(...input);
    // On its way until its body is read, which is short.
    const body = await response.arrayBuffer();
    return new Response(body.byteLength > 0 ? body : null, response);
  } finally {
    calls--;
  }
};

/** Loops of a store that are at work: they may have called nobody yet. */
let atWork = 0;

interface Timer {
  at: number;
  run: () => unknown;
}
const timers = new Set<Timer>();
/** The timer of a store, by the name of what it calls (proxy/ledger/node/sqlite-store.ts); other timers are real. */
const ofStore = "run";
const setTimeoutOf = (run: () => unknown, delay = 0, ...rest: []): Timer | NodeJS.Timeout => {
  if (run.name !== ofStore) return real.setTimeout(run, delay, ...rest);
  const timer = { at: now + delay, run };
  timers.add(timer);
  return timer;
};
const clearTimeoutOf = (timer?: Timer | NodeJS.Timeout): void => {
  if (!timer || !timers.delete(timer as Timer)) real.clearTimeout(timer as NodeJS.Timeout);
};
Object.assign(globalThis, { setTimeout: setTimeoutOf, clearTimeout: clearTimeoutOf });

/** The last time that was read from the file. */
let told = now;
const tick = (): void => {
  const until = Math.max(read(), now);
  const [next] = [...timers].sort((a, b) => a.at - b.at);
  const idle = calls === 0 && atWork === 0;
  if (idle && next && next.at <= until) {
    now = Math.max(next.at, now);
    timers.delete(next);
    atWork++;
    void Promise.resolve(next.run()).finally(() => atWork--);
  } else if (idle && next && until > told) {
    // A store that is at work has no timer; this one waits.
    now = told = until;
    process.stdout.write(`It is ${until}\n`);
  }
  if (until > told) setImmediate(tick);
  else real.setTimeout(tick, LOOK);
};
tick();
