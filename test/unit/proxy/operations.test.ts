/** What a person sees of a store and may do there, on real SQLite with a clock that the test turns. */
import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { createOperations } from "../../../proxy/ledger/operations.ts";
import type { Operations } from "../../../proxy/ledger/operations.ts";
import { createLedger } from "../../../proxy/ledger/ledger.ts";
import type { Ledger } from "../../../proxy/ledger/ledger.ts";
import { STATES, WAITING } from "../../../proxy/ledger/states.ts";
import type { Submission } from "../../../proxy/ledger/types.ts";
import { openSqlite } from "../../../proxy/ledger/node/sqlite-store.ts";
import type { Sql } from "../../../proxy/ledger/sql.ts";
import type { Outcome } from "../../../proxy/vendors/vendor.ts";
import { POLICY, idOf, submissionOf } from "./leads.ts";

const MINUTE = 60_000;

const OK: Outcome = { kind: "created", ref: "1", status: 201 };
const DOWN: Outcome = { kind: "later", reason: "overloaded", status: 503 };
const BAD_KEY: Outcome = { kind: "misconfigured", reason: "key_refused", status: 401 };
const DRIFT: Outcome = { kind: "drift", reason: "html", status: 200 };
const INVALID: Outcome = { kind: "invalid", fields: { phone: "phone_invalid" }, status: 400 };

let clock: number;
let sql: Sql;
let ledger: Ledger;
let operations: Operations;
beforeEach(() => {
  clock = Date.parse("2026-11-22T00:00:00Z");
  sql = openSqlite(":memory:");
  ledger = createLedger({
    sql,
    now: () => clock,
    steady: { elapsed: () => clock, run: "test" },
    random: () => 0.5,
    newId: () => crypto.randomUUID(),
    policy: POLICY,
  });
  operations = createOperations({ ledger, now: () => clock });
});

const submit = (n: number, outcome: Outcome | undefined, values: Partial<Submission> = {}) => {
  const begun = ledger.begin(submissionOf(n, values));
  if (begun.kind === "lease" && outcome) ledger.finish(idOf(n), begun.attempt, outcome);
};
/** What the alarm does: claims, and reports the same outcome for each. */
const wake = (outcome: Outcome): string[] => {
  const leases = ledger.claim(0);
  for (const { id, attempt } of leases) ledger.finish(id, attempt, outcome);
  return leases.map(({ id }) => id);
};
/** A lead that was promised to its visitor, and then refused by the vendor. */
const die = (n: number) => {
  submit(n, DOWN);
  clock += MINUTE;
  wake(INVALID);
};
const stateOf = (n: number) => operations.get(idOf(n))?.state;

describe("a list", () => {
  test("is newest first, by state and reason, and holds a masked number and nothing else personal", () => {
    for (const n of [1, 2, 3]) {
      submit(n, n === 2 ? DRIFT : DOWN);
      clock += 1;
    }
    const all = operations.list({ limit: 9 });
    assert.deepEqual(
      all.map(({ id }) => id),
      [3, 2, 1].map(idOf),
    );
    assert.deepEqual(all[1], {
      id: idOf(2),
      state: "held",
      reason: "html",
      inDoubt: true,
      attempts: 1,
      nextAt: null,
      createdAt: clock - 2,
      phone: "+20…78",
    });
    assert.equal(operations.list({ states: ["held"], limit: 9 }).length, 1);
    assert.equal(operations.list({ states: ["held"], reason: "overloaded", limit: 9 }).length, 0);
    assert.equal(operations.list({ reason: "overloaded", limit: 9 }).length, 2);
  });

  test("goes on where it ended, whatever came in meanwhile", () => {
    // Two at the same time: the id decides.
    for (const n of [1, 2, 3, 4]) submit(n, DRIFT);
    const first = operations.list({ limit: 2 });
    clock += 1;
    submit(5, DRIFT);
    const rest = operations.list({ limit: 9, after: first.at(-1) });
    assert.deepEqual(
      [...first, ...rest].map(({ id }) => id),
      [4, 3, 2, 1].map(idOf),
    );
  });
});

describe("another try", () => {
  test("is due at once, for a lead that waits or is dead", () => {
    submit(1, DOWN);
    submit(2, DRIFT);
    die(3);
    for (const n of [1, 2, 3]) assert.equal(operations.replay(idOf(n)).kind, "moved");
    assert.deepEqual(wake(OK).sort(), [1, 2, 3].map(idOf));
    for (const n of [1, 2, 3]) assert.equal(stateOf(n), "delivered");
  });

  test("is refused for what is settled, on its way, or kept for a look", () => {
    submit(1, OK);
    submit(2, INVALID);
    submit(3, undefined);
    submit(4, undefined, { suspicion: "honeypot" });
    for (const [n, state] of [
      [1, "delivered"],
      [2, "rejected"],
      [3, "sending"],
      [4, "quarantined"],
    ] as const)
      assert.deepEqual(operations.replay(idOf(n)), { kind: "conflict", state });
    assert.deepEqual(operations.replay(idOf(5)), { kind: "unknown" });
  });

  test("goes to all of a reason or a state, and to no other", () => {
    submit(1, DRIFT);
    submit(2, DRIFT);
    submit(3, { kind: "unexplained", reason: "bad_request", status: 400 });
    die(4);
    submit(5, undefined, { suspicion: "honeypot" });
    assert.equal(operations.replayAll({ reason: "html" }), 2);
    assert.deepEqual([stateOf(1), stateOf(2), stateOf(3)], ["queued", "queued", "held"]);
    assert.equal(operations.replayAll({ state: "dead" }), 1);
    assert.equal(operations.replayAll({ state: "dead", reason: "html" }), 0);
    assert.equal(operations.replayAll({ reason: "honeypot" }), 0);
  });

  test("asks a vendor behind an open breaker now, with one lead", () => {
    submit(1, BAD_KEY);
    for (const n of [2, 3]) submit(n, undefined);
    assert.equal(wake(OK).length, 0);
    assert.equal(operations.replayAll({ reason: "key_refused" }), 3);
    assert.ok((ledger.nextAt(Infinity) ?? Infinity) <= clock);
    assert.equal(wake(BAD_KEY).length, 1);
    assert.equal(wake(OK).length, 0, "the next probe waits for its time");
    operations.replay(idOf(2));
    assert.equal(wake(OK).length, 1);
    clock += MINUTE;
    while (wake(OK).length > 0);
    assert.deepEqual(operations.summary().counts, { delivered: 3 });
  });

  test("of a paused target waits until it goes on", () => {
    submit(1, DRIFT);
    operations.setPaused(true);
    operations.replay(idOf(1));
    assert.equal(wake(OK).length, 0);
    operations.setPaused(false);
    assert.equal(wake(OK).length, 1);
  });

  test("that is refused by the vendor once more is dead, not silently gone", () => {
    submit(1, undefined, { suspicion: "honeypot" });
    operations.release(idOf(1));
    wake(INVALID);
    assert.equal(stateOf(1), "dead");
  });
});

describe("a person", () => {
  test("releases what was kept for a look, and nothing else", () => {
    submit(1, undefined, { suspicion: "honeypot" });
    submit(2, DRIFT);
    assert.equal(operations.release(idOf(1)).kind, "moved");
    assert.deepEqual(operations.release(idOf(2)), { kind: "conflict", state: "held" });
    assert.deepEqual(wake(OK), [idOf(1)]);
  });

  test("mends a lead: it goes out with other content, and a repeat of the first is still the same", () => {
    die(1);
    const other = {
      keyId: "k2",
      box: "other",
      kept: "rest.k2",
      phoneHash: "new",
      phoneTail: "+20…99",
    };
    assert.equal(operations.correct(idOf(1), other).kind, "moved");
    assert.deepEqual(
      ledger.claim(0).map(({ keyId, box }) => [keyId, box]),
      [["k2", "other"]],
    );
    assert.deepEqual(operations.get(idOf(1))?.kept, { keyId: "k2", box: "rest" });
    assert.equal(operations.get(idOf(1))?.phone, "+20…99");
    submit(1, undefined);
    ledger.finish(idOf(1), 3, OK);
    assert.equal(stateOf(1), "delivered");
    assert.deepEqual(operations.correct(idOf(1), other), { kind: "conflict", state: "delivered" });
    assert.equal(operations.erase(["new"]), 1);
  });

  test("erases everything of one number, under whichever key it was hashed", () => {
    submit(1, DRIFT, { phoneHashes: ["old"] });
    submit(2, OK, { phoneHashes: ["new"] });
    submit(3, DRIFT);
    assert.equal(operations.erase(["new", "old"]), 2);
    assert.deepEqual(
      operations.list({ limit: 9 }).map(({ id }) => id),
      [idOf(3)],
    );
  });

  test("reads a sealed lead as long as it waits", () => {
    die(1);
    assert.deepEqual(operations.get(idOf(1))?.sealed, { keyId: "k1", box: "box1" });
    assert.equal(operations.get(idOf(1))?.fields, '{"phone":"phone_invalid"}');
    submit(2, OK);
    assert.deepEqual(
      [operations.get(idOf(2))?.sealed, operations.get(idOf(2))?.phone],
      [null, null],
    );
    assert.equal(operations.get(idOf(3)), undefined);
    assert.deepEqual(
      operations.sealed({ states: ["dead"], limit: 9 }).map(({ sealed }) => sealed?.box),
      ["box1"],
    );
  });
});

test("no look and no move reads the whole table, most of which was delivered long ago", () => {
  const whole: string[] = [];
  const all: Sql["all"] = (query, ...values) => {
    for (const { detail } of sql.all(`EXPLAIN QUERY PLAN ${query}`, ...values))
      if (/^SCAN lead(?!.* INDEX)/.test(String(detail))) whole.push(query);
      else if (values.includes("delivered") && /TEMP B-TREE/.test(String(detail)))
        whole.push(query);
    return sql.all(query, ...values);
  };
  operations = createOperations({ ledger: { ...ledger, sql: { ...sql, all } }, now: () => clock });
  submit(1, DRIFT);
  operations.summary();
  operations.list({ limit: 9 });
  for (const state of STATES) operations.sealed({ states: [state], limit: 9 });
  const mark = { createdAt: 1, id: idOf(1) };
  operations.sealed({ states: ["delivered"], from: 1, to: 2, limit: 9 });
  operations.sealed({ states: ["delivered"], from: 1, to: 2, after: mark, limit: 9 });
  operations.list({
    states: WAITING,
    reason: "html",
    after: mark,
    limit: 9,
  });
  operations.replay(idOf(1));
  operations.replayAll({ state: "held" });
  operations.replayAll({ reason: "html" });
  operations.erase(["a", "b"]);
  assert.deepEqual(whole, []);
});

describe("the summary", () => {
  test("says what waits, for what, since when, and whether it leaves by itself", () => {
    submit(8, OK);
    submit(9, OK);
    const start = clock;
    submit(7, undefined);
    submit(1, DRIFT);
    clock += MINUTE;
    submit(2, BAD_KEY);
    submit(3, undefined);
    submit(4, undefined, { suspicion: "honeypot" });
    assert.deepEqual(operations.summary(), {
      breaker: {
        state: "open",
        reason: "key_refused",
        key: undefined,
        openedAt: clock,
        nextProbeAt: clock + MINUTE / 2,
        paused: false,
        failures: 0,
      },
      counts: { held: 3, quarantined: 1, sending: 1, delivered: 2 },
      waiting: [
        { state: "held", reason: "html", automatic: false, leads: 1, oldest: start },
        { state: "held", reason: "key_refused", automatic: true, leads: 2, oldest: clock },
        { state: "quarantined", reason: "honeypot", automatic: false, leads: 1, oldest: clock },
      ],
    });
  });
});
