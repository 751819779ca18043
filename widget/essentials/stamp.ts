/**
 * Owns the proof of work that a lead carries, some tenths of a second in short slices. Must not delay a
 * key, and must not know the form.
 *
 * SHA-256 is written out here (0.5 kB): `crypto.subtle` is missing on plain http pages. It is also
 * asynchronous for each hash, which would cost more than the hash.
 */
import { STAMP_BITS } from "../../proxy/shared/contract.ts";
import { pause } from "./pause.ts";

/** One slice stays within a frame. */
const SLICE_MS = 8;

/** First 32 bits of the fraction: of roots of primes, as FIPS 180-4 (4.2.2, 5.3.3) defines its constants. */
const fraction = (value: number) => ((value % 1) * 2 ** 32) | 0;

const primes: number[] = [];
for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime)) primes.push(n);
const ROUND = primes.map((prime) => fraction(Math.cbrt(prime)));
const START = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));

const rotate = (word: number, by: number) => (word >>> by) | (word << (32 - by));

const schedule = new Int32Array(64);

/** One block of 16 words into the state (FIPS 180-4, 6.2.2). */
const compress = (state: readonly number[], block: DataView, offset: number): number[] => {
  for (let i = 0; i < 64; i++) {
    if (i < 16) schedule[i] = block.getInt32(offset + i * 4);
    else {
      const x = schedule[i - 15]!;
      const y = schedule[i - 2]!;
      schedule[i] =
        schedule[i - 16]! +
        (rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3)) +
        schedule[i - 7]! +
        (rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10));
    }
  }
  let [a, b, c, d, e, f, g, h] = state as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let i = 0; i < 64; i++) {
    const one =
      (h +
        (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) +
        ((e & f) ^ (~e & g)) +
        ROUND[i]! +
        schedule[i]!) |
      0;
    const two =
      ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  return [a, b, c, d, e, f, g, h].map((word, i) => (word + state[i]!) | 0);
};

/** Bytes of a counter: enough for a hundred million tries. */
const COUNTER_LENGTH = 8;

const encode = (text: string) => new TextEncoder().encode(text);

/** The state after whole blocks of 64 bytes. */
const absorb = (bytes: Uint8Array, state: readonly number[] = START): readonly number[] => {
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < bytes.length; at += 64) state = compress(state, view, at);
  return state;
};

export interface Clock {
  /** Unix time in milliseconds. */
  now(): number;
  /** Lets the page breathe. */
  pause(): Promise<unknown>;
}

const pageClock: Clock = { now: Date.now, pause };

/**
 * Finds a stamp for one id: `<unix ms>.<nonce>`, so that SHA-256 of `target|id|stamp` begins with 16
 * zero bits. The nonce is filled up so that all but its counter lies in blocks hashed only once.
 */
export const solveStamp = async (
  target: string,
  id: string,
  clock: Clock = pageClock,
): Promise<string> => {
  const time = `${clock.now()}.`;
  const head = encode(`${target}|${id}|${time}`).length;
  const filling = "0".repeat((64 - (head % 64)) % 64);
  const prefix = encode(`${target}|${id}|${time}${filling}`);
  const state = absorb(prefix);
  // Closed by a one bit and the message's length (FIPS 180-4, 5.1.1).
  const last = new Uint8Array(64);
  last[COUNTER_LENGTH] = 128;
  new DataView(last.buffer).setUint32(60, (prefix.length + COUNTER_LENGTH) * 8);
  // The key that began this is shown first.
  let look = 0;
  for (let tries = 0; ; tries++) {
    const counter = String(tries).padStart(COUNTER_LENGTH, "0");
    for (let i = 0; i < COUNTER_LENGTH; i++) last[i] = counter.charCodeAt(i);
    if (absorb(last, state)[0]! >>> (32 - STAMP_BITS) === 0) return time + filling + counter;
    // After each try: before it is compiled, a hundred of them take longer than a frame.
    if (clock.now() > look) {
      await clock.pause();
      look = clock.now() + SLICE_MS;
    }
  }
};
