/** What a lead costs its store: how often it is asked, and whether it has to look for the time of its next run. */
import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { createLedger } from "../../../proxy/ledger/ledger.ts";
import type { Ledger } from "../../../proxy/ledger/ledger.ts";
import { readMeta, removeMeta, writeMeta } from "../../../proxy/ledger/meta.ts";
import { openSqlite } from "../../../proxy/ledger/node/sqlite-store.ts";
import { LEASES } from "../../../proxy/ledger/schedule.ts";
import type { Sql } from "../../../proxy/ledger/sql.ts";
import type { Policy } from "../../../proxy/ledger/types.ts";
import type { Outcome } from "../../../proxy/vendors/vendor.ts";
import { POLICY, idOf, submissionOf } from "./leads.ts";

const HOUR = 3_600_000;
const OK: Outcome = { kind: "created", ref: "1", status: 201 };
const DOWN: Outcome = { kind: "later", reason: "overloaded", status: 503 };

let clock: number;
let sql: Sql;
let ledger: Ledger;
let queries: string[];
const open = (policy: Partial<Policy> = {}): void => {
  ledger = createLedger({
    sql: {
      ...sql,
      all: (query, ...values) => {
        queries.push(query);
        return sql.all(query, ...values);
      },
    },
    now: () => clock,
    random: () => 0.5,
    newId: () => crypto.randomUUID(),
    policy: { ...POLICY, ...policy },
  });
};
beforeEach(() => {
  clock = Date.parse("2026-11-22T00:00:00Z");
  sql = openSqlite(":memory:");
  queries = [];
  open();
});
const nextAt = (): number | undefined => ledger.nextAt(clock + HOUR);

describe("a lead that its vendor takes at once", () => {
  test("asks its store six times, four of them to write", () => {
    for (const n of [1, 2, 3]) {
      queries = [];
      const begun = ledger.begin(submissionOf(n));
      assert.ok(begun.kind === "lease");
      ledger.finish(idOf(n), begun.attempt, OK);
    }
    const writes = queries.filter((query) => !query.startsWith("SELECT"));
    assert.deepEqual([queries.length, writes.length], [6, 4], queries.join("\n"));
  });

  test("is counted in one query with those that come together, and not where its step fails", () => {
    const fails = submissionOf(4, { fps: ["x"], box: undefined as unknown as string });
    queries = [];
    ledger.together(() => {
      for (const n of [1, 2, 3]) ledger.begin(submissionOf(n));
      assert.throws(() => ledger.begin(fails));
      ledger.finish(idOf(1), 1, OK);
    });
    assert.equal(queries.filter((query) => query.includes("INTO figure")).length, 1);
    assert.ok(queries.every((query) => (query.match(/\?/g) ?? []).length <= 100));
    const counted = ledger.figures.totals().map(({ series, n }) => [series, n]);
    assert.deepEqual(Object.fromEntries(counted), {
      "call.created.0": 1,
      "lead.arrived": 3,
      "lead.delivered": 1,
    });
    ledger.begin(submissionOf(5));
    assert.equal(ledger.figures.totals().find(({ series }) => series === "lead.arrived")?.n, 4);
  });

  test("says itself when the store has to wake, at the end of its lease and then not at all", () => {
    ledger.begin(submissionOf(1));
    assert.equal(ledger.due(), clock + LEASES.visitor);
    assert.equal(ledger.due(), nextAt());
    ledger.finish(idOf(1), 1, OK);
    assert.equal(ledger.due(), Number.POSITIVE_INFINITY);
  });
});

describe("the time of the next run has to be looked up", () => {
  test("after a failure, and while leads wait for a breaker or for a person's word", () => {
    for (const n of [1, 2, 3, 4, 5]) ledger.begin(submissionOf(n));
    ledger.finish(idOf(1), 1, DOWN);
    assert.equal(ledger.due(), undefined);
    ledger.setPaused(true);
    ledger.finish(idOf(2), 1, OK);
    assert.equal(ledger.due(), undefined);
    ledger.setPaused(false);
    ledger.finish(idOf(3), 1, { kind: "misconfigured", reason: "key_refused", status: 401 });
    ledger.finish(idOf(4), 1, OK);
    assert.equal(ledger.due(), undefined, "the breaker has closed, and what waited is due");
  });

  test("after a lead that is kept from the vendor, or thanked before its call", () => {
    ledger.begin(submissionOf(1, { suspicion: "honeypot" }));
    assert.equal(ledger.due(), undefined);
  });

  test("where somebody is told of each lead", () => {
    open({ receivers: [{ via: "events", types: ["lead.delivered"], sealed: false }] });
    ledger.begin(submissionOf(1));
    ledger.finish(idOf(1), 1, OK);
    assert.equal(ledger.due(), undefined);
  });
});

describe("a small value of the store", () => {
  test("is read once, and known as it was written", () => {
    assert.equal(readMeta(sql, "a"), undefined);
    writeMeta(sql, "a", "1");
    assert.equal(readMeta(sql, "a"), "1");
    assert.deepEqual(sql.all("SELECT value FROM meta WHERE key = 'a'"), [
      Object.assign(Object.create(null), { value: "1" }),
    ]);
    removeMeta(sql, "a");
    assert.equal(readMeta(sql, "a"), undefined);
    assert.deepEqual(sql.all("SELECT value FROM meta WHERE key = 'a'"), []);
  });

  test("is not remembered where its transaction was rolled back", () => {
    writeMeta(sql, "a", "1");
    assert.throws(() =>
      sql.transaction(() => {
        writeMeta(sql, "a", "2");
        throw new Error("full");
      }),
    );
    assert.equal(readMeta(sql, "a"), "1");
  });
});
