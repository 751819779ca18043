/**
 * Owns the routes for targets: the overview, their figures, a pause, its end. Must not fail as a whole where one
 * store does not answer.
 */
import { Hono } from "hono";
import type { Target } from "../config/target.ts";
import { VERSION } from "../config/version.ts";
import { logError } from "../log.ts";
import { refuse } from "./auth.ts";
import { json } from "./context.ts";
import type { OperatorContext, OperatorEnv } from "./context.ts";
import type { Figure } from "../ledger/figures.ts";
import { REPLAYABLE } from "../ledger/states.ts";
import { askAll } from "./lookup.ts";
import { METRICS_TYPE, toMetrics } from "./metrics.ts";
import type { MeasuredTarget } from "./metrics.ts";
import { toPoints } from "./points.ts";
import { routesOf, toBareView, toTargetView } from "./view.ts";

interface TargetFigures {
  totals: Figure[];
  hours: Figure[];
}

const waitingIn = (counts: Readonly<Record<string, number>>): number =>
  REPLAYABLE.reduce((sum, state) => sum + (counts[state] ?? 0), 0);

/** What the routes tell of one target. */
const createViews = ({ config, storesOf, storeFaults, now, log }: OperatorContext) => {
  const describe = async (key: string, target: Target | undefined) => {
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

  return { describe, measure };
};

export const createTargetRoutes = (context: OperatorContext): Hono<OperatorEnv> => {
  const { config, storeFaults, now, note, lookup } = context;
  const { describe, measure } = createViews(context);
  const routes = new Hono<OperatorEnv>();

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
