/**
 * Owns the operator's access to stores: targets in sight, the place of a lead, the refusals. Must
 * not deny a lead that a faulty setting may hide.
 */
import type { Config } from "../config/config.ts";
import type { Target } from "../config/target.ts";
import type { SealedLead } from "../ledger/inspection.ts";
import type { OperatorStore } from "../ledger/store.ts";
import { refuse } from "./auth.ts";

export interface LookupDeps {
  config: Pick<Config, "targets" | "unreadable">;
  /** Every shard of a target; none where nothing is stored. */
  storesOf: (target: Target) => readonly OperatorStore[];
}

/** A stored lead, and where it was found. */
export interface Found {
  target: Target;
  store: OperatorStore;
  stored: SealedLead;
}

const unseen = (keys: readonly string[]): string =>
  `The leads of ${keys.join(", ")} cannot be read, since a setting is faulty`;

export const createLookup = ({ config, storesOf }: LookupDeps) => {
  const { unreadable } = config;
  const stored = [...config.targets.values()].filter((target) => target?.storage === "ledger");
  const targets = stored as Target[];

  return {
    targets,

    chosen: (key: string | undefined): readonly Target[] =>
      key ? targets.filter((target) => target.key === key) : targets,

    /** For a target that was named; one that is configured without a store simply holds nothing. */
    refuseTarget: (key: string | undefined): Response | undefined => {
      if (!key) return undefined;
      if (!config.targets.has(key)) return refuse("not_found");
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

    /** For a lead that was found nowhere. */
    refuseMissing: (): Response =>
      unreadable.length > 0
        ? refuse("unavailable", { detail: `${unseen(unreadable)}: this one may be among them.` })
        : refuse("not_found"),

    find: async (id: string): Promise<Found | undefined> => {
      const all = targets.flatMap((target) => storesOf(target).map((store) => ({ target, store })));
      const looks = await Promise.allSettled(
        all.map(async (place) => ({ ...place, stored: await place.store.get(id.toLowerCase()) })),
      );
      const looked = looks.flatMap((look) => (look.status === "fulfilled" ? [look.value] : []));
      const found = looked.find((place): place is Found => place.stored !== undefined);
      // A store that does not answer may hold it, so the answer may not be "not found".
      const failed = looks.find((look) => look.status === "rejected");
      if (!found && failed) throw failed.reason;
      return found;
    },
  };
};
