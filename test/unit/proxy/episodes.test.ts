/** When a store tells of leads that wait, with a clock that the test turns from alarm to alarm. */
import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { createLedger } from "../../../proxy/ledger/ledger.ts";
import type { Ledger } from "../../../proxy/ledger/ledger.ts";
import { openSqlite } from "../../../proxy/ledger/node/sqlite-store.ts";
import { createOperations } from "../../../proxy/ledger/operations.ts";
import type { Sql } from "../../../proxy/ledger/sql.ts";
import type { Outcome } from "../../../proxy/vendors/vendor.ts";
import { POLICY, idOf, submissionOf } from "./leads.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const OK: Outcome = { kind: "created", ref: "1", status: 201 };
const BROKEN: Outcome = { kind: "doubt", reason: "server_error", status: 500 };
const DRIFT: Outcome = { kind: "drift", reason: "html", status: 200 };

let begun: number;
let clock: number;
let sql: Sql;
let ledger: Ledger;
/** Each as type, minutes since the start, number of leads. */
let told: [string, number, unknown][];
const open = (tellAfterMinutes = 5) => {
  ledger = createLedger({
    sql,
    now: () => clock,
    random: () => 0.5,
    newId: () => crypto.randomUUID(),
    policy: { ...POLICY, limits: { ...POLICY.limits, tellAfterMinutes } },
  });
};
beforeEach(() => {
  begun = clock = Date.parse("2026-11-22T00:00:00Z");
  told = [];
  sql = openSqlite(":memory:");
  open();
});

const submit = (n: number, outcome: Outcome) => {
  const lease = ledger.begin(submissionOf(n));
  if (lease.kind === "lease") ledger.finish(idOf(n), lease.attempt, outcome);
};
const trap = (n: number) => ledger.begin(submissionOf(n, { suspicion: "honeypot" }));
const wake = (outcome: Outcome) => {
  ledger.tell();
  for (const { id, type, data } of sql.all("SELECT * FROM alert ORDER BY created_at, type")) {
    if (String(type).startsWith("lead."))
      told.push([String(type), (clock - begun) / MINUTE, JSON.parse(String(data)).leads]);
    sql.all("DELETE FROM alert WHERE id = ?", String(id));
  }
  for (const { id, attempt } of ledger.claim(0)) ledger.finish(id, attempt, outcome);
};
const nextAt = (): number | undefined => {
  const times = [ledger.nextAt(Infinity), ledger.tellAt()].filter((at) => at !== undefined);
  return times.length > 0 ? Math.min(...times) : undefined;
};
/** What the host does: runs at each alarm, and never before it. */
const passTo = (minute: number, outcome: Outcome) => {
  const end = begun + minute * MINUTE;
  for (;;) {
    const next = nextAt();
    if (next === undefined || next > end) break;
    clock = Math.max(clock + 1, next);
    wake(outcome);
  }
  clock = end;
};

describe("leads that wait", () => {
  test("are told of once each kind at five minutes, with the vendor at 500 and two in quarantine", () => {
    submit(1, BROKEN);
    trap(2);
    trap(3);
    passTo(59, BROKEN);
    assert.deepEqual(told, [
      ["lead.quarantined", 5, 2],
      ["lead.waiting", 5, 1],
    ]);
  });

  test("are not told of when the vendor is back at four", () => {
    submit(1, BROKEN);
    passTo(4, BROKEN);
    passTo(60, OK);
    assert.deepEqual(told, []);
  });

  test("are not told of when a vendor that was given up is back at four", () => {
    for (let n = 1; n <= 4; n++) submit(n, BROKEN);
    passTo(2, BROKEN);
    assert.equal(ledger.breaker().state, "open");
    passTo(4, BROKEN);
    passTo(60, OK);
    assert.deepEqual(told, []);
  });

  test("do not make a vendor that asks for an hour wait less", () => {
    submit(1, { kind: "later", reason: "rate_limited", retryAfter: 3600 });
    clock += SECOND;
    assert.equal(sql.all("SELECT next_at FROM lead")[0]?.["next_at"], begun + HOUR);
  });

  test("are told of again at an hour, at a day, then daily", () => {
    submit(1, DRIFT);
    passTo(72 * 60, OK);
    assert.deepEqual(
      told.map(([, minute]) => minute),
      [5, 60, 24 * 60, 48 * 60, 72 * 60],
    );
  });

  test("that join others are the same episode, until nothing waits any more", () => {
    submit(1, DRIFT);
    passTo(3, OK);
    submit(2, DRIFT);
    passTo(7, OK);
    createOperations({ ledger, now: () => clock }).replay(idOf(1));
    passTo(30, OK);
    assert.deepEqual(told, [["lead.waiting", 5, 2]]);
    createOperations({ ledger, now: () => clock }).replay(idOf(2));
    passTo(31, OK);
    submit(3, DRIFT);
    passTo(40, OK);
    assert.deepEqual(told.slice(1), [["lead.waiting", 36, 1]]);
  });

  test("end their episode when a person erases the last of them, too", () => {
    submit(1, DRIFT);
    passTo(6, OK);
    createOperations({ ledger, now: () => clock }).erase(["phone1"]);
    passTo(6, OK);
    submit(2, DRIFT);
    passTo(12, OK);
    assert.deepEqual(
      told.map(([, minute]) => minute),
      [5, 11],
    );
  });

  test("are told of after the time of the settings, however long", () => {
    open(90);
    submit(1, DRIFT);
    passTo(24 * 60, OK);
    assert.deepEqual(
      told.map(([, minute]) => minute),
      [90, 24 * 60],
    );
  });

  test("are told of once after a long sleep of the host, not once for each time missed", () => {
    submit(1, DRIFT);
    clock = begun + 3 * HOUR;
    wake(OK);
    passTo(5 * 60, OK);
    assert.deepEqual(told, [["lead.waiting", 180, 1]]);
  });

  test("are told of though the clock was a year ahead when it was last done", () => {
    clock = begun + 400 * DAY;
    submit(1, DRIFT);
    clock += 6 * MINUTE;
    wake(OK);
    createOperations({ ledger, now: () => clock }).erase(["phone1"]);
    clock = begun;
    told = [];
    submit(2, DRIFT);
    trap(3);
    passTo(10, OK);
    assert.deepEqual(
      told.map(([type, minute]) => [type, minute]),
      [
        ["lead.quarantined", 5],
        ["lead.waiting", 5],
      ],
    );
  });

  test("are told of at once where a clock that ran ahead has stored them", () => {
    clock += DAY;
    submit(1, DRIFT);
    trap(2);
    clock = begun;
    passTo(1, DRIFT);
    assert.deepEqual(told.map(([type]) => type).toSorted(), ["lead.quarantined", "lead.waiting"]);
  });

  test("ask for an alarm at that very moment", () => {
    submit(1, DRIFT);
    assert.ok((nextAt() ?? 0) <= begun + 5 * MINUTE);
    passTo(5, OK);
    assert.equal(nextAt(), begun + HOUR);
  });
});

describe("leads in quarantine", () => {
  test("are told of at most once an hour, and each of them once", () => {
    trap(1);
    passTo(10, OK);
    trap(2);
    passTo(40, OK);
    trap(3);
    passTo(180, OK);
    assert.deepEqual(told, [
      ["lead.quarantined", 5, 1],
      ["lead.quarantined", 65, 3],
    ]);
  });
});

test("no step towards a waiting lead reads all that is held", () => {
  submit(1, DRIFT);
  const plain = sql;
  const steps: string[] = [];
  sql = {
    ...plain,
    all: (query, ...values) => {
      if (query.includes("min(created_at)"))
        steps.push(
          ...plain
            .all(`EXPLAIN QUERY PLAN ${query}`, ...values)
            .map(({ detail }) => String(detail)),
        );
      return plain.all(query, ...values);
    },
  };
  open();
  nextAt();
  assert.ok(steps.length > 0);
  assert.deepEqual(
    steps.filter((step) => step.includes("lead") && !step.includes("lead_listed (state=?")),
    [],
  );
});
