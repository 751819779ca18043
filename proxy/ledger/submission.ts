/**
 * Owns the step from a checked lead to what a store, or the counts of a target, get to see of it. Must not let
 * anything personal out of its box.
 */
import type { Target } from "../config/target.ts";
import type { Turnstile } from "../config/turnstile.ts";
import type { Lead } from "../lead/lead.ts";
import type { Verdict } from "../lead/turnstile.ts";
import { CONTENT_FIELDS } from "../shared/contract.ts";
import type { CountRequest } from "./counter.ts";
import { sealKept } from "./kept.ts";
import { createKeyring, hashes, seal } from "./seal.ts";
import type { Keyring } from "./seal.ts";
import { shardOf } from "./shard.ts";
import type { Submission, Suspicion } from "./types.ts";

/** The facts of a request beside its lead. */
export interface Circumstances {
  /** The visitor's address, where the host knows a trustworthy one. */
  address: string | undefined;
  /** It brings a proof of work, or what counts as one. */
  stamped: boolean;
  trapped: boolean;
  /** The target asks for a token of Turnstile, and this is none. */
  tokenRefused?: boolean;
}

/** `+20…78`: enough to recognise, too little to call. */
const mask = (phone: string): string => `${phone.slice(0, 3)}…${phone.slice(-2)}`;

export const isStampRefused = (
  { stamp }: Target,
  { stamped, tokenRefused = false }: Circumstances,
): boolean => tokenRefused || (stamp === "required" && !stamped);

/** A token proves as much as work does; where nobody can say what it is worth, work has to be there. */
export const withToken = (
  circumstances: Circumstances,
  verdict: Verdict,
  { mode }: Pick<Turnstile, "mode">,
): Circumstances => {
  const stamped = verdict === "unknown" ? circumstances.stamped : verdict === "passed";
  return { ...circumstances, stamped, tokenRefused: mode === "required" && !stamped };
};

/** Without a proof of work, where the target looks at it, a request has a smaller share of each limit. */
export const isLight = ({ stamp }: Target, stamped: boolean): boolean =>
  stamp === "scored" && !stamped;

/** What makes two leads the same, as keyed hashes. */
const hashContent = (keyring: Keyring, lead: Lead): Promise<string[]> => {
  // A new field changes the fingerprint of every lead: no repeat across that deploy is recognised.
  const content = JSON.stringify([
    lead.target,
    ...CONTENT_FIELDS.map((field) => lead[field]),
    ...(lead.extension || lead.own ? [lead.extension] : []),
    ...(lead.own ? [lead.own] : []),
  ]);
  return hashes(keyring, "content", content);
};

/** @param suspicion that keeps it from the vendor: nothing of its campaign is stored then */
export const toSubmission = async (
  lead: Lead,
  circumstances: Circumstances,
  target: Target,
  keyring: Keyring,
  suspicion: Suspicion | undefined = circumstances.trapped ? "honeypot" : undefined,
): Promise<Submission> => {
  const { address, stamped } = circumstances;
  const stored: Lead = suspicion ? { ...lead, attribution: {} } : lead;
  const [box, kept, fps, phoneHashes] = await Promise.all([
    seal(keyring, lead.id, lead.target, JSON.stringify(stored)),
    sealKept(keyring, stored, target),
    hashContent(keyring, lead),
    hashes(keyring, "phone", lead.phone),
  ]);
  return {
    ...box,
    kept,
    id: lead.id,
    fps,
    phoneHashes,
    phoneTail: mask(lead.phone),
    consent: lead.consent || undefined,
    address,
    light: circumstances.trapped || isLight(target, stamped),
    counted: false,
    refused: 0,
    suspicion,
    stampRefused: isStampRefused(target, circumstances),
  };
};

/** What the counts apart from a store get of a submission: the same content elsewhere is another lead. */
export const toCountRequest = (
  { id, fps, phoneHashes, address, light, suspicion }: Submission,
  { stamped }: Circumstances,
  { shards }: Target,
): CountRequest => ({
  id,
  content: `${fps[0]}|${shardOf(id, shards)}`,
  address,
  phones: phoneHashes,
  light,
  stamped,
  suspicious: suspicion !== undefined,
});

/** By everything that a vendor knows us by. */
const relayKeyrings = new Map<string, Promise<Keyring>>();

/** Where nothing is stored there may be no key of ours; the vendor's is a secret that all instances share. */
const relayKeyring = (fingerprint: string): Promise<Keyring> => {
  const create = async () => {
    const text = new TextEncoder().encode(fingerprint);
    const key = new Uint8Array(await crypto.subtle.digest("SHA-256", text));
    return createKeyring(new Map([["relay", key]]));
  };
  const keyring = relayKeyrings.get(fingerprint) ?? create();
  relayKeyrings.set(fingerprint, keyring);
  return keyring;
};

/** What the counts get of a lead that no store takes. */
export const toRelayRequest = async (
  target: Target,
  lead: Lead,
  { address, stamped, trapped }: Circumstances,
): Promise<CountRequest> => {
  const keyring = await relayKeyring(target.fingerprint);
  const [[content = ""], phones] = await Promise.all([
    hashContent(keyring, lead),
    hashes(keyring, "phone", lead.phone),
  ]);
  const light = trapped || isLight(target, stamped);
  return { id: lead.id, content, address, phones, light, stamped, suspicious: trapped };
};
