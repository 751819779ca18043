/**
 * Owns a store that is moved step by step at random, and what must be true of it after each step. Must not
 * know how the ledger decides.
 */
import assert from "node:assert/strict";
import { leadSeries } from "../../../proxy/ledger/figures.ts";
import type { LeadEvent } from "../../../proxy/ledger/figures.ts";
import { createLedger } from "../../../proxy/ledger/ledger.ts";
import { openSqlite } from "../../../proxy/ledger/node/sqlite-store.ts";
import { createOperations } from "../../../proxy/ledger/operations.ts";
import type { Row } from "../../../proxy/ledger/sql.ts";
import type { Begun, Finished, Policy } from "../../../proxy/ledger/types.ts";
import type { Outcome } from "../../../proxy/vendors/vendor.ts";
import { seeded } from "../../bench/phone-numbers.ts";

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A call to the vendor that has not been reported. */
export interface Call {
  id: string;
  attempt: number;
  own: boolean;
}

/** What the store cannot know: who was told what, and what the vendor holds. */
interface Fate {
  /** On the true clock, in milliseconds. */
  arrived: number;
  acknowledged: boolean;
  delivered: boolean;
  /** It was in quarantine, and is answered as others are. */
  apart: boolean;
}

const FINAL = ["delivered", "rejected", "expired"];
const COUNTED = ["delivered", "rejected", "dead", "expired"] as const;

/** A jump of the clock that is taken for a late run after a restart. */
const SLACK = 5 * MINUTE;
const UNNOTICED = HOUR + SLACK;

export const createWorld = (policy: Policy) => {
  const sql = openSqlite(":memory:");
  const random = seeded(1);
  let wall = Date.parse("2026-11-26T00:00:00Z");
  let elapsed = 0;
  let run = 0;
  let ids = 0;
  let calls: Call[] = [];
  /** How far the clock has been from the truth, and since when. */
  const skews = [{ since: 0, skew: 0 }];
  let unnoticed = 0;
  const fates = new Map<string, Fate>();
  const counts: Partial<Record<LeadEvent, number>> = {};
  let reports = 0;
  let before = new Map<string, Row>();

  const open = () => {
    const now = () => wall;
    const steady = { elapsed: () => elapsed, run: `run ${run}` };
    const newId = () => `alert ${ids++}`;
    const ledger = createLedger({ sql, now, steady, random, newId, policy });
    return { ledger, operations: createOperations({ ledger, now }) };
  };
  let parts = open();

  const rows = () => new Map(sql.all("SELECT * FROM lead").map((row) => [String(row["id"]), row]));
  const alertsOf = (type: string) =>
    sql
      .all("SELECT data FROM alert WHERE type = ?", type)
      .map(({ data }) => JSON.parse(String(data)) as { lead?: string });
  const count = (event: LeadEvent) => (counts[event] = (counts[event] ?? 0) + 1);

  const fateOf = (id: string): Fate => {
    const fate = fates.get(id);
    assert.ok(fate, `${id} is unknown`);
    return fate;
  };

  const called = (call: Call): void => {
    const row = before.get(call.id);
    assert.ok(
      !fateOf(call.id).delivered,
      `${call.id} is called for again, though the vendor has it`,
    );
    assert.equal(call.attempt, Number(row?.["attempts"] ?? 0) + 1);
    calls.push(call);
  };

  const answered = (id: string, answer: Begun | Finished): void => {
    if (answer.kind !== "created" && answer.kind !== "accepted") return;
    const fate = fates.get(id);
    if (fate) fate.acknowledged = true;
    if (answer.kind === "created")
      assert.ok(!fate || fate.delivered || fate.apart, `${id} is called created`);
  };

  /** What a row has to be in its state, whenever one looks. */
  const checkRow = (id: string, row: Row): void => {
    const { state, box, reason, next_at: nextAt, parked } = row;
    const breaker = parts.ledger.breaker();
    const what = `${id}: ${String(state)} for ${String(reason)}`;
    if (FINAL.includes(String(state))) {
      assert.deepEqual([box, row["key_id"], row["phone_tail"]], [null, null, null], what);
      assert.equal(typeof row["done_at"], "number", what);
      if (state !== "delivered") assert.equal(row["kept"], null, what);
      return;
    }
    assert.equal(typeof box, "string", what);
    assert.equal(row["done_at"], null, what);
    if (state === "sending" || state === "queued") assert.equal(typeof nextAt, "number", what);
    else assert.equal(typeof reason, "string", `${what} waits for a person, who is not told why`);
    if (parked) {
      assert.equal(state, "held", what);
      const waits = breaker.paused || breaker.state === "open" || typeof nextAt === "number";
      assert.ok(waits, `${what} waits for a breaker that is ${breaker.state}`);
    }
  };

  /**
   * The clock said the same at two times that are an hour apart, and was wrong: then it is believed, and what was
   * stored by it, or before it, may end too early. Nobody can know better.
   */
  const wasBelievedWrong = (): boolean =>
    skews.some(
      ({ since, skew }, first) =>
        Math.abs(skew) > SLACK &&
        skews.some(
          (later, n) =>
            n >= first &&
            Math.abs(later.skew - skew) <= SLACK &&
            (skews[n + 1]?.since ?? elapsed) - since >= HOUR - SECOND,
        ),
    );

  /** What may have happened to a row between two looks. */
  const checkStep = (id: string, row: Row | undefined, was: Row, step: string): void => {
    const fate = fateOf(id);
    if (!row) {
      assert.ok(step === "erase" || was["done_at"] !== null, `${id} is gone after ${step}`);
      return;
    }
    assert.ok(Number(row["attempts"]) >= Number(was["attempts"]), `${id} forgets attempts`);
    const state = String(row["state"]);
    if (state === was["state"]) return;
    assert.ok(was["done_at"] === null, `${id} leaves ${String(was["state"])} after ${step}`);
    if (state === "delivered") assert.ok(fate.delivered, `${id} is not at the vendor`);
    if (state === "rejected") assert.ok(!fate.acknowledged, `${id} is rejected after a thank-you`);
    if (state === "dead" || state === "expired")
      assert.ok(
        alertsOf(`lead.${state}`).some(({ lead }) => lead === id),
        `nobody hears of ${id}, ${state}`,
      );
    if (state === "expired") {
      const age = elapsed - fate.arrived;
      assert.ok(age >= 30 * DAY - unnoticed || wasBelievedWrong(), `${id} expires at ${age}`);
    }
    for (const event of COUNTED) if (event === state) count(event);
  };

  const checkBreaker = (): void => {
    const breaker = parts.ledger.breaker();
    if (breaker.state === "open") assert.equal(typeof breaker.nextProbeAt, "number");
    if (breaker.state === "draining") assert.ok(breaker.width >= 1);
    const waiting = sql.all(
      "SELECT 1 FROM lead WHERE state = 'sending' OR (? = 0 AND (state = 'queued' OR parked = 1))",
      Number(breaker.paused),
    );
    if (waiting.length > 0)
      assert.ok(parts.ledger.nextAt(wall + HOUR) !== undefined, "nothing wakes the store");
  };

  const checkFigures = (): void => {
    const totals = new Map(parts.ledger.figures.totals().map(({ series, n }) => [series, n]));
    for (const event of ["arrived", "quarantined", ...COUNTED] as const)
      assert.equal(totals.get(leadSeries(event)) ?? 0, counts[event] ?? 0, `count of ${event}`);
    const told = [...totals].filter(([series]) => series.startsWith("call."));
    assert.equal(
      told.reduce((sum, [, n]) => sum + n, 0),
      reports,
      "count of calls",
    );
  };

  const check = (step: string): void => {
    const now = rows();
    for (const [id, row] of now) {
      const was = before.get(id);
      if (was) checkStep(id, row, was, step);
      else {
        count("arrived");
        if (row["state"] === "quarantined") count("quarantined");
      }
      checkRow(id, row);
    }
    for (const [id, was] of before) if (!now.has(id)) checkStep(id, undefined, was, step);
    before = now;
    checkBreaker();
    checkFigures();
  };

  /** After a run, whatever a wrong clock has left: no wait is longer than a day. */
  const checkWaits = (): void => {
    const late = sql.all("SELECT id, state FROM lead WHERE next_at > ?", wall + DAY + SECOND);
    assert.deepEqual(late, []);
    const { state, nextProbeAt = 0 } = parts.ledger.breaker();
    if (state === "open") assert.ok(nextProbeAt <= wall + DAY + SECOND, "the next probe is far");
  };

  const report = (call: Call, outcome: Outcome, promised = false): void => {
    calls = calls.filter((other) => other !== call);
    const fate = fateOf(call.id);
    if (outcome.kind === "created" || outcome.kind === "duplicate") fate.delivered = true;
    if (promised) fate.acknowledged = true;
    if (before.has(call.id)) reports++;
    answered(call.id, parts.ledger.finish(call.id, call.attempt, outcome, promised));
  };

  const claim = (): void => {
    const active = calls.filter(({ own }) => own).length;
    for (const { id, attempt } of parts.ledger.claim(active)) called({ id, attempt, own: true });
    checkWaits();
  };

  return {
    sql,
    calls: () => calls,
    ids: () => [...before.keys()],
    rowOf: (id: string) => before.get(id),
    ledger: () => parts.ledger,
    operations: () => parts.operations,
    alertsOf,
    begin: (submission: Parameters<typeof parts.ledger.begin>[0]): Begun => {
      const known = before.has(submission.id);
      const first = parts.ledger.begin(submission);
      // As the proxy does: it seals the lead anew, without its campaign.
      const begun =
        first.kind === "suspect"
          ? parts.ledger.begin({ ...submission, suspicion: first.suspicion })
          : first;
      const isNew = !known && rows().has(submission.id);
      if (isNew)
        fates.set(submission.id, {
          arrived: elapsed,
          acknowledged: false,
          delivered: false,
          apart: rows().get(submission.id)?.["state"] === "quarantined",
        });
      if (begun.kind === "lease") called({ id: submission.id, attempt: begun.attempt, own: false });
      if (known)
        assert.ok(
          !["lease", "rate_limited", "stamp_refused"].includes(begun.kind),
          `a repeat is ${begun.kind}`,
        );
      if (begun.kind !== "lease") answered(submission.id, begun);
      if (begun.kind === "lease" && begun.thanked) fateOf(submission.id).acknowledged = true;
      return begun;
    },
    report,
    claim,
    acknowledge: (id: string) => (fateOf(id).acknowledged = true),
    restart: (crashed: boolean): void => {
      run++;
      elapsed += SECOND;
      wall += SECOND;
      if (crashed) calls = [];
      parts = open();
    },
    pass: (time: number): void => {
      wall += time;
      elapsed += time;
    },
    jump: (time: number): void => {
      wall += time;
      skews.push({ since: elapsed, skew: skews.at(-1)!.skew + time });
      if (Math.abs(time) <= UNNOTICED) unnoticed += Math.max(time, 0);
    },
    now: () => wall,
    check,
    close: () => sql.close(),
  };
};

export type World = ReturnType<typeof createWorld>;
