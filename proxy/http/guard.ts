/**
 * Owns the cheap refusals, in the order of their cost: origin, media type, size, shape. Must not
 * know the meaning of a field.
 */
import { isShort } from "../shared/content-length.ts";
import { MAX_BODY_BYTES } from "../shared/contract.ts";
import type { ProblemCode } from "../shared/contract.ts";
import { isLoopback } from "../vendors/loopback.ts";
import { readUrlencoded } from "./urlencoded.ts";

const matches = (origin: string, pattern: string): boolean => {
  const star = pattern.indexOf("*.");
  if (star < 0) return origin === pattern;
  const [scheme, suffix] = [pattern.slice(0, star), pattern.slice(star + 1)];
  if (!origin.startsWith(scheme) || !origin.endsWith(suffix)) return false;
  // Any depth of subdomains, and not the apex: the star stands for at least one label.
  return /^[a-z\d](?:[a-z\d.-]*[a-z\d])?$/.test(origin.slice(scheme.length, -suffix.length));
};

/**
 * Whether a page of this origin may post. Browsers set `Origin` on every cross-origin POST and page
 * script cannot (Fetch, 3.2); so this stops foreign sites, not scripts. None and `null` are refused.
 */
export const isAllowedOrigin = (
  origin: string | null | undefined,
  patterns: readonly string[],
): origin is string =>
  typeof origin === "string" &&
  origin !== "null" &&
  patterns.some((pattern) => matches(origin, pattern));

/** What a browser says of the page that sends a request (Fetch Metadata); no script can set it. */
interface Visit {
  headers: Headers;
  /** Of the request, with the host that it names. */
  url: string;
}

const hostOf = (origin: string): string => (URL.canParse(origin) ? new URL(origin).host : "");

/** The page stands at the address that the request names, whether or not that is the proxy's own. */
export const isFromOwnAddress = ({ headers, url }: Visit): boolean => {
  const site = headers.get("sec-fetch-site");
  const sameHost = hostOf(headers.get("origin") ?? "") === new URL(url).host;
  return site === null ? sameHost : site === "same-origin";
};

/** Whether pages of this host may post: any of the origins would be theirs. */
export const isHostOf = (hostname: string, patterns: readonly string[]): boolean =>
  patterns.some((pattern) => {
    const origin = pattern.replace(/^(https?:\/\/)[^:/]+/, (_, scheme) => `${scheme}${hostname}`);
    return matches(origin, pattern);
  });

/**
 * Whether the browser's words about the page contradict the origin that the request claims: then no browser
 * wrote them. Older browsers say nothing, and a program may say what it likes.
 */
export const contradictsOrigin = (
  { headers, url }: Visit,
  origin: string,
  own: readonly string[],
): boolean => {
  switch (headers.get("sec-fetch-site")) {
    case "same-origin":
      // A site may pass the path of leads on, and then the page has the name that the request has.
      return !own.includes(origin) && hostOf(origin) !== new URL(url).host;
    case "same-site":
    case "cross-site":
      // The names of loopback are different sites, and one machine.
      return own.includes(origin) && !isLoopback(new URL(origin).hostname);
    case "none":
      // A person's own doing, such as a form that is sent again from the history.
      return headers.get("sec-fetch-mode") !== "navigate";
    default:
      return false;
  }
};

type Refused = { refusal: Extract<ProblemCode, "malformed" | "too_large" | "unsupported_type"> };

type Reader = ReadableStreamDefaultReader<Uint8Array>;

/**
 * Bytes of a refused body that are read and thrown away, so that its sender gets to read the answer:
 * a connection closed on unread data is reset, and the answer is lost with it (RFC 9112, 9.6).
 */
const MAX_DISCARDED_BYTES = 256 * 1024;

/** A sender who leaves in the middle is nobody's error: `aborted`, instead of an exception. */
const readChunk = async (reader: Reader): Promise<Uint8Array | "end" | "aborted"> => {
  try {
    const { done, value } = await reader.read();
    return done ? "end" : value;
  } catch {
    return "aborted";
  }
};

const discard = async (reader: Reader): Promise<void> => {
  for (let bytes = 0; bytes < MAX_DISCARDED_BYTES;) {
    const value = await readChunk(reader);
    if (!(value instanceof Uint8Array)) return;
    bytes += value.byteLength;
  }
  await reader.cancel();
};

/** For a request that was refused before its body was read. */
export const discardBody = async (request: Request): Promise<void> => {
  // A look at the body makes a stream of it.
  if (!request.bodyUsed && request.body) await discard(request.body.getReader() as Reader);
};

const readWhole = async (request: Request): Promise<Uint8Array | Refused> => {
  try {
    const bytes = new Uint8Array(await request.arrayBuffer());
    return bytes.byteLength > MAX_BODY_BYTES ? { refusal: "too_large" } : bytes;
  } catch {
    return { refusal: "malformed" };
  }
};

/**
 * Reads at most the limit and counts each chunk: a chunked body announces no length. One that does is read in one
 * step, which costs a third.
 */
const readBytes = async (request: Request): Promise<Uint8Array | Refused> => {
  if (isShort(request.headers, MAX_BODY_BYTES)) return readWhole(request);
  const bytes = new Uint8Array(MAX_BODY_BYTES);
  let length = 0;
  if (!request.body) return bytes.subarray(0, 0);
  const reader = request.body.getReader() as Reader;
  for (;;) {
    const value = await readChunk(reader);
    if (value === "end") return bytes.subarray(0, length);
    if (value === "aborted") return { refusal: "malformed" };
    if (length + value.byteLength > MAX_BODY_BYTES) {
      await discard(reader);
      return { refusal: "too_large" };
    }
    bytes.set(value, length);
    length += value.byteLength;
  }
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The last of a repeated key wins, in both types, as `JSON.parse` has it. */
const toFlatStrings = (parsed: unknown): ReadonlyMap<string, string> | undefined => {
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return undefined;
  const entries = Object.entries(parsed);
  return entries.every((entry): entry is [string, string] => typeof entry[1] === "string")
    ? new Map(entries)
    : undefined;
};

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });

/** The body as flat strings, urlencoded or JSON, in UTF-8. */
export const readForm = async (
  request: Request,
): Promise<{ form: ReadonlyMap<string, string> } | Refused> => {
  const [type = "", ...parameters] = (request.headers.get("content-type") ?? "")
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  const json = type === "application/json";
  const foreignCharset = parameters.some((p) => /^charset=(?!"?utf-8"?$)/.test(p));
  const encoded = request.headers.get("content-encoding");
  if ((!json && type !== "application/x-www-form-urlencoded") || foreignCharset || encoded)
    return { refusal: "unsupported_type" };
  const bytes = await readBytes(request);
  if ("refusal" in bytes) return bytes;
  try {
    const text = decoder.decode(bytes);
    const form = json ? toFlatStrings(parseJson(text)) : readUrlencoded(text);
    return form ? { form } : { refusal: "malformed" };
  } catch {
    return { refusal: "malformed" };
  }
};
