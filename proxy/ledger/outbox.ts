/**
 * Owns the alerts of one store from their event to their delivery. Must not hold personal data: a
 * lead is named by its id.
 */
import type { Alert, Told } from "../alerts.ts";
import { readMeta, writeMeta } from "./meta.ts";
import type { Sql } from "./sql.ts";
import { ALERT_RETRIES, waitAfter } from "./schedule.ts";

export const alert = (
  sql: Sql,
  { id, type, data, now }: { id: string; type: string; data: object; now: number },
): void => {
  sql.all(
    "INSERT INTO alert (id, type, data, created_at, next_at) VALUES (?, ?, ?, ?, ?)",
    id,
    type,
    JSON.stringify(data),
    now,
    now,
  );
};

/** Until when the receiver wants to be left in peace; 0 where it does not. */
const pausedUntil = (sql: Sql): number => Number(readMeta(sql, "receiver_until") ?? 0);

/** The time of the next try, in Unix milliseconds; undefined where nothing waits. */
export const nextAlertAt = (sql: Sql): number | undefined => {
  const next = sql.all("SELECT min(next_at) AS t FROM alert")[0]?.["t"];
  return typeof next === "number" ? Math.max(next, pausedUntil(sql)) : undefined;
};

export const dueAlerts = (sql: Sql, now: number): Alert[] => {
  if (pausedUntil(sql) > now) return [];
  return sql
    .all("SELECT * FROM alert WHERE next_at <= ? ORDER BY created_at LIMIT 10", now)
    .map((row) => ({
      id: String(row["id"]),
      type: String(row["type"]),
      data: JSON.parse(String(row["data"])) as Record<string, unknown>,
      createdAt: Number(row["created_at"]),
      attempts: Number(row["attempts"]),
    }));
};

/** Tries of a week: eight in the first two hours, then one an hour. Counted, since a clock may be wrong. */
const MAX_TRIES = 8 + 7 * 24;

/**
 * At least once: an alert is deleted after a 2xx of its receiver, or after a week. A pause that the receiver asks
 * for is one for all alerts, and no failure of this one.
 */
export const settleAlert = (sql: Sql, { id, attempts }: Alert, told: Told, now: number): void => {
  if (told.taken || attempts >= MAX_TRIES) sql.all("DELETE FROM alert WHERE id = ?", id);
  else if (told.pause) writeMeta(sql, "receiver_until", String(now + told.pause));
  else
    sql.all(
      "UPDATE alert SET attempts = attempts + 1, next_at = ? WHERE id = ?",
      now + waitAfter(ALERT_RETRIES, attempts),
      id,
    );
};
