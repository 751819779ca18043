/**
 * Owns the routes for targets: the overview, a pause, its end. Must not fail as a whole where one
 * store does not answer.
 */
import { Hono } from "hono/tiny";
import type { Target } from "../config/target.ts";
import { logError } from "../log.ts";
import { refuse } from "./auth.ts";
import { json } from "./context.ts";
import type { OperatorContext, OperatorEnv } from "./context.ts";
import { askAll } from "./lookup.ts";
import { routesOf, toBareView, toTargetView } from "./view.ts";

/** One target as the overview shows it. */
export const createDescribe =
  ({ config, storesOf, storeFaults, now, log }: OperatorContext) =>
  async (key: string, target: Target | undefined) => {
    if (!target) return { ...toBareView(key, "faulty"), faults: config.faultsOf.get(key) ?? [] };
    if (target.storage === "none") return { ...toBareView(key, "relay"), ...routesOf(target) };
    try {
      const summaries = await Promise.all(storesOf(target).map((store) => store.summary()));
      return toTargetView(target, summaries, now());
    } catch (error) {
      logError(log, error);
      const faults = storeFaults().filter((fault) => fault.target === key);
      return { ...toBareView(key, "unreachable"), ...routesOf(target), faults };
    }
  };

export const createTargetRoutes = (context: OperatorContext): Hono<OperatorEnv> => {
  const { config, storeFaults, note, lookup } = context;
  const routes = new Hono<OperatorEnv>();
  const describe = createDescribe(context);

  routes.get("/targets", async function overview(c) {
    const { name = null, can } = c.var.operator;
    const { sees } = lookup(c);
    const seen = [...config.targets].filter(([key]) => sees(key));
    return json({
      targets: await Promise.all(seen.map(([key, target]) => describe(key, target))),
      faults: [...config.faults, ...storeFaults()],
      operator: { name, can },
    });
  });

  for (const [action, paused] of [
    ["pause", true],
    ["resume", false],
  ] as const)
    routes.post(`/targets/:target/${action}`, async function setPaused(c) {
      const key = c.req.param("target");
      const { chosen, places, refuseTarget, refuseSilent } = lookup(c);
      const [target] = chosen(key);
      if (!target) return refuseTarget(key) ?? refuse("conflict");
      const { failed } = await askAll(places(key), ({ store }) => store.setPaused(paused));
      note(c, action, { target: target.key });
      const refusal = refuseSilent(failed);
      if (refusal) return refusal;
      return json(await describe(target.key, target));
    });

  return routes;
};
