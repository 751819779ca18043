/**
 * Owns a simulator of Brainysoft's "Basic Script for Creating a Lead" and of its token endpoint, on
 * loopback. Must not accept what the document refuses.
 *
 * What the document leaves open is answered as Spring does by default.
 */
import { Hono } from "hono";
import type { Refusal } from "./faults.ts";
import { complaintOf, textsOf } from "./form.ts";
import type { Texts } from "./form.ts";
import {
  answerWith,
  controlPlane,
  isJson,
  jsonAnswer,
  parseObject,
  record,
  reply,
  type SimulatorContext,
  type SimulatorEnv,
} from "./receive.ts";
import { type Answer, type Order, type ReceivedRequest, VendorState } from "./state.ts";

export interface BrainysoftOptions {
  /** A static token for the `bsauth` header. */
  token: string;
  /** OAuth2 client credentials that buy a token for the same header. */
  clientId: string;
  clientSecret: string;
  state?: VendorState;
  tokens?: TokenStore;
}

/** string[50]; a Java length check counts UTF-16 units. */
const MAX_STRING = 50;
const FIRST_LEAD_ID = 3692;
const TOKEN_TTL_SECONDS = 3600;

/** The tokens that the token endpoint gave out and still honours. */
export class TokenStore {
  readonly #ends = new Map<string, number>();

  issue(ttlSeconds: number): string {
    const token = crypto.randomUUID();
    this.#ends.set(token, Date.now() + ttlSeconds * 1000);
    return token;
  }

  honours(token: string): boolean {
    return (this.#ends.get(token) ?? 0) > Date.now();
  }

  revokeAll(): void {
    this.#ends.clear();
  }
}

const REASONS: Record<number, string> = {
  400: "Bad Request",
  401: "Unauthorized",
  404: "Not Found",
  405: "Method Not Allowed",
  415: "Unsupported Media Type",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

/** Spring's own error body: `status` is a number there, unlike in the vendor's envelope. */
const springError = (status: number, path: string): Answer =>
  jsonAnswer(status, { timestamp: Date.now(), status, error: REASONS[status] ?? "Error", path });

/** "status: ok" or else an error; on HTTP 200 unless the order says otherwise. */
const envelope = (status: "ok" | "error", data: unknown): Answer =>
  jsonAnswer(200, { status, timestamp: Date.now(), data });

const refusal = (kind: Refusal, path: string): Answer => {
  switch (kind) {
    case "invalid_phone":
      return envelope("error", "NO_MOBILE_PHONE_ERROR");
    case "missing_fields":
      return envelope("error", "NO_CLIENT_FIRST_NAME_ERROR");
    case "no_form":
      // No such code is documented: it stands for every code that a client does not know.
      return envelope("error", "LEAD_CREATION_DISABLED_ERROR");
    case "duplicate":
      // Undocumented, and name and phone alone never match a client: plain HTTP is all it could be.
      return jsonAnswer(409, { status: "error", timestamp: Date.now(), data: null });
    case "bad_key":
      return springError(401, path);
    case "error_500":
      return springError(500, path);
    case "unavailable_503":
      return springError(503, path);
    case "rate_limited_429":
      return springError(429, path);
  }
};

const fits = (value: unknown): value is string =>
  typeof value === "string" && value !== "" && value.length <= MAX_STRING;

/** Optional; named by the sample of a whole lead, page 454 of the document. */
const isEmail = (value: unknown): boolean =>
  value === undefined || (typeof value === "string" && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value));

/** `loanPurpose` as the documented codes would spell it: `NO_LOAN_PURPOSE_ERROR`. */
const codeOf = (key: string): string =>
  `NO_${key.replace(/([a-z\d])([A-Z])/g, "$1_$2").toUpperCase()}_ERROR`;

/** The code alone, or where the texts are localised the code beside a text. */
const refuseWith = (code: string, text: string, { form }: Order): Answer =>
  envelope("error", form === "localised" ? { code, message: text } : code);

/** Flat, or in the list of a tenant's own keys. */
const valueIn = (body: Record<string, unknown>, key: string): unknown => {
  const extra: unknown = body["extraFields"];
  const entries = Array.isArray(extra) ? (extra as { key?: unknown; value?: unknown }[]) : [];
  return body[key] ?? entries.find((entry) => entry?.key === key)?.value;
};

const invalid = (
  body: Record<string, unknown>,
  order: Order,
  texts: Texts,
  path: string,
): Answer | undefined => {
  const { firstName, mobilePhone, email } = body;
  if (!firstName)
    return refuseWith("NO_CLIENT_FIRST_NAME_ERROR", texts.missing("firstName"), order);
  if (!mobilePhone) return refuseWith("NO_MOBILE_PHONE_ERROR", texts.missing("mobilePhone"), order);
  const complaint = complaintOf(order, (key) => valueIn(body, key));
  if (complaint?.about === "missing")
    return refuseWith(codeOf(complaint.key), texts.missing(complaint.key), order);
  // Jackson's words, as Spring passes them on.
  if (complaint)
    return jsonAnswer(400, {
      timestamp: Date.now(),
      status: 400,
      error: "Bad Request",
      message: `JSON parse error: Unrecognized field "${complaint.key}" (class Lead), not marked as ignorable`,
      path,
    });
  // The document's own example has 12 digits for a Russian number, so that any digits pass.
  return fits(firstName) && fits(mobilePhone) && /^\d+$/.test(mobilePhone) && isEmail(email)
    ? undefined
    : envelope("error", "INVALID_FIELD_VALUE_ERROR");
};

export const createBrainysoft = ({
  token,
  clientId,
  clientSecret,
  state = new VendorState(),
  tokens = new TokenStore(),
}: BrainysoftOptions): Hono<SimulatorEnv> => {
  const unreadable = ({ headers, body, path }: ReceivedRequest): Answer | undefined => {
    if (!isJson(headers["content-type"])) return springError(415, path);
    return parseObject(body) instanceof SyntaxError ? springError(400, path) : undefined;
  };

  const store = ({ path, headers }: ReceivedRequest, body: Record<string, unknown>): Answer => {
    const id = FIRST_LEAD_ID + state.leads.length;
    state.leads.push({ id: String(id), at: new Date().toISOString(), path, headers, body });
    return envelope("ok", id);
  };

  const createLead = async (c: SimulatorContext): Promise<Response> => {
    const request = await record(c, state);
    const unread = unreadable(request);
    if (unread) return reply(request, unread);

    const parsed = parseObject(request.body);
    const body = parsed instanceof SyntaxError ? {} : parsed;
    const given = request.headers["bsauth"] ?? "";
    const known = given === token || tokens.honours(given);
    const denied = known ? undefined : springError(401, request.path);
    const faults = state.takeFaults(body["firstName"]);
    const texts = textsOf(faults, request.headers["accept-language"], "ru");
    return answerWith(c, request, faults, {
      accept: () => denied ?? invalid(body, faults, texts, request.path) ?? store(request, body),
      refuse: (kind) => denied ?? refusal(kind, request.path),
    });
  };

  const issueToken = async (c: SimulatorContext): Promise<Response> => {
    const request = await record(c, state);
    const { token_mode = "ok", token_ttl = TOKEN_TTL_SECONDS } = state.faults;
    const form = new URLSearchParams(request.body);
    const accept = (): Answer => {
      if (form.get("grant_type") !== "client_credentials")
        return jsonAnswer(400, { error: "unsupported_grant_type" });
      if (form.get("client_id") !== clientId || form.get("client_secret") !== clientSecret)
        return jsonAnswer(401, { error: "invalid_client", error_description: "Bad credentials" });
      const access_token = tokens.issue(token_ttl);
      return jsonAnswer(200, { access_token, token_type: "bearer", expires_in: token_ttl });
    };
    const refuse = (kind: Refusal): Answer =>
      kind === "bad_key"
        ? jsonAnswer(401, { error: "invalid_client", error_description: "Bad credentials" })
        : refusal(kind, request.path);
    return answerWith(c, request, { mode: token_mode }, { accept, refuse });
  };

  const app = new Hono<SimulatorEnv>({ strict: false });
  app.route("/", controlPlane(state));
  // Both the path of the method and the whole address of the code example.
  for (const path of ["/main/leads", "/bs-core/main/leads"]) {
    app.post(path, createLead);
    app.all(path, (c) => toResponse(springError(405, c.req.path)));
  }
  app.post("/oauth/token", issueToken);
  app.notFound((c) => toResponse(springError(404, c.req.path)));
  return app;
};

const toResponse = ({ status, body, headers = {} }: Answer): Response =>
  new Response(body, { status, headers });
