/**
 * Owns the order of a request: the middleware, and the mounting of all routes. Must not know a vendor or a store.
 */
import { Hono } from "hono/tiny";
import type { Config } from "./config/config.ts";
import { createAnswer } from "./hosted/answer.ts";
import { createMarkup } from "./hosted/markup.ts";
import { createHosted } from "./hosted/routes.ts";
import { createFiles } from "./http/file-routes.ts";
import { discardBody, isAllowedOrigin } from "./http/guard.ts";
import { definitionHeaders, securityHeaders } from "./http/headers.ts";
import { readPlans } from "./http/phone-plans.ts";
import { BROKEN, ENDING, MISCONFIGURED } from "./http/reply.ts";
import { createLeads } from "./leads.ts";
import type { LeadsDeps } from "./leads.ts";
import { logError } from "./log.ts";
import type { OperatorDeps } from "./operator/context.ts";
import { createHealth } from "./operator/health.ts";
import { createOperator } from "./operator/routes.ts";
import { createPhones } from "./phone/read.ts";
import { FIELDS_PATH, LEADS_PATH } from "./shared/contract.ts";
import type { Printer } from "./shared/snippet.ts";

export interface AppDeps extends LeadsDeps, OperatorDeps {
  config: Config;
  /** Writes the widget's form down; only an entry knows the widget. */
  printForm: Printer["form"];
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

export const createApp = (given: AppDeps): Hono => {
  const { config, log, asset, isEnding } = given;
  const phones = createPhones({ readPlans: () => readPlans(asset), log });
  const deps = { ...given, phones };
  const answer = createAnswer(deps);
  // A slash that was typed at the end changes nothing.
  const app = new Hono({ strict: false });

  app.use(securityHeaders);
  app.use(async function unreadBodies(c, next) {
    await next();
    await discardBody(c.req.raw);
  });
  // A connection that is kept alive may bring a request after the last call: it is sent back at once.
  if (isEnding)
    app.use(async function lastCall(c, next) {
      if (!isEnding()) return next();
      const origin = c.req.header("origin");
      const response = await answer(c, ENDING, {
        origin: isAllowedOrigin(origin, config.origins) ? origin : undefined,
      });
      response.headers.set("connection", "close");
      return response;
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
  app.route("/", createMarkup(deps, answer));

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
