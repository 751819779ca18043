/** Leads that are kept from the vendor: they silence nobody, and no answer tells them from others. */
import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { createLedger } from "../../../proxy/ledger/ledger.ts";
import type { Ledger } from "../../../proxy/ledger/ledger.ts";
import { openSqlite } from "../../../proxy/ledger/node/sqlite-store.ts";
import { createOperations } from "../../../proxy/ledger/operations.ts";
import type { Sql } from "../../../proxy/ledger/sql.ts";
import type { Policy, Submission } from "../../../proxy/ledger/types.ts";
import type { Outcome } from "../../../proxy/vendors/vendor.ts";
import { POLICY, idOf, submissionOf } from "./leads.ts";

const DAY = 86_400_000;
const OK: Outcome = { kind: "created", ref: "1", status: 201 };
const DOWN: Outcome = { kind: "later", reason: "overloaded", status: 503 };
const BAD_KEY: Outcome = { kind: "misconfigured", reason: "key_refused", status: 401 };

let clock: number;
/** Node measures in fractions of a millisecond. */
let fraction: number;
let sql: Sql;
let ledger: Ledger;
const open = (policy: Partial<Policy> = {}) => {
  ledger = createLedger({
    sql,
    now: () => clock,
    random: () => 0,
    newId: () => crypto.randomUUID(),
    policy: { ...POLICY, ...policy },
    steady: { elapsed: () => clock + fraction, run: "test" },
  });
};
beforeEach(() => {
  clock = Date.parse("2026-11-22T00:00:00Z");
  fraction = 0;
  sql = openSqlite(":memory:");
  open();
});

const row = (n: number) => sql.all("SELECT * FROM lead WHERE id = ?", idOf(n))[0];
/** As the Worker does: a lead that is suspected comes again, without its campaign. */
const begin = (n: number, values: Partial<Submission> = {}) => {
  const begun = ledger.begin(submissionOf(n, values));
  return begun.kind === "suspect"
    ? ledger.begin(submissionOf(n, { ...values, suspicion: begun.suspicion }))
    : begun;
};
/** @param ms of the vendor's call */
const submit = (n: number, values: Partial<Submission> = {}, outcome: Outcome = OK, ms = 0) => {
  const begun = begin(n, values);
  clock += ms;
  return begun.kind === "lease" ? ledger.finish(idOf(n), begun.attempt, outcome) : begun;
};
const trapped: Partial<Submission> = { suspicion: "honeypot", light: true };

describe("a number", () => {
  const phone = { phoneHashes: ["p"] };

  test("that the vendor got five times in a day is kept for a person", () => {
    for (let n = 1; n <= 5; n++) assert.equal(submit(n, phone).kind, "created");
    assert.deepEqual(ledger.begin(submissionOf(6, phone)), {
      kind: "suspect",
      suspicion: "phone_limit",
    });
    assert.equal(row(6), undefined, "nothing is stored before its campaign is gone");
    submit(6, phone);
    assert.deepEqual([row(6)?.["state"], row(6)?.["reason"]], ["quarantined", "phone_limit"]);
    clock += DAY;
    assert.equal(submit(7, phone).kind, "created");
  });

  test("is not used up by what never went to the vendor", () => {
    for (let n = 1; n <= 50; n++) begin(n, { ...phone, ...trapped });
    for (let n = 51; n <= 55; n++) assert.equal(submit(n, phone).kind, "created");
    for (let n = 56; n <= 80; n++) submit(n, phone);
    clock += DAY;
    assert.equal(submit(81, phone).kind, "created");
  });

  test("is counted while its leads wait for the vendor, since they all will go there", () => {
    submit(1, {}, BAD_KEY);
    for (let n = 2; n <= 9; n++) begin(n, phone);
    const states = [2, 3, 4, 5, 6, 7, 8, 9].map((n) => row(n)?.["state"]);
    assert.deepEqual(states, [...Array(5).fill("held"), ...Array(3).fill("quarantined")]);
  });

  test("is counted with a lead that a person has released", () => {
    open({ limits: { ...POLICY.limits, perPhonePerDay: 1 } });
    begin(1, { ...phone, ...trapped });
    createOperations({ ledger, now: () => clock }).release(idOf(1));
    submit(2, phone);
    assert.equal(row(2)?.["state"], "quarantined");
  });

  test("is found by an index, however many of its leads are kept apart", () => {
    const [plan] = sql.all(
      `EXPLAIN QUERY PLAN SELECT count(*) FROM lead INDEXED BY lead_phone
       WHERE phone_h IN ('p') AND created_at BETWEEN 1 AND 2 AND apart = 0`,
    );
    assert.match(
      String(plan?.["detail"]),
      /lead_phone \(phone_h=\? AND apart=\? AND created_at>\? AND created_at<\?\)/,
    );
  });
});

describe("a person's lead", () => {
  test("is not folded into a robot's copy of it", () => {
    begin(1, { ...trapped, fps: ["same"] });
    assert.deepEqual(submit(2, { fps: ["same"] }), { kind: "created", id: idOf(2) });
    assert.equal(row(2)?.["state"], "delivered");
  });

  test("is still folded into itself, though a robot has copied it", () => {
    submit(1, { fps: ["same"] });
    begin(2, { ...trapped, fps: ["same"] });
    assert.deepEqual(submit(3, { fps: ["same"] }), { kind: "created", id: idOf(3) });
    assert.equal(row(3), undefined);
  });

  test("never gives its delivery to a robot's copy: that one is kept by itself", () => {
    submit(1, { fps: ["same"] });
    begin(2, { ...trapped, fps: ["same"] });
    assert.equal(row(2)?.["state"], "quarantined");
  });

  test("that a person has released stands for its repeats", () => {
    begin(1, { ...trapped, fps: ["same"] });
    createOperations({ ledger, now: () => clock }).release(idOf(1));
    assert.deepEqual(submit(2, { fps: ["same"] }), { kind: "accepted", id: idOf(2) });
  });
});

describe("what is kept from the vendor is answered", () => {
  test("as the leads of that moment are, and after the same time", () => {
    submit(1, {}, OK, 230);
    assert.deepEqual(begin(2, trapped), { kind: "created", id: idOf(2), after: 230 });
    assert.equal(row(2)?.["shown_at"], clock + 230);
    open();
    assert.deepEqual(begin(3, trapped), { kind: "created", id: idOf(3), after: 230 });
  });

  test("as accepted while the vendor is slow, fails, or is not called at all", () => {
    submit(1, {}, DOWN, 40);
    assert.deepEqual(begin(2, trapped), { kind: "accepted", id: idOf(2), after: 40 });
    const slow = begin(3);
    clock += 6_000;
    assert.deepEqual(begin(4, trapped), { kind: "accepted", id: idOf(4), after: 6_000 });
    assert.ok(slow.kind === "lease");
    clock += 3_000;
    ledger.finish(idOf(3), slow.attempt, OK, true);
    open();
    submit(5, {}, BAD_KEY, 10);
    assert.deepEqual(begin(6, trapped), { kind: "accepted", id: idOf(6) });
  });

  test("to the millisecond, where the host measures finer", () => {
    const begun = begin(1);
    fraction = 229.6;
    assert.ok(begun.kind === "lease");
    ledger.finish(idOf(1), begun.attempt, OK);
    assert.deepEqual(begin(2, trapped), { kind: "created", id: idOf(2), after: 230 });
  });

  test("as created in a store where no lead has arrived yet", () => {
    assert.deepEqual(begin(1, trapped), { kind: "created", id: idOf(1), after: 500 });
  });

  test("again in the same way, under its id", () => {
    submit(1, {}, OK, 230);
    begin(2, trapped);
    assert.deepEqual(begin(2, trapped), { kind: "accepted", id: idOf(2) }, "as one under way");
    clock += 230;
    assert.deepEqual(begin(2, trapped), { kind: "created", id: idOf(2) });
    createOperations({ ledger, now: () => clock }).release(idOf(2));
    assert.deepEqual(begin(2, trapped), { kind: "created", id: idOf(2) });
    assert.deepEqual(begin(2, { ...trapped, fps: ["x"] }), { kind: "id_reused" });
  });

  test("though the vendor calls a lead a duplicate: that is a success as any", () => {
    assert.deepEqual(submit(1, {}, { kind: "duplicate", status: 400 }), submit(1));
    assert.deepEqual(submit(1), { kind: "created", id: idOf(1) });
  });
});

describe("a refusal", () => {
  /** What SQLite has changed since the store was opened. */
  const changes = () => Number(sql.all("SELECT total_changes() AS n")[0]?.["n"]);

  test("writes nothing, a thousand times", () => {
    open({ limits: { ...POLICY.limits, perAddressPerMinute: 3, perPhonePerDay: 1 } });
    for (let n = 1; n <= 3; n++) submit(n, { address: "a" });
    const before = changes();
    for (let n = 10; n < 1_010; n++) {
      assert.equal(begin(n, { address: "a" }).kind, "rate_limited");
      assert.equal(begin(n, { stampRefused: true }).kind, "stamp_refused");
      assert.equal(begin(1, { fps: ["other"] }).kind, "id_reused");
      assert.equal(ledger.begin(submissionOf(n, { phoneHashes: ["phone1"] })).kind, "suspect");
    }
    assert.equal(changes(), before);
  });

  test("is counted with the next lead that is stored", () => {
    open({ limits: { ...POLICY.limits, perAddressPerMinute: 1 } });
    const refused = () =>
      ledger.figures.totals().find(({ series }) => series === "lead.refused")?.n ?? 0;
    for (let n = 1; n <= 5; n++) begin(n, { address: "a" });
    assert.equal(refused(), 0);
    begin(6, { address: "b", refused: 90 });
    assert.equal(refused(), 94);
    begin(7, { address: "c" });
    assert.equal(refused(), 94);
  });

  test("meets a flood of copies, too: each of them is a row", () => {
    open({ limits: { ...POLICY.limits, perTargetPerMinute: 4 } });
    for (let n = 1; n <= 100; n++) begin(n, { fps: ["same"] });
    assert.equal(sql.all("SELECT * FROM fold").length, 3);
  });

  test("meets robots in their share: visitors have the rest", () => {
    open({ limits: { ...POLICY.limits, perTargetPerMinute: 20 } });
    let stored = 0;
    for (let n = 1; n <= 100; n++)
      if (begin(n, n % 2 ? trapped : { light: true }).kind !== "rate_limited") stored++;
    assert.equal(stored, 5);
    for (let n = 201; n <= 215; n++) assert.equal(submit(n).kind, "created");
    assert.equal(submit(216).kind, "rate_limited");
  });

  test("leaves alone what was counted elsewhere", () => {
    open({ limits: { ...POLICY.limits, perTargetPerMinute: 1, perPhonePerDay: 1 } });
    for (let n = 1; n <= 3; n++)
      assert.equal(submit(n, { counted: true, phoneHashes: ["p"] }).kind, "created");
  });
});
