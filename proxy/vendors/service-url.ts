/** Owns the rules for an address that receives credentials. Must not open a connection. */
import { isLoopback } from "./loopback.ts";

/**
 * The problem with the address of a service that receives credentials, or undefined.
 * @param query whether it may hold one: some receivers keep their key there
 */
export const serviceUrlProblem = (value: string, query = false): string | undefined => {
  // The parser drops some of it, but not in the middle, where a path is added.
  if (/[\s\p{C}]/u.test(value)) return "must not hold white space or an invisible character";
  if (!URL.canParse(value)) return "is not a URL";
  const url = new URL(value);
  if (url.username || url.password) return "must not hold credentials";
  if (url.search && !query) return "must not hold a query or a fragment";
  if (url.hash) return `must not hold a ${query ? "" : "query or a "}fragment`;
  if (url.protocol === "https:") return undefined;
  return url.protocol === "http:" && isLoopback(url.hostname)
    ? undefined
    : "must be https (plain http only to loopback)";
};
