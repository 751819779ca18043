/**
 * Owns the trust of one store in its clock, and the mending of times that a wrong clock has left. Must not end what
 * is stored.
 *
 * What retention destroys is gone, and a clock may be wrong for a moment at start. So a reading is believed if it
 * follows the last believed one as time does; after a jump only once two readings agree that are a real hour apart.
 * Node measures that hour without the clock. A Worker cannot, and two of its alarms are an hour apart.
 */
import type { Breaker } from "./breaker.ts";
import type { Sql } from "./sql.ts";
import { DAY, HOUR, MINUTE, SECOND } from "./schedule.ts";

/** A measure of time that no change of the clock moves. Only readings of one run can be compared. */
export interface Steady {
  /** Milliseconds. */
  elapsed: () => number;
  run: string;
}

interface Reading {
  wall: number;
  elapsed: number | null;
  run: string;
}
interface Known {
  believed?: Reading | undefined;
  doubted?: Reading | undefined;
}

/** What clocks drift, and runs are late. */
const SLACK = 5 * MINUTE;
/** A timer of an hour may be a moment early. */
const REAL_HOUR = HOUR - SECOND;
/** Older than this code: a machine whose clock has lost its battery. */
const EARLIEST = Date.UTC(2026, 0);

/** The real span between two readings; undefined where it cannot be known. */
const spanOf = (from: Reading, to: Reading): number | undefined =>
  from.run === to.run && from.elapsed !== null && to.elapsed !== null
    ? to.elapsed - from.elapsed
    : undefined;

const follows = (from: Reading, to: Reading): boolean => {
  const wall = to.wall - from.wall;
  const span = spanOf(from, to);
  if (span !== undefined) return Math.abs(wall - span) <= SLACK;
  // Over a restart, or in a Worker, no more than the time between two runs.
  return wall >= -SLACK && wall <= HOUR + SLACK;
};

const isHourLater = (from: Reading, to: Reading): boolean =>
  (spanOf(from, to) ?? (to.elapsed === null ? to.wall - from.wall : 0)) >= REAL_HOUR;

/** Exported for its tests. */
export const judge = ({ believed, doubted }: Known, reading: Reading): Known => {
  if (reading.wall < EARLIEST) return { believed };
  if (believed && follows(believed, reading)) return { believed: reading };
  const comparable = doubted && (reading.elapsed === null || doubted.run === reading.run);
  if (!comparable || !follows(doubted, reading)) return { believed, doubted: reading };
  return isHourLater(doubted, reading) ? { believed: reading } : { believed, doubted };
};

/** A Worker starts every minute: it writes a reading down only where the last one says something else, or is old. */
const isFresh = (before: Known, { believed, doubted }: Known): boolean =>
  !before.doubted &&
  !doubted &&
  before.believed?.run === believed?.run &&
  Math.abs((believed?.wall ?? 0) - (before.believed?.wall ?? 0)) < HOUR / 2;

export const createClock = (sql: Sql, now: () => number, steady: Steady | undefined) => {
  const read = (): Reading => ({
    wall: now(),
    elapsed: steady ? steady.elapsed() : null,
    run: steady?.run ?? "",
  });
  const known = (): Known => {
    const text = sql.all("SELECT value FROM meta WHERE key = 'clock'")[0]?.["value"];
    return typeof text === "string" ? (JSON.parse(text) as Known) : {};
  };
  return {
    /** Whether what is too old by this clock may be destroyed. */
    isBelieved: (): boolean => {
      const reading = read();
      // In an empty store there is nothing to lose, and what comes is as old as its clock says.
      const isNew = sql.all("SELECT 1 FROM lead LIMIT 1").length === 0;
      const before = known();
      const next = isNew ? { believed: reading } : judge(before, reading);
      if (!isFresh(before, next))
        sql.all("INSERT OR REPLACE INTO meta VALUES ('clock', ?)", JSON.stringify(next));
      return next.believed === reading;
    },
  };
};

/**
 * A clock that ran ahead and was put right leaves waits in a far future. Each begins anew, so that none is longer than
 * its own pause allows. An index knows them by the moment at which they began.
 */
export const mendWaits = (sql: Sql, now: number): void => {
  const from = now + SECOND;
  sql.all(
    "UPDATE lead INDEXED BY lead_paused SET next_at = ? + wait WHERE state = 'queued' AND next_at - wait > ?",
    now,
    from,
  );
  sql.all(
    `UPDATE lead SET next_at = ?1 + wait, lease_until = ?1 + wait
     WHERE state = 'sending' AND next_at - wait > ?2`,
    now,
    from,
  );
  sql.all(
    "UPDATE alert SET next_at = ?1, created_at = min(created_at, ?1) WHERE next_at > ?2",
    now,
    now + HOUR,
  );
  // A receiver of alerts may ask for a day of peace.
  sql.all(
    "UPDATE meta SET value = ? WHERE key = 'receiver_until' AND CAST(value AS INTEGER) > ?",
    String(now),
    now + DAY,
  );
};

/** The same for a breaker; the same object where nothing is to be mended. */
export const mendBreaker = (breaker: Breaker, now: number): Breaker => {
  const { openedAt = now, nextProbeAt = now, pause } = breaker;
  if (openedAt <= now + SECOND && nextProbeAt <= now + pause + SECOND) return breaker;
  return {
    ...breaker,
    openedAt: breaker.openedAt === undefined ? undefined : Math.min(openedAt, now),
    nextProbeAt: breaker.nextProbeAt === undefined ? undefined : Math.min(nextProbeAt, now + pause),
  };
};

/** Once a clock is believed: what a clock that ran ahead has stored ends as if it had happened now. */
export const mendStored = (sql: Sql, now: number, keep: number): void => {
  const late = now + SLACK;
  sql.all("UPDATE lead SET created_at = ? WHERE created_at > ?", now, late);
  sql.all("UPDATE lead SET done_at = ? WHERE done_at > ?", now, late);
  sql.all("UPDATE lead SET kept_until = ? WHERE kept_until > ?", now + keep, late + keep);
};
