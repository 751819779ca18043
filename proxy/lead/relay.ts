/**
 * Owns a call to the vendor without a store behind it, and the news of it. Must not tell the same news of a target
 * again and again.
 */
import type { SendAlert } from "../alerts.ts";
import type { Target } from "../config/target.ts";
import { VISITOR_WAIT } from "../vendors/call-times.ts";
import type { Outcome } from "../vendors/vendor.ts";
import { deliver } from "./deliver.ts";
import type { Deps } from "./deliver.ts";
import type { Lead } from "./lead.ts";

export interface RelayDeps extends Deps {
  /** Undefined where no receiver is set. */
  sendAlert: SendAlert | undefined;
  newId: () => string;
  /** Keeps the host alive for work that outlasts the answer. */
  waitUntil: (promise: Promise<unknown>) => void;
}

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
export const relay = async (target: Target, lead: Lead, deps: RelayDeps): Promise<Outcome> => {
  const outcome = await deliver(target, lead, deps, VISITOR_WAIT);
  const news = newsOf(target, outcome);
  if (news && deps.sendAlert) {
    const data = { lead: lead.id, ...news.data };
    const alert = { id: deps.newId(), type: news.type, data, createdAt: deps.now() };
    deps.waitUntil(deps.sendAlert(alert, target.key));
  }
  return outcome;
};
