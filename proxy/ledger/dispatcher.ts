/**
 * Owns the moving side of one store: it opens what the ledger leases to it, delivers it, reports
 * back, sends the alerts, and says when it wants to be woken. Shared by both adapters.
 */
import type { Alert, SendAlert } from "../alerts.ts";
import type { Target } from "../config/target.ts";
import { deliver } from "../lead/deliver.ts";
import type { Deps } from "../lead/deliver.ts";
import type { Lead } from "../lead/lead.ts";
import { logError } from "../log.ts";
import { dueAlerts, settleAlert } from "./outbox.ts";
import type { Ledger } from "./ledger.ts";
import { open } from "./seal.ts";
import type { Keyring } from "./seal.ts";
import { HOUR, MINUTE, SECOND } from "./schedule.ts";
import type { Lease } from "./types.ts";

export interface DispatcherDeps extends Deps {
  ledger: Ledger;
  keyring: Keyring;
  target: Target;
  /** Undefined where there is nobody to send to. */
  sendAlert: SendAlert | undefined;
}

/** Milliseconds after which a run starts nothing more: an alarm that lasts too long is cut off. */
const RUN = MINUTE;
/** Milliseconds of rest after a store has failed: a full disk needs more than another call. */
const REST = 10 * SECOND;

export type Dispatcher = ReturnType<typeof createDispatcher>;

export const createDispatcher = ({
  ledger,
  keyring,
  target,
  sendAlert,
  ...deps
}: DispatcherDeps) => {
  const begun = deps.now();
  let tidied: number | undefined;
  let restUntil = 0;
  let stopped = false;

  const attempt = async (lease: Lease): Promise<void> => {
    if (!keyring.encryption.has(lease.keyId)) return ledger.hold(lease.id, "key_missing");
    const text = await open(keyring, lease.id, target.key, lease);
    if (text === undefined) return ledger.markDead(lease.id, "tampered");
    const outcome = await deliver(target, JSON.parse(text) as Lead, deps);
    ledger.finish(lease.id, lease.attempt, outcome);
  };

  const tellOne = async (alert: Alert): Promise<boolean> => {
    const sent = sendAlert ? await sendAlert(alert, target.key) : true;
    settleAlert(ledger.sql, alert, sent, deps.now());
    return sent;
  };

  const note = (error: unknown): void => logError(deps.log, error);

  /**
   * One after the other, so that a receiver that hangs takes one connection and no more; and no
   * further than the first that is not taken, so that it does not hold up the next run.
   */
  const tellAll = async (): Promise<void> => {
    for (const alert of dueAlerts(ledger.sql, deps.now()))
      if (stopped || !(await tellOne(alert))) return;
  };

  /** As many at a time as the ledger grants: each that ends makes room for the next. */
  const deliverAll = async (): Promise<void> => {
    const end = deps.now() + RUN;
    const active = new Set<Promise<void>>();
    for (;;) {
      for (const lease of !stopped && deps.now() < end ? ledger.claim(active.size) : []) {
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
    /** Does what is due now. Never throws: an alarm that throws is dropped in the end. */
    run: async (): Promise<void> => {
      try {
        if (tidied === undefined || deps.now() - tidied >= HOUR) {
          ledger.tidy();
          tidied = deps.now();
        }
        await Promise.all([deliverAll(), tellAll()]);
      } catch (error) {
        restUntil = deps.now() + REST;
        note(error);
      }
    },
    /** Starts no delivery any more; a run ends with those that are on their way. */
    stop: (): void => {
      stopped = true;
    },
    /** When to run next, in Unix milliseconds; undefined if nothing waits for time. */
    nextAt: (): number | undefined => {
      // Counted from the last time: whoever asks anew with each lead would put it off for ever.
      const at = ledger.nextAt((tidied ?? begun) + HOUR);
      return at === undefined ? undefined : Math.max(at, restUntil);
    },
  };
};
