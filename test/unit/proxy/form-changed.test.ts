/** A vendor's form that changes: what happens to its leads, its breaker and its alerts. */
import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { createLedger } from "../../../proxy/ledger/ledger.ts";
import type { Ledger } from "../../../proxy/ledger/ledger.ts";
import { openSqlite } from "../../../proxy/ledger/node/sqlite-store.ts";
import { createOperations } from "../../../proxy/ledger/operations.ts";
import type { Sql } from "../../../proxy/ledger/sql.ts";
import type { Outcome } from "../../../proxy/vendors/vendor.ts";
import { UNLIMITED, idOf, submissionOf } from "./leads.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const OK: Outcome = { kind: "created", ref: "1", status: 201 };
const demands = (vendorKey?: string): Outcome => ({
  kind: "misconfigured",
  reason: "form_changed",
  ...(vendorKey && { vendorKey }),
});
const REFUSED: Outcome = {
  kind: "unexplained",
  reason: "field_refused",
  fields: { x_budget: "field_missing" },
};

let clock: number;
let sql: Sql;
let ledger: Ledger;
const open = (doubt: "retry" | "hold" = "retry") => {
  ledger = createLedger({
    sql,
    now: () => clock,
    steady: { elapsed: () => clock, run: "test" },
    random: () => 0.5,
    newId: () => crypto.randomUUID(),
    policy: { ...UNLIMITED, doubt },
  });
};
beforeEach(() => {
  clock = Date.parse("2026-11-26T00:00:00Z");
  sql = openSqlite(":memory:");
  open();
  ledger.useKey("before");
});

const row = (n: number) => sql.all("SELECT * FROM lead WHERE id = ?", idOf(n))[0];
const submit = (n: number, outcome: Outcome) => {
  const begun = ledger.begin(submissionOf(n));
  return begun.kind === "lease" ? ledger.finish(idOf(n), begun.attempt, outcome) : begun;
};
/** The vendor's answer to each lead, at each alarm until the end of a span. */
const run = (span: number, answer: (id: string) => Outcome): void => {
  const end = clock + span;
  for (;;) {
    // Alerts are looked at by the test, and wake nothing.
    sql.all("UPDATE alert SET next_at = ?", Number.MAX_SAFE_INTEGER);
    const at = ledger.nextAt(Infinity) ?? Infinity;
    if (at > end) break;
    clock = Math.max(clock + 1, at);
    ledger.tell();
    for (const { id, attempt } of ledger.claim(0)) ledger.finish(id, attempt, answer(id));
  }
  clock = end;
};
const keysTold = () =>
  sql
    .all("SELECT data FROM alert WHERE type = 'vendor.form_changed' ORDER BY created_at")
    .map(({ data }) => (JSON.parse(String(data)) as { key: string | null }).key);
const states = () =>
  sql.all("SELECT state FROM lead ORDER BY id").map(({ state }) => String(state));

describe("a key that no setting fills", () => {
  for (const doubt of ["retry", "hold"] as const)
    test(`blocks the target and loses nothing, where doubt is "${doubt}"`, () => {
      open(doubt);
      for (let n = 1; n <= 20; n++) assert.equal(submit(n, demands("budget")).kind, "accepted");
      const { state, reason, key } = ledger.breaker();
      assert.deepEqual([state, reason, key], ["open", "form_changed", "budget"]);
      run(3 * HOUR, () => demands("budget"));
      assert.deepEqual(new Set(states()), new Set(["held"]));
      assert.deepEqual(keysTold(), ["budget"]);

      clock += SECOND;
      ledger.useKey("after");
      const started = clock;
      run(MINUTE, () => OK);
      assert.equal(states().filter((state) => state === "delivered").length, 20);
      assert.ok(clock - started <= MINUTE);
      assert.equal(ledger.breaker().state, "closed");
    });

  test("is told by the lead, the reason and the key, and by nothing of a person", () => {
    submit(1, demands("budget"));
    const [alert] = sql.all("SELECT data FROM alert WHERE type = 'vendor.form_changed'");
    assert.deepEqual(JSON.parse(String(alert?.["data"])), {
      lead: idOf(1),
      reason: "form_changed",
      key: "budget",
    });
  });

  test("is told though it cannot be named", () => {
    submit(1, demands());
    submit(2, demands());
    assert.deepEqual(keysTold(), [null]);
  });

  test("is told again when the next one follows, and again when it comes back later", () => {
    submit(1, demands("budget"));
    clock += SECOND;
    ledger.useKey("with budget");
    run(MINUTE, () => demands("rooms"));
    assert.deepEqual([keysTold(), ledger.breaker().key], [["budget", "rooms"], "rooms"]);
    ledger.useKey("with rooms");
    run(5 * MINUTE, () => OK);
    assert.deepEqual([ledger.breaker().state, ledger.breaker().key], ["closed", undefined]);
    submit(2, demands("rooms"));
    assert.deepEqual(keysTold(), ["budget", "rooms", "rooms"]);
  });

  test("is told after another reason has kept the breaker open", () => {
    submit(1, { kind: "misconfigured", reason: "key_refused" });
    run(MINUTE, () => demands("budget"));
    assert.deepEqual([ledger.breaker().reason, keysTold()], ["form_changed", ["budget"]]);
  });

  test("is the reason of each lead that waits for it, and shown with it", () => {
    submit(1, demands("budget"));
    submit(2, demands("budget"));
    const operations = createOperations({ ledger, now: () => clock });
    for (const n of [1, 2]) {
      const { reason, vendorKey } = operations.get(idOf(n)) ?? {};
      assert.deepEqual([reason, vendorKey], ["form_changed", "budget"]);
    }
    assert.equal(operations.summary().breaker.key, "budget");
  });

  test("stays told once, though a person tries all again and again", () => {
    for (let n = 1; n <= 3; n++) submit(n, demands("budget"));
    const operations = createOperations({ ledger, now: () => clock });
    for (let i = 0; i < 3; i++) {
      assert.equal(operations.replayAll({ reason: "form_changed" }), 3);
      run(SECOND, () => demands("budget"));
    }
    assert.deepEqual([keysTold(), ledger.breaker().state], [["budget"], "open"]);
  });
});

describe("a key that the vendor knows no more, in some leads only", () => {
  const refusesOdd = (id: string): Outcome =>
    Number.parseInt(id.slice(-1), 16) % 2 === 1 ? demands("rooms") : OK;

  test("does not keep the leads without it", () => {
    for (let n = 0; n < 10; n++) submit(n, refusesOdd(idOf(n)));
    run(20 * MINUTE, refusesOdd);
    assert.equal(states().filter((state) => state === "delivered").length, 5);
    assert.ok(keysTold().length <= 2, String(keysTold()));
  });

  test("goes with the setting: all arrive within a minute, the breaker open or not", () => {
    for (let n = 0; n < 10; n++) submit(n, refusesOdd(idOf(n)));
    run(6 * HOUR, refusesOdd);
    ledger.useKey("after");
    run(MINUTE, () => OK);
    assert.equal(states().filter((state) => state === "delivered").length, 10);
  });
});

describe("a lead that was refused before", () => {
  test("opens the breaker with another key, which is news", () => {
    submit(1, demands("budget"));
    submit(2, OK);
    run(MINUTE, (id) => (id === idOf(1) ? demands("budget") : OK));
    assert.notEqual(ledger.breaker().state, "open");
    assert.equal(row(1)?.["state"], "held");
    run(2 * HOUR, () => demands("rooms"));
    assert.deepEqual([ledger.breaker().state, ledger.breaker().key], ["open", "rooms"]);
  });
});

describe("a refused field", () => {
  test("is held for a person, with its name, and says that the vendor works", () => {
    for (let n = 1; n <= 6; n++) assert.equal(submit(n, REFUSED).kind, "accepted");
    const { state, reason, fields, parked } = row(1) ?? {};
    assert.deepEqual(
      [state, reason, fields, parked],
      ["held", "field_refused", '{"x_budget":"field_missing"}', 0],
    );
    assert.equal(ledger.breaker().state, "closed");
  });

  test("goes out by itself once the settings have a fallback", () => {
    submit(1, REFUSED);
    ledger.useKey("with a fallback");
    run(MINUTE, () => OK);
    assert.equal(row(1)?.["state"], "delivered");
    assert.equal(row(1)?.["fields"], null);
  });

  test("is told to the visitor who waits, and never ends a lead that was promised", () => {
    const missing: Outcome = { kind: "invalid", fields: { x_budget: "field_missing" } };
    assert.equal(submit(1, missing).kind, "rejected");
    const begun = ledger.begin(submissionOf(2));
    assert.ok(begun.kind === "lease");
    assert.equal(ledger.begin(submissionOf(2)).kind, "accepted");
    ledger.finish(idOf(2), begun.attempt, missing);
    assert.deepEqual([row(2)?.["state"], row(2)?.["reason"]], ["held", "field_refused"]);
  });
});

test("a breaker that an earlier version has stored works on", () => {
  submit(1, { kind: "misconfigured", reason: "key_refused" });
  const stored = JSON.parse(
    String(sql.all("SELECT value FROM meta WHERE key = 'gate'")[0]?.["value"]),
  ) as Record<string, unknown>;
  delete stored["key"];
  sql.all("UPDATE meta SET value = ? WHERE key = 'gate'", JSON.stringify(stored));
  open();
  assert.equal(ledger.breaker().key, undefined);
  run(MINUTE, () => demands("budget"));
  assert.equal(ledger.breaker().key, "budget");
});
