/** What a refusal costs the disk: nothing, of whatever kind, with a store as without one. */
import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { LEADS, SECRETS, postLead, startProxy, targetsFor } from "./harness.ts";

/** The local runner of the Worker is slow. */
const REFUSALS = process.env["LEAD_FORM_RUNTIME"] === "node" ? 1_000 : 120;
const LEDGER_KEYS = JSON.stringify({ k1: Buffer.alloc(32, 1).toString("base64") });
const limits = { perAddressPerMinute: 4, perTargetPerMinute: 8 };

const bytesIn = async (folder: string): Promise<number> => {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    files
      // The local runner keeps traces and its own counts beside the stores.
      .filter((file) => file.isFile() && !/\/v3\/(?!do\/)/.test(file.parentPath))
      .filter(({ name }) => name.includes("sqlite"))
      .map(({ parentPath, name }) => stat(join(parentPath, name))),
  );
  return sizes.reduce((sum, { size }) => sum + size, 0);
};

test(`${REFUSALS} refusals of all kinds write no byte`, async () => {
  const folder = await mkdtemp(join(tmpdir(), "lead-form-refusals-"));
  const proxy = await startProxy({
    persistTo: folder,
    targets: (vendors) => {
      const target = { ...targetsFor(vendors).sakneen, limits };
      return {
        one: { ...target, storage: "ledger" },
        many: { ...target, storage: "ledger", shards: 2 },
        none: { ...target, storage: "none" },
        strict: { ...target, storage: "ledger", stamp: "required" },
      };
    },
    secrets: () => ({ ...SECRETS, LEDGER_KEYS }),
  });
  try {
    const id = crypto.randomUUID();
    const kinds = [
      [429, { target: "one" }],
      [429, { target: "many" }],
      [429, { target: "none" }],
      [403, { target: "strict" }],
      [422, { target: "one", id, name: "Somebody Else" }],
      [422, { target: "strict", phone: "1" }],
    ] as const;
    await postLead(proxy, { ...LEADS.sakneen, target: "one", id });
    const post = async (values: object) => {
      const response = await postLead(proxy, { ...LEADS.sakneen, phone: "01112345678", ...values });
      await response.arrayBuffer();
      return response.status;
    };
    // Each store is there before it is measured.
    for (let n = 0; n < 8; n++) for (const [, values] of kinds) await post(values);
    const before = await bytesIn(folder);
    assert.ok(before > 0);
    for (const [status, values] of kinds)
      for (let left = Math.ceil(REFUSALS / kinds.length); left > 0; left--)
        assert.equal(await post(values), status, JSON.stringify(values));
    assert.equal(await bytesIn(folder), before);
  } finally {
    await proxy.close();
    await rm(folder, { recursive: true, force: true });
  }
});
