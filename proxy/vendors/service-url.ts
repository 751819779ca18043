/** Owns the rules for an address that receives credentials. Must not open a connection. */
import { isLoopback } from "./loopback.ts";

/** As the parser writes one, in whatever form it was given: decimal, octal, hexadecimal, with a dot at the end. */
const IP = /^(?:\d+\.\d+\.\d+\.\d+|\[.*\])$/;

/** What the parser reads as another path, or another server may: dot segments, and separators in disguise. */
const CLIMBS = /\\|%(?:2e|2f|5c)|\/\.{1,2}(?=[/?#]|$)/i;

/** The name of the service has to be one that its certificate can prove; inside a network anybody may answer. */
const hostProblem = (written: string, { hostname, port }: URL): string | undefined => {
  if (port === "0") return "names a port that does not exist";
  if (hostname.endsWith(".")) return "must not hold a name with a dot at its end";
  if (!IP.test(hostname)) return undefined;
  if (!isLoopback(hostname)) return "must name its host, not an IP address";
  return written === hostname ? undefined : `must be written as ${hostname}`;
};

/**
 * The problem with the address of a service that receives credentials, or undefined.
 * @param query whether it may hold one: some receivers keep their key there
 */
export const serviceUrlProblem = (value: string, query = false): string | undefined => {
  // The parser drops some of it, but not in the middle, where a path is added.
  if (/[\s\p{C}]/u.test(value)) return "must not hold white space or an invisible character";
  if (!URL.canParse(value)) return "is not a URL";
  const url = new URL(value);
  const [, authority = "", rest = ""] = /^https?:\/\/([^/\\?#]+)(.*)$/i.exec(value) ?? [];
  if (url.username || url.password || authority.includes("@")) return "must not hold credentials";
  if (url.search && !query) return "must not hold a query or a fragment";
  if (url.hash) return `must not hold a ${query ? "" : "query or a "}fragment`;
  const isHttps = url.protocol === "https:";
  if (!isHttps && !(url.protocol === "http:" && isLoopback(url.hostname)))
    return "must be https (plain http only to loopback)";
  if (authority === "") return "is not a URL";
  if (CLIMBS.test(rest.replace(/[?#].*$/, ""))) return "must not hold a path that climbs";
  return hostProblem(authority.toLowerCase().replace(/:\d*$/, ""), url);
};
