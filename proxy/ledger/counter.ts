/**
 * Owns the counts of one target where no store of it counts: relays, several shards, a store that is down. Must not
 * hold more of a person than keyed hashes, and those in memory.
 */
import type { Asker, MinuteLimits, Minutes, Wait } from "./limits.ts";
import { DAY, MINUTE, SECOND } from "./schedule.ts";
import { VISITOR_WAIT } from "../vendors/call-times.ts";

export interface CountRequest extends Asker {
  id: string;
  /** A keyed hash of what the lead holds, and of the place where it is stored: its repeat is no other lead. */
  content: string;
  /** Keyed hashes of its number, newest first. */
  phones: readonly string[];
  /** Its id stands for a proof of work, which pays for one lead. */
  stamped: boolean;
  /** It is kept from the vendor: it counts in its minute alone. */
  suspicious: boolean;
}

export interface Limits extends MinuteLimits {
  perPhonePerDay: number;
}

export type Counted =
  | { kind: "granted" }
  | { kind: "phone_limit" }
  | ({ kind: "rate_limited" } & Wait);

export type Relayed =
  | Counted
  /** The vendor has it already. */
  | { kind: "created" }
  /** Its first request is under way. */
  | { kind: "busy" }
  | { kind: "id_reused" };

/** What outlasts the memory of a host that keeps something. */
export interface Records {
  countSent: (phones: readonly string[]) => number;
  noteSent: (phone: string) => void;
  isBurnt: (id: string) => boolean;
  burn: (id: string) => void;
}

/** How long an id without a proof of work is known: as long as its form repeats it. */
const REPEATS = 10 * MINUTE;
/** A first request that took longer has ended without a word. */
const UNDER_WAY = VISITOR_WAIT + 4 * SECOND;

/** Entries of one memory: more than honest visitors of a day leave, and the oldest go first. */
export const MAX_ENTRIES = 200_000;

/** Sets the newest entry. */
const remember = <T>(memory: Map<string, T>, key: string, value: T): void => {
  memory.delete(key);
  memory.set(key, value);
  const [oldest] = memory.size > MAX_ENTRIES ? memory.keys() : [];
  if (oldest !== undefined) memory.delete(oldest);
};

interface Known {
  content: string;
  /** How long it is remembered. */
  until: number;
  /** Until then its request may be under way. */
  busyUntil: number;
  /** Its vendor has confirmed it. */
  done: boolean;
}

/** Those of a process, by keyed hashes; gone with it. */
export const createMemoryRecords = (elapsed: () => number): Records => {
  const sent = new Map<string, number[]>();
  let swept = elapsed();
  const recent = (phone: string): number[] =>
    (sent.get(phone) ?? []).filter((at) => at > elapsed() - DAY);
  const sweep = (): void => {
    if (elapsed() - swept < MINUTE) return;
    swept = elapsed();
    for (const phone of sent.keys()) if (recent(phone).length === 0) sent.delete(phone);
  };
  return {
    countSent: (phones) => phones.reduce((n, phone) => n + recent(phone).length, 0),
    noteSent: (phone) => {
      sweep();
      remember(sent, phone, [...recent(phone), elapsed()]);
    },
    // Its ids are known for their day.
    isBurnt: () => false,
    burn: () => {},
  };
};

export type Counter = ReturnType<typeof createCounter>;

interface CounterDeps {
  /** Milliseconds, monotonic where the host has such a measure. */
  elapsed: () => number;
  minutes: Minutes;
  records: Records;
}

export const createCounter = ({ elapsed, minutes, records }: CounterDeps) => {
  /** By id; of those that a store takes, by content too. */
  const known = new Map<string, Known>();
  let swept = elapsed();

  const sweep = (): void => {
    if (elapsed() - swept < MINUTE) return;
    swept = elapsed();
    for (const [key, { until }] of known) if (until <= swept) known.delete(key);
  };

  /** Refuses, or counts: each that is granted may be a call to the vendor, or a row. */
  const passMinutes = (asker: Asker, limits: Limits): Counted => {
    const wait = minutes.check(asker, limits);
    if (wait) return { kind: "rate_limited", ...wait };
    minutes.count(asker);
    return { kind: "granted" };
  };

  /** Passes all limits, and remembers under which keys. The number of a repeat counts no more than once. */
  const pass = (request: CountRequest, limits: Limits, keys: readonly string[]): Counted => {
    sweep();
    const passed = passMinutes(request, limits);
    if (passed.kind !== "granted" || request.suspicious) return passed;
    const isRepeat = keys.some((key) => known.get(key)?.content === request.content);
    if (!isRepeat) {
      const sent = records.countSent(request.phones);
      if (sent >= limits.perPhonePerDay) return { kind: "phone_limit" };
      records.noteSent(request.phones[0] ?? "");
    }
    const until = elapsed() + (request.stamped ? DAY : REPEATS);
    const busyUntil = elapsed() + UNDER_WAY;
    for (const key of keys)
      remember(known, key, { content: request.content, until, busyUntil, done: false });
    return passed;
  };

  return {
    minutes,

    /**
     * For a lead that a store takes next, which answers repeats itself: what was granted is granted again under its
     * id. Under another one it is folded there, which is a row.
     */
    admit: (request: CountRequest, limits: Limits): Counted => {
      const { id, content, suspicious } = request;
      const isRepeat = known.get(id)?.content === content;
      return isRepeat && !suspicious ? { kind: "granted" } : pass(request, limits, [id, content]);
    },

    /** For a lead that only its vendor takes. */
    relay: (request: CountRequest, limits: Limits): Relayed => {
      const { id, content } = request;
      const earlier = known.get(id);
      if (earlier && earlier.content !== content) return { kind: "id_reused" };
      if (earlier?.done || records.isBurnt(id)) return { kind: "created" };
      if (!earlier) return pass(request, limits, [id]);
      if (elapsed() < earlier.busyUntil) return { kind: "busy" };
      // Another try of the same lead is another call to the vendor.
      const passed = passMinutes(request, limits);
      if (passed.kind === "granted") earlier.busyUntil = elapsed() + UNDER_WAY;
      return passed;
    },

    /** The end of a relay. One that failed may be tried again at once, under its id. */
    end: (id: string, isDelivered: boolean): void => {
      const ended = known.get(id);
      if (!ended) return;
      ended.done = isDelivered;
      ended.busyUntil = 0;
      if (isDelivered) records.burn(id);
    },
  };
};
