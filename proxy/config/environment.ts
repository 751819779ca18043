/**
 * Owns the settings beside `TARGETS`: secrets by name, alerts, the operator's token. Must not
 * return a value inside a fault.
 */
import { alertSecretProblem } from "../alerts.ts";
import type { AlertSettings } from "../alerts.ts";
import { serviceUrlProblem } from "../vendors/service-url.ts";
import type { Fault } from "../vendors/vendor.ts";
import { BAKED_ORIGIN } from "./baked.ts";
import { readOwnOrigin } from "./origins.ts";

/** What the environment holds: Worker bindings, or `process.env`. */
export type Environment = Readonly<Record<string, unknown>>;

/** Without the white space that a copied secret brings along; undefined if nothing is left. */
export const readSecret = (env: Environment, name: string): string | undefined => {
  const value = Object.hasOwn(env, name) ? env[name] : undefined;
  return typeof value === "string" && value.trim() ? value.trim() : undefined;
};

/** Where alerts go, if the operator wants any: the address and the secret are set together. */
export const readAlerts = (env: Environment): { alerts?: AlertSettings; faults: Fault[] } => {
  const [url, secret] = [
    readSecret(env, "ALERT_WEBHOOK_URL"),
    readSecret(env, "ALERT_WEBHOOK_SECRET"),
  ];
  if (!url && !secret) return { faults: [] };
  const problems = [
    ["ALERT_WEBHOOK_URL", url ? serviceUrlProblem(url, true) : "is missing"],
    ["ALERT_WEBHOOK_SECRET", secret ? alertSecretProblem(secret) : "is missing"],
  ] as const;
  const faults = problems.flatMap(([setting, problem]) => (problem ? [{ setting, problem }] : []));
  return url && secret && faults.length === 0 ? { alerts: { url, secret }, faults } : { faults };
};

/**
 * The origin under which the world knows this proxy; the one that the build baked in, where none is set.
 * No request tells it: behind a proxy it names another, and a stranger may have made up the name (DNS rebinding).
 */
export const readPublicUrl = (
  env: Environment,
  baked = BAKED_ORIGIN,
): { publicUrl?: string; faults: Fault[] } => {
  const given = Object.hasOwn(env, "PUBLIC_URL") ? env["PUBLIC_URL"] : undefined;
  if (given === undefined || given === "")
    return baked === undefined ? { faults: [] } : { publicUrl: baked, faults: [] };
  const { origin, problem } = readOwnOrigin(given);
  return problem === undefined
    ? { publicUrl: origin, faults: [] }
    : { faults: [{ setting: "PUBLIC_URL", problem }] };
};
