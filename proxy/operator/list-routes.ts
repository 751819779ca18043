/**
 * Owns the routes for many leads: the list, another try for all of a kind, the erasure of a person.
 * Must not show what a lead holds of a person.
 */
import { Hono } from "hono/tiny";
import { findNaming } from "../config/routes.ts";
import { readForm } from "../http/guard.ts";
import type { ListedLead, Query, SealedLead } from "../ledger/inspection.ts";
import { hashes } from "../ledger/seal.ts";
import { REPLAYABLE, STATES } from "../ledger/states.ts";
import type { OperatorStore } from "../ledger/store.ts";
import type { ReadPhone } from "../phone/read.ts";
import { refuse } from "./auth.ts";
import { json, oneOf } from "./context.ts";
import type { Call, OperatorContext, OperatorEnv } from "./context.ts";
import { askAll } from "./lookup.ts";
import { newestFirst, readCursor, toCursor, toItem } from "./view.ts";

const PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 200;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);

interface Erasure {
  erased: number;
  /** Where the number may be, too: the targets that could not be searched, or not all of them. */
  unsearched: readonly string[];
}

/**
 * A number may be in several stores, and each target's country may read it differently: that of the target
 * that the form named, where a lead came in by another one.
 * @returns undefined if no target reads this as a phone number
 */
const erasePhone = async (
  { config, keyring, lookup }: OperatorContext,
  c: Call,
  readPhone: ReadPhone,
): Promise<Erasure | undefined> => {
  // A plus that was not encoded arrives as a space.
  const typed = (c.req.query("phone") ?? "").replace(/^ (?=\d)/, "+");
  const ring = await keyring();
  const { places, targets, unsearched } = lookup(c);
  const hashesOf = new Map<string, Promise<string[]>>();
  for (const target of targets) {
    const named = [target, ...findNaming(config.targets, target)];
    const phones = named.flatMap(({ country }) => readPhone(typed, country, country)?.e164 ?? []);
    const all = [...new Set(phones)].map((phone) => hashes(ring, "phone", phone));
    if (phones.length > 0)
      hashesOf.set(
        target.key,
        Promise.all(all).then((found) => found.flat()),
      );
  }
  if (targets.length > 0 && hashesOf.size === 0) return undefined;
  const { answers, failed } = await askAll(places(), async ({ target, store }) => {
    const phoneHashes = (await hashesOf.get(target.key)) ?? [];
    const erased = phoneHashes.length > 0 ? await store.erase(phoneHashes) : 0;
    // The hash of a lead's number needs the key that sealed it.
    return { key: target.key, erased, foreign: await store.countForeign(ring.ids) };
  });
  const foreign = answers.filter((answer) => answer.foreign > 0).map(({ key }) => key);
  return {
    erased: sum(answers.map(({ erased }) => erased)),
    unsearched: unsearched([...failed, ...foreign]),
  };
};

export const createListRoutes = (context: OperatorContext): Hono<OperatorEnv> => {
  const { config, note, open, lookup } = context;
  const routes = new Hono<OperatorEnv>();
  const isRouted = [...config.targets.values()].some(
    (target) => target && Object.keys(target.routes).length > 0,
  );
  /** By which other target a lead came in stands in its box: without routes no box is asked for. */
  const askLeads = (store: OperatorStore, query: Query): Promise<ListedLead[] | SealedLead[]> =>
    isRouted ? store.sealed(query) : store.list(query);
  const ask = async (store: OperatorStore, query: Query, onlyTests: boolean) =>
    (await Promise.all([onlyTests ? [] : askLeads(store, query), store.tests(query)])).flat();

  routes.get("/leads", async function list(c) {
    const { target: key, reason, cursor, limit = String(PAGE_SIZE) } = c.req.query();
    const state = oneOf(STATES, c.req.query("state"));
    const after = cursor ? readCursor(cursor) : undefined;
    if (state === "unknown" || (cursor && !after) || !/^\d{1,4}$/.test(limit))
      return refuse("malformed");
    const { places, refuseTarget, refuseSilent } = lookup(c);
    const refusal = refuseTarget(key);
    if (refusal) return refusal;

    const size = Math.min(Math.max(Number(limit), 1), MAX_PAGE_SIZE);
    const states = state && [state];
    // One more than the page shows whether another page follows.
    const query = { states, reason: reason || undefined, after, limit: size + 1 };
    const { answers, failed } = await askAll(places(key), async ({ target, store }) =>
      (await ask(store, query, c.req.query("test") === "1")).map((lead) => ({ target, lead })),
    );
    // The list of all goes on with the others, as it does where a setting is faulty.
    const silence = key ? refuseSilent(failed) : undefined;
    if (silence) return silence;
    const all = answers.flat().sort((a, b) => newestFirst(a.lead, b.lead));
    const page = all.slice(0, size);
    const last = page.at(-1);
    return json({
      leads: await Promise.all(
        page.map(async ({ target, lead }) =>
          toItem(target.key, lead, "sealed" in lead ? await open(target, lead) : undefined),
        ),
      ),
      cursor: last && all.length > size ? toCursor(last.lead) : null,
      ...(failed.length > 0 && { unread: failed }),
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
    const { places, refuseTarget, refuseSilent } = lookup(c);
    const refusal = refuseTarget(key);
    if (refusal) return refusal;
    const { answers, failed } = await askAll(places(key), ({ store }) =>
      store.replayAll({ state, reason }),
    );
    const replayed = sum(answers);
    note(c, "replay", { target: key, leads: replayed });
    return refuseSilent(failed) ?? json({ replayed });
  });

  routes.delete("/leads", async function erase(c) {
    // By a shorter reading a person's leads could stay.
    const readPhone = await context.phones.whole();
    if (!readPhone) return refuse("unavailable");
    const erasure = await erasePhone(context, c, readPhone);
    if (!erasure) return refuse("invalid", { fields: { phone: "phone_invalid" } });
    const { erased, unsearched } = erasure;
    note(c, "erase", { leads: erased });
    return json({ erased, ...(unsearched.length > 0 && { unsearched }) });
  });

  return routes;
};
