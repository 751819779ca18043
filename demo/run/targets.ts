/** Owns the demo's targets as a Worker takes them. Must not hold a setting of a recipe. */
import { DEMO_TARGETS } from "../recipes/settings.ts";

export type DemoTarget = keyof typeof DEMO_TARGETS;

/** Behind the key of a target that is the same, but stores nothing. */
export const RELAY = "-relay";

interface Place {
  /** Of the vendor that each target calls. */
  baseUrls: Readonly<Record<DemoTarget, string>>;
  /** Of the pages that may post. */
  origins: readonly string[];
}

const targetsWith = ({ baseUrls, origins }: Place, storage: "ledger" | "none", suffix: string) =>
  Object.entries(DEMO_TARGETS).map(([key, target]) => {
    const routes = "routes" in target ? target.routes : {};
    return [
      key + suffix,
      {
        ...target,
        routes: Object.fromEntries(
          Object.entries(routes).map(([project, end]) => [project, end + suffix]),
        ),
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a key of this very object
        baseUrl: baseUrls[key as DemoTarget],
        origins,
        storage,
        credential: target.vendor.toUpperCase(),
      },
    ] as const;
  });

/** @returns the value of `TARGETS`: no target stores a lead */
export const relayTargets = (place: Place): Record<string, object> =>
  Object.fromEntries(targetsWith(place, "none", ""));

/** @returns the value of `TARGETS`: each target stores, and beside it stands one that does not */
export const demoTargets = (place: Place): Record<string, object> =>
  Object.fromEntries([...targetsWith(place, "ledger", ""), ...targetsWith(place, "none", RELAY)]);
