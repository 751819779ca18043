/**
 * Owns one OAuth2 client-credentials token (RFC 6749, 4.4), until it expires or is refused. Must
 * not store it, or fetch it twice at a time.
 */
import { isRecord } from "../shared/is-record.ts";
import { post } from "./post.ts";
import type { Io, Outcome } from "./vendor.ts";

export interface OAuthClient {
  url: string;
  id: string;
  secret: string;
}

/** Where an adapter gets its bearer from; a failure is an outcome of the delivery. */
export interface TokenSource {
  get: (io: Io) => Promise<{ token: string } | { failure: Outcome }>;
  /** Forgets a token that the vendor refused, unless a newer one is already there. */
  drop: (token: string) => void;
}

/** Seconds before its end at which a token is no longer used, so that none expires on its way. */
const EXPIRY_MARGIN = 60;

type Fetched = { token: string; expiresAt: number } | { failure: Outcome };

/** Client id and secret go into the form body only: a query would put them into access logs. */
const fetchToken = async ({ url, id, secret }: OAuthClient, io: Io): Promise<Fetched> => {
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: id,
    client_secret: secret,
  });
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const answer = await post(url, headers, body.toString(), io);
  const status = answer.status;
  // Nothing was sent to the leads API yet, so no failure in here leaves a lead in doubt.
  if (status === undefined) return { failure: { kind: "later", reason: "token_unavailable" } };
  const { json } = answer;
  if (status >= 200 && status < 300 && isRecord(json)) {
    const { access_token: token, expires_in: expiresIn } = json;
    if (typeof token === "string" && token) {
      const seconds = Number(expiresIn);
      const lifetime = seconds > 0 ? Math.max(seconds - EXPIRY_MARGIN, seconds / 2) : Infinity;
      return { token, expiresAt: io.now() + lifetime * 1000 };
    }
  }
  const busy = status >= 500 || status === 429 || status === 408;
  return busy
    ? { failure: { kind: "later", reason: "token_unavailable", status } }
    : { failure: { kind: "misconfigured", reason: "token_refused", status } };
};

/** Rejects when the time is over: the one who fetches for all may have been cancelled by its own visitor. */
const inTime = <T>(promise: Promise<T>, { left }: Io): Promise<T> => {
  const timeout = AbortSignal.timeout(Math.max(left(), 1));
  return Promise.race([
    promise,
    new Promise<never>((_resolve, reject) => {
      timeout.addEventListener("abort", () => reject(new Error("time-out")), { once: true });
    }),
  ]);
};

export const createTokenSource = (client: OAuthClient): TokenSource => {
  let kept: { token: string; expiresAt: number } | undefined;
  let fetching: Promise<Fetched> | undefined;
  return {
    get: async (io) => {
      if (kept && io.now() < kept.expiresAt) return kept;
      fetching ??= fetchToken(client, io).finally(() => (fetching = undefined));
      try {
        const fetched = await inTime(fetching, io);
        if ("token" in fetched) kept = fetched;
        return fetched;
      } catch {
        fetching = undefined;
        return { failure: { kind: "later", reason: "token_unavailable" } };
      }
    },
    drop: (token) => {
      if (kept?.token === token) kept = undefined;
    },
  };
};
