/**
 * Owns the trust of one store in its clock, and the mending of times that a wrong clock has left. Must not end what
 * is stored.
 *
 * What retention destroys is gone, and a clock may be wrong for a moment at start. So a reading is believed if it
 * follows the last believed one as time does; after a jump only once two readings agree that are a real hour apart.
 * Node measures that hour without the clock. A Worker cannot, and two of its alarms are an hour apart.
 */
import type { Breaker } from "./breaker.ts";
import { readMeta, removeMeta, writeMeta } from "./meta.ts";
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

const read = <T>(sql: Sql, key: string): T | undefined => {
  const text = readMeta(sql, key);
  return text === undefined ? undefined : (JSON.parse(text) as T);
};

/** Between these times of a clock that had fallen back something was stored. */
interface Behind {
  from: number;
  to: number;
}

/**
 * At each lead that is stored or ends. A clock that falls back, as one without a battery does at a start, makes it
 * old: once the clock is right, it would be destroyed.
 */
export const noteBehind = (sql: Sql, now: number): void => {
  const { believed } = read<Known>(sql, "clock") ?? {};
  if (now >= Math.max(believed?.wall ?? 0, EARLIEST) - SLACK) return;
  const { from, to } = read<Behind>(sql, "behind") ?? { from: now, to: now };
  writeMeta(sql, "behind", JSON.stringify({ from: Math.min(from, now), to: Math.max(to, now) }));
};

export const createClock = (sql: Sql, now: () => number, steady: Steady | undefined) => {
  const readClock = (): Reading => ({
    wall: now(),
    elapsed: steady ? steady.elapsed() : null,
    run: steady?.run ?? "",
  });
  return {
    /** Whether what is too old by this clock may be destroyed. */
    isBelieved: (): boolean => {
      const reading = readClock();
      // In an empty store there is nothing to lose, and what comes is as old as its clock says.
      const isNew = sql.all("SELECT 1 FROM lead LIMIT 1").length === 0;
      const before = read<Known>(sql, "clock") ?? {};
      const next = isNew ? { believed: reading } : judge(before, reading);
      if (!isFresh(before, next)) writeMeta(sql, "clock", JSON.stringify(next));
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
  // What was refused alone; all else that is held has no time.
  sql.all(
    "UPDATE lead SET next_at = ?1 + wait WHERE state = 'held' AND next_at > ?2 AND next_at - wait > ?2",
    now,
    from,
  );
  sql.all(
    `UPDATE lead SET next_at = ?1 + wait, lease_until = ?1 + wait
     WHERE state = 'sending' AND next_at > ?2 AND next_at - wait > ?2`,
    now,
    from,
  );
  sql.all(
    "UPDATE alert SET next_at = ?1, created_at = min(created_at, ?1) WHERE next_at > ?2",
    now,
    now + HOUR,
  );
  // A receiver of alerts may ask for a day of peace.
  if (Number(readMeta(sql, "receiver_until") ?? 0) > now + DAY)
    writeMeta(sql, "receiver_until", String(now));
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

/** Once a clock is believed: what a clock has stored that ran ahead, or had fallen back, ends as if it had happened now. */
export const mendStored = (sql: Sql, now: number, keep: number): void => {
  const mend = (from: number, to: number): void => {
    for (const [time, value, later] of [
      ["created_at", now, 0],
      ["done_at", now, 0],
      ["kept_until", now + keep, keep],
    ] as const)
      sql.all(
        `UPDATE lead SET ${time} = ? WHERE ${time} BETWEEN ? AND ?`,
        value,
        from + later,
        to + later,
      );
  };
  mend(now + SLACK + 1, Number.MAX_SAFE_INTEGER - keep);
  const behind = read<Behind>(sql, "behind");
  if (!behind) return;
  mend(behind.from, behind.to);
  removeMeta(sql, "behind");
};
