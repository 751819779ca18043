/** Owns the terms of the ledger: its input and its answers. Must not hold a value. */
import type { EventType } from "../config/receivers.ts";
import type { Wait } from "./limits.ts";
import type { FieldErrors } from "../shared/contract.ts";

export type Suspicion = "honeypot" | "phone_limit";

/** A lead for the ledger: sealed, and hashed under every key, newest first. */
export interface Submission {
  id: string;
  fps: readonly string[];
  phoneHashes: readonly string[];
  /** Masked for people: country code and last two digits. */
  phoneTail: string;
  keyId: string;
  box: string;
  /** What stays once the vendor has the lead, sealed; with the name of its key. */
  kept: string;
  /** The version of the text that was agreed to, kept as long as the row; undefined without consent. */
  consent: string | undefined;
  /** The visitor's address, where one is known; counted for a minute, and never stored. */
  address: string | undefined;
  /**
   * Its proof of work is missing, or its honeypot is filled: it has a smaller share of the limits. Not so for a number
   * that was used too often, or a refusal would tell that.
   */
  light: boolean;
  /** It was counted elsewhere: the target's other shards have counts of their own. */
  counted: boolean;
  /** Leads that the limits have refused since the last one: a refusal itself writes nothing. */
  refused: number;
  /** A reason to keep it from the vendor until a person has checked it. Its campaign is left out. */
  suspicion: Suspicion | undefined;
  /** The target demands a proof of work, and this one holds none. */
  stampRefused: boolean;
}

/** Who is told of single leads. */
export interface Recipient {
  via: "events" | "notify";
  types: readonly EventType[];
  /** The lead's box travels along, sealed. */
  sealed: boolean;
}

export interface Policy {
  receivers: readonly Recipient[];
  doubt: "retry" | "hold";
  retain: {
    /** For how many days after the delivery `kept` stays. */
    days: number;
  };
  limits: {
    perAddressPerMinute: number;
    perTargetPerMinute: number;
    perPhonePerDay: number;
    /** The age at which a lead that waits is told of. */
    tellAfterMinutes: number;
  };
}

/** The right to call the vendor for one lead, until it ends. */
export interface Lease {
  id: string;
  /** Distinguishes this attempt's report from an earlier one. */
  attempt: number;
  keyId: string;
  box: string;
  /** Null in a lead that an earlier version has stored. */
  kept: string | null;
}

export type Begun =
  /** `thanked`: the visitor is told "accepted" at once, and the call goes on without him. */
  | { kind: "lease"; attempt: number; thanked?: boolean }
  /** Nothing was stored: it may be, without its campaign and with this suspicion. */
  | { kind: "suspect"; suspicion: Suspicion }
  /** @param after milliseconds until it may be said: it is kept from the vendor, and nobody is to see that */
  | { kind: "created"; id: string; after?: number }
  | { kind: "accepted"; id: string; after?: number }
  | { kind: "rejected"; fields: FieldErrors }
  | { kind: "id_reused" }
  | { kind: "stamp_refused" }
  | ({ kind: "rate_limited" } & Wait);

/** The answer to a visitor after a report. */
export type Finished = Exclude<Begun, { kind: "lease" | "suspect" }>;
