/**
 * Owns the settings that a build can see: wrangler's variables, those of its environment, and files.
 * Must not need a secret: Cloudflare keeps them.
 */
import { readFileSync } from "node:fs";
import { readConfig } from "../config/config.ts";
import type { Config } from "../config/config.ts";
import type { Environment } from "../config/environment.ts";
import { TARGETS_FOLDER, readTargetsFile, readTargetsFolder } from "../config/node/files.ts";
import { readSettingsText } from "../config/node/json.ts";
import { readOwnOrigin } from "../config/origins.ts";
import { FILE_VARIABLE, joinSources, readSources } from "../config/sources.ts";
import type { Source } from "../config/sources.ts";
import type { Target } from "../config/target.ts";
import type { TargetFacts } from "../shared/snippet.ts";
import type { Fault } from "../vendors/vendor.ts";

const inWords = ({ setting, problem }: Fault): string => `${setting} ${problem}`;

const WRANGLER = "proxy/wrangler.jsonc";

/** The settings of wrangler, as they are written. Throws for a text that wrangler might read in another way. */
export const readWrangler = (): { vars?: Record<string, unknown>; assets: object } => {
  const text = readSettingsText(readFileSync(WRANGLER), WRANGLER);
  const faults = "fault" in text ? [text.fault] : text.faults;
  if ("fault" in text || faults.length > 0) throw new Error(faults.map(inWords).join("\n"));
  return text.value as ReturnType<typeof readWrangler>;
};

/** Any well-formed value shows which secrets are needed besides. */
const SOME_KEYS = JSON.stringify({ k1: Buffer.alloc(32).toString("base64") });
const SOME_SECRET = "AAAA";

const isSecret = ({ setting, problem }: Fault): boolean =>
  problem === "is missing" && /^[A-Z][A-Z\d_]*$/.test(setting) && setting !== "TARGETS";

/** The settings as they are once every secret is there, and the names of these. */
export const checkSettings = (
  env: Environment,
  files: Source,
): { config: Config; secrets: string[] } => {
  const secrets = new Map<string, string>();
  for (;;) {
    const config = readConfig({ ...Object.fromEntries(secrets), ...env }, files);
    const missing = config.faults.filter(isSecret);
    if (missing.length === 0) return { config, secrets: [...secrets.keys()] };
    for (const { setting } of missing)
      secrets.set(setting, setting === "LEDGER_KEYS" ? SOME_KEYS : SOME_SECRET);
  }
};

export interface Known {
  config: Pick<Config, "targets" | "faults" | "faultsOf">;
  /** Those that wrangler ships. */
  vars: Readonly<Record<string, unknown>>;
  /** The Worker's files as they are bundled, by key. */
  bundled: Readonly<Record<string, unknown>>;
  /** ISO codes of the targets' own countries, by key. */
  countries: Readonly<Record<string, string>>;
}

export const NOTHING_KNOWN: Known = {
  config: { targets: new Map(), faults: [], faultsOf: new Map() },
  vars: {},
  bundled: {},
  countries: {},
};

/** Where nobody has said where the proxy will stand: on the own machine. */
const LOCAL_ORIGIN = "http://localhost:8787";

type OwnOrigin = { origin: string; problem?: undefined } | { origin?: undefined; problem: string };

/** The origin that a build bakes in, or why there is none. */
export const readBuiltOrigin = (env: Environment): OwnOrigin => {
  const { origin, problem } = readOwnOrigin(env["LEAD_FORM_ENDPOINT"] || LOCAL_ORIGIN);
  return problem === undefined ? { origin } : { problem: `LEAD_FORM_ENDPOINT ${problem}` };
};

/** The origin under which the proxy will be known: `PUBLIC_URL` of the environment or of wrangler, else the built one. */
export const readPublicOrigin = (env: Environment, vars: Environment = {}): OwnOrigin => {
  const given = env["PUBLIC_URL"] || vars["PUBLIC_URL"];
  if (!given) return readBuiltOrigin(env);
  const { origin, problem } = readOwnOrigin(given);
  return problem === undefined ? { origin } : { problem: `PUBLIC_URL ${problem}` };
};

const isTargets = (name: string): boolean => /^TARGETS(?:_|$)/.test(name);

/**
 * All targets that the build knows. A variable of its environment beats the one of wrangler.jsonc.
 * @param folder of the Worker's files
 */
export const readKnown = (env: Environment, folder = TARGETS_FOLDER): Known => {
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => isTargets(name)));
  const { vars = {} } = readWrangler();
  const all = { ...vars, ...own };
  const path = env[FILE_VARIABLE];
  const targetFiles = readTargetsFolder(folder);
  const files = joinSources([
    targetFiles,
    readTargetsFile(typeof path === "string" ? path : undefined),
  ]);
  const { config } = checkSettings(all, files);
  const { places } = readSources(all, files);
  const countryOf = (key: string): string | undefined => {
    const given = (places.get(key)?.[0]?.value as { country?: unknown } | undefined)?.country;
    return config.targets.get(key)?.country ?? (typeof given === "string" ? given : undefined);
  };
  return {
    config,
    vars,
    bundled: Object.fromEntries(targetFiles.places.map(([key, { value }]) => [key, value])),
    countries: Object.fromEntries(
      [...places.keys()].flatMap((key) => {
        const country = countryOf(key);
        return country ? [[key, country.toUpperCase()]] : [];
      }),
    ),
  };
};

/** `targets/tower.json.origins[0] … (line 12)`, as compilers and editors write it. */
const inFile = (text: string, folder: string): string =>
  text.replace(/^targets\/([^/]*?\.json)(?:[.[](.*?))? (.*) \(line (\d+)\)$/s, (...parts) => {
    const [, file = "", setting, problem = "", line = ""] = parts as string[];
    return `${folder}/${file}:${line}: ${setting ? `${setting} ` : ""}${problem}`;
  });

/** What is wrong with the Worker's files, each with its line. */
export const fileProblems = ({ config }: Known, folder = TARGETS_FOLDER): string[] =>
  config.faults
    .map(inWords)
    .filter((text) => text.includes("targets/"))
    .map((text) => inFile(text, folder));

/** Why a target that the build knows cannot work. */
export const targetProblems = ({ config }: Known, key: string): string[] =>
  (config.faultsOf.get(key) ?? []).map(inWords);

/** The rest: what may hold targets, and could not be read. That there are none may be meant so. */
export const sourceProblems = ({ config }: Known): string[] => {
  const ofTargets = [...config.faultsOf.values()].flat().map(inWords);
  return config.faults
    .map(inWords)
    .filter((text) => text !== "TARGETS is missing" && !ofTargets.includes(text));
};

export const factsOf = ({
  key,
  country,
  projects = [],
  required,
  consent,
  definitions,
}: Target): TargetFacts => ({
  target: key,
  country,
  projects,
  required: [...required],
  consent: consent === "required" || required.has("consent"),
  definitions,
});
