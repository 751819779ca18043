/**
 * Owns the counts of all targets in this process, and the way to those that live apart from it. Must not refuse a
 * lead since they do not answer, or take one uncounted.
 */
import type { Target } from "../config/target.ts";
import { createCounter, createMemoryRecords } from "./counter.ts";
import type { CountRequest, Counted, Counter, Limits, Relayed } from "./counter.ts";
import { createLikeness } from "./likeness.ts";
import type { Likeness } from "./likeness.ts";
import { createMinutes } from "./limits.ts";
import type { Asker, Wait } from "./limits.ts";
import { SECOND } from "./schedule.ts";

type Promised<T> = T | Promise<T>;

/** The counts of one target, as another process gives them. Each rejects where that takes too long. */
export interface CountsApart {
  admit: (request: CountRequest, limits: Limits) => Promised<Counted>;
  relay: (request: CountRequest, limits: Limits) => Promised<Relayed>;
  end: (id: string, isDelivered: boolean) => Promised<void>;
}

export interface CountersDeps {
  /** Milliseconds, monotonic where the host has such a measure. */
  elapsed: () => number;
  /** 0 to 1. */
  random: () => number;
  /** Undefined where the target's store counts, or this process. */
  apart?: ((target: Target) => CountsApart | undefined) | undefined;
}

/** Refusals that are remembered at once: a flood from everywhere must not fill the memory. */
const MAX_REFUSED = 10_000;

interface Place<Answer> {
  counter: Counter;
  /** How relays of the target are answered at this moment. */
  likeness: Likeness<Answer>;
}

const scopeOf = (key: string, { address = "", light }: Asker, of: Wait["of"]): string =>
  [key, light, of, of === "address" ? address : ""].join("|");

export type Counters<Answer> = ReturnType<typeof createCounters<Answer>>;

export const createCounters = <Answer>({
  elapsed,
  random,
  apart = () => undefined,
}: CountersDeps) => {
  const places = new Map<string, Place<Answer>>();
  const refused = new Map<string, number>();
  /** By target, refusals that no store has counted yet. */
  const uncounted = new Map<string, number>();

  const of = ({ key }: Pick<Target, "key">): Place<Answer> => {
    const place = places.get(key) ?? {
      counter: createCounter({
        elapsed,
        minutes: createMinutes(elapsed),
        records: createMemoryRecords(elapsed),
      }),
      likeness: createLikeness<Answer>(random),
    };
    places.set(key, place);
    return place;
  };

  /** Where the counts apart do not answer, those of this process hold: never without any limit. */
  const ask = async <T>(
    target: Target,
    question: (counts: CountsApart) => Promised<T>,
  ): Promise<T> => {
    const counts = apart(target);
    try {
      if (counts) return await question(counts);
    } catch {
      // The counts below.
    }
    return question(of(target).counter);
  };

  return {
    elapsed,
    of,
    isApart: (target: Target): boolean => apart(target) !== undefined,
    admit: (target: Target, request: CountRequest): Promise<Counted> =>
      ask(target, (counts) => counts.admit(request, target.limits)),
    relay: (target: Target, request: CountRequest): Promise<Relayed> =>
      ask(target, (counts) => counts.relay(request, target.limits)),
    end: async (target: Target, id: string, isDelivered: boolean): Promise<void> => {
      // Here too: where the counts apart did not answer, it was counted here.
      of(target).counter.end(id, isDelivered);
      try {
        await apart(target)?.end(id, isDelivered);
      } catch {
        // Its time to be under way ends by itself.
      }
    },

    /** Remembers a refusal, so that the next one costs neither a look nor cryptography. */
    refuse: ({ key }: Target, asker: Asker, { retryAfter, of: limit }: Wait): void => {
      if (refused.size >= MAX_REFUSED) refused.clear();
      refused.set(scopeOf(key, asker, limit), elapsed() + retryAfter * SECOND);
    },
    /** Counts refusals, until the next lead takes them along to its store. */
    countRefused: ({ key }: Target, refusals: number): void =>
      void uncounted.set(key, (uncounted.get(key) ?? 0) + refusals),
    takeRefused: ({ key }: Target): number => {
      const refusals = uncounted.get(key) ?? 0;
      uncounted.delete(key);
      return refusals;
    },
    /** The seconds for which a target refuses such requests; undefined where it may take them. */
    refusedFor: ({ key }: Pick<Target, "key">, asker: Asker): number | undefined => {
      const until = (["address", "target"] as const).map(
        (limit) => refused.get(scopeOf(key, asker, limit)) ?? 0,
      );
      const left = Math.max(...until) - elapsed();
      return left > 0 ? Math.ceil(left / SECOND) : undefined;
    },
  };
};
