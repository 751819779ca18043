/** What becomes of stored leads while no target takes them up: on real files, with a clock of the test's own. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import { createLedger } from "../../../proxy/ledger/ledger.ts";
import { openSqlite, storeFile } from "../../../proxy/ledger/node/sqlite-store.ts";
import { tidyOrphans } from "../../../proxy/ledger/node/orphaned-stores.ts";
import { createRetentionJob } from "../../../proxy/ledger/retention.ts";
import type { Sql } from "../../../proxy/ledger/sql.ts";
import type { Line } from "../../../proxy/log.ts";
import type { Outcome } from "../../../proxy/vendors/vendor.ts";
import { POLICY, idOf, submissionOf } from "./leads.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const OK: Outcome = { kind: "created", ref: "1", status: 201 };
const DOWN: Outcome = { kind: "later", reason: "overloaded", status: 503 };
const DRIFT: Outcome = { kind: "drift", reason: "html", status: 200 };

let clock: number;
beforeEach(() => {
  clock = Date.parse("2026-11-22T00:00:00Z");
});

const ledgerOf = (sql: Sql) =>
  createLedger({
    sql,
    now: () => clock,
    steady: { elapsed: () => clock, run: "test" },
    random: () => 0.5,
    newId: () => crypto.randomUUID(),
    policy: POLICY,
  });
/** As it came while the target still worked; without an outcome its Worker died. */
const submit = (sql: Sql, n: number, outcome?: Outcome) => {
  const ledger = ledgerOf(sql);
  const begun = ledger.begin(submissionOf(n, { address: "203.0.113.7" }));
  if (begun.kind === "lease" && outcome) ledger.finish(idOf(n), begun.attempt, outcome);
};
const rows = (sql: Sql) => sql.all("SELECT state, box, phone_tail FROM lead ORDER BY id");
const EXPIRED = { state: "expired", box: null, phone_tail: null };

describe("a store that no target takes up", () => {
  let sql: Sql;
  beforeEach(() => {
    sql = openSqlite(":memory:");
  });
  /** Another Worker each time: it looks after the store once. */
  const look = () => {
    const retentionJob = createRetentionJob(sql, () => clock, {
      elapsed: () => clock,
      run: "test",
    });
    retentionJob.run();
    return retentionJob.nextAt();
  };

  test("loses what waits for 30 days, whatever it was waiting for", () => {
    submit(sql, 1, DOWN);
    submit(sql, 2, DRIFT);
    submit(sql, 3);
    clock += 30 * DAY;
    look();
    assert.deepEqual(
      rows(sql).map((row) => ({ ...row })),
      [EXPIRED, EXPIRED, EXPIRED],
    );
  });

  test("is looked after every hour as long as it holds a lead, and then never again", () => {
    submit(sql, 1, OK);
    assert.equal(look(), clock + HOUR);
    clock += 30 * DAY;
    assert.equal(look(), undefined);
    assert.deepEqual(sql.all("SELECT * FROM lead"), []);
  });

  test("keeps a younger lead as it is: it goes out once its target is whole", () => {
    submit(sql, 1, DOWN);
    const before = sql.all("SELECT * FROM lead");
    clock += 30 * DAY - 1;
    look();
    assert.deepEqual(sql.all("SELECT * FROM lead"), before);
    assert.deepEqual(
      ledgerOf(sql)
        .claim(0)
        .map(({ box }) => box),
      ["box1"],
    );
  });

  test("tells of an expired lead when there is somebody to tell it, and of its age not at all", () => {
    submit(sql, 1, DOWN);
    clock += 2 * DAY;
    look();
    assert.deepEqual(sql.all("SELECT * FROM alert"), []);
    clock += 28 * DAY;
    look();
    const [alert] = sql.all("SELECT type, data FROM alert");
    assert.equal(alert?.["type"], "lead.expired");
    assert.equal(JSON.parse(String(alert?.["data"])).lead, idOf(1));
  });

  test("may never have held anything", () => {
    assert.equal(look(), undefined);
  });
});

describe("a file that belongs to no opened store", () => {
  let folder: string;
  let lines: Line[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "lead-form-orphans-"));
    lines = [];
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const tidy = (...opened: string[]) =>
    tidyOrphans({
      folder,
      opened: new Set(opened),
      now: () => clock,
      steady: { elapsed: () => clock, run: "test" },
      log: (level, line) => {
        assert.equal(level, "warn");
        lines.push(line);
      },
    });
  const within = <T>(file: string, use: (sql: Sql) => T): T => {
    const sql = openSqlite(join(folder, file));
    try {
      return use(sql);
    } finally {
      sql.close();
    }
  };
  const faults = () => lines.flatMap((line) => (line.event === "config" ? line.faults : []));

  test("is purged as by its own server, and named as long as leads wait in it", () => {
    const file = storeFile("sakneen", 0);
    within(file, (sql) => submit(sql, 1, DOWN));
    tidy();
    assert.deepEqual(lines, [
      {
        event: "config",
        faults: [
          { setting: "DATA_DIR", problem: "holds leads that no target delivers: sakneen-0.sqlite" },
        ],
      },
    ]);
    clock += 30 * DAY;
    tidy();
    assert.equal(faults().length, 1);
    assert.deepEqual(
      within(file, (sql) => rows(sql).map((row) => ({ ...row }))),
      [EXPIRED],
    );
    assert.ok(!readFileSync(join(folder, file)).includes("box1"));
  });

  test("is any shard that is no longer one, of any target", () => {
    for (const file of ["a-0.sqlite", "a-1.sqlite", "b_2-C-63.sqlite"])
      within(file, (sql) => submit(sql, 1, DOWN));
    tidy("a-0.sqlite");
    assert.deepEqual(
      faults().map(({ problem }) => problem.split(": ")[1]),
      ["a-1.sqlite", "b_2-C-63.sqlite"],
    );
  });

  test("is not named for what was delivered", () => {
    within("a-0.sqlite", (sql) => submit(sql, 1, OK));
    tidy();
    assert.deepEqual(lines, []);
  });

  test("is named and left if another server has it open, or it is no database", () => {
    writeFileSync(join(folder, "junk-0.sqlite"), "This is no database, though it is called one.");
    within("open-0.sqlite", (sql) => {
      submit(sql, 1, DOWN);
      tidy();
      clock += 30 * DAY;
      tidy();
      assert.equal(rows(sql)[0]?.["state"], "queued");
    });
    const problem = (file: string) => `holds a file that cannot be opened: ${file}`;
    assert.deepEqual(
      faults().slice(0, 2),
      ["junk-0.sqlite", "open-0.sqlite"].map((file) => ({
        setting: "DATA_DIR",
        problem: problem(file),
      })),
    );
    assert.match(readFileSync(join(folder, "junk-0.sqlite"), "utf8"), /^This is no database/);
    assert.ok(!JSON.stringify(lines).includes(folder));
  });

  test("bears the name of a store: others are nobody's business here", () => {
    for (const file of ["notes.sqlite", "a-0.sqlite-wal", "a-0.sqlite.bak", ".a-0.sqlite"])
      writeFileSync(join(folder, file), "");
    tidy();
    assert.deepEqual(lines, []);
  });

  test("is looked for in vain where nothing was ever stored", () => {
    rmSync(folder, { recursive: true });
    tidy();
    assert.deepEqual(lines, []);
  });
});
