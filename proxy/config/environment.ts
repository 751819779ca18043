/**
 * Owns the settings beside `TARGETS`: secrets by name, alerts, the operator's token. Must not
 * return a value inside a fault.
 */
import { alertSecretProblem } from "../alerts.ts";
import type { AlertSettings } from "../alerts.ts";
import { serviceUrlProblem } from "../vendors/service-url.ts";
import type { Fault } from "../vendors/vendor.ts";

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
  const missing = (setting: string) => ({ faults: [{ setting, problem: "is missing" }] });
  if (!url) return secret ? missing("ALERT_WEBHOOK_URL") : { faults: [] };
  const urlProblem = serviceUrlProblem(url);
  if (urlProblem) return { faults: [{ setting: "ALERT_WEBHOOK_URL", problem: urlProblem }] };
  if (!secret) return missing("ALERT_WEBHOOK_SECRET");
  const secretProblem = alertSecretProblem(secret);
  if (secretProblem)
    return { faults: [{ setting: "ALERT_WEBHOOK_SECRET", problem: secretProblem }] };
  return { alerts: { url, secret }, faults: [] };
};

/** 32 random bytes are 43 characters; a shorter token than this is probably a typed word. */
const MIN_TOKEN_LENGTH = 32;

/** A warning and no fault: an operator who is locked out cannot help anybody. */
export const weakToken = (token: string | undefined): Fault[] =>
  token !== undefined && token.length < MIN_TOKEN_LENGTH
    ? [{ setting: "OPERATOR_TOKEN", problem: `is shorter than ${MIN_TOKEN_LENGTH} characters` }]
    : [];

/** A secret that the operator may believe to have an effect. */
export const unreadSecrets = (env: Environment): Fault[] =>
  readSecret(env, "TURNSTILE_SECRET") === undefined
    ? []
    : [{ setting: "TURNSTILE_SECRET", problem: "is not read: the proof of work takes its place" }];
