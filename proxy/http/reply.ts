/**
 * Owns the step from a result to an HTTP answer, and all statuses of the public wire. Must not pass
 * on a vendor's text or id, or a stack.
 */
import type { FieldErrors, Problem, ProblemCode, Receipt, Suggestion } from "../shared/contract.ts";
import type { Finished } from "../ledger/types.ts";
import type { Outcome } from "../vendors/vendor.ts";
import { jsonHeaders } from "./headers.ts";
import type { Reader } from "./headers.ts";

/** The HTTP status of each code. */
export const STATUSES = {
  malformed: 400,
  origin_refused: 403,
  stamp_refused: 403,
  unknown_target: 404,
  not_found: 404,
  method_refused: 405,
  too_large: 413,
  unsupported_type: 415,
  invalid: 422,
  id_reused: 422,
  rate_limited: 429,
  unavailable: 503,
} as const satisfies Record<ProblemCode, number>;

/** The end of a request: a receipt, or a refusal with the facts that its answer needs. */
export interface Refusal {
  code: ProblemCode;
  fields?: FieldErrors;
  /** The number that the visitor is asked about. */
  suggestion?: Suggestion;
  /** Seconds. */
  retryAfter?: number;
  /** What whoever runs the proxy has to do, in English. */
  hint?: string;
  /** The methods of a 405 (RFC 9110, 15.5.6). */
  allow?: string;
}
export type Result = Receipt | Refusal;

/** Seconds until another try: short, since the cause is the network or a busy vendor. */
const RETRY_SOON = 5;
/** Seconds until another try: longer, since a person has to repair something first. */
const RETRY_AFTER_REPAIR = 60;
/** Seconds: no visitor waits longer, even if the vendor asks for it. */
const MAX_VISITOR_WAIT = 120;

const unavailable = (retryAfter: number): Refusal => ({ code: "unavailable", retryAfter });

/**
 * The answer where nothing is stored (`storage: "none"`): a success only if the vendor confirmed it. JSON of another
 * shape does; a page, a text or nothing may be anybody's answer.
 * "Already exists" is a success too: another answer would reveal who is a client.
 */
export const toRelayResult = (outcome: Outcome, receipt: string): Result => {
  switch (outcome.kind) {
    case "created":
    case "duplicate":
      return { receipt, status: "created" };
    case "drift":
      return outcome.reason === "no_lead"
        ? { receipt, status: "created" }
        : unavailable(RETRY_AFTER_REPAIR);
    case "invalid":
      return { code: "invalid", fields: outcome.fields };
    case "later": {
      const wait = Math.ceil(outcome.retryAfter ?? RETRY_SOON);
      return unavailable(Math.min(Math.max(wait, 1), MAX_VISITOR_WAIT));
    }
    case "doubt":
      return unavailable(RETRY_SOON);
    case "misconfigured":
    case "unexplained":
      return unavailable(RETRY_AFTER_REPAIR);
  }
};

/** The answer where the store could not be reached: a success only if the vendor confirmed the lead. */
export const toConfirmedResult = (outcome: Outcome, receipt: string): Result =>
  outcome.kind === "drift" ? unavailable(RETRY_SOON) : toRelayResult(outcome, receipt);

/** The answer for a stored lead. */
export const toStoredResult = (begun: Finished): Result => {
  switch (begun.kind) {
    case "created":
      return { receipt: begun.id, status: "created" };
    case "accepted":
      return { receipt: begun.id, status: "accepted" };
    case "rejected":
      return { code: "invalid", fields: begun.fields };
    case "id_reused":
    case "stamp_refused":
      return { code: begun.kind };
    case "rate_limited":
      return { code: "rate_limited", retryAfter: begun.retryAfter };
  }
};

/** Says to whoever runs the proxy why its own page is refused; the page says it by itself where script runs. */
export const sayNotOwn = (publicUrl: string | undefined): string =>
  `This page is not open at the proxy's own address${publicUrl === undefined ? "" : `, ${publicUrl}`}, so its form is refused. Whoever runs the proxy: set PUBLIC_URL to the address at which the page is opened.`;

/** A target whose settings have a fault: `/healthz` names it, and a person repairs it. */
export const MISCONFIGURED: Refusal = unavailable(RETRY_AFTER_REPAIR);
/** The host is ending: another one answers the next try. */
export const ENDING: Refusal = unavailable(1);
/** Something of ours broke. */
export const BROKEN: Refusal = unavailable(RETRY_SOON);

const TITLES: Readonly<Record<ProblemCode, string>> = {
  malformed: "The request is malformed",
  origin_refused: "This site may not post here",
  stamp_refused: "The proof of work does not hold",
  unknown_target: "There is no such target",
  not_found: "There is nothing here",
  method_refused: "The method is not allowed here",
  too_large: "The request is too large",
  unsupported_type: "The media type is not supported",
  invalid: "Some fields need another look",
  id_reused: "This id was used for other content",
  rate_limited: "Too many requests",
  unavailable: "The lead could not be taken; nothing was stored",
};

export const statusOf = (result: Result) =>
  "receipt" in result ? (result.status === "created" ? 201 : 202) : STATUSES[result.code];

/** Headers that belong to a result in every media type. */
export const headersOf = (result: Result): Record<string, string> => {
  if ("receipt" in result) return {};
  return {
    ...(result.retryAfter !== undefined && { "retry-after": String(result.retryAfter) }),
    ...(result.allow && { allow: result.allow }),
  };
};

/** How an answer becomes a response. */
export type Send = (
  body: string | null,
  init: { status: number; headers: Headers },
) => Response | Promise<Response>;

export const send: Send = (body, init) => new Response(body, init);

/** The JSON answer: a receipt, or problem details (RFC 9457). */
export const toJson = (result: Result, by: Send = send, reader?: Reader): ReturnType<Send> => {
  const status = statusOf(result);
  if ("receipt" in result)
    return by(JSON.stringify(result), { status, headers: jsonHeaders("json", reader) });
  const problem: Problem = {
    type: "about:blank",
    title: TITLES[result.code],
    status,
    code: result.code,
    ...(result.hint && { detail: result.hint }),
    ...(result.fields && { fields: result.fields }),
    ...(result.suggestion && { suggestion: result.suggestion }),
    ...(result.retryAfter !== undefined && { retry_after: result.retryAfter }),
  };
  const headers = new Headers(jsonHeaders("problem+json", reader));
  for (const [name, value] of Object.entries(headersOf(result))) headers.set(name, value);
  return by(JSON.stringify(problem), { status, headers });
};
