/** Owns how long anything is kept: payloads, tombstones, counters; and the word about an old backlog. */
import type { Sql } from "./sql.ts";
import { DAY, HOUR } from "./terms.ts";

/** A lead that could not be delivered for so long is given up, and its payload destroyed. */
const KEEP_WAITING = 30 * DAY;
/** A tombstone answers repeats of its id for so long. */
const KEEP_TOMBSTONE = 30 * DAY;

/** 0: young; 1: an hour old; then one more with each day. */
const ageLevel = (age: number): number => (age < HOUR ? 0 : 1 + Math.floor(age / DAY));

const tellOfAge = (sql: Sql, now: number, emit: (type: string, data: object) => void): void => {
  const [row] = sql.all(
    "SELECT min(created_at) AS oldest, count(*) AS n FROM lead WHERE state IN ('queued', 'held', 'dead')",
  );
  const oldest = row?.["oldest"];
  const level = typeof oldest === "number" ? ageLevel(now - oldest) : 0;
  const told = Number(sql.all("SELECT value FROM meta WHERE key = 'backlog'")[0]?.["value"] ?? 0);
  if (level > told && typeof oldest === "number")
    emit("backlog.age", { leads: row?.["n"], oldest: new Date(oldest).toISOString() });
  if (level !== told) sql.all("INSERT OR REPLACE INTO meta VALUES ('backlog', ?)", String(level));
};

export const expireAndPurge = (
  sql: Sql,
  now: number,
  emit: (type: string, data: object) => void,
): void => {
  const expired = sql.all(
    `UPDATE lead SET state = 'expired', box = NULL, key_id = NULL, phone_tail = NULL, parked = 0,
       next_at = NULL, done_at = ?
     WHERE state IN ('queued', 'held', 'quarantined', 'dead') AND created_at <= ? RETURNING id, reason`,
    now,
    now - KEEP_WAITING,
  );
  for (const { id, reason } of expired) emit("lead.expired", { lead: id, reason });
  sql.all("DELETE FROM lead WHERE done_at <= ?", now - KEEP_TOMBSTONE);
  sql.all("DELETE FROM rate WHERE minute < ?", Math.floor(now / 60_000) - 1);
  tellOfAge(sql, now, emit);
};
