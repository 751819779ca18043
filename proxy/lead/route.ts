/**
 * Owns the way of a lead from the target that its form named to the one that delivers it. Must not
 * decide which one that is: the settings do.
 */
import { findDelivering, findEnds } from "../config/routes.ts";
import type { Targets } from "../config/routes.ts";
import type { Target } from "../config/target.ts";
import type { Lead } from "./lead.ts";

export interface Way {
  /** What the form is held to: the rules of its own target, and what the delivering one can take. */
  rules: Target;
  /** With whose settings, credential and store the lead is delivered. */
  target: Target;
}

/** The rules of a form that named one target, for leads that another one delivers. */
export const joinRules = (named: Target, target: Target): Target =>
  named.key === target.key
    ? named
    : { ...named, phone: target.phone, maxNameLength: target.maxNameLength };

const toWay = (named: Target, target: Target): Way =>
  target.key === named.key
    ? { rules: named, target: named }
    : // The page's own target says whether its forms bring a proof of work.
      { rules: joinRules(named, target), target: { ...target, stamp: named.stamp } };

/**
 * Undefined where the delivering target has a fault. A target whose store knows the id answers for it, even where
 * a route leads elsewhere: so no repeat becomes a second lead, and no id stands for two.
 *
 * @param isKnown asks the store of a target
 */
export const findWay = async (
  targets: Targets,
  named: Target,
  project: string | undefined,
  isKnown: (target: Target) => Promise<boolean>,
): Promise<Way | undefined> => {
  const target = findDelivering(targets, named, (project ?? "").trim());
  if (!target) return undefined;
  const others = [named, ...findEnds(targets, named)].filter((end) => end !== target);
  const known = await Promise.all(others.map(isKnown));
  return toWay(named, others.find((_, i) => known[i]) ?? target);
};

/** The lead as the delivering target has it. */
export const sendAlong = ({ asked, ...lead }: Lead, { rules, target }: Way): Lead => {
  if (rules.key === target.key) return { ...lead, ...(asked && { asked }) };
  // Its visitor can correct a field that the vendor complains of only where both targets ask the same.
  const isSame = rules.definitions.version === target.definitions.version;
  return {
    ...lead,
    target: target.key,
    enteredBy: rules.key,
    ...(asked && isSame && { asked }),
  };
};
