/** What a file of the Node server's store holds, when, and for whom. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { openSqlite } from "../../../proxy/ledger/node/sqlite-store.ts";

const inFile = (use: (sql: ReturnType<typeof openSqlite>, path: string) => void): void => {
  const folder = mkdtempSync(join(tmpdir(), "lead-form-sqlite-"));
  const path = join(folder, "t-0.sqlite");
  const sql = openSqlite(path);
  try {
    use(sql, path);
  } finally {
    sql.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

test("what was deleted or overwritten is not left in a free place of the file", () =>
  inFile((sql, path) => {
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
    const folder = dirname(path);
    const left = readdirSync(folder).map((name) => readFileSync(join(folder, name), "latin1"));
    assert.deepEqual(left.join("").match(/canary-\d+/g), ["canary-50"]);
  }));

test("a commit waits for the disk: no test can cut the power, so the setting itself is read", () =>
  inFile((sql) => {
    // 2 is FULL (https://www.sqlite.org/pragma.html#pragma_synchronous).
    assert.equal(sql.all("PRAGMA synchronous")[0]?.["synchronous"], 2);
  }));

test("a file is one server's: a second one would deliver every lead twice", () =>
  inFile((sql, path) => {
    sql.all("CREATE TABLE lead (id INTEGER PRIMARY KEY) STRICT");
    assert.throws(() => openSqlite(path), /locked/);
  }));
