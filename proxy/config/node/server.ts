/**
 * Owns the settings of the Node server itself: its address, its folder, the proxy in front. Must not
 * keep a server from starting that can: each has a default.
 */
import { isLoopback } from "../../vendors/loopback.ts";
import type { Fault } from "../../vendors/vendor.ts";
import type { Environment } from "../environment.ts";

/** How much the server grants those who connect: milliseconds, and a number. */
export interface Limits {
  /** For an idle connection between two requests. */
  keepAlive: number;
  /** Until the head of a request is there; also for a connection that says nothing. */
  head: number;
  /** Until all of a request is there. */
  request: number;
  connections: number;
}

export interface ServerSettings {
  port: number;
  hostname: string;
  dataDir: string;
  /** Written by the proxy in front, without which anyone could; undefined where there is none. */
  proxyHeader: string | undefined;
  limits: Limits;
  faults: readonly Fault[];
}

type Rule = (text: string) => string | undefined;

const between =
  (min: number, max: number): Rule =>
  (text) =>
    /^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max
      ? undefined
      : `must be a whole number from ${min} to ${max}`;

const isHost: Rule = (text) => {
  if (/["'`]/.test(text)) return "must not stand in quotes";
  // An IPv6 address stands without brackets here, as `listen` takes it.
  return /^(?:[a-z\d](?:[a-z\d.-]*[a-z\d])?|[\da-f]*:[\da-f:.]*:[\da-f:.]*)$/i.test(text)
    ? undefined
    : "must be a name or an address, without a scheme, brackets or a port";
};

const isHeader: Rule = (text) => {
  if (/["'`]/.test(text)) return "must not stand in quotes";
  if (/[\s,;:]/.test(text)) return "must be the name of one header, without spaces";
  return /^[a-z\d_-]+$/i.test(text) ? undefined : "must be the name of a header";
};

const isPath: Rule = (text) =>
  /^(["'`]).*\1$/.test(text)
    ? "must not stand in quotes"
    : text.includes("\0")
      ? "must be a path"
      : undefined;

/** Seconds after which a usual balancer gives up an idle connection are 60: it has to be the first. */
const KEEP_ALIVE = 75;
/** Seconds: a head is one packet or two, on the slowest phone too. */
const HEAD = 10;
/** Seconds: the largest body, 16 KiB, at a kilobyte a second. */
const REQUEST = 20;
/** At some 20 KB each. A host that needs more has a proxy in front, which keeps the slow ones off. */
const CONNECTIONS = 2000;

export const readServerSettings = (env: Environment): ServerSettings => {
  const faults: Fault[] = [];
  const read = (setting: string, rule: Rule, isTrimmed = true): string | undefined => {
    const given = env[setting];
    if (typeof given !== "string") return undefined;
    const text = isTrimmed ? given.trim() : given;
    const problem = text === "" ? "is empty" : rule(text);
    if (problem) faults.push({ setting, problem });
    return problem ? undefined : text;
  };
  const settings = {
    port: Number(read("PORT", between(0, 65_535)) ?? 8787),
    hostname: read("HOST", isHost) ?? "127.0.0.1",
    dataDir: read("DATA_DIR", isPath) ?? "data",
    // Not trimmed: a space shows a value that was put together, and half of it may be missing.
    proxyHeader: read("TRUSTED_PROXY_HEADER", isHeader, false),
  };
  const count = (setting: string, max: number, otherwise: number): number =>
    Number(read(setting, between(1, max)) ?? otherwise);
  const request = count("REQUEST_TIMEOUT_SECONDS", 3600, REQUEST);
  const limits: Limits = {
    keepAlive: count("KEEP_ALIVE_SECONDS", 3600, KEEP_ALIVE) * 1000,
    request: request * 1000,
    // A head is a part of its request.
    head: Math.min(count("HEADERS_TIMEOUT_SECONDS", 3600, HEAD), request) * 1000,
    connections: count("MAX_CONNECTIONS", 1_000_000, CONNECTIONS),
  };
  return { ...settings, limits, faults };
};

/** A server for others whose scripts send each visitor to the visitor's own machine. */
export const originWarnings = (hostname: string, publicUrl: string | undefined): Fault[] =>
  publicUrl !== undefined && isLoopback(new URL(publicUrl).hostname) && !isLoopback(hostname)
    ? [
        {
          setting: "PUBLIC_URL",
          problem: "is needed: without it the scripts send to the machine of whoever visits",
        },
      ]
    : [];
