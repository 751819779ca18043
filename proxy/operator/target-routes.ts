/**
 * Owns the routes for targets: the overview, a pause, its end. Must not fail as a whole where one
 * store does not answer.
 */
import { Hono } from "hono";
import type { Target } from "../config/target.ts";
import { logError } from "../log.ts";
import { refuse } from "./auth.ts";
import { json } from "./context.ts";
import type { OperatorContext } from "./context.ts";
import { routesOf, toBareView, toTargetView } from "./view.ts";

export const createTargetRoutes = (context: OperatorContext): Hono => {
  const { config, storesOf, now, log, note, lookup } = context;
  const routes = new Hono();

  const describe = async (key: string, target: Target | undefined) => {
    if (!target) return { ...toBareView(key, "faulty"), faults: config.faultsOf.get(key) ?? [] };
    if (target.storage === "none") return { ...toBareView(key, "relay"), ...routesOf(target) };
    try {
      const summaries = await Promise.all(storesOf(target).map((store) => store.summary()));
      return toTargetView(target, summaries, now());
    } catch (error) {
      logError(log, error);
      return { ...toBareView(key, "unreachable"), ...routesOf(target) };
    }
  };

  routes.get("/targets", async function overview() {
    const views = [...config.targets].map(([key, target]) => describe(key, target));
    return json({ targets: await Promise.all(views), faults: config.faults });
  });

  for (const [action, paused] of [
    ["pause", true],
    ["resume", false],
  ] as const)
    routes.post(`/targets/:target/${action}`, async function setPaused(c) {
      const key = c.req.param("target");
      const [target] = lookup.chosen(key);
      if (!target) return lookup.refuseTarget(key) ?? refuse("conflict");
      await Promise.all(storesOf(target).map((store) => store.setPaused(paused)));
      note(action, { target: target.key });
      return json(await describe(target.key, target));
    });

  return routes;
};
