/** Owns the boxes of what stays of a lead once its vendor has it. Must not decide what that is. */
import type { Target } from "../config/target.ts";
import { toKept } from "../lead/kept.ts";
import type { Lead } from "../lead/lead.ts";
import type { Outcome } from "../vendors/vendor.ts";
import { fromText, open, seal, toText } from "./seal.ts";
import type { Keyring } from "./seal.ts";

type Rules = Pick<Target, "key" | "retain" | "kept" | "own">;

const sealText = async (
  keyring: Keyring,
  { id }: Lead,
  { key }: Rules,
  text: string,
): Promise<string> => toText(await seal(keyring, id, key, text, "kept"));

/** The box as one text, for its column. */
export const sealKept = (keyring: Keyring, lead: Lead, rules: Rules): Promise<string> =>
  sealText(keyring, lead, rules, JSON.stringify(toKept(lead, rules)));

/**
 * A lead may wait for days. If the settings have changed meanwhile, so has what its vendor does not get.
 * @param kept the box of today; null in a lead that an earlier version has stored
 * @returns another box, or undefined if this one still holds
 */
export const renewKept = async (
  keyring: Keyring,
  lead: Lead,
  rules: Rules,
  kept: string | null,
): Promise<string | undefined> => {
  const wanted = JSON.stringify(toKept(lead, rules));
  const known = kept === null ? undefined : fromText(kept);
  const held = known && (await open(keyring, lead.id, rules.key, known, "kept"));
  return held === wanted ? undefined : sealText(keyring, lead, rules, wanted);
};

/**
 * The vendor's own id of a lead may hold anything, its phone number among it: it is sealed before it is
 * stored. Without it the report is as true; a report that is lost would deliver the lead twice.
 */
export const sealRef = async (
  keyring: Keyring,
  id: string,
  { key }: Pick<Target, "key">,
  outcome: Outcome,
): Promise<Outcome> => {
  if (outcome.kind !== "created") return outcome;
  const ref = await seal(keyring, id, key, outcome.ref, "ref").then(toText, () => "");
  return { ...outcome, ref };
};
