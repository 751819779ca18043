/**
 * Owns the reading of all settings, into targets that can deliver or faults that name the setting.
 * Must not stop the proxy for one faulty target.
 */
import type { AlertSettings } from "../alerts.ts";
import { readLedgerKeys } from "../ledger-keys.ts";
import { isRecord } from "../shared/is-record.ts";
import type { Fault } from "../vendors/vendor.ts";
import { readAlerts, readSecret, unreadSecrets, weakToken } from "./environment.ts";
import type { Environment } from "./environment.ts";
import { unique } from "./faults.ts";
import { readOrigins } from "./origins.ts";
import { readTarget } from "./target.ts";
import type { Target } from "./target.ts";

export interface Config {
  /** By key; undefined where the target has a fault and answers 503. */
  targets: ReadonlyMap<string, Target | undefined>;
  /** Of all targets, the faulty ones too: their pages may read that they are unavailable. */
  origins: readonly string[];
  faults: readonly Fault[];
  /** Where leads may lie that nobody can read: targets with a fault, or `TARGETS` if that is faulty. */
  unreadable: readonly string[];
  /** Settings that work, and that a person should check. */
  warnings: readonly Fault[];
  /** By id, newest first; undefined where none are set or they are faulty. */
  ledgerKeys: ReadonlyMap<string, Uint8Array<ArrayBuffer>> | undefined;
  alerts: AlertSettings | undefined;
  operatorToken: string | undefined;
}

const TARGET_KEY = /^[a-z\d][a-z\d_-]{0,63}$/i;

/** The entries by key, or the problem with the setting. */
const parseTargets = (value: unknown): Record<string, unknown> | string => {
  if (value === undefined || value === "") return "is missing";
  let parsed = value;
  if (typeof value === "string") {
    try {
      parsed = JSON.parse(value);
    } catch {
      return "is not JSON";
    }
  }
  if (!isRecord(parsed)) return "must be an object of targets by key";
  return Object.keys(parsed).length === 0 ? "names no target" : parsed;
};

const storesNothing = (target: unknown): boolean =>
  isRecord(target) && target["storage"] === "none";

/** Reads every setting once. A faulty target is kept by name, so that it refuses instead of half working. */
export const readConfig = (env: Environment): Config => {
  const keys = readLedgerKeys(readSecret(env, "LEDGER_KEYS"));
  const { alerts, faults } = readAlerts(env);
  const entries = parseTargets(env["TARGETS"]);
  const targets = new Map<string, Target | undefined>();
  const origins: string[] = [];
  const unreadable: string[] = [];
  if (typeof entries === "string") {
    faults.push({ setting: "TARGETS", problem: entries });
    unreadable.push("TARGETS");
  } else
    for (const [key, value] of Object.entries(entries)) {
      const target = TARGET_KEY.test(key)
        ? readTarget(key, value, env, keys)
        : [{ setting: `TARGETS.${key}`, problem: "must be letters, digits, - and _ as a key" }];
      if (Array.isArray(target)) faults.push(...target);
      origins.push(...readOrigins(value));
      targets.set(key, Array.isArray(target) ? undefined : target);
      if (Array.isArray(target) && !storesNothing(value)) unreadable.push(key);
    }
  const operatorToken = readSecret(env, "OPERATOR_TOKEN");
  const ofTargets = [...targets.values()].flatMap((target) => target?.warnings ?? []);
  return {
    targets,
    origins,
    faults: unique(faults),
    unreadable,
    warnings: [...ofTargets, ...weakToken(operatorToken), ...unreadSecrets(env)],
    ledgerKeys: typeof keys === "string" ? undefined : keys,
    alerts,
    operatorToken,
  };
};
