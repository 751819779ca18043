/** Owns the proof that no credential, vendor text or personal data leaves the Worker by a side door. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { FAULT_MODES } from "../../demo/vendors/modes.ts";
import { startVendors } from "../../demo/vendors/server.ts";
import type { Vendors } from "../../demo/vendors/server.ts";
import { startWorker } from "../../demo/run/worker.ts";
import { CANARIES, targetsFor, until } from "./harness.ts";

const ORIGIN = "https://www.example.com";
const PHONES = { sakneen: "+201012345678", brainysoft: "+79776200777" } as const;

let vendors: Vendors;
let worker: Awaited<ReturnType<typeof startWorker>>;
before(async () => {
  vendors = await startVendors({ secrets: CANARIES });
  worker = await startWorker({
    vars: { TARGETS: JSON.stringify(targetsFor(vendors, [ORIGIN])) },
    secrets: {
      SAKNEEN_API_KEY: CANARIES.SAKNEEN_API_KEY,
      BRAINYSOFT_TOKEN_URL: vendors.brainysoft.tokenUrl,
      BRAINYSOFT_CLIENT_ID: CANARIES.BRAINYSOFT_CLIENT_ID,
      BRAINYSOFT_CLIENT_SECRET: CANARIES.BRAINYSOFT_CLIENT_SECRET,
    },
  });
});
after(async () => {
  await worker.close();
  await vendors.close();
});

const MODES = Object.keys(FAULT_MODES);

const post = async (target: keyof typeof PHONES, mode: string): Promise<string> => {
  const answer = await fetch(`${worker.url}/v1/leads`, {
    method: "POST",
    headers: { origin: ORIGIN, accept: "application/json" },
    body: new URLSearchParams({ target, name: `${mode} Zaphod`, phone: PHONES[target] }),
  });
  return JSON.stringify([...answer.headers]) + (await answer.text());
};

const assertClean = (text: string, where: string): void => {
  for (const [name, canary] of Object.entries(CANARIES))
    assert.ok(!text.includes(canary), `${where} holds ${name}`);
};

test("no answer and no log line tells a secret, a vendor's words or who the visitor is", async () => {
  const calls = (["sakneen", "brainysoft"] as const).flatMap((target) =>
    MODES.map((mode) => post(target, mode)),
  );
  const pages = ["/healthz", "/f/sakneen", "/", "/nowhere", "/lead-form.js"].map(async (path) =>
    (await fetch(worker.url + path)).text(),
  );
  for (const text of await Promise.all([...calls, ...pages])) {
    assertClean(text, "An answer");
    assert.doesNotMatch(text, /newLead|stolen|Access Denied|NO_\w+_ERROR|NestJS|Throttler/i);
  }
  // Log lines come through two processes, and may follow their answers.
  const lines = () => worker.output().match(/"event":"delivery"/g)?.length ?? 0;
  await until(() => lines() >= calls.length);
  assertClean(worker.output(), "The log");
  assert.doesNotMatch(worker.output(), /Zaphod|1012345678|9776200777/);
  assert.equal(vendors.sakneen.stolen().length + vendors.brainysoft.stolen().length, 0);
});
