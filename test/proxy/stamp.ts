/** Owns the proof of work of a visitor in the tests. Must not be cheaper than the form's. */
import { hash } from "node:crypto";

/** @param at Unix milliseconds, by the visitor's clock */
export const stampFor = (target: string, id: string, at = Date.now(), bits = 16): string => {
  for (let n = 0; ; n++) {
    const stamp = `${at}.${n}`;
    const digest = hash("sha256", `${target}|${id}|${stamp}`, "buffer");
    if (digest.readUInt32BE(0) >>> (32 - bits) === 0) return stamp;
  }
};
