/**
 * Owns a person's view of one store and the moves a person may make: what waits and why, another
 * try, a release, a correction, an erasure. It opens no box and calls nobody.
 */
import type { Breaker } from "./breaker.ts";
import type { Ledger } from "./ledger.ts";
import { UNSETTLED, placeholders } from "./sql.ts";
import type { Row, SqlValue } from "./sql.ts";
import { REPLAYABLE, WAITING } from "./types.ts";
import type { State } from "./types.ts";

/** A lead without anything personal but its masked number. Times are Unix milliseconds. */
export interface ListedLead {
  id: string;
  state: State;
  /** A code of the last outcome, or of what keeps the lead. */
  reason: string | null;
  inDoubt: boolean;
  attempts: number;
  nextAt: number | null;
  createdAt: number;
  phone: string | null;
}

/** With its payload as it is stored: null once the lead is settled. */
export interface SealedLead extends ListedLead {
  /** Codes by field, as the vendor gave them: JSON. */
  fields: string | null;
  /** The version of the text that was agreed to: kept when the payload is gone. */
  consent: string | null;
  sealed: { keyId: string; box: string } | null;
}

/** The last lead of a page: what comes after it is the next one, whatever was added meanwhile. */
export interface Mark {
  createdAt: number;
  id: string;
}

/** Newest first; without states, all of them. */
export interface Query {
  states?: readonly State[] | undefined;
  reason?: string | undefined;
  after?: Mark | undefined;
  limit: number;
}

export interface Replacement {
  keyId: string;
  box: string;
  phoneHash: string;
  phoneTail: string;
}

/** A refusal carries the state that does not allow the move. */
export type Moved =
  | { kind: "moved"; lead: ListedLead }
  | { kind: "conflict"; state: State }
  | { kind: "unknown" };

/** Leads that wait for the same reason. */
export interface Group {
  state: State;
  reason: string | null;
  /** They leave by themselves, once what keeps them is corrected. */
  automatic: boolean;
  leads: number;
  oldest: number;
}

export interface Summary {
  breaker: Pick<Breaker, "state" | "reason" | "openedAt" | "nextProbeAt" | "paused">;
  counts: Partial<Record<State, number>>;
  waiting: Group[];
}

/** Every lease has an end, by which the index of due times knows it. */
const LEASED = "state = 'sending' AND next_at IS NOT NULL";

const text = (value: SqlValue | undefined): string | null =>
  typeof value === "string" ? value : null;
const number = (value: SqlValue | undefined): number | null =>
  typeof value === "number" ? value : null;

const toLead = (row: Row): ListedLead => ({
  id: String(row["id"]),
  state: row["state"] as State,
  reason: text(row["reason"]),
  inDoubt: row["in_doubt"] === 1,
  attempts: Number(row["attempts"]),
  nextAt: number(row["next_at"]),
  createdAt: Number(row["created_at"]),
  phone: text(row["phone_tail"]),
});

const toSealed = (row: Row): SealedLead => {
  const [keyId, box] = [text(row["key_id"]), text(row["box"])];
  return {
    ...toLead(row),
    fields: text(row["fields"]),
    consent: text(row["consent_v"]),
    sealed: keyId !== null && box !== null ? { keyId, box } : null,
  };
};

export type Operations = ReturnType<typeof createOperations>;

export const createOperations = ({ ledger, now }: { ledger: Ledger; now: () => number }) => {
  const { sql } = ledger;

  const select = ({ states, reason, after, limit }: Query): Row[] => {
    const filters: { where: string; values: readonly SqlValue[] }[] = [];
    if (states) filters.push({ where: `state IN (${placeholders(states)})`, values: states });
    if (states?.every((state) => state === "sending")) filters.push({ where: LEASED, values: [] });
    if (states?.every((state) => state !== "sending" && state !== "delivered"))
      filters.push({ where: UNSETTLED, values: [] });
    if (reason !== undefined) filters.push({ where: "reason = ?", values: [reason] });
    if (after)
      filters.push({ where: "(created_at, id) < (?, ?)", values: [after.createdAt, after.id] });
    const where = filters.map((filter) => filter.where).join(" AND ") || "1";
    return sql.all(
      `SELECT * FROM lead WHERE ${where} ORDER BY created_at DESC, id DESC LIMIT ?`,
      ...filters.flatMap((filter) => filter.values),
      limit,
    );
  };

  const find = (id: string): Row | undefined => sql.all("SELECT * FROM lead WHERE id = ?", id)[0];

  /** Due now. Attempts are kept: they tell this attempt's report from an earlier one's. */
  const queue = (id: string): void => {
    sql.all(
      "UPDATE lead SET state = 'queued', parked = 0, promised = 1, next_at = ? WHERE id = ?",
      now(),
      id,
    );
    ledger.probe();
  };

  const move = (id: string, from: readonly State[], change: (row: Row) => void): Moved =>
    sql.transaction(() => {
      const row = find(id);
      if (!row) return { kind: "unknown" };
      const state = row["state"] as State;
      if (!from.includes(state) || row["box"] === null) return { kind: "conflict", state };
      change(row);
      queue(id);
      return { kind: "moved", lead: toLead(find(id) ?? row) };
    });

  return {
    list: (query: Query): ListedLead[] => select(query).map(toLead),
    /** For a reader who holds the key. */
    sealed: (query: Query): SealedLead[] => select(query).map(toSealed),
    get: (id: string): SealedLead | undefined => {
      const row = find(id);
      return row && toSealed(row);
    },

    /** Another try now, whatever was to be waited for. */
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

    /** A person has looked, and it is a lead after all. */
    release: (id: string): Moved =>
      move(id, ["quarantined"], () => {
        sql.all("UPDATE lead SET reason = NULL WHERE id = ?", id);
      }),

    /**
     * Other content under the same id, then another try. `fp` stays that of what the visitor sent,
     * so that a late repeat of it is still the same submission.
     */
    correct: (id: string, { box, keyId, phoneHash, phoneTail }: Replacement): Moved =>
      move(id, WAITING, () => {
        sql.all(
          `UPDATE lead SET box = ?, key_id = ?, phone_h = ?, phone_tail = ?, fields = NULL,
             reason = NULL WHERE id = ?`,
          box,
          keyId,
          phoneHash,
          phoneTail,
          id,
        );
      }),

    /** Everything of one number, tombstones included: their keyed hash is about a person too. */
    erase: (phoneHashes: readonly string[]): number =>
      sql.transaction(
        () =>
          sql.all(
            `DELETE FROM lead WHERE phone_h IN (${placeholders(phoneHashes)}) RETURNING 1`,
            ...phoneHashes,
          ).length,
      ),

    setPaused: (paused: boolean): void => ledger.setPaused(paused),

    summary: (): Summary => {
      const { state, reason, openedAt, nextProbeAt, paused } = ledger.breaker();
      const groups = sql.all(
        `SELECT state, reason, max(parked) AS parked, count(*) AS leads, min(created_at) AS oldest
         FROM lead WHERE ${UNSETTLED} GROUP BY state, reason ORDER BY oldest`,
      );
      const [total] = sql.all("SELECT count(*) AS n FROM lead");
      const [leased] = sql.all(`SELECT count(*) AS n FROM lead WHERE ${LEASED}`);
      const counts: Partial<Record<State, number>> = {};
      const waiting: Group[] = [];
      let delivered = Number(total?.["n"]) - Number(leased?.["n"]);
      for (const row of groups) {
        const group = {
          state: row["state"] as State,
          reason: text(row["reason"]),
          automatic: row["state"] === "queued" || row["parked"] === 1,
          leads: Number(row["leads"]),
          oldest: Number(row["oldest"]),
        };
        counts[group.state] = (counts[group.state] ?? 0) + group.leads;
        delivered -= group.leads;
        if ((WAITING as readonly State[]).includes(group.state)) waiting.push(group);
      }
      if (leased?.["n"]) counts.sending = Number(leased["n"]);
      if (delivered > 0) counts.delivered = delivered;
      return { breaker: { state, reason, openedAt, nextProbeAt, paused }, counts, waiting };
    },
  };
};
