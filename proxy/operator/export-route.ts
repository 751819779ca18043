/**
 * Owns the route that exports leads: what waits, in full, or what stays of the delivered. Must not pass an incomplete file for a whole one.
 */
import { Hono } from "hono/tiny";
import type { Query } from "../ledger/inspection.ts";
import { UNDELIVERED, WAITING } from "../ledger/states.ts";
import type { State } from "../ledger/states.ts";
import { refuse } from "./auth.ts";
import { oneOf } from "./context.ts";
import type { OperatorContext, OperatorEnv } from "./context.ts";
import { askAll } from "./lookup.ts";
import { FORMATS, MEDIA_TYPES, readPages, toStream } from "./export.ts";

/** What is stored of a lead can be exported while it waits, and once it is delivered. */
const EXPORTED: readonly State[] = [...UNDELIVERED, "delivered"];

const DAY = 24 * 60 * 60_000;

/**
 * A moment (ISO 8601), or a whole day in UTC. A plus that was not encoded arrives as a space.
 * @returns Unix milliseconds; NaN if it is neither
 */
const readTime = (value: string, isEnd: boolean): number => {
  const text = value.replace(" ", "+");
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return Date.parse(text) + (isEnd ? DAY : 0);
  return /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? Date.parse(text) : NaN;
};

/** The first millisecond that counts, and the first that does not, where they are given. */
const readPeriod = ({ from, to }: Record<string, string>): Pick<Query, "from" | "to"> => ({
  ...(from && { from: readTime(from, false) }),
  ...(to && { to: readTime(to, true) }),
});

export const createExportRoute = (context: OperatorContext): Hono<OperatorEnv> => {
  const { now, note, details, lookup } = context;
  const routes = new Hono<OperatorEnv>();

  routes.get("/export", async function exported(c) {
    const key = c.req.query("target");
    const state = oneOf(EXPORTED, c.req.query("state"));
    const format = oneOf(FORMATS, c.req.query("format")) ?? "ndjson";
    const period = readPeriod(c.req.query());
    if (state === "unknown" || format === "unknown" || Object.values(period).some(Number.isNaN))
      return refuse("malformed");
    const { places, chosen, refuseTarget, refuseIncomplete, refuseSilent } = lookup(c);
    const refusal = key ? refuseTarget(key) : refuseIncomplete();
    if (refusal) return refusal;
    // Asked before the first byte: afterwards no status could say that the file is incomplete.
    const asked = places(key);
    const { failed } = await askAll(asked, ({ store }) => store.list({ limit: 1 }));
    const silence = refuseSilent(failed);
    if (silence) return silence;

    // Two queries, since each has an index; in this order, since a failed attempt goes on waiting.
    const kinds: (readonly State[])[] = state ? [[state]] : [["sending"], WAITING];
    const targets = chosen(key);
    const parts = asked.flatMap((place) =>
      kinds.map((states) => ({ ...place, states, ...period })),
    );
    const kind = state === "delivered" ? "delivered" : "waiting";
    const stream = toStream({ format, kind, targets }, readPages(parts, details), (leads) =>
      note(c, "export", { ...(key && { target: key }), leads }),
    );
    const day = new Date(now()).toISOString().slice(0, 10);
    return new Response(stream, {
      headers: {
        "content-type": MEDIA_TYPES[format],
        "content-disposition": `attachment; filename="${kind === "delivered" ? "receipts" : "leads"}-${key || "all"}-${day}.${format}"`,
      },
    });
  });

  return routes;
};
