/**
 * A disk that is full under a running server: nothing that was promised is lost, and nothing has to
 * be repaired by hand. Needs a file system of its own, which only root of a Linux may mount.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { startVendors } from "../../demo/vendors/server.ts";
import { LEADS, ORIGIN, SECRETS, startServer, targetsFor, until } from "../proxy/harness.ts";
import type { Runtime } from "../proxy/harness.ts";

const mount = (folder: string): boolean =>
  spawnSync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", folder]).status === 0;
const unmount = (folder: string): void => void spawnSync("umount", ["--lazy", folder]);

/** Leads to send; their rows and the log of SQLite outgrow what is left of the disk. */
const LEADS_SENT = 40;

describe("while the disk is full", { concurrency: 2 }, () => {
  for (const runtime of ["node", "workerd"] as const satisfies Runtime[])
    test(`${runtime} promises only what it keeps, and goes on by itself when there is room`, async (t) => {
      const folder = await mkdtemp(join(tmpdir(), "lead-form-disk-"));
      if (!mount(folder)) {
        await rm(folder, { recursive: true });
        return t.skip("a file system can be mounted by root only");
      }
      const filler = join(folder, "filler");
      const vendors = await startVendors();
      const { sakneen } = vendors;
      const limits = { perAddressPerMinute: 1e6, perTargetPerMinute: 1e6 };
      const server = await startServer(runtime, {
        persistTo: folder,
        vars: {
          TARGETS: JSON.stringify({
            t: { ...targetsFor(vendors).sakneen, storage: "ledger", limits },
          }),
        },
        secrets: { ...SECRETS, LEDGER_KEYS: JSON.stringify({ k1: btoa("k".repeat(32)) }) },
      });
      const errors = (): number => server.output().match(/"event":"error"/g)?.length ?? 0;
      const post = async (n: number): Promise<number> => {
        const phone = `010123456${String(n).padStart(2, "0")}`;
        const { status } = await fetch(`${server.url}/v1/leads`, {
          method: "POST",
          headers: { origin: ORIGIN, accept: "application/json" },
          body: new URLSearchParams({ ...LEADS.sakneen, target: "t", phone }),
        });
        return status;
      };
      try {
        sakneen.setFaults({ mode: "unavailable_503", retry_after: 1 });
        assert.equal(await post(0), 202);
        // As much as fits; that this fails is the point.
        await writeFile(filler, Buffer.alloc(4 * 2 ** 20)).catch(() => undefined);
        let promised = 1;
        for (let n = 1; n < LEADS_SENT; n++) {
          const status = await post(n);
          assert.ok(status === 202 || status === 503, `answered ${status}`);
          if (status === 202) promised++;
        }
        assert.ok(promised < LEADS_SENT, "the disk never was full");
        // workerd resets an object whose write failed; our own log then hears nothing of it.
        if (runtime === "node") await until(() => errors() > 0);

        sakneen.setFaults({ mode: "ok" });
        await rm(filler);
        await until(() => sakneen.leads().length >= promised);
        assert.equal(await post(LEADS_SENT), 201);
        const phones = new Set(sakneen.leads().map(({ body }) => body["phoneNumber"]));
        assert.equal(phones.size, promised + 1);
        // A store that fails is left in peace for a while, or its log would fill the next disk.
        assert.ok(errors() < 5, `${errors()} errors told`);
        t.diagnostic(`${promised} of ${LEADS_SENT} promised, ${errors()} errors told`);
      } finally {
        await server.kill();
        await vendors.close();
        unmount(folder);
        await rm(folder, { recursive: true, force: true });
      }
    });
});

test("a disk that is full at the start keeps no relay from work, and its store opens once there is room", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "lead-form-full-"));
  if (!mount(folder)) {
    await rm(folder, { recursive: true });
    return t.skip("a file system can be mounted by root only");
  }
  const filler = join(folder, "filler");
  await writeFile(filler, Buffer.alloc(4 * 2 ** 20)).catch(() => undefined);
  const vendors = await startVendors();
  const { sakneen } = targetsFor(vendors);
  const server = await startServer("node", {
    persistTo: join(folder, "data"),
    vars: { TARGETS: JSON.stringify({ t: { ...sakneen, storage: "ledger" }, relay: sakneen }) },
    secrets: { ...SECRETS, LEDGER_KEYS: JSON.stringify({ k1: btoa("k".repeat(32)) }) },
  });
  const health = async (): Promise<string> => (await fetch(`${server.url}/healthz`)).text();
  const post = async (target: string): Promise<number> =>
    (
      await fetch(`${server.url}/v1/leads`, {
        method: "POST",
        headers: { origin: ORIGIN, accept: "application/json" },
        body: new URLSearchParams({ ...LEADS.sakneen, target }),
      })
    ).status;
  try {
    assert.equal(await post("relay"), 201);
    assert.match(await health(), /"DATA_DIR","problem":"holds no store for t: the disk is full"/);
    await rm(filler);
    await until(async () => (await health()) === '{"ok":true}');
    vendors.sakneen.setFaults({ mode: "unavailable_503" });
    assert.equal(await post("t"), 202);
  } finally {
    await server.kill();
    await vendors.close();
    unmount(folder);
    await rm(folder, { recursive: true, force: true });
  }
});
