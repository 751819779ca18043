/**
 * Owns the moving side of one store: it opens what the ledger leases to it, delivers it, reports
 * back, sends the alerts, and says when it wants to be woken. Shared by both adapters.
 */
import type { Target } from "../config.ts";
import { deliver } from "../deliver.ts";
import type { Deps } from "../deliver.ts";
import type { Lead } from "../lead.ts";
import { dueAlerts, settleAlert } from "./alerts.ts";
import type { Alert } from "./alerts.ts";
import type { Lease, Ledger } from "./ledger.ts";
import { open } from "./seal.ts";
import type { Keyring } from "./seal.ts";

export interface KeeperDeps extends Deps {
  ledger: Ledger;
  keyring: Keyring;
  target: Target;
  /** False if the receiver did not take it; there is nothing to send to where it is undefined. */
  sendAlert: ((alert: Alert, target: string) => Promise<boolean>) | undefined;
}

const HOUR = 60 * 60_000;

export type Keeper = ReturnType<typeof createKeeper>;

export const createKeeper = ({ ledger, keyring, target, sendAlert, ...deps }: KeeperDeps) => {
  let tidied = 0;

  const attempt = async (lease: Lease): Promise<void> => {
    if (!keyring.encryption.has(lease.keyId)) return ledger.shelve(lease.id, "key_missing");
    const text = await open(keyring, lease.id, target.key, lease);
    if (text === undefined) return ledger.bury(lease.id, "tampered");
    const outcome = await deliver(target, JSON.parse(text) as Lead, deps);
    ledger.finish(lease.id, lease.attempt, outcome);
  };

  const tellOne = async (alert: Alert): Promise<void> => {
    const sent = sendAlert ? await sendAlert(alert, target.key) : true;
    settleAlert(ledger.sql, alert, sent, deps.now());
  };

  return {
    /** Does what is due now. Never throws: an alarm that throws is dropped in the end. */
    run: async (): Promise<void> => {
      try {
        if (deps.now() - tidied > HOUR) {
          ledger.tidy();
          tidied = deps.now();
        }
        const alerts = dueAlerts(ledger.sql, deps.now());
        await Promise.all([...ledger.claim().map(attempt), ...alerts.map(tellOne)]);
      } catch (error) {
        deps.log("error", {
          event: "error",
          error: error instanceof Error ? error.name : "unknown",
        });
      }
    },
  };
};
