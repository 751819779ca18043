/** What a clock that is wrong, and is put right, does to a store: it destroys nothing, and stalls nothing. */
import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { judge } from "../../../proxy/ledger/clock.ts";
import { createLedger } from "../../../proxy/ledger/ledger.ts";
import type { Ledger } from "../../../proxy/ledger/ledger.ts";
import { openSqlite } from "../../../proxy/ledger/node/sqlite-store.ts";
import { dueAlerts, settleAlert } from "../../../proxy/ledger/outbox.ts";
import { createRetentionJob } from "../../../proxy/ledger/retention.ts";
import { LEASES } from "../../../proxy/ledger/schedule.ts";
import type { Sql } from "../../../proxy/ledger/sql.ts";
import type { Outcome } from "../../../proxy/vendors/vendor.ts";
import { idOf, submissionOf } from "./leads.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const OK: Outcome = { kind: "created", ref: "1", status: 201 };
const DOWN: Outcome = { kind: "later", reason: "overloaded", status: 503 };
const DRIFT: Outcome = { kind: "drift", reason: "html", status: 200 };
const BAD_KEY: Outcome = { kind: "misconfigured", reason: "key_refused", status: 401 };

/** What has really passed since the start of the test, and how far the clock is from the truth. */
let passed: number;
let wrong: number;
let run: number;
let sql: Sql;
let ledger: Ledger;
const now = (): number => Date.parse("2026-11-22T00:00:00Z") + passed + wrong;

/** As at a start of the server; a Worker has no measure of time beside its clock. */
const open = (host: "node" | "worker") => {
  const began = passed;
  run++;
  const steady = { elapsed: () => passed - began, run: String(run) };
  ledger = createLedger({
    sql,
    now,
    steady: host === "node" ? steady : undefined,
    random: () => 0.5,
    newId: () => crypto.randomUUID(),
    policy: {
      receivers: [],
      doubt: "retry",
      retain: { days: 30 },
      limits: {
        perAddressPerMinute: 60,
        perTargetPerMinute: 600,
        perPhonePerDay: 2,
        tellAfterMinutes: 5,
      },
    },
  });
};
beforeEach(() => {
  passed = wrong = run = 0;
  sql = openSqlite(":memory:");
});

const submit = (n: number, outcome: Outcome, values = {}) => {
  const begun = ledger.begin(submissionOf(n, values));
  if (begun.kind === "lease") ledger.finish(idOf(n), begun.attempt, outcome);
  return begun;
};
const rowOf = (n: number) => sql.all("SELECT * FROM lead WHERE id = ?", idOf(n))[0];
const stored = () =>
  sql
    .all("SELECT id, state, box, kept FROM lead ORDER BY id")
    .map((row) => JSON.stringify(row))
    .join("\n");
const hours = (count: number) => {
  for (let n = 0; n < count; n++) {
    passed += HOUR;
    ledger.tidy();
  }
};

for (const host of ["node", "worker"] as const)
  describe(`a clock that is wrong, on ${host},`, () => {
    for (const [what, ahead] of [
      ["400 days", 400 * DAY],
      ["31 days", 31 * DAY],
    ] as const)
      test(`by ${what} for a second and a half at a start destroys nothing`, () => {
        open(host);
        submit(1, DRIFT);
        submit(2, DOWN);
        submit(3, OK);
        ledger.tidy();
        const before = stored();
        wrong = ahead;
        open(host);
        ledger.tidy();
        createRetentionJob(sql, now, undefined).run();
        passed += 1_500;
        ledger.tidy();
        wrong = 0;
        ledger.tidy();
        open(host);
        ledger.tidy();
        hours(5);
        assert.equal(stored(), before);
      });

    test("for a moment while the server runs destroys nothing", () => {
      open(host);
      submit(1, DRIFT);
      ledger.tidy();
      const before = stored();
      for (let n = 0; n < 5; n++) {
        wrong = 400 * DAY;
        passed += 10 * MINUTE;
        ledger.tidy();
        wrong = 0;
        passed += 50 * MINUTE;
        ledger.tidy();
      }
      assert.equal(stored(), before);
    });

    for (const [what, behind] of [
      ["40 days behind", 40 * DAY],
      ["without a date", Date.parse("2026-11-22T00:00:00Z")],
    ] as const)
      for (const restarts of [true, false])
        test(`${what} for ten minutes${restarts ? " at a start" : ""} destroys nothing that came meanwhile`, () => {
          open(host);
          submit(1, DRIFT);
          ledger.tidy();
          wrong = -behind;
          if (restarts) open(host);
          submit(2, DRIFT);
          submit(3, OK);
          passed += 10 * MINUTE;
          submit(4, OK);
          wrong = 0;
          const before = stored();
          hours(28 * 24);
          assert.equal(stored(), before);
          hours(3 * 24);
          assert.equal(rowOf(2)?.["state"], "expired");
        });

    test("without a date when its first lead came destroys nothing", () => {
      wrong = -Date.parse("2026-11-22T00:00:00Z");
      open(host);
      submit(1, DRIFT);
      passed += 10 * MINUTE;
      wrong = 0;
      hours(28 * 24);
      assert.equal(rowOf(1)?.["state"], "held");
    });

    test("in truth was away for a month: after a real hour what is old goes", () => {
      open(host);
      submit(1, DRIFT);
      ledger.tidy();
      passed += 40 * DAY;
      open(host);
      ledger.tidy();
      assert.equal(rowOf(1)?.["state"], "held");
      passed += 30 * MINUTE;
      ledger.tidy();
      assert.equal(rowOf(1)?.["state"], "held");
      passed += 30 * MINUTE;
      ledger.tidy();
      assert.equal(rowOf(1)?.["state"], "expired");
    });

    test("is no matter of a server that runs on: what is old goes in its time", () => {
      open(host);
      submit(1, DRIFT);
      hours(30 * 24 - 1);
      assert.equal(rowOf(1)?.["state"], "held");
      hours(2);
      assert.equal(rowOf(1)?.["state"], "expired");
    });

    for (const [what, ahead] of [
      ["3 hours", 3 * HOUR],
      ["400 days", 400 * DAY],
    ] as const)
      describe(`ran ${what} ahead and was put right`, () => {
        const right = () => {
          wrong = 0;
          open(host);
        };
        beforeEach(() => {
          wrong = ahead;
          open(host);
        });

        test("keeps no lead waiting longer than its own pause", () => {
          submit(1, DOWN);
          submit(2, { kind: "later", reason: "rate_limited", status: 429, retryAfter: 7_200 });
          submit(3, { kind: "misconfigured", reason: "forbidden", status: 403 });
          right();
          for (const n of [1, 3]) assert.equal(rowOf(n)?.["next_at"], now() + 15 * SECOND);
          assert.equal(rowOf(2)?.["next_at"], now() + 2 * HOUR);
          passed += 15 * SECOND;
          assert.deepEqual(
            ledger.claim(0).map(({ id }) => id),
            [idOf(1), idOf(3)],
          );
        });

        test("keeps none waiting in a server that runs on", () => {
          submit(1, DOWN);
          wrong = 0;
          ledger.claim(0);
          assert.equal(rowOf(1)?.["next_at"], now() + 15 * SECOND);
        });

        test("keeps no lease longer than its call", () => {
          ledger.begin(submissionOf(1));
          right();
          passed += LEASES.visitor;
          assert.equal(ledger.claim(0).length, 1);
        });

        test("keeps no breaker open longer than its probe waits, nor probes without a pause", () => {
          submit(1, BAD_KEY);
          right();
          const { nextProbeAt } = ledger.breaker();
          assert.equal(nextProbeAt, now() + 30 * SECOND);
          passed += 30 * SECOND;
          const [probe] = ledger.claim(0);
          ledger.finish(probe!.id, probe!.attempt, BAD_KEY);
          assert.equal(ledger.breaker().nextProbeAt, now() + MINUTE);
        });

        test("keeps no alert", () => {
          submit(1, DRIFT);
          const [alert] = dueAlerts(sql, now());
          settleAlert(sql, alert!, { taken: false }, now());
          right();
          passed += 30 * SECOND;
          ledger.claim(0);
          ledger.tidy();
          const [soon] = sql.all("SELECT next_at FROM alert");
          assert.ok(Number(soon?.["next_at"]) <= now() + HOUR);
        });

        test("takes no new lead for one of that time, and none for one too many of its number", () => {
          for (const n of [1, 2, 3]) submit(n, OK, { phoneHashes: ["p"], fps: [`f${n}`] });
          right();
          const begun = ledger.begin(submissionOf(4, { phoneHashes: ["p"], fps: ["f1"] }));
          assert.equal(begun.kind, "lease");
        });

        test("keeps nothing longer than if it had come now", () => {
          submit(1, DRIFT);
          submit(2, OK);
          right();
          hours(3);
          assert.ok(Number(rowOf(1)?.["created_at"]) <= now());
          assert.ok(Number(rowOf(2)?.["done_at"]) <= now());
          assert.ok(Number(rowOf(2)?.["kept_until"]) <= now() + 30 * DAY);
          hours(31 * 24);
          assert.deepEqual([rowOf(1)?.["state"], rowOf(2)], ["expired", undefined]);
        });
      });
  });

test("an alert is given up after the tries of a week, whatever the clock says", () => {
  open("node");
  submit(1, DRIFT);
  const [alert] = dueAlerts(sql, now());
  wrong = 400 * DAY;
  settleAlert(sql, alert!, { taken: false }, now());
  assert.equal(sql.all("SELECT * FROM alert").length, 1);
});

describe("a reading", () => {
  const at = (wall: number, elapsed: number | null = null, of = "1") => ({
    wall: Date.UTC(2026, 10, 22) + wall,
    elapsed,
    run: of,
  });

  test("of an hour on the clock alone is none where time is measured without it", () => {
    let known = judge({ believed: at(0, 0) }, at(400 * DAY, 1));
    for (let n = 1; n < 50; n++) known = judge(known, at(400 * DAY + n * HOUR, n));
    assert.equal(known.believed?.wall, at(0).wall);
  });

  test("of a clock without a battery is never believed", () => {
    const dead = { wall: 86_400_000, elapsed: null, run: "1" };
    const believed = at(0);
    const later = { ...dead, wall: dead.wall + HOUR };
    assert.deepEqual(judge(judge({ believed }, dead), later), { believed });
  });
});
