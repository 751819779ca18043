/**
 * Owns the way of steps to a place that takes several at once: what comes while the ways are taken goes together with
 * the next, and so does what can wait. Must not hold a step back for which somebody waits while a way is free.
 *
 * A call to a Durable Object, and the commit of what it writes, cost more than the step itself.
 */
import { within } from "../lead/within.ts";

/** What became of one step; one that failed does not harm the others. */
export type Settled<Result> = { value: Result } | { failed: true };

/** For the place: each step by itself. */
export const settleEach = <Step, Result>(
  steps: readonly Step[],
  take: (step: Step) => Result,
): Settled<Result>[] =>
  steps.map((step) => {
    try {
      return { value: take(step) };
    } catch {
      return { failed: true };
    }
  });

/**
 * Calls that are under way at once: a place that is far away is not waited for by all that comes meanwhile. With four
 * of them, 32 visitors at a time cost a tenth more, in commits of fewer steps.
 */
const WAYS = 2;
/** Steps of one call: a place is not held up for long. */
const MAX_STEPS = 64;
/** Milliseconds for which steps that can wait are gathered: no longer than a call takes, since a crash loses both. */
const GATHER = 5;

interface Waiting<Step, Result> {
  step: Step;
  settled: PromiseWithResolvers<Result>;
  /** A way is free, and this one leads. */
  lead: PromiseWithResolvers<void>;
}

export interface Batches<Step, Result> {
  take: (step: Step) => Promise<Result>;
  /** For a step for which nobody waits. Its request has to stay alive meanwhile. */
  takeLater: (step: Step) => Promise<Result>;
}

interface BatchesDeps<Step, Result> {
  /** Rejects where nothing is known of any of the steps. */
  send: (steps: readonly Step[]) => Promise<readonly Settled<Result>[]>;
  /** Milliseconds that a call may take. */
  patience: number;
  /** Whether a step that can wait has to go before another one, or may do so for nothing. */
  takesAlong?: ((step: Step, later: Step) => boolean) | undefined;
}

/**
 * Whoever leads sends for all: a Worker may call only in the name of a request that is under way. So each flight
 * starts in a request that waits for it, and that looks at the time for all: a timer for each costs more.
 */
export const createBatches = <Step, Result>({
  send,
  patience,
  takesAlong = () => true,
}: BatchesDeps<Step, Result>): Batches<Step, Result> => {
  const waiting: Waiting<Step, Result>[] = [];
  const gathered: Waiting<Step, Result>[] = [];
  let flying = 0;

  const fly = async (): Promise<void> => {
    const flight = waiting.splice(0, MAX_STEPS);
    flying++;
    try {
      const all = await within(patience, send(flight.map(({ step }) => step)));
      if (!all) {
        // Who waits behind it would wait as long again.
        flight.push(...waiting.splice(0));
        throw new Error("The place does not answer.");
      }
      for (const [i, { settled }] of flight.entries()) {
        const one = all[i];
        if (one && !("failed" in one)) settled.resolve(one.value);
        else settled.reject(new Error("The step failed."));
      }
    } catch (error) {
      for (const { settled } of flight) settled.reject(error);
    } finally {
      flying--;
      waiting[0]?.lead.resolve();
    }
  };

  /** Any that waits may have to lead: those before it may be gone. */
  const follow = async (own: Waiting<Step, Result>): Promise<Result> => {
    await Promise.race([own.settled.promise, own.lead.promise]);
    if (waiting.includes(own)) await fly();
    return own.settled.promise;
  };
  const go = async (own: Waiting<Step, Result>): Promise<Result> => {
    if (flying >= WAYS) return follow(own);
    await fly();
    return own.settled.promise;
  };

  const toWaiting = (step: Step): Waiting<Step, Result> => ({
    step,
    settled: Promise.withResolvers(),
    lead: Promise.withResolvers(),
  });
  const sendGathered = (): void => void waiting.push(...gathered.splice(0));

  return {
    take: (step) => {
      const own = toWaiting(step);
      if (gathered.some((later) => takesAlong(step, later.step))) sendGathered();
      waiting.push(own);
      return go(own);
    },
    takeLater: async (step) => {
      const own = toWaiting(step);
      gathered.push(own);
      // The first leads, unless one of them fills the call before.
      if (gathered.length === 1)
        await within(GATHER, Promise.race([own.settled.promise, own.lead.promise]));
      else if (gathered.length < MAX_STEPS) return follow(own);
      if (!gathered.includes(own)) return follow(own);
      sendGathered();
      return go(own);
    },
  };
};
