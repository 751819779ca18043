/**
 * A vendor that is away for a week: lived through by a running Node server in a few seconds, and by
 * workerd in restarts, since its clock cannot be moved.
 */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { startVendors } from "../../demo/vendors/server.ts";
import type { Vendors } from "../../demo/vendors/server.ts";
import { LEADS, ORIGIN, SECRETS, startServer, targetsFor, until } from "../proxy/harness.ts";
import { rewind } from "./rewind.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const settingsFor = (vendors: Vendors) => ({
  vars: {
    // The limits count real minutes, and these days take one.
    TARGETS: JSON.stringify({
      t: {
        ...targetsFor(vendors).sakneen,
        storage: "ledger",
        limits: { perAddressPerMinute: 1e6 },
      },
    }),
  },
  secrets: { ...SECRETS, LEDGER_KEYS: JSON.stringify({ k1: btoa("k".repeat(32)) }) },
});

/** Sends the n-th visitor's lead; returns the status. */
const post = async (url: string, n: number): Promise<number> => {
  const phone = `010123456${String(n).padStart(2, "0")}`;
  const { status } = await fetch(`${url}/v1/leads`, {
    method: "POST",
    headers: { origin: ORIGIN, accept: "application/json" },
    body: new URLSearchParams({ ...LEADS.sakneen, target: "t", phone }),
  });
  return status;
};

const assertEachOnce = ({ sakneen }: Vendors, count: number): void => {
  const phones = sakneen.leads().map(({ body }) => body["phoneNumber"]);
  assert.equal(phones.length, count);
  assert.equal(new Set(phones).size, count);
};

test("after seven days without the vendor everything is there within 20 minutes of its return", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "lead-form-outage-"));
  const CLOCK_FILE = join(folder, "clock");
  let clock = Date.now();
  await writeFile(CLOCK_FILE, String(clock));
  const vendors = await startVendors();
  const { sakneen } = vendors;
  const { vars, secrets } = settingsFor(vendors);
  const server = await startServer("node", {
    persistTo: join(folder, "data"),
    vars: {
      ...vars,
      NODE_OPTIONS: `--import=${pathToFileURL("test/crash/clock.ts").href}`,
      CLOCK_FILE,
    },
    secrets,
  });
  const pass = async (span: number): Promise<void> => {
    clock += span;
    await writeFile(CLOCK_FILE, String(clock));
    await until(() => server.output().includes(`It is ${clock}\n`));
  };
  let posted = 0;
  try {
    sakneen.setFaults({ mode: "unavailable_503" });
    for (let day = 0; day < 7; day++) {
      for (let n = 0; n < 7; n++) assert.equal(await post(server.url, posted++), 202);
      await pass(DAY);
    }
    const calls = sakneen.requests().length;
    assert.ok(calls > 650 && calls < 750, `${calls} calls in seven days`);
    assert.equal(sakneen.leads().length, 0);

    sakneen.setFaults({ mode: "ok" });
    await pass(20 * MINUTE);
    assertEachOnce(vendors, posted);
    assert.equal(await post(server.url, posted), 201);
    t.diagnostic(`${posted} leads, ${calls} calls in seven days`);
  } finally {
    await server.kill();
    await vendors.close();
    await rm(folder, { recursive: true, force: true });
  }
});

test("workerd asks a vendor once after days of its absence, seven in all, and brings it everything at once", async () => {
  const folder = await mkdtemp(join(tmpdir(), "lead-form-outage-"));
  const vendors = await startVendors();
  const { sakneen } = vendors;
  const start = () => startServer("workerd", { persistTo: folder, ...settingsFor(vendors) });
  let server = await start();
  const pass = async (span: number): Promise<void> => {
    await server.kill();
    await rewind(folder, span);
    server = await start();
  };
  const probed = async (before: number): Promise<void> =>
    until(() => sakneen.requests().length > before);
  let posted = 0;
  try {
    sakneen.setFaults({ mode: "unavailable_503" });
    while (posted < 6) assert.equal(await post(server.url, posted++), 202);
    for (const days of [1, 2, 4]) {
      const before = sakneen.requests().length;
      await pass(days * DAY);
      await probed(before);
      assert.equal(await post(server.url, posted++), 202);
      assert.equal(sakneen.requests().length, before + 1);
    }
    assert.equal(sakneen.leads().length, 0);

    sakneen.setFaults({ mode: "ok" });
    await pass(20 * MINUTE);
    await until(() => sakneen.leads().length >= posted);
    assertEachOnce(vendors, posted);
    assert.equal(await post(server.url, posted), 201);
  } finally {
    await server.kill();
    await vendors.close();
    await rm(folder, { recursive: true, force: true });
  }
});
