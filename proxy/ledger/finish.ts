/**
 * Owns the effect of an outcome on its lead and on the breaker. Must not believe a late report
 * unless the vendor has the lead.
 */
import type { Outcome } from "../vendors/vendor.ts";
import type { Repository } from "./repository.ts";
import { onDrained, onFailure, onSuccess } from "./breaker.ts";
import type { Row, SqlValue } from "./sql.ts";
import { ASKED_RETRIES, LEAD_RETRIES, LEASE, MINUTE, SECOND, waitAfter } from "./schedule.ts";
import type { State } from "./states.ts";
import type { Finished, Policy } from "./types.ts";

/** @param random 0 to 1, for jitter */
export const createFinish = (repository: Repository, policy: Policy, random: () => number) => {
  const { sql, now, one, readBreaker, moveBreaker, emit, settle, answerKnown } = repository;

  /** Doubling with half of it left to chance, so that a backlog spreads out. */
  const backoff = (failures: number): number =>
    waitAfter(LEAD_RETRIES, failures - 1) * (0.5 + random());

  /** Payload and mask are deleted in the same transaction; the row stays to answer repeats. */
  const close = (id: string, state: State, values: Readonly<Record<string, SqlValue>>): void =>
    settle(id, state, { box: null, key_id: null, phone_tail: null, done_at: now(), ...values });

  /** The wait that the vendor asks for, but never without a pause. */
  const asAsked = (seconds: number, failures: number): number =>
    Math.max(seconds * SECOND, waitAfter(ASKED_RETRIES, failures - 1));

  /** @param seconds that the vendor asks for, where it does */
  const retry = (row: Row, reason: string, seconds?: number): void => {
    const failures = Number(row["failures"]) + 1;
    const wait = seconds === undefined ? backoff(failures) : asAsked(seconds, failures);
    settle(String(row["id"]), "queued", { reason, failures, next_at: Math.round(now() + wait) });
  };

  /** The vendor may have it; no later answer changes that. */
  const doubt = (id: string): void => void sql.all("UPDATE lead SET in_doubt = 1 WHERE id = ?", id);

  /**
   * The same refusal a second time, though the vendor took another lead in between (or the breaker
   * would still be open): then it is about this lead, and no reason to keep all the others.
   */
  const isItsOwn = (row: Row, outcome: Outcome): boolean =>
    outcome.kind === "misconfigured" &&
    row["reason"] === outcome.reason &&
    Number(row["attempts"]) > 1 &&
    readBreaker().state !== "open";

  const apply = (row: Row, outcome: Outcome): void => {
    const id = String(row["id"]);
    switch (outcome.kind) {
      case "created":
      case "duplicate":
        return close(id, "delivered", {
          reason: outcome.kind === "duplicate" ? "duplicate" : null,
          parked: 0,
        });
      case "invalid": {
        const fields = JSON.stringify(outcome.fields);
        if (!row["promised"] && row["attempts"] === 1) return close(id, "rejected", { fields });
        emit("lead.dead", { lead: id, reason: "invalid" });
        return settle(id, "dead", { reason: "invalid", fields });
      }
      case "drift":
      case "unexplained":
        emit("vendor.drift", { lead: id, reason: outcome.reason });
        if (outcome.kind === "drift" || outcome.reason === "oversize") doubt(id);
        return settle(id, "held", { reason: outcome.reason });
      case "misconfigured":
        return isItsOwn(row, outcome)
          ? retry(row, outcome.reason)
          : settle(id, "held", { reason: outcome.reason, parked: 1 });
      case "later":
        return retry(row, outcome.reason, outcome.retryAfter);
      case "doubt":
        doubt(id);
        return policy.doubt === "hold"
          ? settle(id, "held", { reason: outcome.reason })
          : retry(row, outcome.reason);
    }
  };

  const updateBreaker = (row: Row, outcome: Outcome): void => {
    const breaker = readBreaker();
    const failure = {
      lead: String(row["id"]),
      reason: "reason" in outcome ? outcome.reason : "",
      fatal: outcome.kind === "misconfigured" && !isItsOwn(row, outcome),
      startedAt: Number(row["lease_until"]) - LEASE,
      retryAfter: outcome.kind === "later" ? (outcome.retryAfter ?? 0) * SECOND : 0,
      now: now(),
    };
    const works = ["created", "duplicate", "invalid"].includes(outcome.kind);
    moveBreaker(breaker, works ? onSuccess(breaker) : onFailure(breaker, failure));
    if (readBreaker().state !== "draining") return;
    const soon = "SELECT 1 FROM lead WHERE state = 'queued' AND next_at <= ? LIMIT 1";
    if (sql.all(soon, now() + MINUTE).length === 0)
      moveBreaker(readBreaker(), onDrained(readBreaker()));
  };

  /**
   * The report of the holder of a lease. A report after the end of its lease counts only if the
   * vendor has the lead: that stays true after all later tries.
   */
  return (id: string, attempt: number, outcome: Outcome): Finished =>
    sql.transaction(() => {
      const row = one("SELECT * FROM lead WHERE id = ?", id);
      if (!row) return { kind: "accepted", id };
      const current = row["state"] === "sending" && row["attempts"] === attempt;
      const arrived = outcome.kind === "created" || outcome.kind === "duplicate";
      const closed = row["done_at"] !== null;
      if (current || (arrived && !closed)) {
        // The row from before: the breaker judges the attempt, not its effect on the lead.
        apply(row, outcome);
        updateBreaker(row, outcome);
      }
      const after = one("SELECT * FROM lead WHERE id = ?", id);
      return after ? answerKnown(after, [String(after["fp"])]) : { kind: "accepted", id };
    });
};
