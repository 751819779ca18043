/**
 * Owns everything under `/operator`: the page, the token check, the mounting of the routes. Must
 * not send CORS headers: no page of another origin may read an answer.
 */
import { Hono } from "hono/tiny";
import { findOperator, mayCall, refuse } from "./auth.ts";
import { createBackupRoute } from "./backup-route.ts";
import { createContext } from "./context.ts";
import type { OperatorDeps, OperatorEnv } from "./context.ts";
import { createExportRoute } from "./export-route.ts";
import { createFigureRoutes } from "./figure-routes.ts";
import { createLeadRoutes, createTestRoutes } from "./lead-routes.ts";
import { createListRoutes } from "./list-routes.ts";
import { operatorPage, operatorPageHeaders } from "./page/html.ts";
import { createTargetRoutes } from "./target-routes.ts";

export const createOperator = (deps: OperatorDeps): Hono<OperatorEnv> => {
  const { config, log, asset } = deps;
  const { operators } = config;
  const operator = new Hono<OperatorEnv>();
  const context = createContext(deps);

  // Neither the page nor its files hold data, so they need no token.
  operator.get("/", (c) => c.html(operatorPage(), 200, { ...operatorPageHeaders }));
  operator.get("/:file{[a-z]+\\.(?:js|css)}", async function file(c, next) {
    const name = c.req.param("file");
    const found = await asset(`/operator/${name}`);
    if (!found.ok) return next();
    const type = name.endsWith(".css") ? "text/css" : "text/javascript";
    return new Response(found.body, { headers: { "content-type": `${type}; charset=utf-8` } });
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
