/** The life of a stored lead, on real SQLite with a clock that the test turns. */
import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { dueAlerts } from "../../../proxy/ledger/outbox.ts";
import { LEASES } from "../../../proxy/ledger/schedule.ts";
import { createLedger } from "../../../proxy/ledger/ledger.ts";
import type { Ledger } from "../../../proxy/ledger/ledger.ts";
import { createOperations } from "../../../proxy/ledger/operations.ts";
import type { Policy, Submission } from "../../../proxy/ledger/types.ts";
import { openSqlite } from "../../../proxy/ledger/node/sqlite-store.ts";
import type { Sql } from "../../../proxy/ledger/sql.ts";
import type { Outcome } from "../../../proxy/vendors/vendor.ts";
import { POLICY, idOf, submissionOf } from "./leads.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const OK: Outcome = { kind: "created", ref: "1", status: 201 };
const DOWN: Outcome = { kind: "later", reason: "overloaded", status: 503 };
const LOST: Outcome = { kind: "doubt", reason: "network" };
const BAD_KEY: Outcome = { kind: "misconfigured", reason: "key_refused", status: 401 };
const INVALID: Outcome = { kind: "invalid", fields: { phone: "phone_invalid" }, status: 400 };
const DRIFT: Outcome = { kind: "drift", reason: "html", status: 200 };

let clock: number;
let sql: Sql;
let ledger: Ledger;
const open = (policy: Partial<Policy> = {}) => {
  ledger = createLedger({
    sql,
    now: () => clock,
    steady: { elapsed: () => clock, run: "test" },
    random: () => 0.5,
    newId: () => crypto.randomUUID(),
    policy: { ...POLICY, ...policy },
  });
};
beforeEach(() => {
  clock = Date.parse("2026-11-22T00:00:00Z");
  sql = openSqlite(":memory:");
  open();
});

const row = (n: number) => sql.all("SELECT * FROM lead WHERE id = ?", idOf(n))[0];
const begin = (n: number, values?: Partial<Submission>) => ledger.begin(submissionOf(n, values));
/** Begins and reports, as the Worker does while the visitor waits. */
const submit = (n: number, outcome: Outcome) => {
  const begun = begin(n);
  return begun.kind === "lease" ? ledger.finish(idOf(n), begun.attempt, outcome) : begun;
};
/** What the alarm does: claims, and reports the same outcome for each. */
const wake = (outcome: Outcome): number => {
  const leases = ledger.claim(0);
  for (const { id, attempt } of leases) ledger.finish(id, attempt, outcome);
  return leases.length;
};
const nextAt = () => ledger.nextAt(clock + HOUR);
/** Turns the clock to each next alarm until the end of a span; returns how often the vendor was called. */
const pass = (span: number, outcome: Outcome): number => {
  const end = clock + span;
  let calls = 0;
  for (let next = nextAt(); next !== undefined && next <= end; next = nextAt()) {
    clock = Math.max(clock + 1, next);
    ledger.tidy();
    ledger.tell();
    for (const found of dueAlerts(sql, clock)) sql.all("DELETE FROM alert WHERE id = ?", found.id);
    calls += wake(outcome);
  }
  clock = end;
  return calls;
};
const alerts = () => dueAlerts(sql, clock).map(({ type }) => type);

describe("a lead", () => {
  test("that the vendor takes is created, and its content is destroyed", () => {
    assert.deepEqual(submit(1, OK), { kind: "created", id: idOf(1) });
    const { state, box, key_id, phone_tail } = row(1) ?? {};
    assert.deepEqual([state, box, key_id, phone_tail], ["delivered", null, null, null]);
  });

  test("that the vendor refuses while the visitor waits is rejected, again and again", () => {
    const refused = { kind: "rejected", fields: { phone: "phone_invalid" } };
    assert.deepEqual(submit(1, INVALID), refused);
    assert.deepEqual(begin(1), refused);
    assert.equal(row(1)?.["box"], null);
  });

  test("that was promised is not rejected later, but kept for a person", () => {
    const first = begin(1);
    assert.deepEqual(begin(1), { kind: "accepted", id: idOf(1) });
    assert.ok(first.kind === "lease");
    ledger.finish(idOf(1), first.attempt, INVALID);
    assert.equal(row(1)?.["state"], "dead");
    assert.equal(row(1)?.["box"], "box1");
    assert.deepEqual(alerts(), ["lead.dead"]);
  });

  test("whose answer was lost goes again by itself, marked as in doubt", () => {
    assert.equal(submit(1, LOST).kind, "accepted");
    assert.deepEqual([row(1)?.["state"], row(1)?.["in_doubt"]], ["queued", 1]);
    assert.equal(nextAt(), clock + 15 * SECOND);
    clock += 15 * SECOND;
    assert.equal(wake(OK), 1);
    assert.equal(row(1)?.["state"], "delivered");
  });

  test("that the vendor leaves unanswered three times in a row waits for a person, with a reason", () => {
    submit(1, { kind: "doubt", reason: "timeout" });
    assert.equal(pass(30 * DAY - HOUR, LOST), 2);
    const { state, reason, in_doubt, parked } = row(1) ?? {};
    assert.deepEqual([state, reason, in_doubt, parked], ["held", "unanswered", 1, 0]);
  });

  test("that a person sends again is called once more, and waits again", () => {
    submit(1, LOST);
    pass(HOUR, LOST);
    createOperations({ ledger, now: () => clock }).replay(idOf(1));
    assert.equal(pass(DAY, LOST), 1);
    assert.equal(row(1)?.["reason"], "unanswered");
  });

  test("goes on being tried while the vendor says that it fails: no answer is lost", () => {
    submit(1, { kind: "doubt", reason: "server_error", status: 500 });
    assert.ok(pass(DAY, { kind: "doubt", reason: "server_error", status: 500 }) > 20);
    assert.deepEqual([row(1)?.["state"], pass(2 * HOUR, OK)], ["queued", 1]);
  });

  test("counts lost answers in a row alone: one that says later begins anew", () => {
    submit(1, LOST);
    for (const outcome of [LOST, DOWN, LOST, LOST, LOST]) {
      clock = nextAt() ?? clock;
      wake(outcome);
    }
    assert.equal(row(1)?.["state"], "held");
    assert.equal(row(1)?.["attempts"], 6);
  });

  test("whose visitor has read a thank-you is not rejected by the answer that comes later", () => {
    const begun = begin(1);
    assert.ok(begun.kind === "lease");
    clock += 29 * SECOND;
    assert.equal(ledger.finish(idOf(1), begun.attempt, INVALID, true).kind, "accepted");
    assert.deepEqual([row(1)?.["state"], row(1)?.["box"]], ["dead", "box1"]);
  });

  test("is not sent again while its call may be answered: half a minute, alone a minute and a half", () => {
    begin(1);
    clock += 33 * SECOND;
    assert.equal(ledger.claim(0).length, 0);
    clock += SECOND;
    assert.equal(ledger.claim(0).length, 1);
    clock += 93 * SECOND;
    assert.equal(ledger.claim(0).length, 0);
    clock += SECOND;
    assert.equal(ledger.claim(0).length, 1);
  });

  test("in doubt waits for a person where the target says hold", () => {
    open({ doubt: "hold" });
    assert.equal(submit(1, LOST).kind, "accepted");
    assert.deepEqual([row(1)?.["state"], row(1)?.["in_doubt"], row(1)?.["parked"]], ["held", 1, 0]);
    assert.equal(pass(DAY, OK), 0);
  });

  test("whose answer was lost stays in doubt, whatever the vendor says to the repeat", () => {
    submit(1, LOST);
    clock += 15 * SECOND;
    wake({ kind: "unexplained", reason: "bad_request", status: 400 });
    assert.deepEqual([row(1)?.["state"], row(1)?.["in_doubt"]], ["held", 1]);
  });

  test("whose success was too large to read is in doubt", () => {
    submit(1, { kind: "unexplained", reason: "oversize", status: 200 });
    assert.deepEqual([row(1)?.["state"], row(1)?.["in_doubt"]], ["held", 1]);
  });

  test("whose Worker died is taken up when its lease ends, not before", () => {
    begin(1);
    assert.equal(nextAt(), clock + LEASES.visitor);
    clock += LEASES.visitor - SECOND;
    assert.equal(wake(OK), 0);
    clock += SECOND;
    assert.equal(wake(OK), 1);
    assert.deepEqual([row(1)?.["state"], row(1)?.["in_doubt"]], ["delivered", 1]);
  });

  test("is delivered by a late report of success, and not undone by a late failure", () => {
    const begun = begin(1);
    assert.ok(begun.kind === "lease");
    clock += LEASES.visitor;
    const [again] = ledger.claim(0);
    ledger.finish(idOf(1), begun.attempt, DOWN);
    assert.equal(row(1)?.["state"], "sending");
    ledger.finish(idOf(1), begun.attempt, OK);
    ledger.finish(idOf(1), again!.attempt, DOWN);
    assert.equal(row(1)?.["state"], "delivered");
  });

  test("that was answered with a page is held with an alert, and not sent again by itself", () => {
    assert.equal(submit(1, DRIFT).kind, "accepted");
    assert.deepEqual([row(1)?.["state"], row(1)?.["reason"]], ["held", "html"]);
    assert.deepEqual(alerts(), ["vendor.drift"]);
    assert.equal(pass(DAY, OK), 0);
  });

  test("waits longer after each failure, up to an hour, and as the vendor asks", () => {
    submit(1, { ...DOWN, kind: "later", reason: "overloaded", retryAfter: 7200 });
    assert.equal(row(1)?.["next_at"], clock + 7200 * SECOND);
    submit(2, DOWN);
    const waits = [];
    for (let i = 0; i < 10; i++) {
      waits.push((Number(row(2)?.["next_at"]) - clock) / SECOND);
      clock = Number(row(2)?.["next_at"]);
      const [lease] = ledger.claim(0).filter(({ id }) => id === idOf(2));
      if (lease) ledger.finish(idOf(2), lease.attempt, { kind: "later", reason: "overloaded" });
      // One lead alone must not look like an outage.
      assert.equal(ledger.breaker().state, "closed");
    }
    // The fifth goes before somebody is told, at five minutes.
    assert.deepEqual(waits.slice(0, 9), [15, 30, 60, 120, 55, 480, 960, 1920, 3600]);
  });
});

describe("a vendor that says when to come again", () => {
  const SOON: Outcome = { ...DOWN, kind: "later", reason: "overloaded", retryAfter: 0 };

  test("is not called without a pause, even if it says at once", () => {
    submit(1, SOON);
    const waits = [];
    for (let i = 0; i < 6; i++) {
      waits.push((Number(row(1)?.["next_at"]) - clock) / SECOND);
      clock = Number(row(1)?.["next_at"]);
      assert.equal(wake(SOON), 1);
    }
    assert.deepEqual(waits, [1, 2, 4, 8, 16, 32]);
  });

  test("is probed then, and not before, when it is out", () => {
    const LATER: Outcome = { ...SOON, retryAfter: 3600 };
    for (let n = 1; n <= 5; n++) submit(n, LATER);
    assert.equal(ledger.breaker().state, "open");
    assert.equal(pass(HOUR - SECOND, LATER), 0);
    assert.equal(pass(MINUTE, OK), 5);
  });
});

describe("an id", () => {
  test("is answered once and for all, whatever comes with it later", () => {
    submit(1, OK);
    assert.deepEqual(begin(1), { kind: "created", id: idOf(1) });
    assert.deepEqual(begin(1, { fps: ["other"] }), { kind: "id_reused" });
    assert.deepEqual(begin(1, { stampRefused: true }), { kind: "created", id: idOf(1) });
  });

  test("of ten thousand requests at once creates one lead", () => {
    const kinds = Array.from({ length: 10_000 }, () => begin(1).kind);
    assert.equal(kinds.filter((kind) => kind === "lease").length, 1);
    assert.equal(kinds.filter((kind) => kind === "accepted").length, 9_999);
  });

  test('whose visitor was told "accepted" costs no more writes, however often it comes', () => {
    const written = () => sql.all("SELECT total_changes() AS n")[0]?.["n"];
    begin(1);
    begin(1);
    const before = written();
    assert.equal(begin(1).kind, "accepted");
    assert.equal(written(), before);
  });

  test("with the content of another within ten minutes is that other, under a receipt of its own", () => {
    submit(1, OK);
    const answer = { kind: "created", id: idOf(2) };
    assert.deepEqual(begin(2, { fps: ["fp1"] }), answer);
    clock += 10 * MINUTE;
    assert.deepEqual(begin(2, { fps: ["fp1"] }), answer, "for good");
    assert.deepEqual(begin(2, { fps: ["else"] }), { kind: "id_reused" });
    assert.equal(begin(3, { fps: ["fp1"] }).kind, "lease");
    assert.equal(row(2), undefined);
  });

  test("that was folded into another is told, as that one fares", () => {
    submit(1, DOWN);
    const repeat = () => begin(2, { fps: ["fp1"] });
    assert.deepEqual(repeat(), { kind: "accepted", id: idOf(2) });
    pass(HOUR, OK);
    assert.deepEqual(repeat(), { kind: "created", id: idOf(2) });
  });

  test("that was folded is found by a person under either id, until the lead itself is gone", () => {
    submit(1, DOWN);
    for (const n of [3, 2]) begin(n, { fps: ["fp1"] });
    const operations = createOperations({ ledger, now: () => clock });
    for (const n of [1, 2, 3]) {
      const found = operations.get(idOf(n));
      assert.deepEqual([found?.id, found?.folded], [idOf(1), [idOf(2), idOf(3)]]);
    }
    assert.equal(operations.replay(idOf(3)).kind, "moved");
    assert.equal(operations.erase(["phone1"]), 1);
    assert.deepEqual(sql.all("SELECT * FROM fold"), []);
    submit(4, OK);
    begin(5, { fps: ["fp4"] });
    clock += 30 * DAY;
    ledger.tidy();
    assert.deepEqual([operations.get(idOf(5)), sql.all("SELECT * FROM fold")], [undefined, []]);
  });

  test("is recognised under an older key", () => {
    submit(1, OK);
    assert.equal(begin(1, { fps: ["new", "fp1"] }).kind, "created");
  });
});

describe("the breaker", () => {
  test("opens at once on a refused key, and takes leads without calling the vendor", () => {
    assert.equal(submit(1, BAD_KEY).kind, "accepted");
    assert.equal(ledger.breaker().state, "open");
    assert.deepEqual(alerts(), ["breaker.opened"]);
    assert.equal(begin(2).kind, "accepted");
    assert.deepEqual(
      [row(2)?.["state"], row(2)?.["parked"], row(2)?.["reason"]],
      ["held", 1, "key_refused"],
    );
  });

  test("opens after five failures of three leads in a row, not of one", () => {
    for (const n of [1, 2]) submit(n, DOWN);
    submit(3, OK);
    for (const n of [4, 5, 6, 7]) submit(n, DOWN);
    assert.equal(ledger.breaker().state, "closed");
    submit(8, DOWN);
    assert.equal(ledger.breaker().state, "open");
  });

  test("sends one probe at a time, at 30 s doubling to 15 min", () => {
    submit(1, BAD_KEY);
    for (let n = 2; n < 50; n++) begin(n);
    const calls = pass(7 * DAY, BAD_KEY);
    assert.ok(calls > 600 && calls < 700, `${calls} probes in seven days`);
  });

  test("lets everything out by itself within 20 minutes of the vendor's return", () => {
    for (let n = 1; n <= 6; n++) submit(n, DOWN);
    pass(3 * DAY, DOWN);
    for (let n = 7; n <= 200; n++) assert.equal(submit(n, DOWN).kind, "accepted");
    pass(4 * DAY, DOWN);
    pass(20 * MINUTE, OK);
    const left = sql.all("SELECT count(*) AS n FROM lead WHERE state <> 'delivered'")[0]?.["n"];
    assert.equal(left, 0);
    assert.equal(ledger.breaker().state, "closed");
  });

  test("comes back in growing steps", () => {
    submit(1, BAD_KEY);
    for (let n = 2; n <= 20; n++) begin(n);
    clock += 30 * SECOND;
    const steps = [];
    for (let i = 0; i < 6; i++) steps.push(wake(OK));
    assert.deepEqual(steps, [1, 1, 2, 4, 5, 5]);
  });

  test("opens again if the vendor is not back after all, and forgives a single failure", () => {
    submit(1, BAD_KEY);
    for (let n = 2; n <= 30; n++) begin(n);
    clock += 30 * SECOND;
    wake(OK);
    wake(DOWN);
    wake(OK);
    assert.equal(ledger.breaker().state, "draining");
    while (ledger.breaker().state === "draining") wake(DOWN);
    assert.equal(ledger.breaker().state, "open");
    assert.equal(wake(OK), 0);
  });

  test("probes at once when the credentials have changed", () => {
    ledger.useKey("old");
    submit(1, BAD_KEY);
    pass(DAY, BAD_KEY);
    ledger.useKey("old");
    assert.equal(wake(OK), 0);
    open();
    ledger.useKey("new");
    assert.ok((nextAt() ?? Infinity) <= clock);
    assert.equal(wake(OK), 1);
  });

  test("is told to pause and to go on by a person", () => {
    ledger.setPaused(true);
    assert.equal(begin(1).kind, "accepted");
    assert.equal(pass(HOUR, OK), 0);
    ledger.setPaused(false);
    assert.equal(pass(MINUTE, OK), 1);
  });
});

describe("too much", () => {
  test("from one address or for one target is turned away until the minute is over", () => {
    open({ limits: { ...POLICY.limits, perAddressPerMinute: 2 } });
    const from = (n: number) => begin(n, { address: "a" });
    assert.deepEqual([from(1).kind, from(2).kind], ["lease", "lease"]);
    clock += 20 * SECOND;
    assert.deepEqual(from(3), { kind: "rate_limited", retryAfter: 40, of: "address" });
    assert.equal(from(1).kind, "accepted", "a known id is never turned away");
    clock += 40 * SECOND;
    assert.equal(from(3).kind, "lease");
  });

  test("without the proof of work that a target demands is refused, and not stored", () => {
    assert.deepEqual(begin(1, { stampRefused: true }), { kind: "stamp_refused" });
    assert.equal(row(1), undefined);
  });
});

test("no step reads the whole table, most of which was delivered long ago", () => {
  const plain = sql;
  const whole: string[] = [];
  sql = {
    ...plain,
    all: (query, ...values) => {
      // A look whether there is any row at all ends at the first.
      const steps =
        query.endsWith("LIMIT 1") || /^\s*CREATE/.test(query)
          ? []
          : plain.all(`EXPLAIN QUERY PLAN ${query}`, ...values);
      whole.push(
        ...steps
          .map(({ detail }) => String(detail))
          .filter((step) =>
            /^SCAN lead(?! USING (?:COVERING )?INDEX lead_(?:itself|waits))/.test(step),
          ),
      );
      return plain.all(query, ...values);
    },
  };
  open();
  submit(1, OK);
  submit(2, BAD_KEY);
  begin(3);
  ledger.useKey("new");
  ledger.setPaused(true);
  ledger.setPaused(false);
  pass(HOUR, DOWN);
  pass(HOUR, OK);
  assert.deepEqual(whole, []);
});

describe("time", () => {
  test("ends a wait of 30 days: the payload is destroyed, and somebody is told", () => {
    submit(1, DRIFT);
    const told = new Set<string>();
    for (let day = 0; day <= 30; day++) {
      clock += DAY;
      ledger.tidy();
      ledger.tell();
      for (const type of alerts()) told.add(type);
      sql.all("DELETE FROM alert");
    }
    assert.deepEqual([row(1)?.["state"], row(1)?.["box"]], ["expired", null]);
    assert.deepEqual([...told].sort(), ["lead.expired", "lead.waiting", "vendor.drift"]);
  });

  test("removes a tombstone after 30 days", () => {
    submit(1, OK);
    clock += 30 * DAY;
    ledger.tidy();
    assert.equal(row(1), undefined);
  });
});
