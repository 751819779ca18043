/** `npm run preflight` against the built proxy: what it finds, and what it leaves behind. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, test } from "node:test";
import packageJson from "../../package.json" with { type: "json" };
import { NINE_FIELDS } from "../own-fields.ts";
import { ORIGIN, SECRETS, startProxy, targetsFor } from "./harness.ts";
import type { Proxy } from "./harness.ts";

const OPERATOR_TOKEN = "operator-token-of-the-tests-0123456789";
const READER = "l".repeat(40);
const LEDGER_KEYS = JSON.stringify({ k1: Buffer.alloc(32, 1).toString("base64") });

const { version } = packageJson;

let proxy: Proxy;
before(async () => {
  proxy = await startProxy({
    targets: (vendors) => {
      const { sakneen, brainysoft } = targetsFor(vendors);
      const whole = { ...sakneen, storage: "ledger" };
      return {
        sakneen: whole,
        brainysoft,
        asking: {
          ...whole,
          required: ["email", "project"],
          consent: "required",
          fields: NINE_FIELDS.map((field) =>
            field.type === "hidden" ? field : { ...field, required: true },
          ),
        },
        relayed: { ...sakneen, storage: "none" },
      };
    },
    secrets: () => ({
      SAKNEEN_API_KEY: SECRETS.SAKNEEN_API_KEY,
      LEDGER_KEYS,
      OPERATOR_TOKEN,
      OPERATOR_TOKENS: JSON.stringify({ lena: { token: READER } }),
    }),
  });
});
after(() => proxy.close());

/** @param token empty for none */
const runWith = (
  token: string,
  args: readonly string[],
): Promise<{ code: number; output: string }> =>
  new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ["proxy/scripts/preflight.ts", ...args],
      { env: { PATH: process.env["PATH"], OPERATOR_TOKEN: token, npm_package_version: version } },
      (_error, stdout, stderr) => resolve({ code: child.exitCode ?? -1, output: stdout + stderr }),
    );
  });
const preflight = (...args: string[]) => runWith(OPERATOR_TOKEN, args);

const PROVEN = [
  "a test lead for TARGET is stored",
  "the vendor of TARGET answers",
  "the vendor of TARGET accepts the key",
  "the vendor of TARGET looks at a lead, and finds nothing wrong but what was left out",
  "the test lead for TARGET is removed again",
];

const stored = async () => {
  const response = await proxy.fetch("/operator/leads", {
    headers: { authorization: `Bearer ${OPERATOR_TOKEN}` },
  });
  return ((await response.json()) as { leads: unknown[] }).leads;
};

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
    "✗ a test lead for unknown is taken",
  ]);
  assert.match(output, /Correct the settings: BRAINYSOFT_TOKEN/);
  assert.deepEqual(
    lines.filter((line) => line.startsWith("✓")).slice(11),
    PROVEN.map((what) => `✓ ${what.replace("TARGET", "sakneen")}`),
  );
  assert.doesNotMatch(output, new RegExp(OPERATOR_TOKEN));
  assert.equal(proxy.vendors.sakneen.leads().length, 0);
  assert.deepEqual(await stored(), []);
});

test("says so where nothing answers, and where no address is given", async () => {
  const silent = await preflight("http://127.0.0.1:1");
  assert.equal(silent.code, 1);
  assert.doesNotMatch(silent.output, /✓/);
  assert.match(silent.output, /✗ \/healthz[^\n]*\n {2}It does not answer/);
  assert.equal((await preflight()).code, 2);
});

const lineOf = (output: string, mark: string): string[] =>
  output.split("\n").filter((line) => line.startsWith(mark));

test("sends a test lead that answers whatever the target asks for, and removes it", async () => {
  const { output } = await preflight(
    proxy.url,
    "--target",
    "asking",
    "--field",
    "project=Palm Hills",
  );
  for (const what of PROVEN)
    assert.ok(output.includes(`✓ ${what.replace("TARGET", "asking")}`), output);
  const body = proxy.vendors.sakneen.requests().at(-1)?.body ?? "";
  assert.match(body, /Palm Hills/);
  assert.doesNotMatch(body, /Preflight|2025550123/);
  assert.deepEqual([proxy.vendors.sakneen.leads(), await stored()], [[], []]);
});

test("says which field a target asks for besides", async () => {
  const { output } = await preflight(proxy.url, "--target", "asking");
  assert.match(output, /✗ a test lead for asking is taken\n {2}.*project_missing.*--field/);
});

test("says what the vendor's answer proves where it is not what it should be", async () => {
  proxy.vendors.sakneen.setFaults({ mode: "bad_key", count: 1 });
  const { code, output } = await preflight(proxy.url, "--target", "sakneen");
  assert.equal(code, 1);
  assert.match(output, /✓ the vendor of sakneen answers/);
  assert.match(
    output,
    /✗ the vendor of sakneen accepts the key\n {2}The vendor of sakneen refuses the API key\. Put/,
  );
  assert.match(output, /✓ the test lead for sakneen is removed again/);
  assert.deepEqual(await stored(), []);
});

test("proves of a relay what there is to prove", async () => {
  const { output } = await preflight(proxy.url, "--target", "relayed");
  assert.match(output, /✓ the vendor of relayed accepts the key/);
  assert.doesNotMatch(output, /relayed is (?:stored|removed)/);
});

test("leaves the test lead out without a token, and says so", async () => {
  const before = proxy.vendors.sakneen.requests().length;
  const { output } = await runWith("", [proxy.url, "--target", "sakneen"]);
  assert.deepEqual(lineOf(output, "–"), ["– a test lead goes to the vendor's validation"]);
  assert.match(output, /Left out\. Set OPERATOR_TOKEN/);
  assert.equal(proxy.vendors.sakneen.requests().length, before);
});

test("says so where the token may not send one", async () => {
  const { output } = await runWith(READER, [proxy.url, "--target", "sakneen"]);
  assert.match(
    output,
    /✗ a test lead for sakneen is taken\n {2}The token must have the right to replay/,
  );
  assert.deepEqual(await stored(), []);
});
