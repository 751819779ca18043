/**
 * A server that starts with a clock 400 days ahead, and then with the right one: what waits is there, and goes
 * out. Node's clock is moved; workerd's cannot be, so the times in its storage are moved instead.
 */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { startVendors } from "../../demo/vendors/server.ts";
import type { Faults } from "../../demo/vendors/server.ts";
import { LEADS, ORIGIN, SECRETS, startServer, targetsFor, until } from "../proxy/harness.ts";
import type { Runtime } from "../proxy/harness.ts";
import { changeStores } from "../proxy/stores.ts";
import { rewind } from "./rewind.ts";

const MINUTE = 60_000;
const AHEAD = 400 * 24 * 60 * MINUTE;
const OPERATOR_TOKEN = "the-operator-token-of-the-crash-runs";

/** The clock that the store has last believed, too: else the leads are old, and the clock is right. */
const BELIEVED = `UPDATE meta SET value = json_set(value, '$.believed.wall', value ->> '$.believed.wall' - :span)
  WHERE key = 'clock' AND value ->> '$.believed.wall' > 0`;

for (const runtime of ["node", "workerd"] as const satisfies readonly Runtime[])
  test(`${runtime} keeps what waits through a start with a clock that is 400 days ahead`, async () => {
    const folder = await mkdtemp(join(tmpdir(), "lead-form-ahead-"));
    const data = join(folder, "data");
    const CLOCK_FILE = join(folder, "clock");
    const vendors = await startVendors();
    const { sakneen } = vendors;
    const begun = Date.now();
    /** @param ahead milliseconds by which the clock is wrong */
    const start = async (ahead: number) => {
      await writeFile(CLOCK_FILE, String(begun + ahead));
      const NODE_OPTIONS = `--import=${pathToFileURL("test/crash/clock.ts").href}`;
      return startServer(runtime, {
        persistTo: data,
        vars: {
          TARGETS: JSON.stringify({ t: { ...targetsFor(vendors).sakneen, storage: "ledger" } }),
          ...(runtime === "node" && { NODE_OPTIONS, CLOCK_FILE }),
        },
        secrets: {
          ...SECRETS,
          OPERATOR_TOKEN,
          LEDGER_KEYS: JSON.stringify({ k1: btoa("k".repeat(32)) }),
        },
      });
    };
    let server = await start(0);
    const post = async (faults: Faults, phone: string): Promise<string> => {
      sakneen.setFaults(faults);
      const response = await fetch(`${server.url}/v1/leads`, {
        method: "POST",
        headers: { origin: ORIGIN, accept: "application/json" },
        body: new URLSearchParams({ ...LEADS.sakneen, target: "t", phone }),
      });
      return ((await response.json()) as { receipt: string }).receipt;
    };
    const ask = async (path: string, method = "GET") => {
      const headers = { authorization: `Bearer ${OPERATOR_TOKEN}` };
      const response = await fetch(`${server.url}/operator/leads/${path}`, { method, headers });
      return (await response.json()) as { state?: string };
    };
    const phones = () => sakneen.leads().map(({ body }) => body["phoneNumber"]);
    try {
      const kept = await post({ mode: "html_200" }, "01012345670");
      await post({ mode: "unavailable_503" }, "01012345671");
      await server.kill();

      sakneen.setFaults({ mode: "ok" });
      if (runtime === "workerd") {
        await rewind(data, AHEAD);
        await changeStores(data, (db, of) => {
          if (
            of === "object" &&
            db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'meta'").all().length > 0
          )
            db.prepare(BELIEVED).run({ span: AHEAD });
        });
      }
      server = await start(AHEAD);
      // What is old is looked for before the first delivery.
      await until(() => phones().includes("+201012345671"));
      assert.equal((await ask(kept)).state, "held");
      await server.kill();

      if (runtime === "workerd") await rewind(data, -AHEAD);
      server = await start(MINUTE);
      assert.equal((await ask(kept)).state, "held");
      await ask(`${kept}/replay`, "POST");
      await until(() => phones().includes("+201012345670"));
      assert.deepEqual(phones(), ["+201012345671", "+201012345670"]);
    } finally {
      await server.kill();
      await vendors.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
