/** What a file of the Node server's store still holds once something was deleted from it. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { openSqlite } from "../../../proxy/ledger/node/sqlite-store.ts";

test("what was deleted or overwritten is not left in a free place of the file", () => {
  const folder = mkdtempSync(join(tmpdir(), "lead-form-sqlite-"));
  try {
    const path = join(folder, "t-0.sqlite");
    const sql = openSqlite(path);
    sql.all("CREATE TABLE lead (id INTEGER PRIMARY KEY, box TEXT) STRICT");
    // Small ones in one page, and one that needs pages of its own.
    for (let id = 1; id <= 50; id++)
      sql.all(
        "INSERT INTO lead VALUES (?, ?)",
        id,
        `canary-${id}-${"x".repeat(id === 1 ? 9000 : 40)}`,
      );
    sql.all("UPDATE lead SET box = NULL WHERE id <= 25");
    sql.all("DELETE FROM lead WHERE id > 25 AND id < 50");
    // Into the main file, and the log is emptied with it.
    sql.all("PRAGMA wal_checkpoint(TRUNCATE)");
    const left = readdirSync(folder).map((name) => readFileSync(join(folder, name), "latin1"));
    assert.deepEqual(left.join("").match(/canary-\d+/g), ["canary-50"]);
    sql.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
