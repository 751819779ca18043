/**
 * Owns the queries that the steps of a lead share: its row, the answer to its visitor, the breaker.
 * Must not decide on a step.
 */
import type { FieldErrors } from "../shared/contract.ts";
import { createEvents } from "./events.ts";
import { createFigures } from "./figures.ts";
import { readMeta, writeMeta } from "./meta.ts";
import { alert } from "./outbox.ts";
import { CLOSED } from "./breaker.ts";
import type { Breaker } from "./breaker.ts";
import type { Row, Sql, SqlValue } from "./sql.ts";
import { answerOf } from "./states.ts";
import type { State } from "./states.ts";
import { ITSELF, RETRIES_ITSELF } from "./tables.ts";
import type { Finished, Recipient } from "./types.ts";

export interface RepositoryDeps {
  sql: Sql;
  /** Unix milliseconds. */
  now: () => number;
  newId: () => string;
}

/** What `answerKnown` asks of a row. A Worker pays for each column of a row, for all of them as for six queries. */
export const ANSWERED = "id, state, fp, fields, promised, shown_at";

/** By its id, or by that of a repeat that was folded into it. */
export const findLead = (sql: Sql, id: string): Row | undefined =>
  sql.all(
    `SELECT * FROM lead WHERE id = ?1
     UNION ALL SELECT lead.* FROM fold CROSS JOIN lead ON lead.id = fold.lead WHERE fold.id = ?1`,
    id,
  )[0];

/** The ids of the repeats that a lead stands for. */
export const foldedInto = (sql: Sql, lead: string): string[] =>
  sql.all("SELECT id FROM fold WHERE lead = ? ORDER BY id", lead).map(({ id }) => String(id));

export type Repository = ReturnType<typeof createRepository>;

interface BreakerPortDeps {
  sql: Sql;
  now: () => number;
  emit: (type: string, data: object) => void;
}

const createBreakerPort = ({ sql, now, emit }: BreakerPortDeps) => {
  let read: { text: string | undefined; breaker: Breaker } = { text: undefined, breaker: CLOSED };
  const readBreaker = (): Breaker => {
    const text = readMeta(sql, "gate");
    if (text !== read.text)
      read = { text, breaker: { ...CLOSED, ...(JSON.parse(text ?? "{}") as Partial<Breaker>) } };
    return read.breaker;
  };
  /** Writes the breaker, and the effects of its step: an alert, and the end of all waits. */
  const moveBreaker = (before: Breaker, after: Breaker): void => {
    if (after === before) return;
    writeMeta(sql, "gate", JSON.stringify(after));
    const isTold = ({ state, told }: Breaker): boolean => state === "open" && told;
    if (isTold(after) && !isTold(before))
      emit("breaker.opened", {
        reason: after.reason,
        since: new Date(after.openedAt ?? now()).toISOString(),
      });
    if (before.state === "open" && after.state !== "open") {
      if (isTold(before)) emit("breaker.closed", { reason: before.reason });
      // A millisecond for each attempt: the lead with the fewest failures is first, so that a few
      // poisonous leads do not delay all others each time.
      sql.all(
        `UPDATE ${ITSELF} SET state = 'queued', parked = 0, failures = 0, next_at = ? + attempts
         WHERE ${RETRIES_ITSELF}`,
        now(),
      );
    }
  };

  return { readBreaker, moveBreaker };
};

/**
 * @param attempt whose lease has to hold, if it has to
 * @returns what `answerKnown` asks of the row as it is now
 */
const createSettling =
  (sql: Sql) =>
  (
    id: string,
    state: State,
    values: Readonly<Record<string, SqlValue>>,
    attempt?: number,
  ): Row | undefined => {
    const columns = Object.entries({ state, lease_until: null, next_at: null, ...values });
    const sets = columns.map(([column]) => `${column} = ?`).join(", ");
    const held = attempt === undefined ? "" : " AND state = 'sending' AND attempts = ?";
    return sql.all(
      `UPDATE lead SET ${sets} WHERE id = ?${held} RETURNING ${ANSWERED}`,
      ...columns.map(([, value]) => value),
      id,
      ...(attempt === undefined ? [] : [attempt]),
    )[0];
  };

export const createRepository = (
  { sql, now, newId }: RepositoryDeps,
  receivers: readonly Recipient[],
) => {
  const events = createEvents({ sql, now, newId }, receivers);
  const one = (query: string, ...values: SqlValue[]): Row | undefined =>
    sql.all(query, ...values)[0];

  const figures = createFigures(sql, now);
  const emit = (type: string, data: object): void =>
    alert(sql, { id: newId(), type, data, now: now() });

  const settle = createSettling(sql);
  const { readBreaker, moveBreaker } = createBreakerPort({ sql, now, emit });

  const lease = (id: string, attempts: number, span: number): number => {
    const query = `UPDATE lead SET state = 'sending', parked = 0, fields = NULL, attempts = ?1,
      lease_until = ?2, next_at = ?2, wait = ?3 WHERE id = ?4`;
    sql.all(query, attempts + 1, now() + span, span, id);
    return attempts + 1;
  };

  const accept = (id: string): Finished => {
    // A visitor who has read "accepted" leaves: from here on the lead may not simply be rejected.
    const [row] = sql.all(
      "UPDATE lead SET promised = 1 WHERE id = ? AND promised = 0 RETURNING *",
      id,
    );
    // What is in quarantine was probably no person.
    if (row && row["state"] !== "quarantined") events.record("lead.accepted", row);
    return { kind: "accepted", id };
  };

  /** @param id by which it was asked for: its own, or that of a repeat that was folded into it */
  const answerKnown = (row: Row, fps: readonly string[], id = String(row["id"])): Finished => {
    if (!fps.includes(String(row["fp"]))) return { kind: "id_reused" };
    // Its visitor has read so; until that moment it was as any lead that is under way.
    const shownAt = row["shown_at"];
    if (typeof shownAt === "number" && shownAt <= now()) return { kind: "created", id };
    switch (answerOf(String(row["state"]))) {
      case "created":
        return { kind: "created", id };
      case "rejected":
        return { kind: "rejected", fields: JSON.parse(String(row["fields"])) as FieldErrors };
      case "accepted":
        if (!row["promised"]) accept(String(row["id"]));
        return { kind: "accepted", id };
    }
  };

  return {
    sql,
    now,
    one,
    events,
    figures,
    readBreaker,
    moveBreaker,
    emit,
    lease,
    settle,
    accept,
    answerKnown,
  };
};
