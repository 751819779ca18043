/**
 * Owns the first and cheapest refusal: of an address that asks far too often, before its body is read. Must not
 * refuse what the limits of a target allow, or write anything.
 */
import type { Target } from "../config/target.ts";

/** The platform's own counter, by the binding `ratelimits` of the Worker. */
export interface PlatformGate {
  limit: (options: { key: string }) => Promise<{ success: boolean }>;
}

/** Whether a request of this address may be read; one whose address is not known may. */
export type Gate = (address: string | undefined) => Promise<boolean>;

const MINUTE = 60_000;
/** A visitor corrects a field, and a form repeats what was lost: each lead may take so many requests. */
const REQUESTS_PER_LEAD = 4;
/**
 * Requests of one address in a minute that are always read: who shares it with a robot brings a proof of work, and
 * that stands in the body. The platform's limit of one key in `proxy/wrangler.jsonc`, too, which cannot follow the
 * settings.
 */
export const FLOOD = 3_000;
/** Requests of one address that this process counts alone: a visitor does not wait for the platform's counter. */
const USUAL = 20;
/** Chance fills one key before another one. */
const SPREAD = 1.25;
/** Addresses that are counted at once: a flood from everywhere must not fill the memory. */
const MAX_ADDRESSES = 100_000;

/** An address may ask each target, to the limit of each. */
const limitFor = (targets: Iterable<Target | undefined>): number => {
  const leads = [...targets].reduce((n, t) => n + (t?.limits.perAddressPerMinute ?? 0), 0);
  return Math.max(leads * REQUESTS_PER_LEAD, FLOOD);
};

/** How often an address has asked this process within a minute of it. */
const createCount = (elapsed: () => number) => {
  const counts = new Map<string, number>();
  let begun = elapsed();
  return (address: string): number => {
    if (elapsed() - begun >= MINUTE) {
      counts.clear();
      begun = elapsed();
    }
    const n = (counts.get(address) ?? 0) + 1;
    if (n > 1 || counts.size < MAX_ADDRESSES) counts.set(address, n);
    return n;
  };
};

/** A limit above the platform's is spread over several of its keys. One that fails refuses nobody. */
const askPlatform = async (
  platform: PlatformGate,
  address: string,
  { limit, random }: { limit: number; random: () => number },
): Promise<boolean> => {
  const keys = limit > FLOOD ? Math.ceil((limit * SPREAD) / FLOOD) : 1;
  try {
    const key = `${address}|${Math.floor(random() * keys)}`;
    return (await platform.limit({ key })).success;
  } catch {
    return true;
  }
};

interface GateDeps {
  targets: ReadonlyMap<string, Target | undefined>;
  elapsed: () => number;
  /** 0 to 1. */
  random: () => number;
  /** Undefined where the host has none. */
  platform?: PlatformGate | undefined;
}

export const createGate = ({ targets, elapsed, random, platform }: GateDeps): Gate => {
  const limit = limitFor(targets.values());
  const count = createCount(elapsed);
  return async (address) => {
    if (address === undefined) return true;
    const n = count(address);
    if (n > limit) return false;
    return platform && n > USUAL ? askPlatform(platform, address, { limit, random }) : true;
  };
};
