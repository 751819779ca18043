/** That no statement of a visitor's path, of a wake or of an export reads what merely waits for a person. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { createLedger } from "../../../proxy/ledger/ledger.ts";
import type { Ledger } from "../../../proxy/ledger/ledger.ts";
import { createOperations } from "../../../proxy/ledger/operations.ts";
import { openSqlite } from "../../../proxy/ledger/node/sqlite-store.ts";
import { dueAlerts } from "../../../proxy/ledger/outbox.ts";
import type { Sql, SqlValue } from "../../../proxy/ledger/sql.ts";
import { STATES, WAITING } from "../../../proxy/ledger/states.ts";
import type { Outcome } from "../../../proxy/vendors/vendor.ts";
import { UNLIMITED, idOf, submissionOf } from "./leads.ts";

const SECOND = 1_000;
const HOUR = 3_600_000;
const HELD = 3_000;

const OK: Outcome = { kind: "created", ref: "1", status: 201 };
const OUTCOMES: readonly Outcome[] = [
  OK,
  { kind: "duplicate", status: 409 },
  { kind: "invalid", fields: { phone: "phone_invalid" }, status: 400 },
  { kind: "drift", reason: "html", status: 200 },
  { kind: "later", reason: "overloaded", status: 503 },
  { kind: "doubt", reason: "timeout" },
  { kind: "misconfigured", reason: "key_refused", status: 401 },
  OK,
];

let clock: number;
let real: Sql;
let ledger: Ledger;
/** What was asked of SQLite since the last look, with its values. */
let asked: { query: string; values: SqlValue[] }[] = [];
before(() => {
  clock = Date.parse("2026-11-22T00:00:00Z");
  real = openSqlite(":memory:");
  const sql: Sql = {
    ...real,
    all: (query, ...values) => {
      asked.push({ query, values });
      return real.all(query, ...values);
    },
  };
  ledger = createLedger({
    sql,
    now: () => clock,
    random: () => 0.5,
    newId: () => crypto.randomUUID(),
    policy: {
      receivers: [],
      retain: { days: 400 },
      doubt: "retry",
      limits: { ...UNLIMITED.limits, perPhonePerDay: 5, tellAfterMinutes: 5 },
    },
  });
  const states = STATES.filter((state) => state !== "queued" && state !== "sending");
  for (let n = 0; n < HELD; n++)
    for (const [s, state] of states.entries())
      real.all(
        `INSERT INTO lead (id, state, reason, created_at, done_at, fp, phone_h, box)
         VALUES (?, ?, 'html', ?, ?, ?, ?, 'b')`,
        idOf(1e6 * (s + 1) + n),
        state,
        clock - n,
        ["delivered", "rejected", "expired"].includes(state) ? clock - n : null,
        `f${s}-${n}`,
        `p${s}-${n}`,
      );
  for (let n = 0; n < HELD; n++)
    real.all("INSERT INTO alert VALUES (?, 't', '{}', 1, ?, ?)", `a${n}`, clock, clock + 30 * HOUR);
  asked = [];
});

/** The steps of each plan that read a table from its beginning to its end, or sort what they have read. */
const faultsOf = (): string[] => {
  const looked = new Map(asked.map((one) => [one.query, one]));
  asked = [];
  return [...looked.values()]
    .filter(({ query }) => /^\s*(?:SELECT|UPDATE|DELETE)/.test(query))
    .flatMap(({ query, values }) =>
      real
        .all(`EXPLAIN QUERY PLAN ${query}`, ...values)
        .map(({ detail }) => String(detail))
        .filter((step) =>
          /^SCAN (?:lead|alert)\b(?! USING (?:COVERING )?INDEX lead_(?:itself|waits))/.test(step),
        )
        .filter(() => !/^SELECT 1 FROM \w+ LIMIT 1$/.test(query.trim()))
        .map((step) => `${step}: ${query.replaceAll(/\s+/g, " ").slice(0, 160)}`),
    );
};
/** Those that read all of one state, though an index leads to the few rows that they are about. */
const wideIn = (): string[] => {
  const looked = [...asked];
  const wide = looked
    .filter(({ query }) => /^\s*(?:SELECT|UPDATE|DELETE)/.test(query))
    .flatMap(({ query, values }) =>
      real
        .all(`EXPLAIN QUERY PLAN ${query}`, ...values)
        .map(({ detail }) => String(detail))
        .filter((step) => /\((?:state=\?|state=\? AND reason=\?)\)$|TEMP B-TREE/.test(step))
        .filter(() => !/state = 'sending'|fp IN|count\(\*\) AS n|SELECT min\(next_at\)/.test(query))
        .map((step) => `${step}: ${query.replaceAll(/\s+/g, " ").slice(0, 160)}`),
    );
  return [...new Set([...wide, ...faultsOf()])];
};

describe("whatever is held for a person, an index serves", () => {
  test("each statement of a visitor's path and of the next run", () => {
    for (const [n, outcome] of OUTCOMES.entries()) {
      clock += 10 * SECOND;
      const begun = ledger.begin(submissionOf(n + 1, { address: "a" }));
      ledger.nextAt(clock + HOUR);
      ledger.begin(submissionOf(n + 1));
      ledger.begin(submissionOf(n + 500, { fps: [`fp${n + 1}`, "older"] }));
      ledger.begin(submissionOf(n + 900, { phoneHashes: [`phone${n + 1}`, "older"] }));
      if (begun.kind === "lease") ledger.finish(idOf(n + 1), begun.attempt, outcome);
      ledger.nextAt(clock + HOUR);
    }
    assert.deepEqual(wideIn(), []);
  });

  test("each statement of a run, with the breaker open and closed", () => {
    for (let n = 0; n < 40; n++) {
      clock += 15 * 60 * SECOND;
      for (const { id, attempt } of ledger.claim(0)) ledger.finish(id, attempt, OK);
      ledger.nextAt(clock + HOUR);
    }
    dueAlerts(real, clock);
    assert.deepEqual(wideIn(), []);
  });

  // Once an hour the alert about old leads counts those that wait; nothing else in it depends on their number.
  test("the hourly clean-up, however long the delivered ones are kept", () => {
    ledger.tidy();
    assert.deepEqual(wideIn(), []);
  });

  test("each page of an export and of a list", () => {
    const operations = createOperations({ ledger, now: () => clock });
    const after = { createdAt: clock - 500, id: idOf(500) };
    for (const states of [...STATES.map((state) => [state]), WAITING, undefined])
      for (const mark of [undefined, after])
        operations.sealed({ states, after: mark, from: 1, to: clock, limit: 200 });
    for (const state of WAITING)
      operations.list({ states: [state], reason: "html", after, limit: 50 });
    assert.deepEqual(wideIn(), []);
  });
});
