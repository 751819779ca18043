/**
 * Owns the moves of a person in one store: another try, a release, a correction, an erasure, a
 * pause. Must not open a box or call a vendor.
 */
import { forgetContent } from "./events.ts";
import { createInspection, toLead } from "./inspection.ts";
import { findLead } from "./repository.ts";
import { forgetFolds } from "./retention.ts";
import type { FoundLead, ListedLead } from "./inspection.ts";
import type { Ledger } from "./ledger.ts";
import { placeholders } from "./sql.ts";
import type { Row } from "./sql.ts";
import { REPLAYABLE, WAITING } from "./states.ts";
import type { State } from "./states.ts";
import { createSurvey } from "./survey.ts";
import { UNSETTLED } from "./tables.ts";
import { createTestLeads, eraseTests } from "./test-leads.ts";

export interface Replacement {
  keyId: string;
  box: string;
  kept: string;
  phoneHash: string;
  phoneTail: string;
}

/** A refusal carries the state that does not allow the move. */
export type Moved =
  | { kind: "moved"; lead: ListedLead }
  | { kind: "conflict"; state: State }
  | { kind: "unknown" };

export type Operations = ReturnType<typeof createOperations>;

interface OperationsDeps {
  ledger: Ledger;
  /** Unix milliseconds. */
  now: () => number;
}

type FindTest = ReturnType<typeof createTestLeads>["findTest"];

/** A move of one lead: from a state that allows it, through a change, into the queue. */
const createMove = ({ ledger: { sql, probe }, now }: OperationsDeps, findTest: FindTest) => {
  /** Due now. The number of attempts is kept: it distinguishes a report from an earlier one. */
  const queue = (id: string): void => {
    sql.all(
      "UPDATE lead SET state = 'queued', parked = 0, promised = 1, next_at = ? WHERE id = ?",
      now(),
      id,
    );
    probe();
  };

  return (asked: string, from: readonly State[], change: (row: Row) => void): Moved =>
    sql.transaction(() => {
      const row = findLead(sql, asked);
      if (!row) {
        // A test stays where it is: no vendor is to have it.
        const test = findTest(asked);
        return test ? { kind: "conflict", state: test.state } : { kind: "unknown" };
      }
      const id = String(row["id"]);
      const state = row["state"] as State;
      if (!from.includes(state) || row["box"] === null) return { kind: "conflict", state };
      change(row);
      queue(id);
      return { kind: "moved", lead: toLead(findLead(sql, id) ?? row) };
    });
};

export const createOperations = (deps: OperationsDeps) => {
  const { ledger, now } = deps;
  const { sql } = ledger;

  const { findTest, ...tests } = createTestLeads(sql, now);
  const move = createMove(deps, findTest);
  const inspection = createInspection(ledger);

  return {
    ...inspection,
    ...createSurvey(sql),
    ...tests,
    get: (id: string): FoundLead | undefined => inspection.get(id) ?? findTest(id),

    /** What was counted: in all, and by the hour. */
    figures: () => ({ totals: ledger.figures.totals(), hours: ledger.figures.hours() }),

    /** Another try now, without the rest of the wait. */
    replay: (id: string): Moved => move(id, REPLAYABLE, () => {}),

    /** Another try for all that wait in a state, for a reason, or both; returns how many. */
    replayAll: (only: { state?: State | undefined; reason?: string | undefined }): number =>
      sql.transaction(() => {
        const states = REPLAYABLE.filter((state) => (only.state ?? state) === state);
        const rows = sql.all(
          `UPDATE lead SET state = 'queued', parked = 0, promised = 1, next_at = ?
           WHERE ${UNSETTLED} AND state IN (${placeholders(states)}) AND box IS NOT NULL AND (? IS NULL OR reason = ?)
           RETURNING 1`,
          now(),
          ...states,
          only.reason ?? null,
          only.reason ?? null,
        );
        if (rows.length > 0) ledger.probe();
        return rows.length;
      }),

    /** For a quarantined lead that a person has checked. */
    release: (id: string): Moved =>
      move(id, ["quarantined"], (row) => {
        ledger.events.record("lead.accepted", row);
        sql.all("UPDATE lead SET reason = NULL, apart = 0 WHERE id = ?", row["id"] ?? null);
      }),

    /**
     * Other content under the same id, then another try. `fp` stays that of what the visitor sent,
     * so that a late repeat of it is still the same submission.
     */
    correct: (asked: string, { box, kept, keyId, phoneHash, phoneTail }: Replacement): Moved =>
      move(asked, WAITING, ({ id = null }) => {
        sql.all(
          `UPDATE lead SET box = ?, kept = ?, key_id = ?, phone_h = ?, phone_tail = ?, fields = NULL,
             reason = NULL WHERE id = ?`,
          box,
          kept,
          keyId,
          phoneHash,
          phoneTail,
          id,
        );
      }),

    /** Everything of one number, tombstones included: their keyed hash is about a person too. */
    erase: (phoneHashes: readonly string[]): number =>
      sql.transaction(() => {
        const erased = sql.all(
          `DELETE FROM lead WHERE phone_h IN (${placeholders(phoneHashes)}) RETURNING id`,
          ...phoneHashes,
        );
        forgetFolds(sql, erased);
        forgetContent(
          sql,
          erased.map(({ id }) => String(id)),
        );
        return erased.length + eraseTests(sql, phoneHashes);
      }),

    setPaused: (paused: boolean): void => ledger.setPaused(paused),
  };
};
