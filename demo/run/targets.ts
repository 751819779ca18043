/** Owns the demo's targets as a Worker takes them. Must not hold a setting of a recipe. */
import { DEMO_TARGETS } from "../recipes/settings.ts";

export type DemoTarget = keyof typeof DEMO_TARGETS;

/**
 * @param baseUrls of the vendor that each target calls
 * @param origins of the pages that may post
 * @returns the value of `TARGETS`
 */
export const demoTargets = (
  baseUrls: Readonly<Record<DemoTarget, string>>,
  origins: readonly string[],
): Record<string, object> =>
  Object.fromEntries(
    Object.entries(DEMO_TARGETS).map(([key, target]) => [
      key,
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a key of this very object
      { ...target, baseUrl: baseUrls[key as DemoTarget], origins },
    ]),
  );
