/**
 * Owns the checks before a deploy: the address in the script, the variables, the targets, the names of
 * the secrets. Must not read a secret: Cloudflare keeps them.
 */
import { readOwnOrigin } from "../config/origins.ts";
import { FILE_VARIABLE, NO_SOURCE, readSources } from "../config/sources.ts";
import type { Source } from "../config/sources.ts";
import { checkSettings } from "./known-settings.ts";

const SET_ENDPOINT =
  "Set it and deploy again: LEAD_FORM_ENDPOINT=https://leads.example.com npm run deploy\n" +
  "Or let the Worker tell its scripts: npm run deploy -- --var PUBLIC_URL:https://leads.example.com";

const LOOPBACK = /^(?:(?:.*\.)?localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1?\])$/;

/** @returns why a script with this endpoint could not work, in words; undefined where it can */
const endpointProblem = (setting: string, endpoint: string): string | undefined => {
  const url = URL.parse(endpoint);
  if (url?.protocol !== "https:")
    return `The script must know the public https address of this Worker before it ships.\n${SET_ENDPOINT}`;
  if (LOOPBACK.test(url.hostname))
    return `${url.origin} is the machine of whoever visits the page, not this Worker.\n${SET_ENDPOINT}`;
  if (url.href !== `${url.origin}/`)
    return `${setting} is an origin: ${url.origin}, and nothing after it.`;
  const { problem } = readOwnOrigin(endpoint);
  return problem && `${setting} ${problem}.`;
};

/** What the Worker is told when it starts beats what the build bakes in. */
const originProblemOf = ({ endpoint, vars }: Shipment): string | undefined => {
  const { PUBLIC_URL } = vars;
  if (PUBLIC_URL === undefined || PUBLIC_URL === "")
    return endpointProblem("LEAD_FORM_ENDPOINT", endpoint);
  return endpointProblem("PUBLIC_URL", typeof PUBLIC_URL === "string" ? PUBLIC_URL : "");
};

/** Reserved names (RFC 2606), which our README uses and nobody can own. */
const EXAMPLE = /\bexample\.(?:com|net|org|ru)\b/;

/** Bytes of one variable: https://developers.cloudflare.com/workers/platform/limits/, "Environment variables". */
const MAX_VARIABLE_BYTES = 5_000;

const bytesOf = (value: unknown): number =>
  Buffer.byteLength(typeof value === "string" ? value : JSON.stringify(value ?? ""));

const sizeProblems = (vars: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(vars)
    .map(([name, value]) => [name, bytesOf(value)] as const)
    .filter(([, bytes]) => bytes > MAX_VARIABLE_BYTES)
    .map(([name, bytes]) => {
      const [size, limit] = [bytes, MAX_VARIABLE_BYTES].map((n) => n.toLocaleString("en"));
      const way = /^TARGETS(?:_|$)/.test(name)
        ? " Move each target into a file of its own, proxy/targets/<key>.json: the build bundles it, and no limit counts it."
        : "";
      return `${name} has ${size} bytes, and Cloudflare takes at most ${limit} in a variable.${way}`;
    });

export interface Shipment {
  /** What LEAD_FORM_ENDPOINT holds. */
  endpoint: string;
  vars: Readonly<Record<string, unknown>>;
  /** Of the Worker's targets. */
  files?: Source;
  /** Variables may stand at Cloudflare besides, and are kept there. */
  keepVars?: boolean;
}

interface Check {
  /** What keeps the build from being shipped, each with what to do about it. */
  obstacles: string[];
  /** Names of the secrets that the targets need. */
  secrets: string[];
}

export const checkDeploy = (shipment: Shipment): Check => {
  const { vars, files = NO_SOURCE, keepVars = false } = shipment;
  const { places } = readSources(vars, files);
  const { config, secrets } = checkSettings(vars, files);
  const obstacles = [originProblemOf(shipment) ?? [], sizeProblems(vars)].flat();
  if (vars[FILE_VARIABLE] !== undefined)
    obstacles.push(`${FILE_VARIABLE} is read by the Node server alone: a Worker has no files.`);
  for (const { setting, problem } of config.faults)
    if (!/^(?:TARGETS|targets\/)/.test(setting)) secrets.push(setting);
    else if (!keepVars || setting !== "TARGETS" || problem !== "is missing")
      obstacles.push(`${setting} ${problem}.`);
  for (const all of places.values())
    for (const { root, value } of all)
      if (EXAMPLE.test(JSON.stringify(value) ?? ""))
        obstacles.push(`${root} still names example.com: put your own pages and vendors there.`);
  return { obstacles: [...new Set(obstacles)], secrets: [...new Set(secrets)] };
};

/**
 * The variables that `wrangler deploy` would ship.
 * @param args of the command; `--var NAME:…` beats the file, and may be followed by several
 */
export const findVars = (
  vars: Readonly<Record<string, unknown>>,
  args: readonly string[],
): Record<string, unknown> => {
  const found = { ...vars };
  let isVar = false;
  for (const arg of args) {
    if (arg.startsWith("-")) isVar = /^--var(?:=|$)/.test(arg);
    const [, name, value] = /^(?:--var=)?([A-Za-z_][\w-]*):(.*)$/s.exec(arg) ?? [];
    if (isVar && name !== undefined) found[name] = value;
  }
  return found;
};
