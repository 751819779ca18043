/**
 * Owns the deliveries and alerts of one store that no visitor waits for, in both homes. Must not
 * throw: a Durable Object drops an alarm that keeps throwing.
 */
import type { Alert, SendAlert } from "../alerts.ts";
import type { Target } from "../config/target.ts";
import { deliver } from "../lead/deliver.ts";
import type { Deps } from "../lead/deliver.ts";
import type { Lead } from "../lead/lead.ts";
import { logError } from "../log.ts";
import { CALL_ALONE } from "../vendors/call-times.ts";
import { dueAlerts, settleAlert } from "./outbox.ts";
import type { Ledger } from "./ledger.ts";
import { renewKept, sealRef } from "./kept.ts";
import { open } from "./seal.ts";
import type { Keyring } from "./seal.ts";
import type { Steady } from "./clock.ts";
import { HOUR, MINUTE, SECOND } from "./schedule.ts";
import type { Lease } from "./types.ts";

export interface DispatcherDeps extends Deps {
  ledger: Ledger;
  keyring: Keyring;
  target: Target;
  /** Undefined where no receiver is set. */
  sendAlert: SendAlert | undefined;
  /** Undefined where the host has none. */
  steady?: Steady | undefined;
}

/** Milliseconds after which a run starts nothing more: the host ends an alarm that lasts too long. */
const RUN = MINUTE;
/** Milliseconds of rest after a store has failed: a full disk needs more than another call. */
const REST = 10 * SECOND;

/** One delivery without a visitor. */
const createAttempt =
  ({ ledger, keyring, target, ...deps }: Omit<DispatcherDeps, "sendAlert" | "steady">) =>
  async (lease: Lease): Promise<void> => {
    if (!keyring.encryption.has(lease.keyId)) return ledger.hold(lease.id, "key_missing");
    const text = await open(keyring, lease.id, target.key, lease);
    if (text === undefined) return ledger.markDead(lease.id, "tampered");
    const lead = JSON.parse(text) as Lead;
    try {
      const kept = await renewKept(keyring, lead, target, lease.kept);
      if (kept !== undefined) ledger.keep(lease.id, kept);
    } catch (error) {
      // Whatever goes wrong with what is to stay, the lead itself goes to its vendor.
      logError(deps.log, error);
    }
    const outcome = await deliver(target, lead, deps, CALL_ALONE);
    ledger.finish(lease.id, lease.attempt, await sealRef(keyring, lease.id, target, outcome));
  };

/** What is left of a span; a beginning in the future is that of a clock that was put right. */
const createLeft =
  (elapsed: () => number) =>
  (from: number, span: number): number =>
    elapsed() < from ? 0 : Math.max(from + span - elapsed(), 0);

export type Dispatcher = ReturnType<typeof createDispatcher>;

export const createDispatcher = ({
  ledger,
  keyring,
  target,
  sendAlert,
  steady,
  ...deps
}: DispatcherDeps) => {
  /** What this run waits for, it measures without the clock where it can. */
  const elapsed = steady?.elapsed ?? deps.now;
  const left = createLeft(elapsed);
  const begun = elapsed();
  let tidied: number | undefined;
  let restUntil = Number.NEGATIVE_INFINITY;
  let stopped = false;

  const note = (error: unknown): void => logError(deps.log, error);

  const attempt = createAttempt({ ledger, keyring, target, ...deps });

  const sendOne = async (alert: Alert): Promise<boolean> => {
    const sent = sendAlert ? await sendAlert(alert, target.key) : true;
    settleAlert(ledger.sql, alert, sent, deps.now());
    return sent;
  };

  /**
   * One after the other, so that a receiver that hangs occupies one connection only. The first
   * failure ends the run, so that it does not delay the next one.
   */
  const sendAll = async (): Promise<void> => {
    for (const alert of dueAlerts(ledger.sql, deps.now()))
      if (stopped || !(await sendOne(alert))) return;
  };

  /** As many at a time as the ledger grants: each that ends makes room for the next. */
  const deliverAll = async (): Promise<void> => {
    const end = elapsed() + RUN;
    const active = new Set<Promise<void>>();
    for (;;) {
      for (const lease of !stopped && elapsed() < end ? ledger.claim(active.size) : []) {
        const delivery = attempt(lease)
          .catch(note)
          .finally(() => active.delete(delivery));
        active.add(delivery);
      }
      if (active.size === 0) return;
      await Promise.race(active);
    }
  };

  return {
    /** Delivers and sends everything that is due. Never throws: the host drops an alarm that throws. */
    run: async (): Promise<void> => {
      try {
        if (tidied === undefined || left(tidied, HOUR) === 0) {
          ledger.tidy();
          tidied = elapsed();
        }
        await Promise.all([deliverAll(), sendAll()]);
      } catch (error) {
        restUntil = elapsed() + REST;
        note(error);
      }
    },
    /** Starts no delivery any more; a run ends with those that are on their way. */
    stop: (): void => {
      stopped = true;
    },
    /** The time of the next run, in Unix milliseconds; undefined if nothing waits for a time. */
    nextAt: (): number | undefined => {
      // Counted from the last expiry: counted from now, each new lead would delay it again.
      const now = deps.now();
      const at = ledger.nextAt(now + left(tidied ?? begun, HOUR));
      return at === undefined ? undefined : Math.max(at, now + left(restUntil - REST, REST));
    },
  };
};
