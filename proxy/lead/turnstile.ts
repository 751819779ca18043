/**
 * Owns the check of a Turnstile token with Cloudflare. Must not decide on a lead, and must not send more than the
 * token: no address of a visitor leaves the proxy for it.
 *
 * `POST /turnstile/v0/siteverify`, https://developers.cloudflare.com/turnstile/get-started/server-side-validation/
 */
import type { Turnstile } from "../config/turnstile.ts";
import { isRecord } from "../shared/is-record.ts";
import { post } from "../vendors/post.ts";
import type { Io } from "../vendors/vendor.ts";

/** `unknown`: Cloudflare does not answer, or the secret is wrong. Then the proof of work decides. */
export type Verdict = "passed" | "failed" | "unknown";

/** UTF-16 units; a longer text is no token of Cloudflare's. */
const MAX_TOKEN = 2048;
/** Milliseconds; the visitor waits. */
const TIMEOUT = 2_500;

/** What is wrong with the token, and not with us or with Cloudflare. */
const TOKEN_ERRORS = ["missing-input-response", "invalid-input-response", "timeout-or-duplicate"];

const judge = (
  answer: unknown,
  { action }: Pick<Turnstile, "action">,
  isOurs: (hostname: string) => boolean,
): Verdict => {
  if (!isRecord(answer)) return "unknown";
  if (answer["success"] === true) {
    // The dummy keys name a host and an action of their own.
    const { metadata } = answer;
    if (isRecord(metadata) && metadata["result_with_testing_key"] === true) return "passed";
    const isOfForm = action === undefined || answer["action"] === action;
    const { hostname } = answer;
    return isOfForm && typeof hostname === "string" && isOurs(hostname) ? "passed" : "failed";
  }
  const codes = answer["error-codes"];
  const isOfToken = Array.isArray(codes) && codes.some((code) => TOKEN_ERRORS.includes(code));
  return answer["success"] === false && isOfToken ? "failed" : "unknown";
};

/**
 * @param id of the lead: the same token for the same lead may be asked about twice
 * @param isOurs whether pages of this host may hold the form: a token of another site is worth nothing
 */
export const verifyToken = async (
  settings: Turnstile,
  {
    token,
    id,
    isOurs,
  }: { token: string | undefined; id: string; isOurs: (hostname: string) => boolean },
  { fetch, now }: Pick<Io, "fetch" | "now">,
): Promise<Verdict> => {
  if (!token || token.length > MAX_TOKEN) return "failed";
  const body = { secret: settings.secret, response: token, idempotency_key: id };
  const headers = { "content-type": "application/json" };
  const io = { fetch, now, left: () => TIMEOUT };
  const answer = await post(settings.url, headers, JSON.stringify(body), io);
  return answer.status === undefined ? "unknown" : judge(answer.json, settings, isOurs);
};
