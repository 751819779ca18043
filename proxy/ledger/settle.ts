/**
 * Owns the effect of an outcome on its lead: delivered, rejected, queued again, or kept for a person.
 * Must not move the breaker.
 */
import { OWN_PREFIX } from "../shared/contract.ts";
import type { FieldErrors } from "../shared/contract.ts";
import type { Arrived, DoubtReason, Outcome } from "../vendors/vendor.ts";
import type { Breaker } from "./breaker.ts";
import type { Repository } from "./repository.ts";
import {
  ASKED_RETRIES,
  DAY,
  LEAD_RETRIES,
  MINUTE,
  SECOND,
  untilLastTry,
  waitAfter,
} from "./schedule.ts";
import type { Row, SqlValue } from "./sql.ts";
import type { State } from "./states.ts";
import type { Policy } from "./types.ts";

/** The vendor refuses nothing but the target's own fields. */
const isAboutOwn = (fields: FieldErrors): boolean =>
  Object.keys(fields).every((name) => name.startsWith(OWN_PREFIX));

interface Retry {
  /** That the vendor asks for. */
  seconds?: number | undefined;
  /** Answers lost in a row. */
  doubts?: number;
  /** It is held meanwhile, and retried by itself all the same. */
  parked?: 1;
  vendor_key?: string | null;
}

/** So many answers lost in a row: a vendor that takes leads and is too slow to say so would get them for ever. */
const MAX_DOUBTS = 3;

const createRetry = ({ now, settle }: Repository, { limits }: Policy, random: () => number) => {
  /** Doubling with half of it left to chance, so that a backlog spreads out. */
  const backoff = (failures: number): number =>
    waitAfter(LEAD_RETRIES, failures - 1) * (0.5 + random());

  /** The wait that the vendor asks for, but never without a pause. */
  const asAsked = (seconds: number, failures: number): number =>
    Math.max(seconds * SECOND, waitAfter(ASKED_RETRIES, failures - 1));

  /** @param seconds that the vendor asks for, where it does */
  return (row: Row, reason: string, { seconds, doubts = 0, ...held }: Retry = {}) => {
    const failures = Number(row["failures"]) + 1;
    const tellAt = Number(row["created_at"]) + limits.tellAfterMinutes * MINUTE;
    const at = Math.round(
      seconds === undefined
        ? untilLastTry(now(), backoff(failures), tellAt)
        : now() + asAsked(seconds, failures),
    );
    const values = { reason, failures, doubts, wait: at - now(), next_at: at, ...held };
    return settle(String(row["id"]), held.parked ? "held" : "queued", values);
  };
};

type Values = Readonly<Record<string, SqlValue>>;

/** Payload and mask are deleted in the same transaction; the row stays to answer repeats. */
const createClose =
  ({ now, settle }: Repository) =>
  (id: string, state: State, values: Values, attempt?: number): Row | undefined =>
    settle(
      id,
      state,
      { box: null, key_id: null, phone_tail: null, done_at: now(), ...values },
      attempt,
    );

/** The campaign stays for a while, sealed, beside the vendor's own name of the lead. */
const createArrival =
  ({ now }: Repository, { retain }: Policy) =>
  (outcome: Arrived): Values => ({
    kept_until: now() + retain.days * DAY,
    vendor_ref: outcome.kind === "created" ? outcome.ref || null : null,
    reason: outcome.kind === "duplicate" ? "duplicate" : null,
    parked: 0,
  });

/**
 * The usual end, in one query: of a lease that holds.
 * @returns whether it did
 */
export const createArrive = (repository: Repository, policy: Policy) => {
  const close = createClose(repository);
  const arrival = createArrival(repository, policy);
  return (id: string, attempt: number, outcome: Arrived): boolean =>
    close(id, "delivered", arrival(outcome), attempt) !== undefined;
};

/** @param random 0 to 1, for jitter */
export const createSettle = (repository: Repository, policy: Policy, random: () => number) => {
  const { sql, emit, settle } = repository;
  const retry = createRetry(repository, policy, random);
  const close = createClose(repository);
  const arrival = createArrival(repository, policy);

  /** The vendor may have it; no later answer changes that. */
  const doubt = (id: string): void => void sql.all("UPDATE lead SET in_doubt = 1 WHERE id = ?", id);

  /** A lead outweighs its budget: it waits for a person, or for a fallback in the settings. */
  const refuseField = (id: string, fields: FieldErrors) => {
    emit("vendor.drift", { lead: id, reason: "field_refused" });
    return settle(id, "held", { reason: "field_refused", fields: JSON.stringify(fields) });
  };

  /** A failure that the vendor itself tells is no lost answer: it goes on being tried, as in any outage. */
  const settleDoubt = (row: Row, reason: DoubtReason) => {
    const id = String(row["id"]);
    if (policy.doubt === "hold") return settle(id, "held", { reason });
    const doubts = Number(row["doubts"]) + (reason === "server_error" ? 0 : 1);
    if (doubts >= MAX_DOUBTS) return settle(id, "held", { reason: "unanswered", doubts });
    return retry(row, reason, { doubts });
  };

  /**
   * @param breaker as this attempt leaves it
   * @returns the row as this leaves it
   */
  return (row: Row, outcome: Outcome, breaker: Breaker): Row | undefined => {
    const id = String(row["id"]);
    switch (outcome.kind) {
      case "created":
      case "duplicate":
        return close(id, "delivered", arrival(outcome));
      case "invalid": {
        const fields = JSON.stringify(outcome.fields);
        if (!row["promised"] && row["attempts"] === 1)
          return close(id, "rejected", { kept: null, fields });
        if (isAboutOwn(outcome.fields)) return refuseField(id, outcome.fields);
        emit("lead.dead", { lead: id, reason: "invalid" });
        return settle(id, "dead", { reason: "invalid", fields });
      }
      case "drift":
      case "unexplained":
        if (outcome.kind === "unexplained" && outcome.reason === "field_refused")
          return refuseField(id, outcome.fields ?? {});
        emit("vendor.drift", { lead: id, reason: outcome.reason });
        if (outcome.kind === "drift" || outcome.reason === "oversize") doubt(id);
        return settle(id, "held", { reason: outcome.reason });
      case "misconfigured": {
        const vendor_key = outcome.vendorKey ?? null;
        return breaker.state === "open"
          ? settle(id, "held", { reason: outcome.reason, vendor_key, parked: 1 })
          : retry(row, outcome.reason, { vendor_key, parked: 1 });
      }
      case "later":
        return retry(row, outcome.reason, { seconds: outcome.retryAfter });
      case "doubt":
        doubt(id);
        return settleDoubt(row, outcome.reason);
    }
  };
};
