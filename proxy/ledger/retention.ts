/**
 * Owns the end of everything stored: payloads, tombstones. Must not need a target or a
 * key.
 */
import { createClock, mendStored } from "./clock.ts";
import type { Steady } from "./clock.ts";
import { alert } from "./outbox.ts";
import { readMeta, writeMeta } from "./meta.ts";
import type { Row, Sql } from "./sql.ts";
import { DAY, HOUR } from "./schedule.ts";
import { LEASED, WAITS, createTables } from "./tables.ts";

/** After this time an undelivered lead expires, and its payload is destroyed. */
const KEEP_WAITING = 30 * DAY;
/** A tombstone answers repeats of its id for this time. */
const KEEP_TOMBSTONE = 30 * DAY;
/** An operator who forgets a test lead leaves no data behind. */
const KEEP_TEST = DAY;

/** Whether the store holds anything with an end. */
export const hasExpirable = (sql: Sql): boolean =>
  ["lead", "test_lead"].some((table) => sql.all(`SELECT 1 FROM ${table} LIMIT 1`).length > 0);

type Emit = (type: string, data: object) => void;

const keptDays = (sql: Sql): number => Number(readMeta(sql, "keep_days") ?? 0);

/**
 * A shorter time holds for what was delivered before, too. That reads all of it, so it is done once for each
 * change of the setting.
 */
export const shortenKeeping = (sql: Sql, days: number): void => {
  const known = readMeta(sql, "keep_days");
  if (Number(known) === days) return;
  if (known !== undefined && days < Number(known))
    sql.all(
      "UPDATE lead SET kept_until = done_at + ?1 WHERE kept_until > done_at + ?1",
      days * DAY,
    );
  writeMeta(sql, "keep_days", String(days));
};

/** The ids that stood for leads which are gone. */
export const forgetFolds = (sql: Sql, leads: readonly Row[]): void => {
  for (const { id } of leads) sql.all("DELETE FROM fold WHERE lead = ?", String(id));
};

/** @returns how many leads have expired */
export const expireAndPurge = (sql: Sql, now: number, emit: Emit): number => {
  const expire = (where: string, ...values: number[]) =>
    sql.all(
      `UPDATE lead SET state = 'expired', box = NULL, kept = NULL, key_id = NULL, phone_tail = NULL, parked = 0,
         next_at = NULL, lease_until = NULL, done_at = ?
       WHERE ${where} AND created_at <= ? RETURNING id, reason`,
      now,
      ...values,
      now - KEEP_WAITING,
    );
  // A lease that ended without a report belongs to a lead that waits. Two statements: each has an index.
  const expired = [...expire(WAITS), ...expire("state = 'sending' AND next_at <= ?", now)];
  for (const { id, reason } of expired) emit("lead.expired", { lead: id, reason });
  sql.all(
    "UPDATE lead SET kept = NULL, vendor_ref = NULL, kept_until = NULL WHERE kept_until <= ?",
    now,
  );
  const ended = sql.all(
    "DELETE FROM lead WHERE done_at <= ? AND kept_until IS NULL RETURNING id",
    now - KEEP_TOMBSTONE,
  );
  forgetFolds(sql, ended);
  return expired.length;
};

/** Tests, those of a wrong clock too: a test is made again, and nothing is lost. */
export const purgeTests = (sql: Sql, now: number): void =>
  void sql.all(
    "DELETE FROM test_lead WHERE created_at NOT BETWEEN ? AND ?",
    now - KEEP_TEST + 1,
    now + KEEP_TEST,
  );

export type RetentionJob = ReturnType<typeof createRetentionJob>;

/**
 * Replaces the dispatcher where no target owns the leads: they expire all the same. Its alerts stay
 * in the outbox, until a dispatcher sends them.
 */
export const createRetentionJob = (sql: Sql, now: () => number, steady?: Steady) => {
  createTables(sql);
  const clock = createClock(sql, now, steady);
  const exists = (query: string): boolean => sql.all(query).length > 0;
  const emit: Emit = (type, data) =>
    alert(sql, { id: crypto.randomUUID(), type, data, now: now() });

  return {
    run: (): void =>
      sql.transaction(() => {
        if (clock.isBelieved()) {
          mendStored(sql, now(), keptDays(sql) * DAY);
          expireAndPurge(sql, now(), emit);
        }
        purgeTests(sql, now());
      }),
    /** The time of the next run, in Unix milliseconds; undefined if nothing can expire. */
    nextAt: (): number | undefined => (hasExpirable(sql) ? now() + HOUR : undefined),
    /** Whether the store holds a lead that its vendor does not have. */
    isWaiting: (): boolean =>
      exists(`SELECT 1 FROM lead WHERE ${WAITS} LIMIT 1`) ||
      exists(`SELECT 1 FROM lead WHERE ${LEASED} LIMIT 1`),
  };
};
