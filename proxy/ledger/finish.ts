/**
 * Owns the report of an attempt: its effect on the lead, then on the breaker, then the answer to the
 * visitor. Must not believe a late report unless the vendor has the lead.
 */
import { hasArrived } from "../vendors/vendor.ts";
import type { Outcome } from "../vendors/vendor.ts";
import { isFatal, isFormChange, onDrained, onFailure, onSuccess } from "./breaker.ts";
import type { Breaker, Failure } from "./breaker.ts";
import type { Repository } from "./repository.ts";
import { MINUTE, SECOND } from "./schedule.ts";
import { ANSWERED } from "./repository.ts";
import { createArrive, createSettle } from "./settle.ts";
import type { Row } from "./sql.ts";
import type { Finished, Policy } from "./types.ts";

/** The vendor works: it has taken this lead, or looked at it and refused it alone. */
const isJudged = (outcome: Outcome): boolean =>
  hasArrived(outcome) ||
  outcome.kind === "invalid" ||
  (outcome.kind === "unexplained" && outcome.reason === "field_refused");

/**
 * The same refusal a second time, though the vendor took another lead in between (or the breaker
 * would still be open): then it is about this lead, and no reason to keep all the others.
 */
const isItsOwn = (row: Row, outcome: Outcome, breaker: Breaker): boolean =>
  outcome.kind === "misconfigured" &&
  row["reason"] === outcome.reason &&
  // Another key than before is news, whichever lead brings it.
  (row["vendor_key"] ?? undefined) === outcome.vendorKey &&
  Number(row["attempts"]) > 1 &&
  breaker.state !== "open";

/** What a failed attempt proves of the vendor. */
const weigh = (row: Row, outcome: Outcome, breaker: Breaker): Failure["weight"] => {
  if (outcome.kind !== "misconfigured") return "failure";
  if (isItsOwn(row, outcome, breaker)) return "own";
  return isFatal(outcome.reason) ? "fatal" : "refusal";
};

/** The ends of a lead that are counted. */
const ENDS = ["delivered", "rejected", "dead"] as const;

interface FinishDeps {
  repository: Repository;
  policy: Policy;
  /** 0 to 1, for jitter. */
  random: () => number;
  /** When leads that wait are told of for the first time; undefined where they were, or none waits. */
  firstTold: () => number | undefined;
}

export const createFinish = ({ repository, policy, random, firstTold }: FinishDeps) => {
  const { sql, now, one, events, figures, readBreaker, moveBreaker, emit, accept, answerKnown } =
    repository;
  const settleLead = createSettle(repository, policy, random);
  const arrive = createArrive(repository, policy);

  /** Nearly every lead: nobody is told, and the breaker stays as it is. @returns whether it was settled so */
  const arriveQuietly = (id: string, attempt: number, outcome: Outcome): boolean => {
    const breaker = readBreaker();
    const isQuiet =
      policy.receivers.length === 0 &&
      breaker.state !== "draining" &&
      onSuccess(breaker) === breaker;
    if (!isQuiet || !hasArrived(outcome) || !arrive(id, attempt, outcome)) return false;
    figures.countCall(outcome, "delivered");
    return true;
  };

  /** @returns the row as it is now; undefined where the breaker has moved, and rows with it */
  const settleAttempt = (row: Row, outcome: Outcome): Row | undefined => {
    const breaker = readBreaker();
    const lead = String(row["id"]);
    const failure = {
      lead,
      key: outcome.kind === "misconfigured" ? outcome.vendorKey : undefined,
      reason: "reason" in outcome ? outcome.reason : "",
      weight: weigh(row, outcome, breaker),
      startedAt: Number(row["lease_until"]) - Number(row["wait"]),
      retryAfter: outcome.kind === "later" ? (outcome.retryAfter ?? 0) * SECOND : 0,
      tellAt: isJudged(outcome) ? undefined : firstTold(),
      now: now(),
    };
    const next = isJudged(outcome) ? onSuccess(breaker) : onFailure(breaker, failure);
    const settled = settleLead(row, outcome, next);
    if (next === breaker && breaker.state !== "draining") return settled;
    moveBreaker(breaker, next);
    if (isFormChange(breaker, next))
      emit("vendor.form_changed", { lead, reason: "form_changed", key: next.key ?? null });
    if (readBreaker().state !== "draining") return undefined;
    const soon = "SELECT 1 FROM lead WHERE state = 'queued' AND next_at <= ? LIMIT 1";
    if (sql.all(soon, now() + MINUTE).length === 0)
      moveBreaker(readBreaker(), onDrained(readBreaker()));
    return undefined;
  };

  /**
   * The report of the holder of a lease. A report after the end of its lease counts only if the
   * vendor has the lead: that stays true after all later tries.
   * @param promised the visitor has read "accepted" meanwhile
   */
  return (id: string, attempt: number, outcome: Outcome, promised = false): Finished =>
    sql.transaction(() => {
      if (promised) accept(id);
      if (arriveQuietly(id, attempt, outcome)) return { kind: "created", id };
      const row = one("SELECT * FROM lead WHERE id = ?", id);
      if (!row) return { kind: "accepted", id };
      const current = row["state"] === "sending" && row["attempts"] === attempt;
      const closed = row["done_at"] !== null;
      const settled =
        current || (hasArrived(outcome) && !closed) ? settleAttempt(row, outcome) : undefined;
      const after = settled ?? one(`SELECT ${ANSWERED} FROM lead WHERE id = ?`, id);
      const end = ENDS.find((state) => state === after?.["state"] && state !== row["state"]);
      figures.countCall(outcome, end);
      if (end === "rejected") events.record("lead.rejected", row);
      if (end === "delivered") {
        if (!row["promised"]) events.record("lead.accepted", row);
        events.record("lead.delivered", row);
      }
      return after ? answerKnown(after, [String(after["fp"])]) : { kind: "accepted", id };
    });
};
