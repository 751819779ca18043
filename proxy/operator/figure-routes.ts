/**
 * Owns the routes for figures: of one target for the page, of all for Prometheus. Must not fail as a whole where
 * one store does not answer.
 */
import { Hono } from "hono/tiny";
import type { Target } from "../config/target.ts";
import { VERSION } from "../config/version.ts";
import type { Figure } from "../ledger/figures.ts";
import { REPLAYABLE } from "../ledger/states.ts";
import { logError } from "../log.ts";
import { refuse } from "./auth.ts";
import { json } from "./context.ts";
import type { OperatorContext, OperatorEnv } from "./context.ts";
import { METRICS_TYPE, toMetrics } from "./metrics.ts";
import type { MeasuredTarget } from "./metrics.ts";
import { toPoints } from "./points.ts";
import { createDescribe } from "./target-routes.ts";

interface TargetFigures {
  totals: Figure[];
  hours: Figure[];
}

const waitingIn = (counts: Readonly<Record<string, number>>): number =>
  REPLAYABLE.reduce((sum, state) => sum + (counts[state] ?? 0), 0);

export const createFigureRoutes = (context: OperatorContext): Hono<OperatorEnv> => {
  const { config, storesOf, now, log, lookup } = context;
  const routes = new Hono<OperatorEnv>();
  const describe = createDescribe(context);

  /** What a target's store has counted, all shards as one; undefined where none answers. */
  const measure = async (target: Target): Promise<TargetFigures | undefined> => {
    try {
      const parts = await Promise.all(storesOf(target).map((store) => store.figures()));
      return {
        totals: parts.flatMap(({ totals }) => totals),
        hours: parts.flatMap(({ hours }) => hours),
      };
    } catch (error) {
      logError(log, error);
      return undefined;
    }
  };

  routes.get("/targets/:target/figures", async function figures(c) {
    const key = c.req.param("target");
    const { chosen, refuseTarget } = lookup(c);
    const [target] = chosen(key);
    if (!target) return refuseTarget(key) ?? refuse("conflict");
    const found = await measure(target);
    if (!found) return refuse("unavailable");
    const points = (step: number, count: number) =>
      toPoints(found.hours, { now: now(), step, count });
    return json({ target: key, hours: points(1, 24), days: points(24, 30) });
  });

  routes.get("/metrics", async function metrics(c) {
    const { sees } = lookup(c);
    const seen = [...config.targets].filter(([key]) => sees(key));
    const targets = await Promise.all(
      seen.map(async ([key, target]): Promise<MeasuredTarget> => {
        const view = await describe(key, target);
        const stored = target?.storage === "ledger" && "counts" in view;
        return {
          key,
          state: view.state,
          figures: stored ? await measure(target) : undefined,
          ...("counts" in view && { waiting: waitingIn(view.counts) }),
          ...("oldest_age" in view && { oldest: view.oldest_age ?? undefined }),
        };
      }),
    );
    const text = toMetrics({ version: VERSION, targets });
    return new Response(text, { headers: { "content-type": METRICS_TYPE } });
  });

  return routes;
};
