/**
 * Owns the answers about the host's health: faults, life, readiness, and to an operator the age of the last
 * delivery. Must not name a value.
 */
import { Hono } from "hono/tiny";
import type { Context } from "hono";
import type { Target } from "../config/target.ts";
import { findOperator, refuse } from "./auth.ts";
import type { OperatorDeps } from "./context.ts";
import { askAll } from "./lookup.ts";
import { toPulse } from "./view.ts";

export const createHealth = (deps: OperatorDeps): Hono => {
  const { config, storesOf, storeFaults = () => [], now } = deps;
  const health = new Hono();

  const answer = (c: Context, ok: boolean, facts: object = {}): Response =>
    c.json({ ok, ...facts }, ok ? 200 : 503, { "content-type": "application/json; charset=utf-8" });

  /** Faults of settings, and of the stores; without the key of a target, which stands in the problem. */
  const allFaults = () => [
    ...config.faults,
    ...storeFaults().map(({ setting, problem }) => ({ setting, problem })),
  ];

  const pulseOf = async (key: string, target: Target | undefined) => {
    if (!target) return { target: key, state: "faulty" };
    const places = storesOf(target).map((store) => ({ target, store }));
    const { answers, failed } = await askAll(places, async ({ store }) => ({
      last: await store.lastDelivery(),
      summary: await store.summary(),
    }));
    return toPulse(target, failed.length > 0 ? undefined : answers, now());
  };

  const deep = async (c: Context): Promise<Response> => {
    if (config.operators.length === 0) return refuse("not_found");
    const operator = await findOperator(c.req.header("authorization"), config.operators);
    if (!operator) return refuse("unauthorized");
    const seen = [...config.targets].filter(([key]) => operator.targets?.includes(key) ?? true);
    const targets = await Promise.all(seen.map(([key, target]) => pulseOf(key, target)));
    const faults = allFaults();
    return answer(c, faults.length === 0, { ...(faults.length > 0 && { faults }), targets });
  };

  health.get("/healthz", async function healthz(c) {
    if (c.req.query("deep") !== undefined) return deep(c);
    const faults = allFaults();
    return answer(c, faults.length === 0, faults.length > 0 ? { faults } : {});
  });

  // A process that answers at all is alive: to start it again would mend nothing.
  health.get("/healthz/live", (c) => answer(c, true));

  // One target that works is enough: the others answer 503 by themselves.
  health.get("/healthz/ready", function ready(c) {
    const down = new Set(storeFaults().map(({ target }) => target));
    const ok = [...config.targets].some(([key, target]) => target && !down.has(key));
    return answer(c, ok);
  });

  return health;
};
