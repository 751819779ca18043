/**
 * Owns a simulated Turnstile on loopback: the tokens that a page's widget gets, and siteverify. Must not know a lead.
 *
 * It behaves as documented: dummy secrets and the dummy token fit only each other, a token is good once and for 300
 * seconds, and the same `idempotency_key` gets the same answer again.
 * https://developers.cloudflare.com/turnstile/get-started/server-side-validation/ and /turnstile/reference/testing/
 */
import { once } from "node:events";
import { Hono } from "hono";
import type { SimulatorEnv } from "./receive.ts";
import { listen } from "./server.ts";

/** Made up: it opens nothing but this simulator. */
export const TURNSTILE_SECRET = "demo-turnstile-secret";

const DUMMY = {
  token: "XXXX.DUMMY.TOKEN.XXXX",
  passes: "1x0000000000000000000000000000000AA",
  fails: "2x0000000000000000000000000000000AA",
  spent: "3x0000000000000000000000000000000AA",
};

/** Milliseconds. */
const LIFETIME = 300_000;
const MAX_TOKEN = 2048;

export type TurnstileMode = "ok" | "error_500" | "html_200" | "hang" | "internal_error";

interface Issued {
  hostname: string;
  action: string;
  expiresAt: number;
  /** By whom it was redeemed. */
  spentBy: string | undefined;
}

export interface TurnstileHandle {
  /** What `TURNSTILE_VERIFY_URL` must say. */
  verifyUrl: string;
  /** A token as the widget gets it, on a page of this host. */
  issue(of?: { hostname?: string; action?: string; ageMs?: number }): string;
  setMode(mode: TurnstileMode): void;
  /** Questions so far, without the secret. */
  questions(): readonly Record<string, string>[];
  close(): Promise<void>;
}

const refused = (...codes: string[]) => ({ success: false, "error-codes": codes });

const readBody = async (request: Request): Promise<Record<string, string>> => {
  const text = await request.text();
  const isJson = request.headers.get("content-type")?.startsWith("application/json") ?? false;
  const body: unknown = isJson ? JSON.parse(text) : Object.fromEntries(new URLSearchParams(text));
  return body as Record<string, string>;
};

const ofDummies = (secret: string | undefined, token: string) => {
  if (secret === DUMMY.fails) return refused("invalid-input-response");
  if (secret === DUMMY.spent) return refused("timeout-or-duplicate");
  if (token !== DUMMY.token) return refused("invalid-input-response");
  return {
    success: true,
    "error-codes": [],
    challenge_ts: new Date().toISOString(),
    hostname: "example.com",
    action: "test",
    metadata: { result_with_testing_key: true },
  };
};

export const startTurnstile = async (port = 0): Promise<TurnstileHandle> => {
  const tokens = new Map<string, Issued>();
  const questions: Record<string, string>[] = [];
  let mode: TurnstileMode = "ok";

  const redeem = (token: string, by: string) => {
    const issued = tokens.get(token);
    if (!issued) return refused("invalid-input-response");
    const isAgain = issued.spentBy !== undefined && issued.spentBy !== by;
    if (isAgain || issued.expiresAt < Date.now()) return refused("timeout-or-duplicate");
    issued.spentBy = by;
    const { hostname, action } = issued;
    const challenge_ts = new Date(issued.expiresAt - LIFETIME).toISOString();
    return { success: true, "error-codes": [], challenge_ts, hostname, action, cdata: "" };
  };

  const app = new Hono<SimulatorEnv>();
  app.post("/turnstile/v0/siteverify", async function siteverify(c) {
    const { secret, ...question } = await readBody(c.req.raw);
    questions.push(question);
    if (mode === "error_500") return c.json({ success: false }, 500);
    if (mode === "html_200") return c.html("<!doctype html><title>Just a moment...</title>");
    if (mode === "internal_error") return c.json(refused("internal-error"));
    if (mode === "hang") await once(c.env.outgoing, "close");
    const { response = "", idempotency_key: key = crypto.randomUUID() } = question;
    if (!secret) return c.json(refused("missing-input-secret"));
    if (!response) return c.json(refused("missing-input-response"));
    if (response.length > MAX_TOKEN) return c.json(refused("invalid-input-response"));
    if (secret.startsWith("1x") || secret.startsWith("2x") || secret.startsWith("3x"))
      return c.json(ofDummies(secret, response));
    if (secret !== TURNSTILE_SECRET) return c.json(refused("invalid-input-secret"));
    return c.json(redeem(response, key));
  });
  const listening = await listen(app, port);

  return {
    verifyUrl: `${listening.url}/turnstile/v0/siteverify`,
    issue: ({ hostname = "www.example.com", action = "", ageMs = 0 } = {}) => {
      const token = `0.${crypto.randomUUID()}`;
      tokens.set(token, {
        hostname,
        action,
        expiresAt: Date.now() + LIFETIME - ageMs,
        spentBy: undefined,
      });
      return token;
    },
    setMode: (next) => void (mode = next),
    questions: () => questions,
    close: () => listening.close(),
  };
};
