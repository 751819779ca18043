/**
 * Owns the order of a request: the middleware, the route of a lead step by step, the mounting of
 * all other routes. Must not know a vendor or a store.
 */
import { Hono } from "hono/tiny";
import type { Context, Handler } from "hono";
import { accept, isKnown } from "./accept.ts";
import type { AcceptDeps } from "./accept.ts";
import type { Config } from "./config/config.ts";
import { findDelivering } from "./config/routes.ts";
import type { Target } from "./config/target.ts";
import { createAnswer } from "./hosted/answer.ts";
import type { Answer, Form } from "./hosted/answer.ts";
import { createHosted } from "./hosted/routes.ts";
import { createFiles } from "./http/file-routes.ts";
import { createGate } from "./http/gate.ts";
import type { PlatformGate } from "./http/gate.ts";
import {
  contradictsOrigin,
  discardBody,
  isAllowedOrigin,
  isFromOwnAddress,
  readForm,
} from "./http/guard.ts";
import {
  corsHeaders,
  definitionHeaders,
  preflightHeaders,
  securityHeaders,
} from "./http/headers.ts";
import { BROKEN, ENDING, MISCONFIGURED, sayNotOwn } from "./http/reply.ts";
import type { Result } from "./http/reply.ts";
import { readLead, readRequest } from "./lead/lead.ts";
import { findWay, sendAlong } from "./lead/route.ts";
import { isStamped } from "./lead/stamp.ts";
import { isLight } from "./ledger/submission.ts";
import type { Circumstances } from "./ledger/submission.ts";
import { logError } from "./log.ts";
import type { OperatorDeps } from "./operator/context.ts";
import { createHealth } from "./operator/health.ts";
import { createOperator } from "./operator/routes.ts";
import { answerTest, asksForTest, findTester, mayTry } from "./operator/test-lead.ts";
import type { TestStore } from "./operator/test-lead.ts";
import { FIELDS_PATH, HONEYPOT_FIELD, LEADS_PATH } from "./shared/contract.ts";

export interface AppDeps extends AcceptDeps, OperatorDeps {
  config: Config;
  storeFor: (
    target: Target,
    id: string,
  ) => (ReturnType<AcceptDeps["storeFor"]> & TestStore) | undefined;
  /** The visitor's address as `toAddress` gives it, from a source that a visitor cannot forge. */
  addressOf: (request: Request, env: unknown) => string | undefined;
  /** The platform's own counter of requests; undefined where it has none. */
  platformGate?: PlatformGate | undefined;
  /** The host can be reached from its own machine only, as far as it knows: then the demo is there. */
  isLocal: boolean;
  /** The host is about to end: a new request is sent back, to be tried again. */
  isEnding?: () => boolean;
}

const METHODS = ["GET", "POST", "PATCH", "DELETE", "OPTIONS"];

/** The methods that a path knows (RFC 9110, 10.2.1); none where there is nothing. */
const methodsAt = (app: Hono, path: string): string[] => {
  const isKnown = (method: string): boolean =>
    app.router.match(method, path)[0].some(([[, route]]) => route.method === method);
  return METHODS.filter(isKnown).flatMap((method) =>
    method === "GET" ? ["GET", "HEAD"] : [method],
  );
};

/** Seconds: the gate counts by the minute. */
const GATE_WAIT = 60;

const isTrapped = (form: Form): boolean => (form.get(HONEYPOT_FIELD) ?? "") !== "";

/** @param origin none where an operator's command has asked */
const readableBy = (origin: string | undefined, response: Response): Response => {
  if (origin === undefined) return response;
  for (const [name, value] of Object.entries(corsHeaders(origin)))
    response.headers.set(name, value);
  return response;
};

/** Whether a target may look at a request: not while its limits refuse it, unless it repeats a lead. */
const refuseEarly = async (
  { config, counters, ...deps }: AppDeps,
  target: Target,
  form: Form,
  { address, stamped }: Circumstances,
): Promise<Result | undefined> => {
  const end = findDelivering(config.targets, target, (form.get("project") ?? "").trim()) ?? target;
  const light = isTrapped(form) || isLight(target, stamped);
  const retryAfter = counters.refusedFor(end, { address, light });
  if (retryAfter === undefined) return undefined;
  const id = form.get("id")?.toLowerCase() ?? "";
  if (await isKnown(end, id, deps)) return undefined;
  counters.countRefused(end, 1);
  return { code: "rate_limited", retryAfter };
};

/**
 * 1. Origin, before anything is read. 2. How often this address asks. 3. Type, size and shape of the body. 4. The
 * target, whether this origin may post to it, and whether its limits refuse that. 5. The lead, and its way.
 * 6. Its delivery.
 *
 * An operator's token stands for the origin of a test lead, which goes another way at 6.
 */
const createLeads = (deps: AppDeps, answer: Answer): Handler => {
  const { config, now, waitUntil, addressOf } = deps;
  const { elapsed } = deps.counters;
  const gate = createGate({ ...config, elapsed, random: Math.random, platform: deps.platformGate });

  const readCircumstances = async (c: Context, form: Form): Promise<Circumstances> => ({
    address: addressOf(c.req.raw, c.env),
    stamped: await isStamped(
      { target: form.get("target") ?? "", id: form.get("id"), stamp: form.get("stamp") },
      now(),
    ),
    trapped: isTrapped(form),
  });

  return async function leads(c) {
    const origin = c.req.header("origin");
    // The proxy's own pages may post too.
    const own = config.ownOrigins;
    const refuseOrigin = () =>
      answer(c, {
        code: "origin_refused",
        ...(isFromOwnAddress(c.req.raw) && { hint: sayNotOwn(config.publicUrl) }),
      });
    const isAllowed =
      isAllowedOrigin(origin, [...own, ...config.origins]) &&
      !contradictsOrigin(c.req.raw, origin, own);
    if (c.req.method === "OPTIONS" && isAllowed) return c.body(null, 204, preflightHeaders(origin));
    const tester = await findTester(c.req.raw, deps);
    if (!isAllowed && !tester) return refuseOrigin();

    const respond = async (result: Result, form?: Form): Promise<Response> =>
      readableBy(origin, await answer(c, result, form));

    if (!(await gate(addressOf(c.req.raw, c.env))))
      return respond({ code: "rate_limited", retryAfter: GATE_WAIT });
    const read = await readForm(c.req.raw);
    if ("refusal" in read) return respond({ code: read.refusal });
    const { form } = read;

    const key = form.get("target") ?? "";
    const isTest = asksForTest(form.get("test"), c.req.query("test"));
    if (isTest ? !mayTry(tester, key) : !isAllowed) return answer(c, { code: "origin_refused" });
    if (!config.targets.has(key)) return respond({ code: "unknown_target" }, form);
    const target = config.targets.get(key);
    if (!target) return respond(MISCONFIGURED, form);
    if (!isTest && !isAllowedOrigin(origin, [...own, ...target.origins])) return refuseOrigin();

    const circumstances = await readCircumstances(c, form);
    const refused = isTest ? undefined : await refuseEarly(deps, target, form, circumstances);
    if (refused) return respond(refused, form);
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
    if (isTest) {
      if (!mayTry(tester, lead.target)) return answer(c, { code: "origin_refused" });
      return (await answerTest(way.target, lead, tester, deps)) ?? respond({ code: "id_reused" });
    }
    const accepted = accept(way.target, lead, circumstances, deps);
    // The visitor may leave while the vendor decides; the delivery must not end with the connection.
    waitUntil(accepted);
    return respond(await accepted, form);
  };
};

export const createApp = (deps: AppDeps): Hono => {
  const { config, log, isEnding = () => false } = deps;
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

  app.on(["POST", "OPTIONS"], LEADS_PATH, createLeads(deps, answer));
  app.get(`${FIELDS_PATH}:target`, function fields(c) {
    const key = c.req.param("target");
    const target = config.targets.get(key);
    if (target) return c.json(target.definitions, 200, definitionHeaders());
    return answer(c, config.targets.has(key) ? MISCONFIGURED : { code: "unknown_target" });
  });

  // Without a token there is no operator's side at all.
  if (config.operators.length > 0) app.route("/operator", createOperator(deps));
  app.route("/", createHosted(deps, answer));

  app.route("/", createHealth(deps));

  app.route("/", createFiles(deps));
  app.notFound(function nothing(c) {
    const known = methodsAt(app, c.req.path);
    const isRefused = known.length > 0 && !known.includes(c.req.method);
    return answer(
      c,
      isRefused ? { code: "method_refused", allow: known.join(", ") } : { code: "not_found" },
    );
  });
  app.onError((error, c) => {
    logError(log, error);
    return answer(c, BROKEN);
  });
  return app;
};
