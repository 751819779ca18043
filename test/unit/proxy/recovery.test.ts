/**
 * How a backlog leaves when the vendor is neither quite up nor quite down: the real ledger on real
 * SQLite, against a vendor and a clock of the test's own.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createLedger } from "../../../proxy/ledger/ledger.ts";
import { openSqlite } from "../../../proxy/ledger/node/sqlite-store.ts";
import type { Outcome } from "../../../proxy/vendors/vendor.ts";
import { UNLIMITED, idOf, submissionOf } from "./leads.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const OK: Outcome = { kind: "created", ref: "1", status: 201 };
const DOWN: Outcome = { kind: "later", reason: "overloaded", status: 503 };
const REFUSED: Outcome = { kind: "misconfigured", reason: "forbidden", status: 403 };

/** Milliseconds that the vendor takes for an answer. */
const CALL = 500;

/** Numbers from 0 to 1 that are the same in every run (Park and Miller's generator). */
const randomFrom = (seed: number) => () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;

/** A store whose dispatcher calls a vendor, in a time that passes as fast as it can be computed. */
const createWorld = (answer: (id: string, now: number) => Outcome, seed = 1) => {
  let clock = Date.parse("2026-11-22T00:00:00Z");
  const sql = openSqlite(":memory:");
  const ledger = createLedger({
    sql,
    now: () => clock,
    steady: { elapsed: () => clock, run: "test" },
    random: randomFrom(seed),
    newId: () => crypto.randomUUID(),
    policy: UNLIMITED,
  });
  /** Reports on their way; `own` are the dispatcher's. */
  const calls: { at: number; own: boolean; report: () => void }[] = [];
  const call = (id: string, attempt: number, own: boolean): void => {
    const outcome = answer(id, clock);
    calls.push({ at: clock + CALL, own, report: () => ledger.finish(id, attempt, outcome) });
  };
  /** Starts what is due, lets time pass until something happens, and lets it happen. */
  const step = (end: number): void => {
    const active = calls.filter(({ own }) => own).length;
    ledger.tell();
    for (const { id, attempt } of ledger.claim(active)) call(id, attempt, true);
    sql.all("DELETE FROM alert");
    const wake = ledger.nextAt(clock + HOUR) ?? end;
    // What is due already waits for one of the dispatcher's calls to end.
    const next = Math.min(...calls.map(({ at }) => at), wake > clock ? wake : end, end);
    clock = Math.max(next, clock + 1);
    for (const due of calls.filter(({ at }) => at <= clock)) {
      calls.splice(calls.indexOf(due), 1);
      due.report();
    }
  };
  return {
    ledger,
    now: () => clock,
    submit: (n: number) => {
      const begun = ledger.begin(submissionOf(n));
      if (begun.kind === "lease") call(idOf(n), begun.attempt, false);
      return begun.kind;
    },
    left: () => Number(sql.all("SELECT count(*) AS n FROM lead WHERE box IS NOT NULL")[0]?.["n"]),
    /** Lets time pass until a condition holds; returns how long that took, in milliseconds. */
    run: (span: number, until: () => boolean = () => false): number => {
      const start = clock;
      while (clock < start + span && !until()) step(start + span);
      return clock - start;
    },
  };
};

const BACKLOG = 300;

describe(`a backlog of ${BACKLOG}`, () => {
  /** An outage of three hours, then a vendor that fails a share of its calls. */
  const recover = (share: number, seed: number) => {
    const random = randomFrom(seed);
    let down = true;
    const world = createWorld(() => (down || random() < share ? DOWN : OK), seed);
    for (let n = 0; n < BACKLOG; n++) {
      world.submit(n);
      world.run(SECOND / 10);
    }
    world.run(3 * HOUR);
    assert.equal(world.left(), BACKLOG);
    down = false;
    // One probe in 15 minutes; what is measured begins with the first that arrives.
    world.run(DAY, () => world.left() < BACKLOG);
    const most = world.run(DAY, () => world.left() <= BACKLOG / 100);
    return { most, all: most + world.run(DAY, () => world.left() === 0) };
  };

  test("is out within a minute of a vendor's whole return", () => {
    assert.ok(recover(0, 11).all <= MINUTE);
  });

  for (const [share, most, all] of [
    [0.2, 5 * MINUTE, 15 * MINUTE],
    [0.5, 20 * MINUTE, HOUR],
  ] as const)
    test(`is out though ${share * 100} % of the calls fail: 99 % of it within ${most / MINUTE} minutes`, () => {
      for (const seed of [11, 12, 13]) {
        const took = recover(share, seed);
        assert.ok(took.most <= most && took.all <= all, JSON.stringify(took));
      }
    });
});

describe("while the breaker is open", () => {
  test("calls that were on their way when it opened do not put off the next probe", () => {
    let down = true;
    const world = createWorld(() => (down ? DOWN : OK));
    // Twenty visitors at once: the fifth failure opens it, fifteen more follow.
    for (let n = 0; n < 20; n++) world.submit(n);
    world.run(SECOND);
    assert.equal(world.ledger.breaker().state, "open");
    down = false;
    assert.ok(world.run(DAY, () => world.left() === 0) <= MINUTE);
  });
});

describe("a few leads that the vendor can never take", () => {
  const poisoned = (poison: number, refusal: Outcome) => {
    let down = true;
    const world = createWorld((id) => (down || id < idOf(poison) ? refusal : OK));
    for (let n = 0; n < 100; n++) world.submit(n);
    world.run(HOUR);
    down = false;
    return { world, poison };
  };

  for (const [what, poison, refusal] of [
    ["ten that make it fail", 10, DOWN],
    ["one that is forbidden as if the key were wrong", 1, REFUSED],
  ] as const)
    test(`do not keep the others: ${what}`, () => {
      const { world } = poisoned(poison, refusal);
      assert.ok(world.run(DAY, () => world.left() === poison) <= 20 * MINUTE);
    });

  test("do not keep the breaker open for those that come later, if it is one", () => {
    const { world } = poisoned(1, REFUSED);
    world.run(2 * HOUR);
    assert.equal(world.ledger.breaker().state, "closed");
    world.submit(100);
    assert.ok(world.run(DAY, () => world.left() === 1) <= SECOND);
    world.run(DAY);
    assert.equal(world.ledger.breaker().state, "closed");
  });
});
