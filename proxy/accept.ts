/**
 * Owns the fate of a checked lead while its visitor waits: relayed, or stored, leased, delivered
 * and reported. Must not answer success unless the lead is confirmed or stored.
 */
import type { SendAlert } from "./alerts.ts";
import type { Target } from "./config/target.ts";
import { CONTENT_FIELDS } from "./shared/contract.ts";
import { deliver } from "./lead/deliver.ts";
import type { Deps } from "./lead/deliver.ts";
import type { Lead } from "./lead/lead.ts";
import type { Begun, Finished, Submission } from "./ledger/types.ts";
import { sealKept, sealRef } from "./ledger/kept.ts";
import { hashes, seal } from "./ledger/seal.ts";
import type { Keyring } from "./ledger/seal.ts";
import type { OperatorStore, Store } from "./ledger/store.ts";
import { BROKEN, toConfirmedResult, toRelayResult, toStoredResult } from "./http/reply.ts";
import type { Result } from "./http/reply.ts";
import { CALL_WITH_VISITOR, VISITOR_WAIT } from "./vendors/call-times.ts";
import type { Outcome } from "./vendors/vendor.ts";

export interface AcceptDeps extends Deps {
  /** Undefined where nothing may be stored. */
  storeFor: (target: Target, id: string) => (Store & Pick<OperatorStore, "get">) | undefined;
  keyring: () => Promise<Keyring>;
  /** Undefined where no receiver is set. */
  sendAlert: SendAlert | undefined;
  newId: () => string;
  /** Keeps the host alive for work that outlasts the answer. */
  waitUntil: (promise: Promise<unknown>) => void;
}

/** The facts of a request beside its lead. */
export interface Circumstances {
  /** The visitor's address, where the host knows a trustworthy one. */
  address: string | undefined;
  stamped: boolean;
  trapped: boolean;
}

/** Requests without a proof of work count four times against the address's limit. */
const UNSTAMPED_WEIGHT = 4;

/** `+20…78`: enough to recognise, too little to call. */
const mask = (phone: string): string => `${phone.slice(0, 3)}…${phone.slice(-2)}`;

const isStampRefused = ({ stamp }: Target, { stamped }: Circumstances): boolean =>
  stamp === "required" && !stamped;

export const toSubmission = async (
  lead: Lead,
  circumstances: Circumstances,
  target: Target,
  keyring: Keyring,
): Promise<Submission> => {
  const { address, stamped, trapped } = circumstances;
  // A new field changes the fingerprint of every lead: no repeat across that deploy is recognised.
  const content = JSON.stringify([
    lead.target,
    ...CONTENT_FIELDS.map((field) => lead[field]),
    ...(lead.extension || lead.own ? [lead.extension] : []),
    ...(lead.own ? [lead.own] : []),
  ]);
  const [box, kept, fps, phoneHashes, [addressHash]] = await Promise.all([
    seal(keyring, lead.id, lead.target, JSON.stringify(lead)),
    sealKept(keyring, lead, target),
    hashes(keyring, "content", content),
    hashes(keyring, "phone", lead.phone),
    address === undefined ? [] : hashes(keyring, "address", address),
  ]);
  const scored = target.stamp === "scored" && !stamped;
  return {
    ...box,
    kept,
    id: lead.id,
    fps,
    phoneHashes,
    phoneTail: mask(lead.phone),
    consent: lead.consent || undefined,
    addressHash,
    weight: scored ? UNSTAMPED_WEIGHT : 1,
    suspicion: trapped ? "honeypot" : undefined,
    stampRefused: isStampRefused(target, circumstances),
  };
};

/** Whether a target's store has this id. One that does not answer holds nobody up. */
export const isKnown = async (
  target: Target,
  id: string,
  { storeFor }: Pick<AcceptDeps, "storeFor">,
): Promise<boolean> => {
  try {
    return (await storeFor(target, id)?.get(id)) !== undefined;
  } catch {
    return false;
  }
};

/** By target, the key of its vendor's form that was told last: without a store, this process has to know. */
const told = new Map<string, string>();

/** What is to be told of an outcome, as the store would: what is unexplained each time, a changed form once. */
const newsOf = ({ key: target }: Target, outcome: Outcome) => {
  if (outcome.kind === "drift" || outcome.kind === "unexplained")
    return { type: "vendor.drift", data: { reason: outcome.reason } };
  if (outcome.kind === "created") told.delete(target);
  if (outcome.kind !== "misconfigured" || outcome.reason !== "form_changed") return undefined;
  const { reason, vendorKey = "" } = outcome;
  if (told.get(target) === vendorKey) return undefined;
  told.set(target, vendorKey);
  return { type: "vendor.form_changed", data: { reason, key: vendorKey || null } };
};

/** A call without a store behind it. What needs an operator is reported once: no outbox keeps it. */
const relay = async (target: Target, lead: Lead, deps: AcceptDeps): Promise<Outcome> => {
  const outcome = await deliver(target, lead, deps, VISITOR_WAIT);
  const news = newsOf(target, outcome);
  if (news && deps.sendAlert) {
    const data = { lead: lead.id, ...news.data };
    const alert = { id: deps.newId(), type: news.type, data, createdAt: deps.now() };
    deps.waitUntil(deps.sendAlert(alert, target.key));
  }
  return outcome;
};

/** Undefined where the promise takes longer. */
const within = async <T>(milliseconds: number, promise: Promise<T>): Promise<T | undefined> => {
  const { promise: over, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), milliseconds);
  try {
    return await Promise.race([promise, over]);
  } finally {
    clearTimeout(timer);
  }
};

/**
 * 1. Store and lease. 2. Call the vendor. 3. Report. A visitor who has waited long enough is thanked, since the lead
 * is stored, and the call goes on. If the store cannot be reached at 1, one direct
 * call decides; if it fails at 3, the lead is stored already and its alarm repeats the delivery.
 */
export const accept = async (
  target: Target,
  lead: Lead,
  circumstances: Circumstances,
  deps: AcceptDeps,
): Promise<Result> => {
  const store = deps.storeFor(target, lead.id);
  if (!store) {
    if (circumstances.trapped) return { receipt: lead.id, status: "accepted" };
    if (isStampRefused(target, circumstances)) return { code: "stamp_refused" };
    return toRelayResult(await relay(target, lead, deps), lead.id);
  }
  const report = async (n: number, outcome: Outcome, promised = false): Promise<Finished> => {
    const sealed = await sealRef(await deps.keyring(), lead.id, target, outcome);
    return store.finish(lead.id, n, sealed, promised);
  };
  let begun: Begun;
  try {
    begun = await store.begin(
      await toSubmission(lead, circumstances, target, await deps.keyring()),
    );
  } catch {
    deps.log("error", { event: "undurable", target: target.key, id: lead.id });
    if (circumstances.trapped) return BROKEN;
    if (isStampRefused(target, circumstances)) return { code: "stamp_refused" };
    const outcome = await relay(target, lead, deps);
    // The store may have the lead, and only its answer was lost: this report prevents a second delivery.
    deps.waitUntil(report(1, outcome).catch(() => undefined));
    return toConfirmedResult(outcome, lead.id);
  }
  if (begun.kind !== "lease") return toStoredResult(begun);
  const { attempt, thanked } = begun;
  const call = deliver(target, lead, deps, CALL_WITH_VISITOR);
  const outcome = thanked ? undefined : await within(VISITOR_WAIT, call);
  if (!outcome) {
    // Its answer is taken all the same. If the report fails, the lease ends, and the alarm repeats the call.
    const late = call.then((later) => report(attempt, later, true));
    deps.waitUntil(late.catch(() => undefined));
    return { receipt: lead.id, status: "accepted" };
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
