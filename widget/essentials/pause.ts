/** Owns a pause. Must not be the only end of what it stands beside. */

/** @param ms none: until the page has had its turn */
export const pause = (ms?: number): Promise<unknown> =>
  new Promise((resolve) => setTimeout(resolve, ms));
