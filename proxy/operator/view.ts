/**
 * Owns the operator's view of stored leads and targets: the names and times of the API, all shards
 * as one. Must not change anything.
 */
import type { Target } from "../config/target.ts";
import type { Kept } from "../lead/kept.ts";
import type { Lead } from "../lead/lead.ts";
import type { ListedLead, Group, Mark, SealedLead, Summary } from "../ledger/inspection.ts";
import { REPLAYABLE } from "../ledger/states.ts";
import { open } from "../ledger/seal.ts";
import type { Keyring } from "../ledger/seal.ts";
import { OWN_PREFIX } from "../shared/contract.ts";
import type { OwnName } from "../shared/contract.ts";
import type { OwnField } from "../shared/own-fields.ts";
import { LEAD_FIELDS } from "../vendors/vendor.ts";
import type { LeadField } from "../vendors/vendor.ts";

const iso = (time: number | null | undefined): string | null =>
  typeof time === "number" ? new Date(time).toISOString() : null;

/** Why a lead cannot be read: settled, its key is missing, or changed from outside. */
type Unreadable = "gone" | "key_missing" | "tampered";
export type Opened = { lead: Lead } | { payload: Unreadable };
/** What is left where the content is gone. */
export type Remains = { payload: Unreadable; kept?: Kept; ref: string | undefined };

/** What is known of the content: of the whole lead, or of what stays of it. */
const contentIn = (opened: Opened | Remains): Lead | Kept | undefined =>
  "lead" in opened ? opened.lead : "kept" in opened ? opened.kept : undefined;

/** The key of the target that its form named, where another one delivers it. */
const entryOf = (opened: Opened | Remains | undefined): { entered_by?: string } => {
  const { enteredBy } = (opened && contentIn(opened)) ?? {};
  return enteredBy ? { entered_by: enteredBy } : {};
};

/** A lead in a list: the number is masked, and nothing else is personal. */
export const toItem = (target: string, lead: ListedLead, opened?: Opened | Remains) => ({
  id: lead.id,
  target,
  state: lead.state,
  reason: lead.reason,
  in_doubt: lead.inDoubt,
  attempts: lead.attempts,
  next_at: iso(lead.nextAt),
  created_at: iso(lead.createdAt),
  ...entryOf(opened),
  phone: lead.phone,
  ...(lead.test && { test: true }),
});

export const openLead = async (
  keyring: Keyring,
  target: string,
  { id, sealed }: SealedLead,
): Promise<Opened> => {
  if (!sealed) return { payload: "gone" };
  if (!keyring.encryption.has(sealed.keyId)) return { payload: "key_missing" };
  const text = await open(keyring, id, target, sealed);
  return text === undefined ? { payload: "tampered" } : { lead: JSON.parse(text) as Lead };
};

/** With what stays of a delivered lead, or why that cannot be read. */
export const openKept = async (
  keyring: Keyring,
  target: string,
  { id, kept, vendorRef }: SealedLead,
): Promise<Remains> => {
  const ref = vendorRef ? await open(keyring, id, target, vendorRef, "ref") : undefined;
  if (!kept) return { payload: "gone", ref };
  if (!keyring.encryption.has(kept.keyId)) return { payload: "key_missing", ref };
  const text = await open(keyring, id, target, kept, "kept");
  return text === undefined
    ? { payload: "tampered", ref }
    : { payload: "gone", kept: JSON.parse(text) as Kept, ref };
};

const contentOf = (lead: Lead | Kept | undefined) =>
  Object.fromEntries(LEAD_FIELDS.map((field) => [field, lead?.[field] ?? null])) as Record<
    LeadField,
    string | null
  >;

/** Own fields under their names on the wire: those of the settings, and what else the lead holds. */
const ownOf = (lead: Lead | Kept | undefined, fields: readonly OwnField[]) => {
  const own = lead?.own ?? {};
  const names = new Set([...fields.map(({ name }) => name), ...Object.keys(own)]);
  return Object.fromEntries(
    [...names].map((name) => [OWN_PREFIX + name, own[name] ?? null]),
  ) as Record<OwnName, string | null>;
};

/**
 * One lead in full, flat, under the names of a PATCH; once it is delivered, what stays of it.
 * @param fields the target's own
 */
export const toDetails = (
  target: string,
  stored: SealedLead,
  opened: Opened | Remains,
  fields: readonly OwnField[] = [],
) => {
  const kept = "kept" in opened ? opened.kept : undefined;
  const lead = contentIn(opened);
  const consent = "lead" in opened ? opened.lead.consent : stored.consent;
  return {
    ...toItem(target, stored, opened),
    payload: "payload" in opened ? opened.payload : "open",
    fields: stored.fields === null ? null : (JSON.parse(stored.fields) as Record<string, string>),
    vendor_key: stored.vendorKey,
    ...contentOf(lead),
    ...ownOf(lead, fields),
    phone: lead?.phone ?? stored.phone,
    lang: lead?.lang ?? null,
    consent,
    consent_version: lead?.consentVersion || null,
    consent_at: consent ? iso(stored.createdAt) : null,
    delivered_at: stored.state === "delivered" ? iso(stored.doneAt) : null,
    vendor_ref: ("ref" in opened ? opened.ref : undefined) ?? null,
    unsent: kept ? kept.unsent.join(" ") : null,
    attribution: lead?.attribution ?? {},
  };
};

export type Details = ReturnType<typeof toDetails> & { [name: OwnName]: string | null };

export const toCursor = ({ createdAt, id }: Mark): string => `${createdAt}.${id}`;

/** Undefined if it is none of ours. */
export const readCursor = (cursor: string): Mark | undefined => {
  const [, time, id] = /^(\d{1,15})\.([\da-f-]{36})$/.exec(cursor) ?? [];
  return time && id ? { createdAt: Number(time), id } : undefined;
};

/** The order of every list, over shards and targets: newest first. */
export const newestFirst = (a: ListedLead, b: ListedLead): number =>
  b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1);

const BREAKER_STATES = ["closed", "draining", "open"] as const;

const mergeGroups = (summaries: readonly Summary[]): Group[] => {
  const merged = new Map<string, Group>();
  for (const group of summaries.flatMap(({ waiting }) => waiting)) {
    const key = `${group.state} ${group.reason}`;
    const known = merged.get(key);
    merged.set(
      key,
      known
        ? {
            ...group,
            automatic: known.automatic || group.automatic,
            leads: known.leads + group.leads,
            oldest: Math.min(known.oldest, group.oldest),
          }
        : group,
    );
  }
  return [...merged.values()];
};

const sum = (entries: readonly (readonly [string, number])[]): Record<string, number> => {
  const totals: Record<string, number> = {};
  for (const [name, n] of entries) totals[name] = (totals[name] ?? 0) + n;
  return totals;
};

const oldestOf = (groups: readonly Group[]): number | undefined => {
  const times = groups
    .filter(({ state }) => REPLAYABLE.includes(state))
    .map(({ oldest }) => oldest);
  return times.length > 0 ? Math.min(...times) : undefined;
};

const VERDICT = { closed: "working", draining: "recovering", open: "blocked" } as const;

/** It works, but a lead waits (one in quarantine does not count), or the last call has failed. */
const isStruggling = (summaries: readonly Summary[], oldest: number | undefined): boolean =>
  oldest !== undefined || summaries.some(({ breaker }) => breaker.failures > 0);

/** By which other target leads of a project go; absent where none do. */
export const routesOf = ({ routes }: Pick<Target, "routes">) =>
  Object.keys(routes).length > 0 ? { routes } : {};

const secondsSince = (time: number, now: number): number =>
  Math.max(Math.floor((now - time) / 1000), 0);

/** One target over all its shards; the shard that is worst off speaks for the breaker. */
export const toTargetView = (
  { key, vendor, routes }: Pick<Target, "key" | "vendor" | "routes">,
  summaries: readonly Summary[],
  now: number,
) => {
  const [worst] = summaries
    .map(({ breaker }) => breaker)
    .sort((a, b) => BREAKER_STATES.indexOf(b.state) - BREAKER_STATES.indexOf(a.state));
  const paused = summaries.some(({ breaker }) => breaker.paused);
  const groups = mergeGroups(summaries);
  const oldest = oldestOf(groups);
  const state = worst?.state ?? "closed";
  const verdict = VERDICT[state];
  const told = verdict === "working" && isStruggling(summaries, oldest) ? "struggling" : verdict;
  return {
    target: key,
    vendor,
    ...routesOf({ routes }),
    state: paused ? "paused" : told,
    breaker: {
      state,
      reason: worst?.reason ?? null,
      key: (state === "open" && worst?.key) || null,
      since: iso(worst?.openedAt),
      next_probe_at: iso(worst?.nextProbeAt),
    },
    paused,
    counts: sum(summaries.flatMap(({ counts }) => Object.entries(counts))),
    reasons: sum(groups.flatMap(({ reason, leads }) => (reason ? [[reason, leads] as const] : []))),
    stuck: groups.map((group) => ({ ...group, oldest: iso(group.oldest) })),
    oldest: iso(oldest),
    oldest_age: oldest === undefined ? null : secondsSince(oldest, now),
  };
};

/**
 * How a target does, in figures that a monitor compares with its own limits: whole seconds, null where there is
 * nothing to count from.
 * @param shards undefined where one of them does not answer
 */
export const toPulse = (
  target: Pick<Target, "key" | "vendor" | "routes" | "storage">,
  shards: readonly { last: number | null; summary: Summary }[] | undefined,
  now: number,
) => {
  const { key, storage } = target;
  if (storage === "none" || !shards) return toBareView(key, shards ? "relay" : "unreachable");
  const view = toTargetView(
    target,
    shards.map(({ summary }) => summary),
    now,
  );
  const last = Math.max(...shards.map((shard) => shard.last ?? 0));
  return {
    target: key,
    state: view.state,
    waiting: REPLAYABLE.reduce((total, state) => total + (view.counts[state] ?? 0), 0),
    oldest_waiting: view.oldest_age,
    last_delivery: last === 0 ? null : secondsSince(last, now),
  };
};

/** A target without a readable store, and why. */
export const toBareView = (key: string, state: "relay" | "faulty" | "unreachable") => ({
  target: key,
  state,
});
