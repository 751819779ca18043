/**
 * Owns the minute for which an object stays in memory after a count: it would be gone after ten idle seconds, and its
 * counts with it. Must not keep it longer.
 *
 * A timer that is set prevents that
 * (https://developers.cloudflare.com/durable-objects/concepts/durable-object-lifecycle/).
 */
import { MINUTE, SECOND } from "../schedule.ts";

/** A timer that is so young is left alone: each count would set one. */
const YOUNG = 10 * SECOND;

/** To be called after each count. */
export const createAwake = (): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let set = Number.NEGATIVE_INFINITY;
  return () => {
    if (Math.abs(Date.now() - set) < YOUNG) return;
    set = Date.now();
    clearTimeout(timer ?? null);
    timer = setTimeout(() => {}, MINUTE + YOUNG);
  };
};
