/**
 * Owns the fate of a checked lead while its visitor waits: relayed, or stored, leased, delivered
 * and reported. Must not answer success unless the lead is confirmed or stored, or withheld as a robot's.
 */
import type { Target } from "./config/target.ts";
import { deliver } from "./lead/deliver.ts";
import type { Lead } from "./lead/lead.ts";
import { relay } from "./lead/relay.ts";
import type { RelayDeps } from "./lead/relay.ts";
import { pause, within } from "./lead/within.ts";
import type { Counters } from "./ledger/counters.ts";
import type { Begun, Finished, Submission, Suspicion } from "./ledger/types.ts";
import { sealRef } from "./ledger/kept.ts";
import type { Keyring } from "./ledger/seal.ts";
import {
  isLight,
  isStampRefused,
  toCountRequest,
  toRelayRequest,
  toSubmission,
} from "./ledger/submission.ts";
import type { Circumstances } from "./ledger/submission.ts";
import type { OperatorStore, Store } from "./ledger/store.ts";
import { BROKEN, toConfirmedResult, toRelayResult, toStoredResult } from "./http/reply.ts";
import type { Refusal, Result } from "./http/reply.ts";
import { CALL_WITH_VISITOR, VISITOR_WAIT } from "./vendors/call-times.ts";
import { hasArrived } from "./vendors/vendor.ts";
import type { Outcome } from "./vendors/vendor.ts";

/** How a relay was answered, without its receipt. */
type Answered = { status: "created" } | Refusal;

export interface AcceptDeps extends RelayDeps {
  /** Undefined where nothing may be stored. */
  storeFor: (target: Target, id: string) => (Store & Pick<OperatorStore, "get">) | undefined;
  keyring: () => Promise<Keyring>;
  counters: Counters<Answered>;
}

/** Whether a target's store has this id. One that does not answer holds nobody up. */
export const isKnown = async (
  target: Target,
  id: string,
  { storeFor }: Pick<AcceptDeps, "storeFor">,
): Promise<boolean> => {
  try {
    const found = await storeFor(target, id)?.get(id);
    return found !== undefined && !found.test;
  } catch {
    return false;
  }
};

/** A lead, and how it came. */
interface Arrival {
  target: Target;
  lead: Lead;
  circumstances: Circumstances;
  deps: AcceptDeps;
  /** Takes what goes on behind the answer; undefined where the answer has to come last. */
  goesOn: ((work: Promise<unknown>) => void) | undefined;
}

/** How long a relay is under way where none has ended yet, by which the time could be told. */
const USUAL_CALL = 500;

/** Nothing may be stored, so it is lost; its sender is answered as all are at this moment. */
const withhold = async ({ target, lead, deps }: Arrival, reason: Suspicion): Promise<Result> => {
  const { counters, log } = deps;
  log("warn", { event: "withheld", target: target.key, id: lead.id, reason });
  const usual = { answer: { status: "created" } as const, ms: USUAL_CALL };
  const { answer, ms } = counters.of(target).likeness.pick() ?? usual;
  await pause(ms);
  return "code" in answer ? answer : { receipt: lead.id, ...answer };
};

/**
 * A lead that only its vendor takes. Each is counted, and an id stands for one lead: its repeat is answered from
 * memory.
 * @param toResult what an outcome means here
 * @param onSuspect the answer to a lead that is kept from the vendor
 */
const acceptRelayed = async (
  arrival: Arrival,
  toResult: (outcome: Outcome, receipt: string) => Result,
  onSuspect: (suspicion: Suspicion) => Result | Promise<Result>,
): Promise<{ result: Result; outcome?: Outcome }> => {
  const { target, lead, circumstances, deps } = arrival;
  const { counters } = deps;
  if (isStampRefused(target, circumstances)) return { result: { code: "stamp_refused" } };
  const request = await toRelayRequest(target, lead, circumstances);
  const counted = await counters.relay(target, request);
  switch (counted.kind) {
    case "rate_limited":
      counters.refuse(target, request, counted);
      return { result: { code: "rate_limited", retryAfter: counted.retryAfter } };
    case "id_reused":
      return { result: { code: "id_reused" } };
    case "busy":
      return { result: BROKEN };
    case "created":
      return { result: { receipt: lead.id, status: "created" } };
    case "phone_limit":
      return { result: await onSuspect("phone_limit") };
    case "granted":
      break;
  }
  if (circumstances.trapped) return { result: await onSuspect("honeypot") };
  const started = counters.elapsed();
  const outcome = await relay(target, lead, deps);
  const result = toResult(outcome, lead.id);
  const isDelivered = "receipt" in result;
  if (isDelivered || result.code === "unavailable")
    counters
      .of(target)
      .likeness.note(isDelivered ? { status: "created" } : result, counters.elapsed() - started);
  deps.waitUntil(counters.end(target, lead.id, isDelivered));
  return { result, outcome };
};

/** Stores and leases, within the limits; a suspicious lead without its campaign. */
const begin = async (
  { target, lead, circumstances, deps }: Arrival,
  store: Store & Pick<OperatorStore, "get">,
): Promise<Exclude<Begun, { kind: "suspect" }>> => {
  const { counters } = deps;
  const keyring = await deps.keyring();
  const submit = (suspicion?: Suspicion): Promise<Submission> =>
    toSubmission(lead, circumstances, target, keyring, suspicion);
  let submission = { ...(await submit()), refused: counters.takeRefused(target) };
  if (counters.isApart(target)) {
    const counted = submission.stampRefused
      ? ({ kind: "granted" } as const)
      : await counters.admit(target, toCountRequest(submission, circumstances, target));
    // A store that knows the id answers, whatever the limits say.
    if (counted.kind === "rate_limited" && !(await isKnown(target, lead.id, deps))) {
      counters.countRefused(target, submission.refused + 1);
      return counted;
    }
    if (counted.kind === "phone_limit")
      submission = { ...(await submit("phone_limit")), refused: submission.refused };
    submission = { ...submission, counted: true };
  }
  const begun = await store.begin(submission);
  if (begun.kind !== "suspect") return begun;
  const asked = counters.elapsed();
  const again = await store.begin(await submit(begun.suspicion));
  if (again.kind === "suspect") throw new Error("A store suspects what it was told to suspect.");
  // The second way to the store belongs to the time that its answer takes.
  return "after" in again && again.after !== undefined
    ? { ...again, after: Math.max(again.after - (counters.elapsed() - asked), 0) }
    : again;
};

/**
 * 1. Store and lease. 2. Call the vendor. 3. Report. A visitor who has waited long enough is thanked, since the lead
 * is stored, and the call goes on. If the store cannot be reached at 1, one direct
 * call decides; if it fails at 3, the lead is stored already and its alarm repeats the delivery.
 *
 * A lead that the vendor has is answered before 3.
 */
const acceptStored = async (
  arrival: Arrival,
  store: Store & Pick<OperatorStore, "get">,
): Promise<Result> => {
  const { target, lead, circumstances, deps } = arrival;
  const sealed = async (outcome: Outcome): Promise<Outcome> =>
    sealRef(await deps.keyring(), lead.id, target, outcome);
  const report = async (n: number, outcome: Outcome, promised = false): Promise<Finished> =>
    store.finish(lead.id, n, await sealed(outcome), promised);
  let begun: Exclude<Begun, { kind: "suspect" }>;
  try {
    begun = await begin(arrival, store);
  } catch {
    deps.log("error", { event: "undurable", target: target.key, id: lead.id });
    const { result, outcome } = await acceptRelayed(arrival, toConfirmedResult, () => BROKEN);
    // The store may have the lead, and only its answer was lost: this report prevents a second delivery.
    if (outcome) deps.waitUntil(report(1, outcome).catch(() => undefined));
    return result;
  }
  if (begun.kind === "rate_limited") {
    const { address, stamped, trapped } = circumstances;
    deps.counters.refuse(target, { address, light: trapped || isLight(target, stamped) }, begun);
  }
  if (begun.kind !== "lease") {
    if ("after" in begun && begun.after) await pause(begun.after);
    return toStoredResult(begun);
  }
  const { attempt, thanked } = begun;
  const call = deliver(target, lead, deps, CALL_WITH_VISITOR);
  const outcome = thanked ? undefined : await within(VISITOR_WAIT, call);
  if (!outcome) {
    // Its answer is taken all the same. If the report fails, the lease ends, and the alarm repeats the call.
    const late = call.then((later) => report(attempt, later, true));
    deps.waitUntil(late.catch(() => undefined));
    return { receipt: lead.id, status: "accepted" };
  }
  // Whatever the store says: its commit is not waited for by the visitor, only by the end of the request.
  if (arrival.goesOn && hasArrived(outcome)) {
    arrival.goesOn(report(attempt, outcome).catch(() => undefined));
    return { receipt: lead.id, status: "created" };
  }
  try {
    return toStoredResult(await report(attempt, outcome));
  } catch {
    const result = toConfirmedResult(outcome, lead.id);
    // An invalid lead is settled in the store: after an "accepted" nobody would correct it.
    const isFinal = "receipt" in result || result.code === "invalid";
    return isFinal ? result : { receipt: lead.id, status: "accepted" };
  }
};

/**
 * @param goesOn takes what goes on behind the answer, and may keep the request open meanwhile; without it the answer
 * waits for that
 */
export const accept = async (
  target: Target,
  lead: Lead,
  circumstances: Circumstances,
  deps: AcceptDeps,
  goesOn?: (work: Promise<unknown>) => void,
): Promise<Result> => {
  const arrival = { target, lead, circumstances, deps, goesOn };
  const store = deps.storeFor(target, lead.id);
  if (store) return acceptStored(arrival, store);
  const { result } = await acceptRelayed(arrival, toRelayResult, (suspicion) =>
    withhold(arrival, suspicion),
  );
  return result;
};
