/**
 * Owns one attempt at a vendor within its time, and its line in the log. Must not throw: a mistake
 * of ours is an outcome too.
 */
import type { Target } from "../config/target.ts";
import type { Lead } from "./lead.ts";
import { logError } from "../log.ts";
import type { Log } from "../log.ts";
import type { Io, Outcome } from "../vendors/vendor.ts";

/** What the proxy needs of the world. */
export interface Deps {
  fetch: Io["fetch"];
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Measures time without the clock; undefined where the host cannot, as in a Worker. */
  steady?: { elapsed: () => number } | undefined;
  log: Log;
}

/**
 * A span that a clock which is put right neither cuts short nor, without a steady measure, more than doubles.
 * @returns what is left of it, and what is over, in whole milliseconds
 */
export const startSpan = ({ now, steady }: Pick<Deps, "now" | "steady">, time: number) => {
  const elapsed = steady?.elapsed ?? now;
  const begun = elapsed();
  const over = (): number => Math.round(Math.max(elapsed() - begun, 0));
  return { over, left: () => time - over() };
};

const LEVEL = {
  created: "info",
  duplicate: "info",
  invalid: "info",
  later: "warn",
  doubt: "warn",
  // These three need an operator.
  drift: "error",
  unexplained: "error",
  misconfigured: "error",
} as const satisfies Record<Outcome["kind"], Parameters<Log>[0]>;

const reasonOf = (outcome: Outcome): string | undefined => {
  if ("reason" in outcome) return outcome.reason;
  return outcome.kind === "created" ? outcome.warning : undefined;
};

/**
 * Delivers once. Never throws: every failure is an outcome.
 * @param time milliseconds that the vendor has: token, headers and body together
 */
export const deliver = async (
  target: Target,
  lead: Lead,
  deps: Deps,
  time: number,
): Promise<Outcome> => {
  const { fetch, now, log } = deps;
  const { over, left } = startSpan(deps, time);
  const outcome = await target
    .deliver(lead, { fetch, now, left })
    .catch((error: unknown): Outcome => {
      // A mistake of ours, perhaps after the vendor has received the lead.
      logError(log, error);
      return { kind: "doubt", reason: "network" };
    });
  const ms = over();
  const reason = reasonOf(outcome);
  log(reason === "project_unmatched" ? "warn" : LEVEL[outcome.kind], {
    event: "delivery",
    target: target.key,
    id: lead.id,
    outcome: outcome.kind,
    ...(reason && { reason }),
    ...(outcome.status !== undefined && { vendor_status: outcome.status }),
    ...(outcome.kind === "unexplained" &&
      outcome.vendorCode && { vendor_code: outcome.vendorCode }),
    ...(outcome.kind === "misconfigured" && outcome.vendorKey && { vendor_key: outcome.vendorKey }),
    ms,
  });
  return { ...outcome, ms };
};
