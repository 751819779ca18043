/**
 * Owns an operator's access to stores: targets in sight, the place of a lead, the refusals. Must
 * not deny a lead that a faulty setting, or a store that does not answer, may hide.
 */
import type { Config } from "../config/config.ts";
import type { Operator } from "../config/operators.ts";
import type { Target } from "../config/target.ts";
import type { FoundLead } from "../ledger/inspection.ts";
import type { OperatorStore } from "../ledger/store.ts";
import { refuse } from "./auth.ts";

export interface LookupDeps {
  config: Pick<Config, "targets" | "unreadable">;
  /** Every shard of a target; none where nothing is stored. */
  storesOf: (target: Target) => readonly OperatorStore[];
  /** Keys of targets that are gone, and whose leads the host still holds; it may not know of any. */
  orphans?: () => readonly string[];
}

/** A stored lead, and where it was found. */
export interface Found {
  target: Target;
  store: OperatorStore;
  stored: FoundLead;
}

export interface Place {
  target: Target;
  store: OperatorStore;
}

const unseen = (keys: readonly string[]): string =>
  `The leads of ${keys.join(", ")} cannot be read, since a setting is faulty`;
const silent = (keys: readonly string[]): string =>
  `The storage of ${keys.join(", ")} does not answer`;

/** Every answer of these stores, and the targets of those that gave none. */
export const askAll = async <T>(
  places: readonly Place[],
  ask: (place: Place) => Promise<T>,
): Promise<{ answers: T[]; failed: string[] }> => {
  const looks = await Promise.allSettled(places.map(ask));
  return {
    answers: looks.flatMap((look) => (look.status === "fulfilled" ? [look.value] : [])),
    failed: [
      ...new Set(
        places.filter((_, i) => looks[i]?.status === "rejected").map(({ target }) => target.key),
      ),
    ],
  };
};

export const createLookup = (
  { config, storesOf, orphans = () => [] }: LookupDeps,
  operator: Pick<Operator, "targets">,
) => {
  const sees = (key: string): boolean => operator.targets?.includes(key) ?? true;
  // What is no key of a target may hold any.
  const unreadable = config.unreadable.filter((key) => !config.targets.has(key) || sees(key));
  const all = [...config.targets.values()].filter((target) => target?.storage === "ledger");
  const targets = (all as Target[]).filter(({ key }) => sees(key));
  const chosen = (key: string | undefined): readonly Target[] =>
    key ? targets.filter((target) => target.key === key) : targets;
  const places = (key?: string): Place[] =>
    chosen(key).flatMap((target) => storesOf(target).map((store) => ({ target, store })));

  return {
    sees,
    targets,
    chosen,
    places,

    /** All that a search of every target in sight leaves out. */
    unsearched: (failed: readonly string[]): readonly string[] => [
      ...new Set([
        ...unreadable,
        ...failed,
        ...orphans(),
        ...[...config.targets]
          .filter(([key, target]) => !sees(key) && target?.storage !== "none")
          .map(([key]) => key),
      ]),
    ],

    /** For a target that was named; one that is configured without a store simply holds nothing. */
    refuseTarget: (key: string | undefined): Response | undefined => {
      if (!key) return undefined;
      if (!config.targets.has(key)) return refuse("not_found");
      if (!sees(key)) return refuse("forbidden");
      return unreadable.includes(key)
        ? refuse("conflict", { detail: `${unseen([key])}. Correct the setting first.` })
        : undefined;
    },

    /** For a file of all targets: one that is incomplete would pass for a whole one. */
    refuseIncomplete: (): Response | undefined =>
      unreadable.length > 0
        ? refuse("conflict", {
            detail: `${unseen(unreadable)}: the file would be incomplete. Correct the setting, or name a target that works.`,
          })
        : undefined,

    /** For a move or a file that needs stores which do not answer. */
    refuseSilent: (keys: readonly string[]): Response | undefined =>
      keys.length > 0
        ? refuse("unavailable", { detail: `${silent(keys)}. Look again in a moment.` })
        : undefined,

    /** The lead, or the refusal where it was found nowhere. */
    find: async (id: string): Promise<Found | Response> => {
      const { answers, failed } = await askAll(places(), async (place) => ({
        ...place,
        stored: await place.store.get(id.toLowerCase()),
      }));
      const found = answers.find((place): place is Found => place.stored !== undefined);
      if (found) return found;
      const reasons = [
        ...(unreadable.length > 0 ? [unseen(unreadable)] : []),
        ...(failed.length > 0 ? [silent(failed)] : []),
      ];
      return reasons.length > 0
        ? refuse("unavailable", { detail: `${reasons.join(". ")}: this one may be among them.` })
        : refuse("not_found");
    },
  };
};
