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

/** Milliseconds that the vendor takes for an answer, and for none. */
const CALL = 500;
const HANG = 90 * SECOND;

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
  const told: string[] = [];
  /** Reports on their way; `own` are the dispatcher's. */
  const calls: { at: number; own: boolean; report: () => void }[] = [];
  const call = (id: string, attempt: number, own: boolean): void => {
    const outcome = answer(id, clock);
    const time = outcome.kind === "doubt" && outcome.reason === "timeout" ? HANG : CALL;
    calls.push({ at: clock + time, own, report: () => ledger.finish(id, attempt, outcome) });
  };
  /** Starts what is due, lets time pass until something happens, and lets it happen. */
  const step = (end: number): void => {
    const active = calls.filter(({ own }) => own).length;
    ledger.tell();
    for (const { id, attempt } of ledger.claim(active)) call(id, attempt, true);
    for (const { type } of sql.all("DELETE FROM alert RETURNING type")) told.push(String(type));
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
    told,
    now: () => clock,
    stateOf: (n: number) => sql.all("SELECT state FROM lead WHERE id = ?", idOf(n))[0]?.["state"],
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

describe("one sender, whose leads the vendor never takes", () => {
  const FIRST_POISON = 10_000;
  const POISON: readonly (readonly [string, Outcome])[] = [
    ["403", REFUSED],
    ["404", { kind: "misconfigured", reason: "wrong_path", status: 404 }],
    ["302", { kind: "misconfigured", reason: "redirect", status: 302 }],
    ["413", { kind: "misconfigured", reason: "request_refused", status: 413 }],
    ["400", { kind: "unexplained", reason: "bad_request", status: 400 }],
    ["500", { kind: "doubt", reason: "server_error", status: 500 }],
    ["200 and a page", { kind: "drift", reason: "html", status: 200 }],
    ["no answer", { kind: "doubt", reason: "timeout" }],
    ["a closed connection", { kind: "doubt", reason: "network" }],
  ];

  for (const [what, answer] of POISON)
    test(`delays nobody else: ${what}, sixty times a minute`, () => {
      const world = createWorld((id) => (id >= idOf(FIRST_POISON) ? answer : OK));
      let honest = 0;
      for (let second = 0; second < 5 * 60; second++) {
        world.submit(FIRST_POISON + second);
        // Nobody else comes for two minutes, then one lead in seven seconds.
        if (second >= 120 && second % 7 === 0) {
          const lead = honest++;
          world.submit(lead);
          world.run(SECOND, () => world.stateOf(lead) === "delivered");
          assert.equal(world.stateOf(lead), "delivered", `lead ${lead}, after ${second} s`);
        }
        world.run(SECOND);
      }
      const alerts = world.told.filter((type) => type.startsWith("breaker."));
      assert.ok(alerts.length <= 2, `${alerts.length} alerts of the breaker in five minutes`);
    });

  test("opens no breaker with one lead: it is held, tried again by itself, and the next one goes", () => {
    let refused = true;
    const world = createWorld((id) => (refused && id === idOf(1) ? REFUSED : OK));
    world.submit(1);
    world.run(SECOND);
    assert.deepEqual([world.stateOf(1), world.ledger.breaker().state], ["held", "closed"]);
    world.submit(2);
    world.run(SECOND);
    assert.equal(world.stateOf(2), "delivered");
    world.run(10 * MINUTE);
    assert.deepEqual([world.stateOf(1), world.ledger.breaker().state], ["held", "closed"]);
    refused = false;
    world.run(HOUR + HOUR / 2, () => world.stateOf(1) === "delivered");
    assert.equal(world.stateOf(1), "delivered");
  });
});

describe("a vendor that refuses all leads", () => {
  for (const reason of ["forbidden", "wrong_path", "redirect", "request_refused"] as const)
    test(`as ${reason} opens the breaker with the second, and is told once`, () => {
      const world = createWorld(() => ({ kind: "misconfigured", reason }));
      world.submit(1);
      world.run(SECOND);
      assert.equal(world.ledger.breaker().state, "closed");
      world.submit(2);
      world.run(SECOND);
      assert.equal(world.ledger.breaker().state, "open");
      assert.deepEqual([world.stateOf(1), world.stateOf(2)], ["held", "held"]);
      world.run(2 * HOUR);
      assert.deepEqual(
        world.told.filter((type) => type.startsWith("breaker.")),
        ["breaker.opened"],
      );
    });

  test("since it takes none for now gets its probes, and no lead besides", () => {
    let calls = 0;
    const world = createWorld(() => {
      calls += 1;
      return DOWN;
    });
    for (let n = 0; n < 6; n++) world.submit(n);
    world.run(MINUTE);
    const before = calls;
    for (let n = 6; n < 100; n++) assert.equal(world.submit(n), "accepted");
    world.run(SECOND);
    assert.equal(calls, before);
  });

  test("gets each new lead once, and of the others one in fifteen minutes", () => {
    let calls = 0;
    const world = createWorld(() => {
      calls += 1;
      return REFUSED;
    });
    for (let n = 0; n < 100; n++) world.submit(n);
    world.run(DAY);
    assert.ok(calls < 100 + 110, `${calls} calls`);
  });
});
