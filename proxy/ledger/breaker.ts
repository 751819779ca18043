/**
 * Owns the breaker of one target: when calls stop, when a probe goes, how fast the backlog follows.
 * Must not store anything: each function maps a state to a state.
 */
import type { LaterReason, MisconfiguredReason } from "../vendors/vendor.ts";
import { FIRST_PROBE_WHILE_DRAINING, HOUR, PROBES, untilLastTry } from "./schedule.ts";

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
  /** Whether somebody was told that it opened, and when last: one sender must not make it a stream of alerts. */
  told: boolean;
  toldAt: number | undefined;
  nextProbeAt: number | undefined;
  /** Milliseconds from the last opening or probe to the next probe. */
  wait: number;
  /** Milliseconds from then to `nextProbeAt`: longer where the vendor asks for it. */
  pause: number;
  /** Failures in a row, and the different leads they belong to (at most as many as matter). */
  failures: number;
  failedLeads: readonly string[];
  /** The different leads that were refused in a row, by an answer that the content of a lead can cause. */
  refusedLeads: readonly string[];
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
  told: true,
  toldAt: undefined,
  nextProbeAt: undefined,
  wait: 0,
  pause: 0,
  failures: 0,
  failedLeads: [],
  refusedLeads: [],
  width: 0,
  passed: 0,
  keyFp: undefined,
};

/** Failures in a row that mean an outage, of at least so many leads: one poisonous lead must not. */
const OUTAGE_FAILURES = 5;
const OUTAGE_LEADS = 3;
/** Leads in a row whose refusal means the vendor's side: a firewall answers 403, 404 or 302 to one alone. */
const REFUSED_LEADS = 2;

/** Only the settings can be at fault: no text that a visitor types causes them, and all leads would fail alike. */
const FATAL: readonly string[] = [
  "key_refused",
  "token_refused",
  "no_form",
  "form_changed",
  "unreachable",
] satisfies MisconfiguredReason[];
/** Nor does a lead cause these: the vendor says itself that it takes none for now. They pass by themselves. */
const OUTAGE: readonly string[] = [
  "overloaded",
  "request_timeout",
  "origin_down",
  "rate_limited",
  "token_unavailable",
] satisfies LaterReason[];

export const isFatal = (reason: string): boolean => FATAL.includes(reason);

/** A Durable Object has six outgoing connections; one stays free for alerts. */
export const MAX_PARALLEL = 5;

export const isOpen = (breaker: Breaker): boolean => breaker.paused || breaker.state === "open";

/**
 * Whether a new lead is tried once though the breaker is open. What opened it may be the doing of one sender, whose
 * leads a firewall stops or a parser breaks on: then only repeats wait, and nobody's first try. Where the vendor
 * has named a time, it gets that time.
 */
export const admitsFirstTry = ({ state, paused, reason = "", pause, wait }: Breaker): boolean =>
  state === "open" && !paused && pause <= wait && !isFatal(reason) && !OUTAGE.includes(reason);

/** 1, 2, 4, then the limit: the next step comes when all of the last one arrived. */
const widen = ({ width, passed }: Breaker): Pick<Breaker, "width" | "passed"> =>
  passed + 1 >= width
    ? { width: Math.min(width * 2, MAX_PARALLEL), passed: 0 }
    : { width, passed: passed + 1 };

/** The vendor took or refused a lead: it works. */
export const onSuccess = (breaker: Breaker): Breaker => {
  const healthy = { ...breaker, failures: 0, failedLeads: [], refusedLeads: [] };
  switch (breaker.state) {
    case "closed":
      // Nearly every lead: the same object, so that nothing is written.
      return breaker.failures > 0 ||
        breaker.failedLeads.length > 0 ||
        breaker.refusedLeads.length > 0
        ? healthy
        : breaker;
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

export interface Failure {
  lead: string;
  reason: string;
  /** The vendor's key that the reason is about. */
  key: string | undefined;
  /**
   * `fatal`: the vendor's side is misconfigured, and every other lead would fail alike. `refusal`: perhaps it is, and
   * perhaps the lead is to blame. `own`: it was refused before, alone, so it proves nothing.
   */
  weight: "fatal" | "refusal" | "failure" | "own";
  /** When the attempt began, in Unix milliseconds. */
  startedAt: number;
  /** Milliseconds that the vendor asks for before the next call. */
  retryAfter: number;
  /** When leads that wait are told of for the first time, in Unix milliseconds. */
  tellAt: number | undefined;
  now: number;
}

/** At most as many as matter; the latest stay. */
const withLead = (leads: readonly string[], lead: string): string[] =>
  [...new Set([...leads, lead])].slice(-OUTAGE_LEADS);

/** The vendor did not take a lead. */
export const onFailure = (
  breaker: Breaker,
  { lead, reason, key, weight, startedAt, retryAfter, tellAt, now }: Failure,
): Breaker => {
  const probeAfter = (wait: number) => {
    const nextProbeAt = Math.max(untilLastTry(now, wait, tellAt), now + retryAfter);
    return { wait, pause: nextProbeAt - now, nextProbeAt };
  };
  const fatal = weight === "fatal";
  const telling = ({ told, toldAt }: Breaker) =>
    !told && (fatal || now - (toldAt ?? -Infinity) >= HOUR)
      ? { told: true, toldAt: now }
      : { told, toldAt };
  if (breaker.state === "open") {
    // Calls that were on their way when it opened end one after another; none of them is a probe, nor is a first try.
    if (startedAt < (breaker.nextProbeAt ?? 0))
      return fatal && startedAt >= (breaker.openedAt ?? 0)
        ? { ...breaker, reason, key, ...telling(breaker) }
        : breaker;
    const pause = probeAfter(Math.min(breaker.wait * 2, PROBES.last));
    return { ...breaker, reason, key, ...telling(breaker), ...pause };
  }
  if (weight === "own") return breaker;
  const failures = breaker.failures + 1;
  const failedLeads = withLead(breaker.failedLeads, lead);
  const refusedLeads =
    weight === "refusal" ? withLead(breaker.refusedLeads, lead) : breaker.refusedLeads;
  const outage = failures >= OUTAGE_FAILURES && failedLeads.length >= OUTAGE_LEADS;
  if (!fatal && !outage && refusedLeads.length < REFUSED_LEADS)
    return { ...breaker, failures, failedLeads, refusedLeads };
  return {
    ...breaker,
    state: "open",
    reason,
    key,
    openedAt: now,
    ...telling({ ...breaker, told: false }),
    ...probeAfter(
      breaker.state === "draining" && !fatal ? FIRST_PROBE_WHILE_DRAINING : PROBES.first,
    ),
    failures: 0,
    failedLeads: [],
    refusedLeads: [],
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
