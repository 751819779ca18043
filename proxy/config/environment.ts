/**
 * Owns the settings beside `TARGETS`: secrets by name, alerts, the operator's token. Must not
 * return a value inside a fault.
 */
import { alertSecretProblem } from "../alerts.ts";
import type { AlertSettings } from "../alerts.ts";
import { serviceUrlProblem } from "../vendors/service-url.ts";
import type { Fault } from "../vendors/vendor.ts";
import { NO_ORIGIN, originProblem, withoutUsualPort } from "./origins.ts";

declare const __LEAD_FORM_ENDPOINT__: string | undefined;
/** Undefined in a run without a build. */
const BAKED = typeof __LEAD_FORM_ENDPOINT__ === "string" ? __LEAD_FORM_ENDPOINT__ : undefined;

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
export const readPublicUrl = (env: Environment): { publicUrl?: string; faults: Fault[] } => {
  const given = readSecret(env, "PUBLIC_URL")?.replace(/\/$/, "");
  const text = given && withoutUsualPort(given);
  if (text === undefined) return BAKED ? { publicUrl: BAKED, faults: [] } : { faults: [] };
  const problem = text.includes("*") ? NO_ORIGIN : originProblem(text);
  return problem
    ? { faults: [{ setting: "PUBLIC_URL", problem }] }
    : { publicUrl: text, faults: [] };
};
