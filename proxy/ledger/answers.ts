/**
 * Owns the last answers to visitors of one store, and the times until they came. Must not keep it longer than this run,
 * or write it.
 */
import { VISITOR_WAIT } from "../vendors/call-times.ts";
import { createLikeness } from "./likeness.ts";
import type { Seen } from "./likeness.ts";
import { LEASES } from "./schedule.ts";
import type { Sql } from "./sql.ts";
import type { Finished } from "./types.ts";

type Told = "created" | "accepted";

interface AnswersDeps {
  sql: Sql;
  /** Milliseconds, monotonic where the host has such a measure. */
  elapsed: () => number;
  /** 0 to 1. */
  random: () => number;
}

export const createAnswers = ({ sql, elapsed, random }: AnswersDeps) => {
  const likeness = createLikeness<Told>(random);
  /** The leads under way, oldest first, each with its beginning. */
  const open = new Map<string, number>();

  /** Those whose report was lost are no longer under way. */
  const prune = (now: number): void => {
    for (const [id, begun] of open) {
      if (now - begun <= LEASES.visitor) return;
      open.delete(id);
    }
  };

  /** A vendor whose visitors are being thanked before it answers. */
  const isSlow = (): boolean => {
    const now = elapsed();
    prune(now);
    const [oldest = now] = open.values();
    return now - oldest >= VISITOR_WAIT;
  };

  /** After a start: as the last lead that its visitor saw delivered. */
  const readLast = (): Seen<Told> | undefined => {
    const [row] = sql.all(
      `SELECT done_at - created_at AS ms FROM lead
       WHERE done_at IS NOT NULL AND state = 'delivered' AND promised = 0 ORDER BY done_at DESC LIMIT 1`,
    );
    const ms = Number(row?.["ms"]);
    return row && ms >= 0 && ms <= VISITOR_WAIT ? { answer: "created", ms } : undefined;
  };

  return {
    /** A visitor begins to wait. */
    begin: (id: string): void => {
      const now = elapsed();
      prune(now);
      open.set(id, now);
    },
    /** @param promised the visitor was thanked before the report */
    end: (id: string, { kind }: Finished, promised = false): void => {
      const begun = open.get(id);
      if (begun === undefined) return;
      open.delete(id);
      if (promised) likeness.note("accepted", VISITOR_WAIT);
      else if (kind === "created" || kind === "accepted") likeness.note(kind, elapsed() - begun);
    },
    pick: (): Seen<Told> | undefined =>
      isSlow() ? { answer: "accepted", ms: VISITOR_WAIT } : (likeness.pick() ?? readLast()),
  };
};
