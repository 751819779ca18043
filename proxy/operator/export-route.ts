/**
 * Owns the route that exports undelivered leads. Must not pass an incomplete file for a whole one.
 */
import { Hono } from "hono";
import { UNDELIVERED, WAITING } from "../ledger/states.ts";
import { refuse } from "./auth.ts";
import { oneOf } from "./context.ts";
import type { OperatorContext } from "./context.ts";
import { FORMATS, MEDIA_TYPES, readPages, toStream } from "./export.ts";

export const createExportRoute = (context: OperatorContext): Hono => {
  const { storesOf, now, note, details, lookup } = context;
  const routes = new Hono();

  routes.get("/export", async function exported(c) {
    const key = c.req.query("target");
    const state = oneOf(UNDELIVERED, c.req.query("state"));
    const format = oneOf(FORMATS, c.req.query("format")) ?? "ndjson";
    if (state === "unknown" || format === "unknown") return refuse("malformed");
    const refusal = key ? lookup.refuseTarget(key) : lookup.refuseIncomplete();
    if (refusal) return refusal;

    // Two queries, since each has an index; in this order, since a failed attempt goes on waiting.
    const kinds = state ? [[state]] : [["sending"] as const, WAITING];
    const parts = lookup
      .chosen(key)
      .flatMap((target) =>
        storesOf(target).flatMap((store) => kinds.map((states) => ({ target, store, states }))),
      );
    const stream = toStream(format, readPages(parts, details), (leads) =>
      note("export", { ...(key && { target: key }), leads }),
    );
    const day = new Date(now()).toISOString().slice(0, 10);
    return new Response(stream, {
      headers: {
        "content-type": MEDIA_TYPES[format],
        "content-disposition": `attachment; filename="leads-${key || "all"}-${day}.${format}"`,
      },
    });
  });

  return routes;
};
