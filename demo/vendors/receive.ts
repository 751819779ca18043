/**
 * Owns the way of one request through a simulator: recorded, met by a fault or the vendor's rules,
 * answered. Must not hold a rule of one vendor.
 *
 * The control plane, which both simulators have on their own origin, is here too.
 */
import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { type Context, Hono } from "hono";
import { cors } from "hono/cors";
import { type Call, FAULTS, THIEF_PATH } from "./faults.ts";
import { FAULT_MODES, type Faults, readFaults } from "./modes.ts";
import type { Answer, ReceivedRequest, VendorState } from "./state.ts";

export interface SimulatorEnv {
  Bindings: HttpBindings;
}
export type SimulatorContext = Context<SimulatorEnv>;

export const jsonAnswer = (status: number, body: unknown): Answer => ({
  status,
  body: JSON.stringify(body),
  headers: { "content-type": "application/json; charset=utf-8" },
});

/** The header that says JSON, with or without a charset. */
export const isJson = (type: string | undefined): boolean =>
  /^application\/json\b/i.test(type ?? "");

/** @returns the object, or the message of the parser */
export const parseObject = (text: string): Record<string, unknown> | SyntaxError => {
  try {
    const value: unknown = JSON.parse(text || "{}");
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch (error) {
    return error instanceof SyntaxError ? error : new SyntaxError(String(error));
  }
};

export const record = async (c: SimulatorContext, state: VendorState): Promise<ReceivedRequest> => {
  const { pathname, search } = new URL(c.req.url);
  const request: ReceivedRequest = {
    at: new Date().toISOString(),
    method: c.req.method,
    path: pathname + search,
    headers: c.req.header(),
    body: await c.req.text(),
  };
  state.requests.push(request);
  return request;
};

const BEYOND_BASIC_PLANE = /[\u{10000}-\u{10FFFF}]/u;

/** Applies the fault, and records what was sent. */
export const answerWith = async (
  c: SimulatorContext,
  request: ReceivedRequest,
  faults: Faults,
  rules: Pick<Call, "accept" | "refuse">,
): Promise<Response> => {
  const { incoming, outgoing } = c.env;
  if (!("socket" in incoming) || !("writeHead" in outgoing)) throw new Error("HTTP/1 only");
  const answer = await FAULTS[faults.mode === "flapping" ? "ok" : faults.mode]({
    faults,
    ...rules,
    accept: () =>
      faults.no_emoji && BEYOND_BASIC_PLANE.test(request.body)
        ? rules.refuse("error_500")
        : rules.accept(),
    origin: new URL(c.req.url).origin,
    incoming,
    outgoing,
  });
  return answer ? reply(request, answer) : RESPONSE_ALREADY_SENT;
};

export const reply = (request: ReceivedRequest, answer: Answer): Response => {
  request.answer = answer;
  const { status, body, headers = {} } = answer;
  return new Response(body || null, { status, headers });
};

const SECRET_HEADERS = ["api-key", "bsauth", "authorization", "cookie"];

/** Any page may read the control plane, so it shows that a credential arrived, never its value. */
export const masked = <T extends { headers: Record<string, string> }>(entry: T): T => {
  const headers = { ...entry.headers };
  for (const name of SECRET_HEADERS) if (headers[name]) headers[name] = "•••";
  return { ...entry, headers };
};

export const maskedRequest = (request: ReceivedRequest): ReceivedRequest => ({
  ...masked(request),
  body: request.body.replace(/(client_secret=)[^&]*/, "$1•••"),
});

/** Pages of other sites are not to read what was typed into the demo. */
const LOCAL = /^https?:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/;

/** `/_faults`, `/_leads`, `/_requests` and the thief, open to every origin on this machine. */
export const controlPlane = (state: VendorState): Hono<SimulatorEnv> => {
  const app = new Hono<SimulatorEnv>();
  const open = cors({
    origin: (origin) => (LOCAL.test(origin) ? origin : null),
    allowMethods: ["GET", "PUT", "DELETE"],
  });
  for (const path of ["/_faults", "/_leads", "/_requests"]) app.use(path, open);

  app.get("/_faults", (c) => c.json({ ...state.faults, modes: FAULT_MODES }));
  app.put("/_faults", async (c) => {
    const faults = readFaults(await c.req.json().catch(() => undefined));
    if (typeof faults === "string") return c.json({ error: faults }, 400);
    state.setFaults(faults);
    return c.json(faults);
  });

  app.get("/_leads", (c) => c.json(state.leads.map(masked)));
  app.get("/_requests", (c) => c.json(state.requests.map(maskedRequest)));
  app.delete("/_leads", (c) => {
    state.clear();
    return c.body(null, 204);
  });

  app.all(THIEF_PATH, async (c) => {
    await record(c, state);
    return c.json({ status: "ok", timestamp: Date.now(), data: 1, newLead: { _id: "stolen" } });
  });
  return app;
};
