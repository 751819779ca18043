/**
 * Owns the checks before a deploy: the address in the script, the targets, the names of the
 * secrets. Must not read a secret: Cloudflare keeps them.
 */
import { readConfig } from "../config/config.ts";

const SET_ENDPOINT =
  "Set it and deploy again: LEAD_FORM_ENDPOINT=https://leads.example.com npm run deploy";

const LOOPBACK = /^(?:(?:.*\.)?localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1?\])$/;

/** @returns why a script with this endpoint could not work, in words; undefined where it can */
const endpointProblem = (endpoint: string): string | undefined => {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url?.protocol !== "https:")
    return `The script must know the public https address of this Worker before it ships.\n${SET_ENDPOINT}`;
  if (LOOPBACK.test(url.hostname))
    return `${url.origin} is the machine of whoever visits the page, not this Worker.\n${SET_ENDPOINT}`;
  if (url.href !== `${url.origin}/`)
    return `LEAD_FORM_ENDPOINT is an origin: ${url.origin}, and nothing after it.`;
  return undefined;
};

/** Reserved names (RFC 2606), which our README uses and nobody can own. */
const EXAMPLE = /\bexample\.(?:com|net|org|ru)\b/;

/** Any well-formed key shows which secrets are needed besides. */
const SOME_KEYS = JSON.stringify({ k1: Buffer.alloc(32).toString("base64") });

interface Check {
  /** What keeps the build from being shipped, each with what to do about it. */
  obstacles: string[];
  /** Names of the secrets that the targets need. */
  secrets: string[];
}

/**
 * @param endpoint what LEAD_FORM_ENDPOINT holds
 * @param targets the setting TARGETS; undefined where it is set at Cloudflare and kept there
 */
export const checkDeploy = (endpoint: string, targets: unknown): Check => {
  const endpointObstacle = endpointProblem(endpoint);
  const obstacles = endpointObstacle ? [endpointObstacle] : [];
  if (targets === undefined) return { obstacles, secrets: [] };
  const faults = [{}, { LEDGER_KEYS: SOME_KEYS }].flatMap(
    (keys) => readConfig({ TARGETS: targets, ...keys }).faults,
  );
  const named = new Set<string>();
  for (const { setting, problem } of faults)
    if (setting.startsWith("TARGETS")) obstacles.push(`${setting} ${problem}.`);
    else named.add(setting);
  if (EXAMPLE.test(JSON.stringify(targets)))
    obstacles.push("TARGETS still names example.com: put your own pages and vendors there.");
  return { obstacles: [...new Set(obstacles)], secrets: [...named] };
};

/**
 * Where `wrangler deploy` would take TARGETS from.
 * @param args of the command; `--var TARGETS:…` beats the file, and `--keep-vars` leaves it to Cloudflare
 */
export const findTargets = (vars: Readonly<Record<string, unknown>>, args: readonly string[]) => {
  const given = args.find((arg) => /^(?:--var=)?TARGETS:/.test(arg));
  if (given) return given.slice(given.indexOf(":") + 1);
  return vars["TARGETS"] ?? (args.includes("--keep-vars") ? undefined : "");
};
