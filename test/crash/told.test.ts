/**
 * A vendor at 500 and two leads in quarantine: what is told, and when. The Node server lives through it by
 * its clock; workerd, whose clock cannot be moved, in restarts.
 */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { startVendors } from "../../demo/vendors/server.ts";
import { LEADS, ORIGIN, SECRETS, startServer, targetsFor, until } from "../proxy/harness.ts";
import type { Runtime } from "../proxy/harness.ts";
import { startReceiver } from "../proxy/receiver.ts";
import { rewind } from "./rewind.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** A server with one lead that its vendor answers with 500, and two in quarantine; time passes as it is told to. */
const startNight = async (runtime: Runtime) => {
  const folder = await mkdtemp(join(tmpdir(), "lead-form-told-"));
  const CLOCK_FILE = join(folder, "clock");
  let clock = Date.now();
  /** What was taken from the times in the store so far. */
  let rewound = 0;
  await writeFile(CLOCK_FILE, String(clock));
  const [vendors, receiver] = await Promise.all([startVendors(), startReceiver()]);
  const NODE_OPTIONS = `--import=${pathToFileURL("test/crash/clock.ts").href}`;
  const start = () =>
    startServer(runtime, {
      persistTo: join(folder, "data"),
      vars: {
        TARGETS: JSON.stringify({ t: { ...targetsFor(vendors).sakneen, storage: "ledger" } }),
        ...(runtime === "node" && { NODE_OPTIONS, CLOCK_FILE }),
      },
      secrets: {
        ...SECRETS,
        ...receiver.secrets,
        LEDGER_KEYS: JSON.stringify({ k1: btoa("k".repeat(32)) }),
      },
    });
  let server = await start();
  const post = async (values: object) => {
    const { status } = await fetch(`${server.url}/v1/leads`, {
      method: "POST",
      headers: { origin: ORIGIN, accept: "application/json" },
      body: new URLSearchParams({ ...LEADS.sakneen, target: "t", ...values }),
    });
    assert.equal(status, 202);
  };
  vendors.sakneen.setFaults({ mode: "error_500" });
  const posted = Date.now();
  await post({});
  await post({ lf_hp: "1", phone: "01112345678" });
  await post({ lf_hp: "1", phone: "01212345678" });

  return {
    vendor: vendors.sakneen,
    /** A kill may come before the store knows that an alert arrived: then it is sent again, under its id. */
    told: () =>
      ["lead.waiting", "lead.quarantined"].map(
        (type) => new Set(receiver.of("t", type).map(({ id }) => id)).size,
      ),
    /** Milliseconds since the lead arrived, for the store. */
    age: (): number => Date.now() - posted + rewound,
    pass: async (span: number): Promise<void> => {
      if (runtime === "node") {
        clock += span;
        rewound += span;
        await writeFile(CLOCK_FILE, String(clock));
        await until(() => server.output().includes(`It is ${clock}\n`));
        return;
      }
      await server.kill();
      rewound += span;
      await rewind(join(folder, "data"), span);
      server = await start();
    },
    close: async (): Promise<void> => {
      await server.kill();
      await vendors.close();
      receiver.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

test("Node tells of each kind once, at five minutes", async () => {
  const night = await startNight("node");
  try {
    await night.pass(5 * MINUTE - 5 * SECOND);
    assert.deepEqual(night.told(), [0, 0]);
    await night.pass(10 * SECOND);
    await until(() => night.told().every((count) => count > 0));
    await night.pass(40 * MINUTE);
    assert.deepEqual(night.told(), [1, 1]);
  } finally {
    await night.close();
  }
});

test("Node tells nothing of a vendor that is back at four", async () => {
  const night = await startNight("node");
  try {
    await night.pass(4 * MINUTE);
    night.vendor.setFaults({ mode: "ok" });
    await night.pass(2 * MINUTE);
    await until(() => night.told()[1] === 1);
    assert.deepEqual(night.told(), [0, 1]);
    assert.equal(night.vendor.leads().length, 1);
  } finally {
    await night.close();
  }
});

test("workerd tells of each kind once, at five minutes", async () => {
  const night = await startNight("workerd");
  try {
    await night.pass(5 * MINUTE - 8 * SECOND - night.age());
    assert.deepEqual(night.told(), [0, 0]);
    await until(() => night.told().every((count) => count > 0));
    const age = night.age();
    assert.ok(Math.abs(age - 5 * MINUTE) < 5 * SECOND, `told at ${age} ms`);
    const calls = night.vendor.requests().length;
    await night.pass(20 * MINUTE);
    await until(() => night.vendor.requests().length > calls);
    assert.deepEqual(night.told(), [1, 1]);
  } finally {
    await night.close();
  }
});

test("workerd tells nothing of a vendor that is back at four", async () => {
  const night = await startNight("workerd");
  try {
    await night.pass(4 * MINUTE - night.age());
    night.vendor.setFaults({ mode: "ok" });
    await night.pass(50 * SECOND);
    await until(() => night.vendor.leads().length === 1);
    await until(() => night.told()[1] === 1);
    assert.deepEqual(night.told(), [0, 1]);
  } finally {
    await night.close();
  }
});
