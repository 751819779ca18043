/** Owns the terms of the ledger: what it receives, and what it answers. Must not hold a value. */
import type { FieldErrors } from "../shared/contract.ts";

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
