/**
 * Owns the terms that all vendor adapters share: a lead, the outcome of a delivery, the settings.
 * Must not know a particular vendor, or a status of ours.
 */
import { CONTENT_FIELDS } from "../shared/contract.ts";
import type { CampaignField, FieldErrors, Language } from "../shared/contract.ts";
import type { OwnField } from "../shared/own-fields.ts";

/** What a visitor tells in all: the fields of the form, and what was typed behind the number. */
export const LEAD_FIELDS = [...CONTENT_FIELDS, "extension"] as const;
export type LeadField = (typeof LEAD_FIELDS)[number];

/**
 * The name that a vendor gives to each field of a lead, or null where it has no place: then the field
 * is kept for the operator. Every adapter holds such a table, so that a new field is a decision and not
 * an omission.
 */
export type VendorFields = Readonly<Record<LeadField, string | null>>;

/** A lead as an adapter gets it: checked and normalised. */
export interface VendorLead extends Partial<Record<LeadField, string | undefined>> {
  /** The submission's UUID: sent along for a vendor that can dedupe by it. */
  id: string;
  name: string;
  /** `+` and digits. */
  phone: string;
  email: string | undefined;
  project: string | undefined;
  /** What stood behind the number: digits, a second number or words. Absent in leads of earlier versions. */
  extension?: string | undefined;
  /** The target's own fields by name, cleaned; a value that no longer fits is replaced when it is sent. */
  own?: Readonly<Record<string, string>> | undefined;
  /** The visitor's form showed the own fields, so that a mistake in them can be corrected there. */
  asked?: boolean | undefined;
  lang: Language;
  /** Page, referrer and campaign, as they came. */
  attribution: Readonly<Record<string, string>>;
}

/** What the vendor's own side must have in order before anything can arrive. */
export type MisconfiguredReason =
  | "key_refused"
  | "token_refused"
  | "forbidden"
  | "wrong_path"
  | "redirect"
  | "request_refused"
  | "no_form"
  | "form_changed"
  | "unreachable";
/** The vendor did not process the lead and may do so later. */
export type LaterReason =
  | "rate_limited"
  | "overloaded"
  | "request_timeout"
  | "origin_down"
  | "token_unavailable";
/** The vendor may or may not have the lead. */
export type DoubtReason = "timeout" | "network" | "server_error" | "truncated";
/** A success that does not look like the documented one. */
export type DriftReason = "no_lead" | "html" | "not_json" | "empty";
/** A refusal that no document explains. */
export type UnexplainedReason = "bad_request" | "vendor_code" | "field_refused" | "oversize";

interface Answered {
  /** The vendor's HTTP status, where one came. */
  status?: number;
  /** How long the call took, in milliseconds. */
  ms?: number;
}

/** The one union of what a delivery can end in; `reply.ts` and the ledger switch over it. */
export type Outcome = Answered &
  (
    | { kind: "created"; ref: string; warning?: "project_unmatched" }
    | { kind: "duplicate" }
    | { kind: "drift"; reason: DriftReason }
    | { kind: "invalid"; fields: FieldErrors }
    | {
        kind: "unexplained";
        reason: UnexplainedReason;
        vendorCode?: string;
        /** With `field_refused`: the fields that a person can correct. */
        fields?: FieldErrors;
      }
    | {
        kind: "misconfigured";
        reason: MisconfiguredReason;
        /** With `form_changed`: the vendor's key that has to be filled, or to go. Never what a visitor typed. */
        vendorKey?: string;
      }
    | { kind: "later"; reason: LaterReason; retryAfter?: number }
    | { kind: "doubt"; reason: DoubtReason }
  );

export type Arrived = Extract<Outcome, { kind: "created" | "duplicate" }>;

/** The vendor has the lead, and no later answer changes that. */
export const hasArrived = (outcome: Outcome): outcome is Arrived =>
  outcome.kind === "created" || outcome.kind === "duplicate";

/** What an adapter needs of the world for one delivery. */
export interface Io {
  /** Rejects with an `UnsentCall` where it knows that nothing was sent. */
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Milliseconds that the whole delivery has left, token and body included; no change of the clock moves them. */
  left: () => number;
}

export type Deliver = (lead: VendorLead, io: Io) => Promise<Outcome>;

/** `validated`: the vendor's validation has refused what was left out, and nothing else. */
export type Checked = Outcome | (Answered & { kind: "validated" });

/**
 * The same call without the two fields that every vendor demands, so that its validation refuses it. It shows
 * that address, key and form are right, and creates no lead.
 */
export type Check = (lead: VendorLead, io: Io) => Promise<Checked>;

/** A setting that is missing or malformed: named, never echoed. */
export interface Fault {
  setting: string;
  problem: string;
}

/** Under which key the vendor gets a field of the campaign, and as which value. */
export interface CampaignRule {
  as: string;
  /** By the field's value, in any case; `*` stands for all others. Without it the text itself is sent. */
  map?: Readonly<Record<string, string | number | boolean>> | undefined;
}

/** How one own field is sent. */
export interface OwnRule {
  name: string;
  /** The vendor's key; without one the value is kept for the operator. */
  as: string | undefined;
  /** Sent where a lead has no value, or one that does not fit. */
  fallback: string | undefined;
  /** Undefined for a field that every form has: then `as` replaces the vendor's usual key. */
  field: OwnField | undefined;
}

/** A value in the body of a lead. */
export type Value = string | number | boolean;

/** What the document of a vendor says about the body of a lead. */
export interface FieldRules {
  names: VendorFields;
  /** The problem with a key beside those of the form; undefined if it may be sent. */
  problemWith: (key: string) => string | undefined;
  /** The same for the key of an own field, which an organisation's form may define. */
  problemWithOwn: (key: string) => string | undefined;
}

/** The settings of one target that concern its vendor. */
export interface VendorSettings {
  baseUrl: string;
  /** Fixed fields that the operator adds to every lead; null switches an optional field off. */
  extra: Readonly<Record<string, string | number | boolean | null>>;
  /** The vendor's key for a field of the campaign. */
  attribution: Readonly<Partial<Record<CampaignField, CampaignRule | undefined>>>;
  /** The target's own fields. */
  own: readonly OwnRule[];
  /** Reads `<credential>_<suffix>` from the secrets. */
  secret: (suffix: string) => string | undefined;
  /** The full name of that secret, for faults. */
  secretName: (suffix: string) => string;
}

/** How a vendor compares the name of a project, where that is not letter by letter. */
export interface ProjectRule {
  /** Whether a name may be sent without a list that confirms it. */
  isSafe: (project: string) => boolean;
  /** The problem with a name on the target's list, for the operator; undefined if there is none. */
  problem: (project: string) => string | undefined;
}

export interface Connection {
  deliver: Deliver;
  check: Check;
  /** Fields that are not sent, since the vendor has no place for them or they are switched off. */
  kept: readonly LeadField[];
}

/** One vendor: its rules for a lead, and its connection. */
export interface Vendor {
  /** ISO 3166-1 alpha-2: how a national number is read unless the target says otherwise. */
  country: string;
  phone: "any" | "mobile";
  /** UTF-16 units. */
  maxNameLength: number;
  projectRule?: ProjectRule;
  connect: (settings: VendorSettings) => Connection | { faults: Fault[] };
}
