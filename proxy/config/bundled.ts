/**
 * Owns the settings that the build has put into the Worker, which has no files. Must not be read by
 * the Node server.
 */
import type { Environment } from "./environment.ts";
import { FILE_VARIABLE } from "./sources.ts";
import type { Source } from "./sources.ts";

declare const __LEAD_FORM_TARGETS__: Readonly<Record<string, unknown>> | undefined;

/** By key, from `targets/<key>.json`; the build has checked them. */
const TARGETS = typeof __LEAD_FORM_TARGETS__ === "object" ? __LEAD_FORM_TARGETS__ : {};

export const readBundled = (env: Environment): Source => ({
  places: Object.entries(TARGETS).map(([key, value]) => [
    key,
    { root: `targets/${key}.json`, value },
  ]),
  faults:
    env[FILE_VARIABLE] === undefined
      ? []
      : [{ setting: FILE_VARIABLE, problem: "is read by the Node server alone" }],
});
