/**
 * Owns the minute for which an object stays in memory after a count: it would be gone after ten idle seconds, and its
 * counts with it. Must not keep it longer.
 *
 * A timer that is set prevents that
 * (https://developers.cloudflare.com/durable-objects/concepts/durable-object-lifecycle/).
 */
import { MINUTE } from "../schedule.ts";

/** To be called after each count. */
export const createAwake = (): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(timer ?? null);
    timer = setTimeout(() => {}, MINUTE);
  };
};
