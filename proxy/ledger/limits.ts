/**
 * Owns the counts of the last minute of one target, in memory: by address, and in all. Must not write anything: a
 * refusal costs nothing.
 *
 * Only what was granted counts, so the target's own limit bounds the memory.
 */
import { MINUTE, SECOND } from "./schedule.ts";

export interface Asker {
  /** As `toAddress` gives it; undefined where the host knows none. */
  address: string | undefined;
  /** It brings no proof of work, or a filled honeypot. */
  light: boolean;
}

/** Which limit is used up, and for how long. */
export interface Wait {
  /** Seconds. */
  retryAfter: number;
  of: "address" | "target";
}

export interface MinuteLimits {
  perAddressPerMinute: number;
  perTargetPerMinute: number;
}

/** What all that is light may use of each limit together: the rest is for visitors with a proof of work. */
const LIGHT_SHARE = 1 / 4;
const shareOf = (limit: number): number => Math.ceil(limit * LIGHT_SHARE);

/** The times of the last minute, oldest first. */
const createTimes = () => {
  let times: number[] = [];
  let first = 0;
  const drop = (now: number): void => {
    while ((times[first] ?? now) <= now - MINUTE) first++;
    if (first * 2 <= times.length) return;
    times = times.slice(first);
    first = 0;
  };
  return {
    add: (now: number): void => void times.push(now),
    /** Milliseconds until fewer than the limit are left; 0 where they are already. */
    waitFor: (limit: number, now: number): number => {
      drop(now);
      const oldest = times.length - first < limit ? undefined : times[times.length - limit];
      return oldest === undefined ? 0 : oldest + MINUTE - now;
    },
  };
};

const createBucket = () => {
  const [all, light] = [createTimes(), createTimes()];
  return {
    add: (now: number, isLight: boolean): void => {
      all.add(now);
      if (isLight) light.add(now);
    },
    waitFor: (limit: number, now: number, isLight: boolean): number =>
      Math.max(
        all.waitFor(limit, now),
        isLight ? light.waitFor(Math.min(shareOf(limit), limit), now) : 0,
      ),
  };
};
type Bucket = ReturnType<typeof createBucket>;

export type Minutes = ReturnType<typeof createMinutes>;

/** @param elapsed milliseconds that no change of the clock moves, where the host has them */
export const createMinutes = (elapsed: () => number) => {
  const target = createBucket();
  const addresses = new Map<string, Bucket>();
  let swept = elapsed();

  /** Once a minute: those whose minute is over. */
  const sweep = (now: number): void => {
    if (now - swept < MINUTE) return;
    swept = now;
    for (const [address, bucket] of addresses)
      if (bucket.waitFor(1, now, false) === 0) addresses.delete(address);
  };

  return {
    /** Undefined within the limits. Counts nothing. */
    check: ({ address, light }: Asker, limits: MinuteLimits): Wait | undefined => {
      const now = elapsed();
      const own = address === undefined ? undefined : addresses.get(address);
      const all = target.waitFor(limits.perTargetPerMinute, now, light);
      const one = own?.waitFor(limits.perAddressPerMinute, now, light) ?? 0;
      const wait = Math.max(all, one);
      if (wait === 0) return undefined;
      return { retryAfter: Math.ceil(wait / SECOND), of: wait === all ? "target" : "address" };
    },
    /** To be called once the request is granted, in the same turn as its check. */
    count: ({ address, light }: Asker): void => {
      const now = elapsed();
      sweep(now);
      target.add(now, light);
      if (address === undefined) return;
      const own = addresses.get(address) ?? createBucket();
      addresses.set(address, own);
      own.add(now, light);
    },
  };
};
