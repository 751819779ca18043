/**
 * Owns the ways from a Worker to its stores and counts: steps of several requests go in one call. Must not keep a
 * stub, which belongs to the request that has made it.
 */
import { createBatches, settleEach } from "../batches.ts";
import type { Batches, Settled } from "../batches.ts";
import type { CountsApart } from "../counters.ts";
import { SECOND } from "../schedule.ts";
import type { Store } from "../store.ts";

/** Arguments of one of these calls. */
export type StoreStep =
  | { begin: Parameters<Store["begin"]> }
  | { finish: Parameters<Store["finish"]> };
export type CountStep = {
  [Name in keyof CountsApart]: Record<Name, Parameters<CountsApart[Name]>>;
}[keyof CountsApart];

/**
 * An object, by a stub of this request. It takes steps and tells their ends as JSON: a copy of objects between a Worker
 * and an object costs twice as much.
 */
type Reach = () => { take: (steps: string) => Promise<string> };

/** For the object: each step by itself. */
export const takeEach = <Step, Result>(steps: string, take: (step: Step) => Result): string =>
  JSON.stringify(settleEach(JSON.parse(steps) as Step[], take));

/** A store has so long. */
const STORE_PATIENCE = 8 * SECOND;
/** Counts have so long: an honest visitor does not wait for them any longer. */
const COUNTS_PATIENCE = 2 * SECOND;

const leadOf = (step: CountStep): string => {
  if ("end" in step) return step.end[0];
  return ("relay" in step ? step.relay : step.admit)[0].id;
};

/** A step of the same lead must find its end. The others do not wait for what that writes. */
const isOfSameLead = (step: CountStep, later: CountStep): boolean => leadOf(step) === leadOf(later);

interface Manner<Step> {
  /** Milliseconds. */
  patience: number;
  takesAlong?: (step: Step, later: Step) => boolean;
}

/** By the name of its object. */
export const createWays = () => {
  const ways = new Map<string, Batches<never, unknown>>();
  const wayTo = <Step>(
    name: string,
    reach: Reach,
    { patience, takesAlong }: Manner<Step>,
  ): Batches<Step, unknown> => {
    const way = (ways.get(name) ??
      createBatches({
        send: async (steps: readonly Step[]) =>
          JSON.parse(await reach().take(JSON.stringify(steps))) as Settled<unknown>[],
        patience,
        takesAlong,
      })) as Batches<Step, unknown>;
    ways.set(name, way);
    return way;
  };
  return {
    toStore: (name: string, reach: Reach): Store => {
      const way = wayTo<StoreStep>(name, reach, { patience: STORE_PATIENCE });
      const take = <T>(step: StoreStep): Promise<T> => way.take(step) as Promise<T>;
      return {
        begin: (...begin) => take({ begin }),
        finish: (...finish) => take({ finish }),
      };
    },
    toCounts: (name: string, reach: Reach): CountsApart => {
      const way = wayTo<CountStep>(name, reach, {
        patience: COUNTS_PATIENCE,
        takesAlong: isOfSameLead,
      }) as Batches<CountStep, never>;
      return {
        admit: (...admit) => way.take({ admit }),
        relay: (...relay) => way.take({ relay }),
        // One that failed may be tried again at once.
        end: (...end) => (end[1] ? way.takeLater : way.take)({ end }),
      };
    },
  };
};
