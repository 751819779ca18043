/**
 * Owns the reading of all settings, into targets that can deliver or faults that name the setting.
 * Must not stop the proxy for one faulty target.
 */
import type { AlertSettings } from "../alerts.ts";
import { readLedgerKeys } from "./ledger-keys.ts";
import { isRecord } from "../shared/is-record.ts";
import type { Fault } from "../vendors/vendor.ts";
import { readAlerts, readPublicUrl, readSecret } from "./environment.ts";
import type { Environment } from "./environment.ts";
import { atLine, unique } from "./faults.ts";
import { readOperators } from "./operators.ts";
import type { Operator } from "./operators.ts";
import { ownOrigins, readOrigins } from "./origins.ts";
import { checkRoutes } from "./routes.ts";
import { NO_SOURCE, readSources } from "./sources.ts";
import type { Place, Source } from "./sources.ts";
import { readTarget } from "./target.ts";
import type { Target } from "./target.ts";
import { unreadSecret } from "./turnstile.ts";

export interface Config {
  /** By key; undefined where the target has a fault and answers 503. */
  targets: ReadonlyMap<string, Target | undefined>;
  /** Of all targets, the faulty ones too: their pages may read that they are unavailable. */
  origins: readonly string[];
  faults: readonly Fault[];
  /** Those that keep a target from work, by its key. */
  faultsOf: ReadonlyMap<string, readonly Fault[]>;
  /** Where leads may lie that nobody can read: targets with a fault, or a source that cannot be read. */
  unreadable: readonly string[];
  /** Settings that work, and that a person should check. */
  warnings: readonly Fault[];
  /** By id, newest first; undefined where none are set or they are faulty. */
  ledgerKeys: ReadonlyMap<string, Uint8Array<ArrayBuffer>> | undefined;
  alerts: AlertSettings | undefined;
  /** Empty where no token is set: then there is no operator's side. */
  operators: readonly Operator[];
  /** The proxy's own public origin, where it is known. */
  publicUrl: string | undefined;
  /** The same as its own pages may name it: they may post to every target. */
  ownOrigins: readonly string[];
}

const TARGET_KEY = /^[a-z\d][a-z\d_-]{0,63}$/i;

const storesNothing = (target: unknown): boolean =>
  isRecord(target) && target["storage"] === "none";

const faultIn = (place: Place | undefined, path: string, problem: string): Fault => {
  const setting = `${place?.root}.${path}`;
  return atLine({ setting, problem }, place?.lineOf?.(setting));
};

/** The target, or the faults that keep it from work, each with its line where it stands in a file. */
const readPlace = (
  key: string,
  [place, ...others]: readonly Place[],
  env: Environment,
  keys: ReturnType<typeof readLedgerKeys>,
): Target | Fault[] => {
  if (!place) return [];
  const { root, value, lineOf, faults = [] } = place;
  const found = [...faults];
  if (others.length > 0) {
    const too = others.map((other) => other.root).join(" and ");
    found.push({ setting: root, problem: `stands in ${too} too` });
  }
  if (found.length === 0 && !TARGET_KEY.test(key))
    found.push({ setting: root, problem: "must be letters, digits, - and _ as a key" });
  // What is no text of settings has been named already.
  if (value === undefined && found.length > 0) return found;
  const target = readTarget(key, value, env, keys, root);
  if (!Array.isArray(target)) return found.length > 0 ? found : target;
  const own = target.map((fault) =>
    lineOf && fault.setting.startsWith(root) ? atLine(fault, lineOf(fault.setting)) : fault,
  );
  return [...found, ...own];
};

/**
 * Reads every setting once. A faulty target is kept by name, so that it refuses instead of half working.
 * @param files what the host has read besides the variables
 */
export const readConfig = (env: Environment, files: Source = NO_SOURCE): Config => {
  const keys = readLedgerKeys(readSecret(env, "LEDGER_KEYS"));
  const { alerts, faults } = readAlerts(env);
  const sources = readSources(env, files);
  const targets = new Map<string, Target | undefined>();
  const faultsOf = new Map<string, readonly Fault[]>();
  for (const [key, places] of sources.places) {
    const target = readPlace(key, places, env, keys);
    const isFaulty = Array.isArray(target);
    targets.set(key, isFaulty ? undefined : target);
    if (isFaulty) faultsOf.set(key, target);
  }
  const routes = checkRoutes(targets, (key, path, problem) =>
    faultIn(sources.places.get(key)?.[0], path, problem),
  );
  for (const [key, own] of routes.own) {
    targets.set(key, undefined);
    faultsOf.set(key, own);
  }
  const { publicUrl, ...ownUrl } = readPublicUrl(env);
  const { operators, ...tokens } = readOperators(env, (key) => targets.has(key));
  const all = [...sources.places];
  return {
    targets,
    origins: all.flatMap(([, places]) => places.flatMap(({ value }) => readOrigins(value))),
    faults: unique([
      ...faults,
      ...ownUrl.faults,
      ...tokens.faults,
      ...sources.faults,
      ...[...faultsOf.values()].flat(),
      ...routes.blocked,
    ]),
    faultsOf,
    unreadable: [
      ...sources.faults.map(({ setting }) => setting),
      ...all
        .filter(
          ([key, places]) =>
            faultsOf.has(key) && !places.every(({ value }) => storesNothing(value)),
        )
        .map(([key]) => key),
    ],
    warnings: [
      ...[...targets.values()].flatMap((target) => target?.warnings ?? []),
      ...routes.warnings,
      ...tokens.warnings,
      ...unreadSecret(env, [...targets.values()]),
    ],
    ledgerKeys: typeof keys === "string" ? undefined : keys,
    alerts,
    operators,
    publicUrl,
    ownOrigins: ownOrigins(publicUrl),
  };
};
