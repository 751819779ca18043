/**
 * Owns the routes for many leads: the list, another try for all of a kind, the erasure of a person.
 * Must not show what a lead holds of a person.
 */
import { Hono } from "hono";
import { findNaming } from "../config/routes.ts";
import { readForm } from "../http/guard.ts";
import type { ListedLead, Query, SealedLead } from "../ledger/inspection.ts";
import { hashes } from "../ledger/seal.ts";
import { REPLAYABLE, STATES } from "../ledger/states.ts";
import type { OperatorStore } from "../ledger/store.ts";
import { readPhone } from "../phone.ts";
import { refuse } from "./auth.ts";
import { json, oneOf } from "./context.ts";
import type { OperatorContext } from "./context.ts";
import { newestFirst, readCursor, toCursor, toItem } from "./view.ts";

const PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 200;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);

/**
 * A number may be in several stores, and each target's country may read it differently: that of the target
 * that the form named, where a lead came in by another one. The caller
 * names the targets that could not be searched: the number may be there, too.
 * @returns the number of erased leads, or undefined if no target reads this as a phone number
 */
const erasePhone = async (
  { config, keyring, storesOf, lookup: { targets } }: OperatorContext,
  typed: string,
): Promise<number | undefined> => {
  const ring = await keyring();
  const counts = await Promise.all(
    targets.map(async (target) => {
      const named = [target, ...findNaming(config.targets, target)];
      const phones = named.flatMap(({ country }) => readPhone(typed, country, country)?.e164 ?? []);
      if (phones.length === 0) return undefined;
      const phoneHashes = await Promise.all(
        [...new Set(phones)].map((phone) => hashes(ring, "phone", phone)),
      );
      return sum(
        await Promise.all(storesOf(target).map((store) => store.erase(phoneHashes.flat()))),
      );
    }),
  );
  const known = counts.filter((n) => n !== undefined);
  return counts.length > 0 && known.length === 0 ? undefined : sum(known);
};

export const createListRoutes = (context: OperatorContext): Hono => {
  const { config, storesOf, note, open, lookup } = context;
  const routes = new Hono();
  const isRouted = [...config.targets.values()].some(
    (target) => target && Object.keys(target.routes).length > 0,
  );
  /** By which other target a lead came in stands in its box: without routes no box is asked for. */
  const ask = (store: OperatorStore, query: Query): Promise<ListedLead[] | SealedLead[]> =>
    isRouted ? store.sealed(query) : store.list(query);

  routes.get("/leads", async function list(c) {
    const { target: key, reason, cursor, limit = String(PAGE_SIZE) } = c.req.query();
    const state = oneOf(STATES, c.req.query("state"));
    const after = cursor ? readCursor(cursor) : undefined;
    if (state === "unknown" || (cursor && !after) || !/^\d{1,4}$/.test(limit))
      return refuse("malformed");
    const refusal = lookup.refuseTarget(key);
    if (refusal) return refusal;

    const size = Math.min(Math.max(Number(limit), 1), MAX_PAGE_SIZE);
    const states = state && [state];
    // One more than the page shows whether another page follows.
    const query = { states, reason: reason || undefined, after, limit: size + 1 };
    const lists = await Promise.all(
      lookup
        .chosen(key)
        .flatMap((target) =>
          storesOf(target).map(async (store) =>
            (await ask(store, query)).map((lead) => ({ target, lead })),
          ),
        ),
    );
    const all = lists.flat().sort((a, b) => newestFirst(a.lead, b.lead));
    const page = all.slice(0, size);
    const last = page.at(-1);
    return json({
      leads: await Promise.all(
        page.map(async ({ target, lead }) =>
          toItem(target.key, lead, "sealed" in lead ? await open(target, lead) : undefined),
        ),
      ),
      cursor: last && all.length > size ? toCursor(last.lead) : null,
    });
  });

  /** Another try for all leads in a state, with a reason, or both. */
  routes.post("/leads/replay", async function replayAll(c) {
    const read = await readForm(c.req.raw);
    if ("refusal" in read) return refuse(read.refusal);
    const state = oneOf(REPLAYABLE, read.form.get("state"));
    const reason = read.form.get("reason") || undefined;
    const key = read.form.get("target");
    if (!key || state === "unknown" || (!state && !reason))
      return refuse("malformed", { detail: "Name a target, and a state or a reason." });
    const refusal = lookup.refuseTarget(key);
    if (refusal) return refusal;
    const stores = lookup.chosen(key).flatMap((target) => storesOf(target));
    const replayed = sum(
      await Promise.all(stores.map((store) => store.replayAll({ state, reason }))),
    );
    note("replay", { target: key, leads: replayed });
    return json({ replayed });
  });

  routes.delete("/leads", async function erase(c) {
    // A plus that was not encoded arrives as a space.
    const typed = (c.req.query("phone") ?? "").replace(/^ (?=\d)/, "+");
    const erased = await erasePhone(context, typed);
    if (erased === undefined) return refuse("invalid", { fields: { phone: "phone_invalid" } });
    note("erase", { leads: erased });
    const { unreadable } = config;
    return json({ erased, ...(unreadable.length > 0 && { unsearched: unreadable }) });
  });

  return routes;
};
