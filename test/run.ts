/**
 * Owns `npm test`: it runs the suites and sums their counts into the closing line. Must not stop at a
 * failure, or count a suite without a test as passed.
 *
 * The end of each failed suite is printed again at the end, where a log that was cut short still holds it.
 */
import { spawn } from "node:child_process";

interface Suite {
  script: string;
  /** It closes with `ℹ pass N` and `ℹ fail N`; the others pass or fail as one. */
  counts: boolean;
}
const counted = (script: string): Suite => ({ script, counts: true });

/** First, since the others test what it makes; without it there is nothing to test. */
const BUILD: Suite = { script: "build", counts: false };
/** Two at a time: two cores, and most of the time is spent waiting for servers and browsers. */
const LANES: readonly (readonly Suite[])[] = [
  [
    { script: "check", counts: false },
    counted("test:unit"),
    counted("test:proxy"),
    counted("test:node"),
  ],
  [
    counted("test:widget"),
    counted("test:e2e"),
    counted("test:wordpress"),
    counted("test:chaos"),
    counted("test:demo"),
  ],
];

/** Milliseconds after which a suite that hangs is ended, and shown as far as it came. */
const LIMIT = 6 * 60_000;

/** Lines of a failed suite that are printed again: its runner prints last what failed and why. */
const REPEATED = 60;

interface Result {
  row: string;
  passed: number;
  failed: number;
  output: string;
}

const run = (script: string): Promise<{ code: number; output: string }> =>
  new Promise((resolve) => {
    const child = spawn("npm", ["run", "-s", script], {
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
      detached: process.platform !== "win32",
    });
    const late = setTimeout(() => {
      output += `\nEnded after ${LIMIT / 60_000} minutes.\n`;
      if (child.pid !== undefined)
        process.kill(process.platform === "win32" ? child.pid : -child.pid, "SIGKILL");
    }, LIMIT);
    let output = "";
    const read = (chunk: string): void => {
      output += chunk;
    };
    child.stdout.setEncoding("utf8").on("data", read);
    child.stderr.setEncoding("utf8").on("data", read);
    child.once("close", (code) => {
      clearTimeout(late);
      resolve({ code: code ?? 1, output });
    });
  });

const sum = (output: string, word: "pass" | "fail"): number =>
  [...output.matchAll(new RegExp(String.raw`^ℹ ${word} (\d+)$`, "gm"))].reduce(
    (total, [, n]) => total + Number(n),
    0,
  );

const test = async ({ script, counts }: Suite): Promise<Result> => {
  const started = Date.now();
  const { code, output } = await run(script);
  const passed = counts ? sum(output, "pass") : Number(code === 0);
  const found = counts ? sum(output, "fail") : 0;
  const failed = code === 0 && passed > 0 ? found : Math.max(found, 1);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const row = `${script.padEnd(12)} ${passed} passed, ${failed} failed, ${seconds} s`;
  // Each suite in one piece, as it ends: two of them at once would not be readable.
  process.stdout.write(`\n=== ${script}\n${output}\n${row}\n`);
  return { row, passed, failed, output };
};

const inTurn = async (suites: readonly Suite[]): Promise<Result[]> => {
  const results = [];
  for (const suite of suites) results.push(await test(suite));
  return results;
};

const built = await test(BUILD);
const rest = built.failed > 0 ? [] : (await Promise.all(LANES.map(inTurn))).flat();
const results = [built, ...rest];
const total = (key: "passed" | "failed") => results.reduce((n, result) => n + result[key], 0);
for (const { row, output } of results.filter(({ failed }) => failed > 0))
  console.log(`\n=== failed: ${row}\n${output.trimEnd().split("\n").slice(-REPEATED).join("\n")}`);
console.log(`\n${results.map(({ row }) => row).join("\n")}`);
console.log(`${total("passed")} passed, ${total("failed")} failed`);
process.exitCode = total("failed") === 0 ? 0 : 1;
