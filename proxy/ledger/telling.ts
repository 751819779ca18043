/**
 * Owns the loop that sends the alerts of one store. Must not hold up a delivery, or send one alert twice at a
 * time.
 */
import type { Alert, SendAlert } from "../alerts.ts";
import type { Ledger } from "./ledger.ts";
import { dueAlerts, nextAlertAt, settleAlert } from "./outbox.ts";

export interface TellingDeps {
  ledger: Pick<Ledger, "sql" | "tell" | "tellAt">;
  target: string;
  /** Undefined where no receiver is set: there is nobody to tell. */
  sendAlert: SendAlert | undefined;
  now: () => number;
  /** The store itself failed. */
  onError: (error: unknown) => void;
  /** Called when alerts have been sent, or have not: the time of the next ones is known then. */
  onTold?: (() => void) | undefined;
}

export const createTelling = (deps: TellingDeps) => {
  const { ledger, target, sendAlert, now, onError, onTold } = deps;
  const { sql } = ledger;
  let stopped = false;
  let telling: Promise<void> | undefined;

  const sendOne = async (alert: Alert): Promise<boolean> => {
    const told = sendAlert ? await sendAlert(alert, target) : { taken: true as const };
    settleAlert(sql, alert, told, now());
    return told.taken;
  };

  /**
   * One after the other, so that a receiver that hangs occupies one connection only. The first
   * failure ends the run, so that it does not delay the next one.
   */
  const sendAll = async (): Promise<void> => {
    ledger.tell();
    for (const alert of dueAlerts(sql, now())) if (stopped || !(await sendOne(alert))) return;
  };

  return {
    /** Whoever asks while it runs waits for the same run. */
    run: (): Promise<void> =>
      (telling ??= sendAll()
        .catch(onError)
        .finally(() => {
          telling = undefined;
          onTold?.();
        })),
    /** While they are on their way they are due all the time: then there is no next time. */
    nextAt: (): number | undefined => {
      if (telling) return undefined;
      const times = [nextAlertAt(sql), ledger.tellAt()].filter((at) => at !== undefined);
      return times.length > 0 ? Math.min(...times) : undefined;
    },
    /** Resolves when the alert on its way has ended. */
    stop: async (): Promise<void> => {
      stopped = true;
      await telling;
    },
  };
};
