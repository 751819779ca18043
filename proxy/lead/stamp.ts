/**
 * Owns the check of the widget's proof of work, `<unix ms>.<nonce>`. Must not remember a stamp: it
 * is bound to an id, and each id is stored once.
 */
import { STAMP_BITS } from "../shared/contract.ts";

/** Milliseconds, both ways: a visitor's clock may be wrong. */
const MAX_AGE = 24 * 60 * 60_000;

const encoder = new TextEncoder();

/** Whether the first bits are zero, counted from the highest of the first byte. */
const beginsWithZeros = (hash: ArrayBuffer, bits: number): boolean =>
  new DataView(hash).getUint32(0) >>> (32 - bits) === 0;

export const isStamped = async (
  { target, id, stamp }: { target: string; id: string | undefined; stamp: string | undefined },
  now: number,
): Promise<boolean> => {
  const time = /^(\d{13})\.[\w-]{1,64}$/.exec(stamp ?? "")?.[1];
  if (!id || time === undefined || Math.abs(now - Number(time)) > MAX_AGE) return false;
  const text = encoder.encode(`${target}|${id}|${stamp}`);
  return beginsWithZeros(await crypto.subtle.digest("SHA-256", text), STAMP_BITS);
};
