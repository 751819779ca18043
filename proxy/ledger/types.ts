/**
 * Owns the terms of the ledger: what comes in, what is answered, the states between, and the times
 * that its steps share.
 */
import type { FieldErrors } from "../shared/contract.ts";

export type State =
  | "sending"
  | "delivered"
  | "rejected"
  | "queued"
  | "held"
  | "quarantined"
  | "dead"
  | "expired";

/** What another try is possible for. */
export const REPLAYABLE = ["queued", "held", "dead"] as const satisfies State[];
/** What waits, for time or for a person. */
export const WAITING = [...REPLAYABLE, "quarantined"] as const satisfies State[];
/** Whose payload is still there. */
export const UNDELIVERED = ["sending", ...WAITING] as const satisfies State[];
export const STATES = [
  ...UNDELIVERED,
  "delivered",
  "rejected",
  "expired",
] as const satisfies State[];

/** A lead as it comes to the ledger: sealed, and hashed under every key, newest first. */
export interface Submission {
  id: string;
  fps: readonly string[];
  phoneHashes: readonly string[];
  /** Masked for people: country code and last two digits. */
  phoneTail: string;
  keyId: string;
  box: string;
  /** The version of the text that was agreed to, kept as long as the row; undefined without consent. */
  consent: string | undefined;
  /** Keyed hash of the visitor's address, where one is known. */
  addressHash: string | undefined;
  /** How many requests this one counts for: more where the proof of work is missing. */
  weight: number;
  /** A reason to keep it from the vendor until a person has looked. */
  suspicion: "honeypot" | undefined;
  /** The target demands a proof of work, and this one holds none. */
  stampRefused: boolean;
}

export interface Policy {
  doubt: "retry" | "hold";
  limits: { perAddressPerMinute: number; perTargetPerMinute: number; perPhonePerDay: number };
}

/** The right to call the vendor for one lead, until it ends. */
export interface Lease {
  id: string;
  /** Tells this attempt's report from an earlier one's. */
  attempt: number;
  keyId: string;
  box: string;
}

export type Begun =
  | { kind: "lease"; attempt: number }
  | { kind: "created"; id: string }
  | { kind: "accepted"; id: string }
  | { kind: "rejected"; fields: FieldErrors }
  | { kind: "id_reused" }
  | { kind: "stamp_refused" }
  | { kind: "rate_limited"; retryAfter: number };

/** What a report leaves behind, as the visitor may be told of it. */
export type Finished = Exclude<Begun, { kind: "lease" }>;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The vendor's six seconds and four to report back; the alarm stands at its end, never later. */
export const LEASE = 10 * SECOND;
