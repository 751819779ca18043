/** A vendor that is away for a week, lived through by a running server in a few seconds. */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { startVendors } from "../../demo/vendors/server.ts";
import { LEADS, ORIGIN, SECRETS, startServer, targetsFor, until } from "../proxy/harness.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

test("after seven days without the vendor everything is there within 20 minutes of its return", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "lead-form-outage-"));
  const CLOCK_FILE = join(folder, "clock");
  let clock = Date.now();
  await writeFile(CLOCK_FILE, String(clock));
  const vendors = await startVendors();
  const { sakneen } = vendors;
  const server = await startServer("node", {
    persistTo: join(folder, "data"),
    vars: {
      TARGETS: JSON.stringify({ t: { ...targetsFor(vendors).sakneen, storage: "ledger" } }),
      NODE_OPTIONS: `--import=${pathToFileURL("test/crash/clock.ts").href}`,
      CLOCK_FILE,
    },
    secrets: { ...SECRETS, LEDGER_KEYS: JSON.stringify({ k1: btoa("k".repeat(32)) }) },
  });
  const pass = async (span: number): Promise<void> => {
    clock += span;
    await writeFile(CLOCK_FILE, String(clock));
    await until(() => server.output().includes(`It is ${clock}\n`));
  };
  let posted = 0;
  const post = async (): Promise<number> => {
    const phone = `010123456${String(posted++).padStart(2, "0")}`;
    const { status } = await fetch(`${server.url}/v1/leads`, {
      method: "POST",
      headers: { origin: ORIGIN, accept: "application/json" },
      body: new URLSearchParams({ ...LEADS.sakneen, target: "t", phone }),
    });
    return status;
  };
  try {
    sakneen.setFaults({ mode: "unavailable_503" });
    for (let day = 0; day < 7; day++) {
      for (let n = 0; n < 7; n++) assert.equal(await post(), 202);
      await pass(DAY);
    }
    const calls = sakneen.requests().length;
    assert.ok(calls > 650 && calls < 750, `${calls} calls in seven days`);
    assert.equal(sakneen.leads().length, 0);

    sakneen.setFaults({ mode: "ok" });
    await pass(20 * MINUTE);
    const phones = sakneen.leads().map(({ body }) => body["phoneNumber"]);
    assert.equal(phones.length, posted);
    assert.equal(new Set(phones).size, posted);
    assert.equal(await post(), 201);
    t.diagnostic(`${posted} leads, ${calls} calls in seven days`);
  } finally {
    await server.kill();
    await vendors.close();
    await rm(folder, { recursive: true, force: true });
  }
});
