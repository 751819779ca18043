/**
 * Owns a person's view of one store: lists, one lead, counts by state and reason. Must not change
 * anything or open a box.
 */
import type { Breaker } from "./breaker.ts";
import type { Ledger } from "./ledger.ts";
import { fromText } from "./seal.ts";
import type { Box } from "./seal.ts";
import { findLead, foldedInto } from "./repository.ts";
import { placeholders } from "./sql.ts";
import type { Row, SqlValue } from "./sql.ts";
import { COMMON, WAITING } from "./states.ts";
import type { State } from "./states.ts";
import { LEASED, UNSETTLED, WAITS } from "./tables.ts";

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
  /** An operator's test, which no vendor has and nothing counts. */
  test?: true;
}

/** With its payload as it is stored: null once the lead is settled. */
export interface SealedLead extends ListedLead {
  /** Codes by field, as the vendor gave them: JSON. */
  fields: string | null;
  /** With the reason `form_changed`: the key of the vendor's form. */
  vendorKey: string | null;
  /** The version of the text that was agreed to: kept after the payload. */
  consent: string | null;
  /** When it was delivered, rejected or expired. */
  doneAt: number | null;
  sealed: Box | null;
  /** What stays of a delivered lead. */
  kept: Box | null;
  /** The vendor's own id of a delivered lead. */
  vendorRef: Box | null;
}

/** One lead, with the receipts of its repeats under other ids. */
export interface FoundLead extends SealedLead {
  folded: readonly string[];
}

/** The last lead of a page. The next page follows it, even if leads were added meanwhile. */
export interface Mark {
  createdAt: number;
  id: string;
}

/** Newest first; without states, all of them. */
export interface Query {
  states?: readonly State[] | undefined;
  reason?: string | undefined;
  /** Unix milliseconds of the creation: the first that counts, and the first that does not. */
  from?: number | undefined;
  to?: number | undefined;
  after?: Mark | undefined;
  limit: number;
}

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
  breaker: Pick<
    Breaker,
    "state" | "reason" | "key" | "openedAt" | "nextProbeAt" | "paused" | "failures"
  >;
  counts: Partial<Record<State, number>>;
  waiting: Group[];
}

const text = (value: SqlValue | undefined): string | null =>
  typeof value === "string" ? value : null;
const number = (value: SqlValue | undefined): number | null =>
  typeof value === "number" ? value : null;

export const toLead = (row: Row): ListedLead => ({
  id: String(row["id"]),
  state: row["state"] as State,
  reason: text(row["reason"]),
  inDoubt: row["in_doubt"] === 1,
  attempts: Number(row["attempts"]),
  nextAt: number(row["next_at"]),
  createdAt: Number(row["created_at"]),
  phone: text(row["phone_tail"]),
});

export const toSealed = (row: Row): SealedLead => {
  const [keyId, box] = [text(row["key_id"]), text(row["box"])];
  const boxOf = (column: string): Box | null => {
    const found = text(row[column]);
    return found === null ? null : fromText(found);
  };
  return {
    ...toLead(row),
    fields: text(row["fields"]),
    vendorKey: row["reason"] === "form_changed" ? text(row["vendor_key"]) : null,
    consent: text(row["consent_v"]),
    doneAt: number(row["done_at"]),
    sealed: keyId !== null && box !== null ? { keyId, box } : null,
    kept: boxOf("kept"),
    vendorRef: boxOf("vendor_ref"),
  };
};

/**
 * The states of a page, so that SQLite walks an index in the order of creation and never sorts all that is in a
 * state for each page. The plus rules an index out (https://www.sqlite.org/optoverview.html, 2.1).
 */
const byState = (states: readonly State[]): { where: string; values: readonly SqlValue[] } => {
  const of = (where: string) => ({ where, values: states });
  const listed = placeholders(states);
  if (states.every((state) => state === "sending")) return of(`state IN (${listed}) AND ${LEASED}`);
  // Nearly all leads are delivered.
  if (states.some((state) => COMMON.includes(state))) return of(`+state IN (${listed})`);
  if (states.length === 1) return of(`state = ? AND ${UNSETTLED}`);
  if (states.every((state) => WAITING.includes(state)))
    return of(`+state IN (${listed}) AND ${WAITS}`);
  return of(`state IN (${listed}) AND ${UNSETTLED}`);
};

export const createInspection = ({ sql, breaker }: Pick<Ledger, "sql" | "breaker">) => {
  const select = ({ states, reason, from, to, after, limit }: Query): Row[] => {
    const filters: { where: string; values: readonly SqlValue[] }[] = [];
    if (states) filters.push(byState(states));
    if (reason !== undefined) filters.push({ where: "reason = ?", values: [reason] });
    if (from !== undefined) filters.push({ where: "created_at >= ?", values: [from] });
    // A page that follows another one begins before that moment anyway.
    if (to !== undefined && !after) filters.push({ where: "created_at < ?", values: [to] });
    if (after)
      filters.push({ where: "(created_at, id) < (?, ?)", values: [after.createdAt, after.id] });
    const where = filters.map((filter) => filter.where).join(" AND ") || "1";
    return sql.all(
      `SELECT * FROM lead WHERE ${where} ORDER BY created_at DESC, id DESC LIMIT ?`,
      ...filters.flatMap((filter) => filter.values),
      limit,
    );
  };

  const summary = (): Summary => {
    const { state, reason, key, openedAt, nextProbeAt, paused, failures } = breaker();
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
      if (WAITING.includes(group.state)) waiting.push(group);
    }
    if (leased?.["n"]) counts.sending = Number(leased["n"]);
    if (delivered > 0) counts.delivered = delivered;
    return {
      breaker: { state, reason, key, openedAt, nextProbeAt, paused, failures },
      counts,
      waiting,
    };
  };

  return {
    list: (query: Query): ListedLead[] => select(query).map(toLead),
    /** For a reader who holds the key. */
    sealed: (query: Query): SealedLead[] => select(query).map(toSealed),
    /** By its id, or by that of a repeat that was folded into it. */
    get: (id: string): FoundLead | undefined => {
      const row = findLead(sql, id);
      return row && { ...toSealed(row), folded: foldedInto(sql, String(row["id"])) };
    },
    summary,
  };
};
