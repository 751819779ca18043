/**
 * Owns `npm test`: runs the suites in order, goes on after a failure, and sums their counts into the
 * closing line. A suite that ran no test, or ended badly without counting one, is a failure.
 */
import { spawn } from "node:child_process";

/** `counts`: the suite closes with `ℹ pass N` and `ℹ fail N`. The others pass or fail as one. */
const SUITES = [
  { script: "check", counts: false },
  { script: "test:unit", counts: true },
  { script: "test:proxy", counts: true },
  { script: "test:node", counts: true },
  { script: "test:chaos", counts: true },
  { script: "test:widget", counts: true },
  { script: "test:e2e", counts: true },
] as const;

const run = (script: string): Promise<{ code: number; output: string }> =>
  new Promise((resolve) => {
    const child = spawn("npm", ["run", "-s", script], {
      stdio: ["ignore", "pipe", "inherit"],
      shell: process.platform === "win32",
    });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
      process.stdout.write(chunk);
    });
    child.once("close", (code) => resolve({ code: code ?? 1, output }));
  });

const count = (output: string, word: "pass" | "fail"): number =>
  [...output.matchAll(new RegExp(String.raw`^ℹ ${word} (\d+)$`, "gm"))].reduce(
    (sum, [, n]) => sum + Number(n),
    0,
  );

const total = { passed: 0, failed: 0 };
const rows: string[] = [];
for (const { script, counts } of SUITES) {
  const started = Date.now();
  const { code, output } = await run(script);
  const passed = counts ? count(output, "pass") : Number(code === 0);
  const counted = counts ? count(output, "fail") : 0;
  const failed = code === 0 && passed > 0 ? counted : Math.max(counted, 1);
  total.passed += passed;
  total.failed += failed;
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  rows.push(`${script.padEnd(12)} ${passed} passed, ${failed} failed, ${seconds} s`);
}
console.log(`\n${rows.join("\n")}\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
