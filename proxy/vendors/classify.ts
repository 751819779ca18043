/**
 * Owns the meaning of an answer by status and shape, where its body says nothing. Must not know a
 * particular vendor.
 */
import type { Answer } from "./post.ts";
import type { LaterReason, MisconfiguredReason, Outcome } from "./vendor.ts";

/** Statuses that say nothing was processed, with the reason under which to try again. */
const LATER: Readonly<Record<number, LaterReason>> = {
  408: "request_timeout",
  425: "overloaded",
  429: "rate_limited",
  503: "overloaded",
  521: "origin_down",
  523: "origin_down",
};

/** Statuses that only the operator can repair. 525, 526 and 530 are Cloudflare's TLS and DNS. */
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

/** What was never sent leaves no doubt: the same reasons as Cloudflare's 521 and 530, which say so by a status. */
const readFailure = (failure: Extract<Answer, { status: undefined }>["failure"]): Outcome => {
  switch (failure) {
    case "down":
      return { kind: "later", reason: "origin_down" };
    case "unsafe":
      return { kind: "misconfigured", reason: "unreachable" };
    case "timeout":
    case "network":
      return { kind: "doubt", reason: failure };
  }
};

/** A vendor's own id of a lead, and no message in its place: it is stored, and a person reads it. */
export const isRef = (value: unknown): value is string =>
  typeof value === "string" && /^[\x21-\x7E]{1,100}$/.test(value);

/** What an answer means where the vendor's own body says nothing: by status, then by its shape. */
export const classify = (answer: Answer): Outcome => {
  if (answer.status === undefined) return readFailure(answer.failure);
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
