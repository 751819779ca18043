/** Owns the times that a call to a vendor may take, in milliseconds. Must not measure one. */

/** A visitor waits no longer: token, headers and body together. Without a store the call ends then, too. */
export const VISITOR_WAIT = 6_000;

/**
 * What began while a visitor waited goes on after the answer: a Worker lives for 30 s more
 * (https://developers.cloudflare.com/workers/runtime-apis/context/#waituntil).
 */
export const CALL_WITH_VISITOR = 30_000;

/** Nobody waits: a vendor may take as long as most gateways allow, and a little more. */
export const CALL_ALONE = 90_000;
