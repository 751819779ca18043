/**
 * Owns what every vendor adapter shares: the outcome of one delivery, the guarded POST, and the
 * reading of answers that are no particular vendor's. Knows no vendor and no HTTP status of ours.
 */
import type { FieldErrors, Language } from "../shared/contract.ts";

/** A lead as an adapter gets it: checked, normalised, nothing that a vendor has no field for. */
export interface VendorLead {
  /** The submission's UUID: sent along for a vendor that can dedupe by it. */
  id: string;
  name: string;
  /** `+` and digits. */
  phone: string;
  email: string | undefined;
  project: string | undefined;
  lang: Language;
}

/** What the vendor's own side must have in order before anything can arrive. */
export type MisconfiguredReason =
  | "key_refused"
  | "token_refused"
  | "forbidden"
  | "wrong_path"
  | "redirect"
  | "request_refused"
  | "no_form"
  | "unreachable";
/** The vendor did not process the lead and may do so later. */
export type LaterReason =
  | "rate_limited"
  | "overloaded"
  | "request_timeout"
  | "origin_down"
  | "token_unavailable";
/** The vendor may or may not have the lead. */
export type DoubtReason = "timeout" | "network" | "server_error" | "truncated";
/** A success that does not look like the documented one. */
export type DriftReason = "no_lead" | "html" | "not_json" | "empty";
/** A refusal that no document explains. */
export type UnexplainedReason = "bad_request" | "vendor_code" | "unknown_field" | "oversize";

interface Answered {
  /** The vendor's HTTP status, where one came. */
  status?: number;
}

/** The one union of what a delivery can end in; `reply.ts` and the ledger switch over it. */
export type Outcome = Answered &
  (
    | { kind: "created"; ref: string; warning?: "project_unmatched" }
    | { kind: "duplicate" }
    | { kind: "drift"; reason: DriftReason }
    | { kind: "invalid"; fields: FieldErrors }
    | { kind: "unexplained"; reason: UnexplainedReason; vendorCode?: string }
    | { kind: "misconfigured"; reason: MisconfiguredReason }
    | { kind: "later"; reason: LaterReason; retryAfter?: number }
    | { kind: "doubt"; reason: DoubtReason }
  );

/** What an adapter needs of the world for one delivery. */
export interface Io {
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Milliseconds since the epoch at which the whole delivery, token and body included, must end. */
  deadline: number;
}

export type Deliver = (lead: VendorLead, io: Io) => Promise<Outcome>;

/** A setting that is missing or malformed: named, never echoed. */
export interface Fault {
  setting: string;
  problem: string;
}

/** The settings of one target that concern its vendor. */
export interface VendorSettings {
  baseUrl: string;
  /** Fixed fields that the operator adds to every lead. */
  extra: Readonly<Record<string, string | number | boolean>>;
  /** Reads `<credential>_<suffix>` from the secrets. */
  secret: (suffix: string) => string | undefined;
  /** The full name of that secret, for faults. */
  secretName: (suffix: string) => string;
}

/** One vendor: its rules for a lead, and how to reach it. */
export interface Vendor {
  /** ISO 3166-1 alpha-2: how a national number is read unless the target says otherwise. */
  country: string;
  phone: "any" | "mobile";
  /** UTF-16 units. */
  maxNameLength: number;
  connect: (settings: VendorSettings) => { deliver: Deliver } | { faults: Fault[] };
}

/** Bytes of an answer that are read; both vendors' documented answers stay under 1 KiB. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** Seconds; a vendor that asks for more is asked again after a day. */
const MAX_RETRY_AFTER = 24 * 60 * 60;

/** The vendor's answer as far as it could be read, or why there is none. */
export type Answer =
  | {
      status: number;
      body: "json" | "html" | "text" | "empty" | "truncated" | "oversize";
      json: unknown;
      text: string;
      retryAfter: number | undefined;
    }
  | { status: undefined; failure: "timeout" | "network" };

/** RFC 9110, 10.2.3: seconds or an HTTP date, read strictly; anything else is undefined. */
export const readRetryAfter = (value: string | null, now: number): number | undefined => {
  if (value === null) return undefined;
  const text = value.trim();
  const seconds = /^\d{1,9}$/.test(text)
    ? Number(text)
    : /^[A-Z][a-z]{2}, /.test(text)
      ? Math.ceil((Date.parse(text) - now) / 1000)
      : Number.NaN;
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(seconds, 0), MAX_RETRY_AFTER);
};

type Body = Pick<Extract<Answer, { status: number }>, "body" | "json" | "text">;

const readText = async (response: Response): Promise<{ text: string } | Body> => {
  const unread = (body: "truncated" | "oversize"): Body => ({ body, json: undefined, text: "" });
  const reader = response.body?.getReader() as ReadableStreamDefaultReader<Uint8Array> | undefined;
  if (!reader) return { text: "" };
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { text: text + decoder.decode() };
      bytes += value.byteLength;
      if (bytes > MAX_ANSWER_BYTES) {
        await reader.cancel();
        return unread("oversize");
      }
      text += decoder.decode(value, { stream: true });
    }
  } catch {
    return unread("truncated");
  }
};

const readBody = async (response: Response): Promise<Body> => {
  const read = await readText(response);
  if ("body" in read) return read;
  const { text } = read;
  if (text.trim() === "") return { body: "empty", json: undefined, text };
  try {
    return { body: "json", json: JSON.parse(text), text };
  } catch {
    const html = /html/i.test(response.headers.get("content-type") ?? "") || /^\s*</.test(text);
    // A connection cut in the middle of JSON can look complete to the runtime.
    const cut = /^\s*[{[]/.test(text);
    return { body: html ? "html" : cut ? "truncated" : "text", json: undefined, text };
  }
};

/** The last of a call's time goes in short looks, in milliseconds, between which what is there is read. */
const LOOKS = 4;
const LOOK = 50;

/**
 * Like `AbortSignal.timeout`, but an event loop that is so busy that it comes late to its timers, which
 * it runs before it reads, has read what is there before the signal aborts: such an answer is no doubt.
 *
 * @param milliseconds of which there are at least as many as the looks take
 */
const expireAfter = (milliseconds: number): { signal: AbortSignal; clear: () => void } => {
  const controller = new AbortController();
  let looks = 0;
  const look = (): void => {
    if (looks++ < LOOKS) timer = setTimeout(look, LOOK);
    else controller.abort();
  };
  let timer = setTimeout(look, Math.max(milliseconds - LOOKS * LOOK, 0));
  return { signal: controller.signal, clear: () => clearTimeout(timer) };
};

/**
 * One POST to a vendor. Never follows a redirect: following one repeats the credentials to another
 * origin and turns the POST into a GET. One time-out covers headers and body.
 */
export const post = async (
  url: string,
  headers: Record<string, string>,
  body: string,
  io: Io,
): Promise<Answer> => {
  const { signal, clear } = expireAfter(io.deadline - io.now());
  try {
    const response = await io.fetch(url, {
      method: "POST",
      redirect: "manual",
      signal,
      headers: { accept: "application/json", "user-agent": "lead-form", ...headers },
      body,
    });
    return {
      status: response.status,
      ...(await readBody(response)),
      retryAfter: readRetryAfter(response.headers.get("retry-after"), io.now()),
    };
  } catch {
    return { status: undefined, failure: signal.aborted ? "timeout" : "network" };
  } finally {
    clear();
  }
};

/** Statuses that say nothing was processed, with the reason under which to try again. */
const LATER: Readonly<Record<number, LaterReason>> = {
  408: "request_timeout",
  425: "overloaded",
  429: "rate_limited",
  503: "overloaded",
  521: "origin_down",
  523: "origin_down",
};

/** Statuses that the operator, not time, must mend. 525, 526 and 530 are Cloudflare's TLS and DNS. */
const MISCONFIGURED: Readonly<Record<number, MisconfiguredReason>> = {
  401: "key_refused",
  403: "forbidden",
  404: "wrong_path",
  405: "wrong_path",
  413: "request_refused",
  415: "request_refused",
  525: "unreachable",
  526: "unreachable",
  530: "unreachable",
};

/** What an answer means where the vendor's own body says nothing: by status, then by its shape. */
export const classify = (answer: Answer): Outcome => {
  if (answer.status === undefined) return { kind: "doubt", reason: answer.failure };
  const { status, retryAfter } = answer;
  if (status >= 200 && status < 300) {
    if (answer.body === "truncated") return { kind: "doubt", reason: "truncated", status };
    if (answer.body === "oversize") return { kind: "unexplained", reason: "oversize", status };
    if (answer.body === "json") return { kind: "drift", reason: "no_lead", status };
    return { kind: "drift", reason: answer.body === "text" ? "not_json" : answer.body, status };
  }
  if (status >= 300 && status < 400) return { kind: "misconfigured", reason: "redirect", status };
  if (status === 409) return { kind: "duplicate", status };
  const later = LATER[status];
  if (later)
    return {
      kind: "later",
      reason: later,
      status,
      ...(retryAfter !== undefined && { retryAfter }),
    };
  const misconfigured = MISCONFIGURED[status];
  if (misconfigured) return { kind: "misconfigured", reason: misconfigured, status };
  if (status >= 500) return { kind: "doubt", reason: "server_error", status };
  return { kind: "unexplained", reason: "bad_request", status };
};

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** What is wrong with the address of a service that is handed credentials, or undefined. */
export const serviceUrlProblem = (value: string): string | undefined => {
  if (!URL.canParse(value)) return "is not a URL";
  const url = new URL(value);
  if (url.username || url.password) return "must not hold credentials";
  if (url.search || url.hash) return "must not hold a query or a fragment";
  if (url.protocol === "https:") return undefined;
  return url.protocol === "http:" && LOOPBACK.test(url.hostname)
    ? undefined
    : "must be https (plain http only to loopback)";
};

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
