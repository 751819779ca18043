/**
 * Owns every time of the ledger, in milliseconds: the leases, the waits between tries. Must not read
 * a clock.
 */
import { CALL_ALONE, CALL_WITH_VISITOR } from "../vendors/call-times.ts";

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** To report back after a call. */
const REPORT = 4 * SECOND;
/** A lease lasts as long as its call may be answered, so that no second one goes out meanwhile. */
export const LEASES = {
  visitor: CALL_WITH_VISITOR + REPORT,
  alone: CALL_ALONE + REPORT,
} as const;

/** Waits that double from the first to the last. */
export interface Schedule {
  first: number;
  last: number;
}

/** A lead that the vendor did not accept. */
export const LEAD_RETRIES: Schedule = { first: 15 * SECOND, last: HOUR };
/** The least wait where the vendor names one: a vendor that always asks for none gets a pause too. */
export const ASKED_RETRIES: Schedule = { first: SECOND, last: HOUR };
/** A vendor whose breaker is open. */
export const PROBES: Schedule = { first: 30 * SECOND, last: 15 * MINUTE };
/**
 * The first probe if the breaker opens again while the backlog is delivered. A vendor that fails half of
 * its calls fails five in a row every minute or so, and that must not cost a long wait.
 */
export const FIRST_PROBE_WHILE_DRAINING = 1 * SECOND;
/**
 * Before a lead that waits is told of for the first time it gets another try, so long before: nobody is
 * woken by a vendor that is back.
 */
export const LAST_TRY = 20 * SECOND;
/** An alert that its receiver did not accept. */
export const ALERT_RETRIES: Schedule = { first: 30 * SECOND, last: HOUR };

/** @param failures before this wait, without the one that it follows: 0 gives the first wait */
export const waitAfter = ({ first, last }: Schedule, failures: number): number =>
  Math.min(first * 2 ** failures, last);

/** The end of a wait, but no later than the try before something is told, where that lies ahead. */
export const untilLastTry = (now: number, wait: number, tellAt: number | undefined): number => {
  const lastTry = (tellAt ?? 0) - LAST_TRY;
  return now < lastTry ? Math.min(now + wait, lastTry) : now + wait;
};

/** The first of some times; undefined where none is known. */
export const earliest = (...times: readonly (number | undefined)[]): number | undefined => {
  const known = times.filter((time) => time !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
};
