/** `npm run preflight` against the built proxy: what it finds, and what it leaves behind. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, test } from "node:test";
import packageJson from "../../package.json" with { type: "json" };
import { ORIGIN, SECRETS, startProxy, targetsFor } from "./harness.ts";
import type { Proxy } from "./harness.ts";

const OPERATOR_TOKEN = "operator-token-of-the-tests-0123456789";
const LEDGER_KEYS = JSON.stringify({ k1: Buffer.alloc(32, 1).toString("base64") });

const { version } = packageJson;

let proxy: Proxy;
before(async () => {
  proxy = await startProxy({
    targets: (vendors) => {
      const { sakneen, brainysoft } = targetsFor(vendors);
      return { sakneen: { ...sakneen, storage: "ledger" }, brainysoft };
    },
    secrets: () => ({ SAKNEEN_API_KEY: SECRETS.SAKNEEN_API_KEY, LEDGER_KEYS, OPERATOR_TOKEN }),
  });
});
after(() => proxy.close());

const preflight = (...args: string[]): Promise<{ code: number; output: string }> =>
  new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ["proxy/scripts/preflight.ts", ...args],
      { env: { PATH: process.env["PATH"], OPERATOR_TOKEN, npm_package_version: version } },
      (_error, stdout, stderr) => resolve({ code: child.exitCode ?? -1, output: stdout + stderr }),
    );
  });

test("names what fails with what to do, and what works", async () => {
  const { code, output } = await preflight(
    proxy.url,
    "--origin",
    ORIGIN,
    "--origin",
    "https://forgotten.example.net",
    "--target",
    "sakneen",
    "--target",
    "unknown",
  );
  assert.equal(code, 1);
  const lines = output.split("\n");
  const failed = lines.filter((line) => line.startsWith("✗"));
  assert.deepEqual(failed, [
    "✗ /healthz finds no fault in the settings",
    "✗ https://forgotten.example.net may send",
    "✗ the hosted page of unknown shows a form",
    "✗ brainysoft is faulty",
  ]);
  assert.match(output, /Correct the settings: BRAINYSOFT_TOKEN/);
  assert.equal(lines.filter((line) => line.startsWith("✓")).length, 8);
  assert.doesNotMatch(output, new RegExp(OPERATOR_TOKEN));
  assert.equal(proxy.vendors.sakneen.requests().length, 0);
});

test("says so where nothing answers, and where no address is given", async () => {
  const silent = await preflight("http://127.0.0.1:1");
  assert.equal(silent.code, 1);
  assert.doesNotMatch(silent.output, /✓/);
  assert.match(silent.output, /✗ \/healthz[^\n]*\n {2}It does not answer/);
  assert.equal((await preflight()).code, 2);
});
