/**
 * Owns everything under `/operator`: the page, the token check, the mounting of the routes. Must
 * not send CORS headers: no page of another origin may read an answer.
 */
import { Hono } from "hono/tiny";
import { findOperator, mayCall, refuse } from "./auth.ts";
import type { PhoneDeps } from "../phone/read.ts";
import { createBackupRoute } from "./backup-route.ts";
import { createContext } from "./context.ts";
import type { OperatorDeps, OperatorEnv } from "./context.ts";
import { createExportRoute } from "./export-route.ts";
import { createFigureRoutes } from "./figure-routes.ts";
import { createLeadRoutes, createTestRoutes } from "./lead-routes.ts";
import { createListRoutes } from "./list-routes.ts";
import { createTargetRoutes } from "./target-routes.ts";

/** Its own files and its own API; no inline script or style, and no HTML made of strings. */
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

export const createOperator = (deps: OperatorDeps & PhoneDeps): Hono<OperatorEnv> => {
  const { config, log, asset } = deps;
  const { operators } = config;
  const operator = new Hono<OperatorEnv>();
  const context = createContext(deps);
  /** What the build has put beside the Worker, or undefined. */
  const file = async (
    name: string,
    type: string,
    headers: Record<string, string> = {},
  ): Promise<Response | undefined> => {
    const { ok, body } = await asset(`/operator/${name}`);
    return ok
      ? new Response(body, { headers: { "content-type": `${type}; charset=utf-8`, ...headers } })
      : undefined;
  };

  // Neither the page nor its files hold data, so they need no token.
  operator.get("/", async function page(_c, next) {
    return (await file("page", "text/html", { "content-security-policy": PAGE_POLICY })) ?? next();
  });
  operator.get("/:name{[a-z]+\\.(?:js|css)}", async function client(c, next) {
    const name = c.req.param("name");
    const type = name.endsWith(".css") ? "text/css" : "text/javascript";
    return (await file(name, type)) ?? next();
  });

  operator.use(async function bearer(c, next) {
    const found = await findOperator(c.req.header("authorization"), operators);
    if (!found) {
      log("warn", { event: "operator", action: "refused" });
      return refuse("unauthorized");
    }
    c.set("operator", found);
    if (mayCall(found, c.req.method, c.req.path)) return next();
    context.note(c, "forbidden");
    return refuse("forbidden");
  });

  operator.route("/", createListRoutes(context));
  operator.route("/", createLeadRoutes(context));
  operator.route("/", createTestRoutes(context));
  operator.route("/", createTargetRoutes(context));
  operator.route("/", createFigureRoutes(context));
  operator.route("/", createExportRoute(context));
  operator.route("/", createBackupRoute(context));
  return operator;
};
