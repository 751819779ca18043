/** Owns the rules for an origin in the settings. Must not compare a request with it. */
import { isRecord } from "../shared/is-record.ts";
import { isLoopback } from "../vendors/loopback.ts";

const HOST = String.raw`(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)*[a-z\d](?:[a-z\d-]*[a-z\d])?`;
const EXACT_ORIGIN = new RegExp(String.raw`^https?://(?:${HOST}|\[[\da-f:]+\])(?::\d{1,5})?$`);
/** At least two labels after the star: `https://*.com` would trust a whole registry. */
const WILDCARD_ORIGIN = new RegExp(String.raw`^https?://\*\.(?=[^.:/]+\.)${HOST}(?::\d{1,5})?$`);

const NO_ORIGIN = "is not an origin such as https://www.example.com";

/** As a browser writes it, with the star of a wildcard; undefined if it is no address. */
const asBrowsersWrite = (text: string): string | undefined => {
  const [, scheme = "", star = "", rest = ""] =
    /^(https?:\/\/)(\*\.)?([^/?#@]*)$/i.exec(text) ?? [];
  // A number as the last label makes an IPv4 address of it, so the star stands for nothing here.
  if (!rest || !URL.canParse(scheme + rest)) return undefined;
  const { origin } = new URL(scheme + rest);
  return star ? origin.replace("://", "://*.") : origin;
};

/** The rule that an origin breaks, or undefined. An origin is public: the form to write may be told. */
export const originProblem = (text: string): string | undefined => {
  if (/\s/.test(text)) return "must not hold white space";
  const [, port] = /:(\d+)$/.exec(text) ?? [];
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535))
    return "names a port that does not exist";
  const written = asBrowsersWrite(text);
  if (written === text)
    return WILDCARD_ORIGIN.test(text) || EXACT_ORIGIN.test(text) ? undefined : NO_ORIGIN;
  if (written === undefined) return NO_ORIGIN;
  if (/[^ -~]/.test(text)) return `must be written as ${written}`;
  if (written === text.toLowerCase()) return "must be written in small letters";
  return port !== undefined && !written.endsWith(`:${port}`)
    ? "must not name the usual port: no browser sends it"
    : NO_ORIGIN;
};

export const isOrigin = (text: string): boolean => originProblem(text) === undefined;

const DEFAULT_PORTS: Readonly<Record<string, string>> = { "https:": "443", "http:": "80" };

/** Without the port that its scheme has anyway: `https://x:443` is `https://x`. */
export const withoutUsualPort = (origin: string): string =>
  origin.replace(/^(https:.*):443$|^(http:.*):80$/, "$1$2");

type Read = { origin: string; problem?: undefined } | { origin?: undefined; problem: string };

/** The origin of a proxy, as a setting names it: with the slash and the usual port that people copy along, or without. */
export const readOwnOrigin = (given: unknown): Read => {
  if (typeof given !== "string") return { problem: NO_ORIGIN };
  const origin = withoutUsualPort(given.replace(/\/$/, ""));
  const problem = origin.includes("*") ? NO_ORIGIN : originProblem(origin);
  return problem === undefined ? { origin } : { problem };
};

/**
 * The own origin in each form that a request may name it by. On a person's machine all names of loopback are
 * one program's, told from another's by the port.
 */
export const ownOrigins = (publicUrl: string | undefined): string[] => {
  if (publicUrl === undefined) return [];
  const { protocol, hostname, port } = new URL(publicUrl);
  const hosts = isLoopback(hostname)
    ? [...new Set([hostname, "localhost", "127.0.0.1", "[::1]"])]
    : [hostname];
  const ports = port ? [`:${port}`] : ["", `:${DEFAULT_PORTS[protocol]}`];
  return hosts.flatMap((host) => ports.map((each) => `${protocol}//${host}${each}`));
};

/** The valid origins of a target, even of a faulty one: its pages must be able to read the refusal. */
export const readOrigins = (target: unknown): string[] =>
  isRecord(target) && Array.isArray(target["origins"])
    ? target["origins"].filter((origin) => typeof origin === "string").filter(isOrigin)
    : [];
