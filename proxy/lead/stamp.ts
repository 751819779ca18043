/**
 * Owns the check of the widget's proof of work: `<unix ms>.<nonce>`, where SHA-256 of
 * `target|id|stamp` begins with zero bits. No request is needed to get one; it is burnt with the id.
 */

/** About 65,000 hashes: a tenth of a second on a phone, a bill for whoever sends by the million. */
const ZERO_BITS = 16;
/** Milliseconds, both ways: a visitor's clock may be wrong. */
const MAX_AGE = 24 * 60 * 60_000;

export const isStamped = async (
  { target, id, stamp }: { target: string; id: string | undefined; stamp: string | undefined },
  now: number,
): Promise<boolean> => {
  const time = /^(\d{13})\.[\w-]{1,64}$/.exec(stamp ?? "")?.[1];
  if (!id || time === undefined || Math.abs(now - Number(time)) > MAX_AGE) return false;
  const text = new TextEncoder().encode(`${target}|${id}|${stamp}`);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", text));
  return hash.subarray(0, ZERO_BITS / 8).every((byte) => byte === 0);
};
