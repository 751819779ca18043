/**
 * Owns the events about single leads, from their record to their delivery. Must not hold personal data but
 * sealed, as the lead itself is.
 */
import type { Told } from "../alerts.ts";
import type { EventType } from "../config/receivers.ts";
import { ALERT_RETRIES, DAY, waitAfter } from "./schedule.ts";
import type { Row, Sql } from "./sql.ts";
import type { Recipient } from "./types.ts";

/** An event that waits to be sent. */
export interface LeadEvent {
  id: string;
  via: Recipient["via"];
  type: EventType;
  lead: string;
  createdAt: number;
  attempts: number;
  /** When the lead arrived. */
  arrivedAt: number;
  /** The lead's own box, where this recipient may know its content. */
  box: { keyId: string; box: string } | undefined;
}

interface EventsDeps {
  sql: Sql;
  now: () => number;
  newId: () => string;
}

export const createEvents = (
  { sql, now, newId }: EventsDeps,
  recipients: readonly Recipient[],
) => ({
  /** @param lead its row, with its box as long as it has one */
  record: (type: EventType, lead: Row): void => {
    for (const { via, types, sealed } of recipients)
      if (types.includes(type))
        sql.all(
          "INSERT INTO event VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?, ?)",
          newId(),
          via,
          type,
          String(lead["id"]),
          now(),
          now(),
          Number(lead["created_at"]),
          (sealed && lead["key_id"]) || null,
          (sealed && lead["box"]) || null,
        );
  },
});

const toEvent = (row: Row): LeadEvent => ({
  id: String(row["id"]),
  via: row["via"] as LeadEvent["via"],
  type: row["type"] as EventType,
  lead: String(row["lead"]),
  createdAt: Number(row["created_at"]),
  attempts: Number(row["attempts"]),
  arrivedAt: Number(row["arrived_at"]),
  box: row["box"] === null ? undefined : { keyId: String(row["key_id"]), box: String(row["box"]) },
});

export const dueEvents = (sql: Sql, now: number): LeadEvent[] =>
  sql
    .all("SELECT * FROM event WHERE next_at <= ? ORDER BY next_at, created_at, type LIMIT 20", now)
    .map(toEvent);

export const nextEventAt = (sql: Sql): number | undefined => {
  const next = sql.all("SELECT min(next_at) AS t FROM event")[0]?.["t"];
  return typeof next === "number" ? next : undefined;
};

/** At least once: an event is deleted after a 2xx of its receiver, or after a week. */
export const settleEvent = (
  sql: Sql,
  { id, attempts, createdAt }: LeadEvent,
  told: Told,
  now: number,
): void => {
  if (told.taken || now - createdAt > 7 * DAY) sql.all("DELETE FROM event WHERE id = ?", id);
  else
    sql.all(
      "UPDATE event SET attempts = attempts + 1, next_at = ? WHERE id = ?",
      now + Math.max(told.pause ?? 0, waitAfter(ALERT_RETRIES, attempts)),
      id,
    );
};

/** The content of erased leads goes; that there was a lead is still told. */
export const forgetContent = (sql: Sql, leads: readonly string[]): void => {
  for (const lead of leads)
    sql.all("UPDATE event SET key_id = NULL, box = NULL WHERE lead = ?", lead);
};
