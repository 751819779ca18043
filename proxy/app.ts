/**
 * Owns the order of a request: the middleware, the route of a lead step by step, the mounting of
 * all other routes. Must not know a vendor or a store.
 */
import { Hono } from "hono";
import type { Context, Handler } from "hono";
import { accept, isKnown } from "./accept.ts";
import type { AcceptDeps, Circumstances } from "./accept.ts";
import type { Config } from "./config/config.ts";
import { createAnswer } from "./hosted/answer.ts";
import type { Answer, Form } from "./hosted/answer.ts";
import { createMarkup } from "./hosted/markup.ts";
import { createHosted } from "./hosted/routes.ts";
import { SCRIPT, createFiles } from "./http/file-routes.ts";
import { discardBody, isAllowedOrigin, ownOrigins, readForm } from "./http/guard.ts";
import {
  corsHeaders,
  definitionHeaders,
  preflightHeaders,
  securityHeaders,
} from "./http/headers.ts";
import { BROKEN, ENDING, MISCONFIGURED } from "./http/reply.ts";
import type { Result } from "./http/reply.ts";
import { readLead, readRequest } from "./lead/lead.ts";
import { findWay, sendAlong } from "./lead/route.ts";
import { isStamped } from "./lead/stamp.ts";
import { logError } from "./log.ts";
import type { OperatorDeps } from "./operator/context.ts";
import { createHealth } from "./operator/health.ts";
import { createOperator } from "./operator/routes.ts";
import { FIELDS_PATH, HONEYPOT_FIELD, LEADS_PATH } from "./shared/contract.ts";
import type { LeadRequest } from "./shared/contract.ts";
import type { Printer } from "./shared/snippet.ts";

export interface AppDeps extends AcceptDeps, OperatorDeps {
  config: Config;
  /** The visitor's address, from a source that a visitor cannot forge. */
  addressOf: (request: Request, env: unknown) => string | undefined;
  /** Writes the widget's form down; only an entry knows the widget. */
  printer: Printer;
  /** The host is about to end: a new request is sent back, to be tried again. */
  isEnding?: () => boolean;
}

/** Paths that only GET and HEAD may ask for. */
const READ_ONLY = new RegExp(
  String.raw`^/(?:healthz(?:/(?:live|ready))?|v1/(?:fields|markup)/[^/]+|f/[^/]+(?:/thanks)?)$|${SCRIPT.source}`,
);

const readableBy = (origin: string, response: Response): Response => {
  for (const [name, value] of Object.entries(corsHeaders(origin)))
    response.headers.set(name, value);
  return response;
};

/**
 * 1. Method and origin, before anything is read. 2. Type, size and shape of the body. 3. The
 * target, and whether this origin may post to it. 4. The lead, and its way. 5. Its delivery.
 */
const createLeads = (deps: AppDeps, answer: Answer): Handler => {
  const { config, now, waitUntil, addressOf } = deps;

  const readCircumstances = async (c: Context, request: LeadRequest): Promise<Circumstances> => ({
    address: addressOf(c.req.raw, c.env),
    stamped: await isStamped(
      { target: request.target, id: request.id, stamp: request.stamp },
      now(),
    ),
    trapped: (request[HONEYPOT_FIELD] ?? "") !== "",
  });

  return async function leads(c) {
    const { method } = c.req;
    const origin = c.req.header("origin");
    // The proxy's own pages may post too.
    const own = ownOrigins(origin, c.req.url, config.publicUrl);
    if (method !== "POST" && method !== "OPTIONS")
      return answer(c, { code: "method_refused", allow: "POST, OPTIONS" });
    if (!isAllowedOrigin(origin, [...own, ...config.origins]))
      return answer(c, { code: "origin_refused" });
    if (method === "OPTIONS") return c.body(null, 204, preflightHeaders(origin));

    const respond = async (result: Result, form?: Form): Promise<Response> =>
      readableBy(origin, await answer(c, result, form));

    const read = await readForm(c.req.raw);
    if ("refusal" in read) return respond({ code: read.refusal });
    const { form } = read;

    const key = form.get("target") ?? "";
    if (!config.targets.has(key)) return respond({ code: "unknown_target" }, form);
    const target = config.targets.get(key);
    if (!target) return respond(MISCONFIGURED, form);
    if (!isAllowedOrigin(origin, [...own, ...target.origins]))
      return answer(c, { code: "origin_refused" });

    const request = readRequest(form);
    if (!request) return respond({ code: "malformed" }, form);
    const { id } = request;
    const way = await findWay(config.targets, target, request.project, async (end) =>
      id === undefined ? false : isKnown(end, id.toLowerCase(), deps),
    );
    if (!way) return respond(MISCONFIGURED, form);
    const checked = readLead(request, way.rules, deps);
    if ("fields" in checked) return respond({ code: "invalid", ...checked }, form);

    const lead = sendAlong(checked.lead, way);
    const accepted = accept(way.target, lead, await readCircumstances(c, request), deps);
    // The visitor may leave while the vendor decides; the delivery must not end with the connection.
    waitUntil(accepted);
    return respond(await accepted, form);
  };
};

export const createApp = (deps: AppDeps): Hono => {
  const { config, log, asset, isEnding = () => false } = deps;
  const answer = createAnswer(deps);
  // A slash that was typed at the end changes nothing.
  const app = new Hono({ strict: false });

  app.use(securityHeaders);
  app.use(async function unreadBodies(c, next) {
    await next();
    await discardBody(c.req.raw);
  });
  /** A connection that is kept alive may bring a request after the last call: it is sent back at once. */
  app.use(async function lastCall(c, next) {
    if (!isEnding()) return next();
    const response = await answer(c, ENDING);
    const origin = c.req.header("origin");
    response.headers.set("connection", "close");
    return isAllowedOrigin(origin, config.origins) ? readableBy(origin, response) : response;
  });

  app.all(LEADS_PATH, createLeads(deps, answer));
  app.get(`${FIELDS_PATH}:target`, function fields(c) {
    const key = c.req.param("target");
    const target = config.targets.get(key);
    if (target) return c.json(target.definitions, 200, definitionHeaders());
    return answer(c, config.targets.has(key) ? MISCONFIGURED : { code: "unknown_target" });
  });

  app.route("/operator", createOperator(deps));
  app.route("/", createHosted(deps, answer));
  app.route("/", createMarkup(deps, answer));

  app.route("/", createHealth(deps));

  app.route("/", createFiles(asset));
  app.all("*", (c) =>
    READ_ONLY.test(c.req.path)
      ? answer(c, { code: "method_refused", allow: "GET, HEAD" })
      : c.notFound(),
  );
  app.notFound((c) => answer(c, { code: "not_found" }));
  app.onError((error, c) => {
    logError(log, error);
    return answer(c, BROKEN);
  });
  return app;
};
