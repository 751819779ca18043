/** How much of the file a lead changes: each page is written to the disk before its visitor is answered. */
import assert from "node:assert/strict";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createLedger } from "../../../proxy/ledger/ledger.ts";
import { openSqlite } from "../../../proxy/ledger/node/sqlite-store.ts";
import { UNLIMITED, submissionOf } from "./leads.ts";

/** A page, with its head in the write-ahead log (https://www.sqlite.org/fileformat2.html, 4.1). */
const FRAME = 4_096 + 24;
const LEADS = 400;

/** As long as a keyed hash, and in no order. */
const hash = (n: number, of: string): string =>
  Buffer.from(of + ((n * 7_919) % LEADS), "utf8")
    .toString("base64")
    .padEnd(44, "=");

test("a lead that is delivered changes few pages", async () => {
  const folder = await mkdtemp(join(tmpdir(), "lead-form-pages-"));
  const path = join(folder, "t-0.sqlite");
  const sql = openSqlite(path);
  // The log keeps every page that was ever written.
  sql.all("PRAGMA wal_autocheckpoint = 0");
  let clock = Date.parse("2026-11-22T00:01:00Z");
  const ledger = createLedger({
    sql,
    now: () => clock,
    random: () => 0.5,
    newId: () => crypto.randomUUID(),
    policy: UNLIMITED,
  });
  const sizeOfLog = async (): Promise<number> => (await stat(`${path}-wal`)).size;
  const before = await sizeOfLog();
  for (let n = 0; n < LEADS; n++) {
    const scattered = (n * 7_919) % LEADS;
    const { id } = submissionOf(scattered);
    ledger.begin(
      submissionOf(scattered, {
        fps: [hash(n, "content")],
        phoneHashes: [hash(n, "phone")],
        // As long as those of a lead with a campaign.
        box: "b".repeat(700),
        kept: `${"k".repeat(350)}.k1`,
      }),
    );
    clock += 10;
    ledger.finish(id, 1, { kind: "created", ref: "r".repeat(60), status: 201 });
  }
  const pages = (await sizeOfLog()) - before;
  sql.close();
  await rm(folder, { recursive: true, force: true });
  assert.ok(pages / FRAME / LEADS < 15, `${(pages / FRAME / LEADS).toFixed(1)} pages a lead`);
});
