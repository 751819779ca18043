/**
 * Owns the deliveries and alerts of one store that no visitor waits for, in both homes: two loops, of which
 * none waits for the other. Must not throw: a Durable Object drops an alarm that keeps throwing.
 */
import type { SendAlert } from "../alerts.ts";
import type { Target } from "../config/target.ts";
import { deliver } from "../lead/deliver.ts";
import type { Deps } from "../lead/deliver.ts";
import type { Lead } from "../lead/lead.ts";
import { logError } from "../log.ts";
import { createEventSender } from "./event-sender.ts";
import { dueEvents, nextEventAt, settleEvent } from "./events.ts";
import { dueAlerts, nextAlertAt, settleAlert } from "./outbox.ts";
import { CALL_ALONE } from "../vendors/call-times.ts";
import type { Ledger } from "./ledger.ts";
import { renewKept, sealRef } from "./kept.ts";
import { open } from "./seal.ts";
import type { Keyring } from "./seal.ts";
import type { Steady } from "./clock.ts";
import { HOUR, MINUTE, SECOND, earliest } from "./schedule.ts";
import { createTelling } from "./telling.ts";
import type { Lease } from "./types.ts";

export interface DispatcherDeps extends Deps {
  ledger: Ledger;
  keyring: Keyring;
  target: Target;
  /** Undefined where no receiver is set. */
  sendAlert: SendAlert | undefined;
  /** Undefined where the host has none. */
  steady?: Steady | undefined;
  /** Called when alerts have been sent, or have not: the time of the next ones is known then. */
  onTold?: (() => void) | undefined;
  /** The proxy's own origin, where it is known. */
  publicUrl?: string | undefined;
}

/** Milliseconds after which a run starts nothing more: the host ends an alarm that lasts too long. */
const RUN = MINUTE;
/** Milliseconds of rest after a store has failed: a full disk needs more than another call. */
const REST = 10 * SECOND;

/** One delivery without a visitor. */
const createAttempt =
  ({ ledger, keyring, target, ...deps }: Omit<DispatcherDeps, "sendAlert" | "onTold">) =>
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

/** As many at a time as are granted: each that ends makes room for the next. */
const deliverAll = async (
  claim: (active: number) => readonly Lease[],
  deliverOne: (lease: Lease) => Promise<void>,
): Promise<void> => {
  const active = new Set<Promise<void>>();
  for (;;) {
    for (const lease of claim(active.size)) {
      const delivery = deliverOne(lease).finally(() => active.delete(delivery));
      active.add(delivery);
    }
    if (active.size === 0) return;
    await Promise.race(active);
  }
};

/** The two outboxes of a store, each with a loop of its own. */
const createTellings = ({
  ledger,
  keyring,
  target,
  sendAlert,
  onTold,
  publicUrl,
  rest,
  ...deps
}: DispatcherDeps & { rest: (error: unknown) => void }) => {
  const { sql } = ledger;
  const alerts = createTelling({
    channel: {
      due: () => {
        ledger.tell();
        return dueAlerts(sql, deps.now());
      },
      // Where no receiver is set there is nobody to tell.
      send: async (alert) => (sendAlert ? sendAlert(alert, target.key) : { taken: true }),
      settle: (alert, told) => settleAlert(sql, alert, told, deps.now()),
      nextAt: () => earliest(nextAlertAt(sql), ledger.tellAt()),
      receiverOf: () => "alerts",
    },
    onError: rest,
    onTold,
  });
  const events = createTelling({
    channel: {
      due: () => dueEvents(sql, deps.now()),
      send: createEventSender({ target, keyring, fetch: deps.fetch, publicUrl }),
      settle: (event, told) => settleEvent(sql, event, told, deps.now()),
      nextAt: () => nextEventAt(sql),
      receiverOf: ({ via }) => via,
    },
    onError: rest,
    onTold,
  });
  const tell = async (): Promise<void> => {
    await Promise.all([alerts.run(), events.run()]);
  };

  return { alerts, events, tell };
};

export type Dispatcher = ReturnType<typeof createDispatcher>;

export const createDispatcher = (all: DispatcherDeps) => {
  const { ledger, steady, ...deps } = all;
  /** What this run waits for, it measures without the clock where it can. */
  const elapsed = steady?.elapsed ?? deps.now;
  const left = createLeft(elapsed);
  const begun = elapsed();
  let tidied: number | undefined;
  let restUntil = Number.NEGATIVE_INFINITY;
  let stopped = false;

  const note = (error: unknown): void => logError(deps.log, error);

  const attempt = createAttempt(all);

  /** Whatever the store failed at is left in peace for a while. */
  const rest = (error: unknown): void => {
    restUntil = elapsed() + REST;
    note(error);
  };

  const { alerts, events, tell } = createTellings({ ...all, rest });

  const deliverDue = async (): Promise<void> => {
    try {
      if (tidied === undefined || left(tidied, HOUR) === 0) {
        ledger.tidy();
        tidied = elapsed();
      }
      const end = elapsed() + RUN;
      const claim = (active: number): readonly Lease[] => {
        // What one lead has to tell does not wait for the slowest of its run.
        void tell();
        return !stopped && elapsed() < end ? ledger.claim(active) : [];
      };
      await deliverAll(claim, (lease) => attempt(lease).catch(note));
    } catch (error) {
      rest(error);
    }
  };
  const notBefore = (at: number | undefined): number | undefined =>
    at === undefined ? undefined : Math.max(at, deps.now() + left(restUntil - REST, REST));
  // Counted from the last expiry: counted from now, each new lead would delay it again.
  const nextDelivery = () => notBefore(ledger.nextAt(deps.now() + left(tidied ?? begun, HOUR)));
  const nextAlert = () => notBefore(alerts.nextAt());
  const nextEvent = () => notBefore(events.nextAt());

  return {
    /** Each loop with its own time, in Unix milliseconds; undefined if nothing waits for one. */
    loops: [
      { run: deliverDue, nextAt: nextDelivery },
      { run: alerts.run, nextAt: nextAlert },
      { run: events.run, nextAt: nextEvent },
    ] as const,
    /** Delivers and sends everything that is due. */
    run: async (): Promise<void> => {
      await Promise.all([deliverDue(), tell()]);
    },
    /** Starts nothing any more; a run ends with what is on its way. Resolves when the last alert has ended. */
    stop: async (): Promise<void> => {
      stopped = true;
      await Promise.all([alerts.stop(), events.stop()]);
    },
    /** The time of the next run of any. */
    nextAt: (): number | undefined => earliest(nextDelivery(), nextAlert(), nextEvent()),
    tell,
  };
};
