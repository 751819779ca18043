/**
 * Owns the breaker of one target: when calls stop, when a probe goes, how fast the backlog follows.
 * Must not store anything: each function maps a state to a state.
 */
import { FIRST_PROBE_WHILE_DRAINING, PROBES, untilLastTry } from "./schedule.ts";

export interface Breaker {
  /** `draining`: the vendor answered again, and the backlog is delivered in growing steps. */
  state: "closed" | "open" | "draining";
  /** A person stopped deliveries; independent of the breaker. */
  paused: boolean;
  /** Why it is open: a reason of the outcome that opened it. */
  reason: string | undefined;
  /**
   * The vendor's key that it is about, where its form has changed. It stays until the backlog is out, so that a
   * breaker that opens again for the same key is no news.
   */
  key: string | undefined;
  openedAt: number | undefined;
  nextProbeAt: number | undefined;
  /** Milliseconds from the last opening or probe to the next probe. */
  wait: number;
  /** Milliseconds from then to `nextProbeAt`: longer where the vendor asks for it. */
  pause: number;
  /** Failures in a row, and the different leads they belong to (at most as many as matter). */
  failures: number;
  failedLeads: readonly string[];
  /** While draining: how many deliveries may run at once, and how many of this step arrived. */
  width: number;
  passed: number;
  /** Keyed hash of the credentials and fields in use: when it changes, a probe is due at once. */
  keyFp: string | undefined;
}

export const CLOSED: Breaker = {
  state: "closed",
  paused: false,
  reason: undefined,
  key: undefined,
  openedAt: undefined,
  nextProbeAt: undefined,
  wait: 0,
  pause: 0,
  failures: 0,
  failedLeads: [],
  width: 0,
  passed: 0,
  keyFp: undefined,
};

/** Failures in a row that mean an outage, of at least so many leads: one poisonous lead must not. */
const OUTAGE_FAILURES = 5;
const OUTAGE_LEADS = 3;

/** A Durable Object has six outgoing connections; one stays free for alerts. */
export const MAX_PARALLEL = 5;

export const isOpen = (breaker: Breaker): boolean => breaker.paused || breaker.state === "open";

/** 1, 2, 4, then the limit: the next step comes when all of the last one arrived. */
const widen = ({ width, passed }: Breaker): Pick<Breaker, "width" | "passed"> =>
  passed + 1 >= width
    ? { width: Math.min(width * 2, MAX_PARALLEL), passed: 0 }
    : { width, passed: passed + 1 };

/** The vendor took or refused a lead: it works. */
export const onSuccess = (breaker: Breaker): Breaker => {
  const healthy = { ...breaker, failures: 0, failedLeads: [] };
  switch (breaker.state) {
    case "closed":
      return healthy;
    case "draining":
      return { ...healthy, ...widen(breaker) };
    case "open":
      return {
        ...healthy,
        state: "draining",
        reason: undefined,
        openedAt: undefined,
        nextProbeAt: undefined,
        wait: 0,
        width: 1,
        passed: 0,
      };
  }
};

interface Failure {
  lead: string;
  reason: string;
  /** The vendor's key that the reason is about. */
  key: string | undefined;
  /** The vendor's side is misconfigured: every other lead would fail alike. */
  fatal: boolean;
  /** When the attempt began, in Unix milliseconds. */
  startedAt: number;
  /** Milliseconds that the vendor asks for before the next call. */
  retryAfter: number;
  /** When leads that wait are told of for the first time, in Unix milliseconds. */
  tellAt: number | undefined;
  now: number;
}

/** The vendor did not take a lead. */
export const onFailure = (
  breaker: Breaker,
  { lead, reason, key, fatal, startedAt, retryAfter, tellAt, now }: Failure,
): Breaker => {
  const probeAfter = (wait: number) => {
    const nextProbeAt = Math.max(untilLastTry(now, wait, tellAt), now + retryAfter);
    return { wait, pause: nextProbeAt - now, nextProbeAt };
  };
  if (breaker.state === "open") {
    // Calls that were on their way when it opened end one after another; none of them is a probe.
    if (startedAt < (breaker.openedAt ?? 0)) return breaker;
    return { ...breaker, reason, key, ...probeAfter(Math.min(breaker.wait * 2, PROBES.last)) };
  }
  const failures = breaker.failures + 1;
  const failedLeads = [...new Set([...breaker.failedLeads, lead])].slice(-OUTAGE_LEADS);
  const outage = failures >= OUTAGE_FAILURES && failedLeads.length >= OUTAGE_LEADS;
  if (!fatal && !outage) return { ...breaker, failures, failedLeads };
  return {
    ...breaker,
    state: "open",
    reason,
    key,
    openedAt: now,
    ...probeAfter(
      breaker.state === "draining" && !fatal ? FIRST_PROBE_WHILE_DRAINING : PROBES.first,
    ),
    failures: 0,
    failedLeads: [],
    width: 0,
  };
};

/** The backlog is out. */
export const onDrained = (breaker: Breaker): Breaker =>
  breaker.state === "draining"
    ? { ...breaker, state: "closed", key: undefined, width: 0 }
    : breaker;

/** The vendor's form asks for something else than a moment ago: told once, and not for each lead. */
export const isFormChange = (before: Breaker, after: Breaker): boolean =>
  after.state === "open" &&
  after.reason === "form_changed" &&
  (before.state === "closed" ||
    before.key !== after.key ||
    (before.state === "open" && before.reason !== after.reason));

/** There is reason to believe that the vendor is back: the probe goes now, not in 15 minutes. */
export const probeNow = (breaker: Breaker, now: number): Breaker =>
  breaker.state === "open" ? { ...breaker, nextProbeAt: now, wait: PROBES.first } : breaker;
