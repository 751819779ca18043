/**
 * Owns the operator's routes under `/operator`: what waits and why, and every move a person may
 * make. Closed while no token is set; no CORS, so no page of another origin reads an answer.
 */
import { Hono } from "hono";
import { toSubmission } from "../accept.ts";
import type { Config } from "../config/config.ts";
import type { Target } from "../config/target.ts";
import { readForm } from "../http/guard.ts";
import type { Moved, SealedLead } from "../ledger/operations.ts";
import { hashes } from "../ledger/seal.ts";
import type { Keyring } from "../ledger/seal.ts";
import { REPLAYABLE, STATES, UNDELIVERED, WAITING } from "../ledger/types.ts";
import { logError } from "../log.ts";
import type { Log, OperatorLine } from "../log.ts";
import { operatorPage, operatorPageHeaders } from "./page/html.ts";
import { FORMATS, MEDIA_TYPES, readPages, toStream } from "./export.ts";
import type { Details } from "./export.ts";
import { isToken, refuse } from "./auth.ts";
import { CORRECTABLE, correctLead } from "./correct.ts";
import { createLookup } from "./lookup.ts";
import type { Found, LookupDeps } from "./lookup.ts";
import {
  newestFirst,
  openLead,
  readCursor,
  toBareView,
  toCursor,
  toDetails,
  toItem,
  toTargetView,
} from "./view.ts";
import { readPhone } from "../phone.ts";

export interface OperatorDeps extends LookupDeps {
  config: Config;
  keyring: () => Promise<Keyring>;
  now: () => number;
  log: Log;
  /** What the page loads, as text by name. */
  operatorAssets: Readonly<Record<string, string>>;
}

const PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 200;

const json = (value: unknown): Response =>
  Response.json(value, { headers: { "content-type": "application/json; charset=utf-8" } });

/** The value if it is one of those known; undefined if none was given. */
const oneOf = <T extends string>(
  known: readonly T[],
  value: string | undefined,
): T | "unknown" | undefined =>
  value === undefined || value === "" ? undefined : (known.find((k) => k === value) ?? "unknown");

export const createOperator = (deps: OperatorDeps): Hono => {
  const { config, keyring, storesOf, now, log, operatorAssets } = deps;
  const token = config.operatorToken;
  const { targets, chosen, refuseTarget, refuseIncomplete, refuseMissing, find } =
    createLookup(deps);
  const operator = new Hono();

  const note = (action: string, facts: Omit<OperatorLine, "event" | "action"> = {}): void =>
    log("info", { event: "operator", action, ...facts });

  const details = async (target: Target, lead: SealedLead): Promise<Details> =>
    toDetails(target.key, lead, await openLead(await keyring(), target.key, lead));

  const answerMove = (action: string, { target, stored: { id } }: Found, moved: Moved) => {
    if (moved.kind === "unknown") return refuse("not_found");
    if (moved.kind === "conflict") return refuse("conflict", { state: moved.state });
    note(action, { target: target.key, id });
    return json(toItem(target.key, moved.lead));
  };

  const describe = async (key: string, target: Target | undefined) => {
    if (!target) return toBareView(key, "faulty");
    if (target.storage === "none") return toBareView(key, "relay");
    try {
      const summaries = await Promise.all(storesOf(target).map((store) => store.summary()));
      return toTargetView(target, summaries, now());
    } catch (error) {
      // The others can still be looked after.
      logError(log, error);
      return toBareView(key, "unreachable");
    }
  };

  operator.use(async function closed(c, next) {
    return token === undefined ? c.notFound() : next();
  });

  operator.get("/", (c) => c.html(operatorPage(), 200, { ...operatorPageHeaders }));
  operator.get("/:file{[a-z]+\\.(?:js|css)}", async function asset(c, next) {
    const file = c.req.param("file");
    if (!Object.hasOwn(operatorAssets, file)) return next();
    const type = file.endsWith(".css") ? "text/css" : "text/javascript";
    return c.body(operatorAssets[file] ?? "", 200, { "content-type": `${type}; charset=utf-8` });
  });

  operator.use(async function bearer(c, next) {
    if (await isToken(c.req.header("authorization"), token ?? "")) return next();
    log("warn", { event: "operator", action: "refused" });
    return refuse("unauthorized");
  });

  operator.get("/leads", async function list(c) {
    const { target: key, reason, cursor, limit = String(PAGE_SIZE) } = c.req.query();
    const state = oneOf(STATES, c.req.query("state"));
    const after = cursor ? readCursor(cursor) : undefined;
    if (state === "unknown" || (cursor && !after) || !/^\d{1,4}$/.test(limit))
      return refuse("malformed");
    const refusal = refuseTarget(key);
    if (refusal) return refusal;

    const size = Math.min(Math.max(Number(limit), 1), MAX_PAGE_SIZE);
    const states = state && [state];
    // One more than is shown tells whether there is another page.
    const query = { states, reason: reason || undefined, after, limit: size + 1 };
    const lists = await Promise.all(
      chosen(key).flatMap((target) =>
        storesOf(target).map(async (store) =>
          (await store.list(query)).map((lead) => ({ target, lead })),
        ),
      ),
    );
    const all = lists.flat().sort((a, b) => newestFirst(a.lead, b.lead));
    const page = all.slice(0, size);
    const last = page.at(-1);
    return json({
      leads: page.map(({ target, lead }) => toItem(target.key, lead)),
      cursor: last && all.length > size ? toCursor(last.lead) : null,
    });
  });

  /** Whatever waits in a state or for a reason gets another try. */
  operator.post("/leads/replay", async function replayAll(c) {
    const read = await readForm(c.req.raw);
    if ("refusal" in read) return refuse(read.refusal);
    const state = oneOf(REPLAYABLE, read.form.get("state"));
    const reason = read.form.get("reason") || undefined;
    const key = read.form.get("target");
    if (!key || state === "unknown" || (!state && !reason))
      return refuse("malformed", { detail: "Name a target, and a state or a reason." });
    const refusal = refuseTarget(key);
    if (refusal) return refusal;
    const stores = chosen(key).flatMap((target) => storesOf(target));
    const counts = await Promise.all(stores.map((store) => store.replayAll({ state, reason })));
    const replayed = counts.reduce((sum, n) => sum + n, 0);
    note("replay", { target: key, leads: replayed });
    return json({ replayed });
  });

  operator.get("/leads/:id", async function look(c) {
    const found = await find(c.req.param("id"));
    if (!found) return refuseMissing();
    note("look", { target: found.target.key, id: found.stored.id });
    return json(await details(found.target, found.stored));
  });

  operator.post("/leads/:id/replay", async function replay(c) {
    const found = await find(c.req.param("id"));
    if (!found) return refuseMissing();
    return answerMove("replay", found, await found.store.replay(found.stored.id));
  });

  operator.post("/leads/:id/release", async function release(c) {
    const found = await find(c.req.param("id"));
    if (!found) return refuseMissing();
    return answerMove("release", found, await found.store.release(found.stored.id));
  });

  operator.patch("/leads/:id", async function correct(c) {
    const read = await readForm(c.req.raw);
    if ("refusal" in read) return refuse(read.refusal);
    const unknown = [...read.form.keys()].find((field) => !CORRECTABLE.includes(field));
    if (unknown !== undefined || read.form.size === 0)
      return refuse("malformed", { detail: `Mend any of ${CORRECTABLE.join(", ")}.` });
    const found = await find(c.req.param("id"));
    if (!found) return refuseMissing();

    const { target, store, stored: before } = found;
    const ring = await keyring();
    const opened = await openLead(ring, target.key, before);
    if (!("lead" in opened)) return refuse("conflict", { state: before.state });
    const corrected = correctLead(opened.lead, read.form, target);
    if ("fields" in corrected) return refuse("invalid", { fields: corrected.fields });

    const asked = { address: undefined, stamped: true, trapped: false };
    const sealed = await toSubmission(corrected.lead, asked, target, ring);
    const moved = await store.correct(before.id, {
      keyId: sealed.keyId,
      box: sealed.box,
      phoneHash: sealed.phoneHashes[0] ?? "",
      phoneTail: sealed.phoneTail,
    });
    return answerMove("mend", found, moved);
  });

  /**
   * A number may stand in several stores, and be read differently by each target's country. What
   * could not be searched is named: the number may stand there, too.
   */
  operator.delete("/leads", async function erase(c) {
    // A plus that was not encoded comes as a space.
    const typed = (c.req.query("phone") ?? "").replace(/^ (?=\d)/, "+");
    const ring = await keyring();
    const counts = await Promise.all(
      targets.map(async (target) => {
        const phone = readPhone(typed, target.country, target.country);
        if (!phone) return undefined;
        const phoneHashes = await hashes(ring, "phone", phone.e164);
        const erased = await Promise.all(storesOf(target).map((store) => store.erase(phoneHashes)));
        return erased.reduce((sum, n) => sum + n, 0);
      }),
    );
    const known = counts.filter((n) => n !== undefined);
    if (targets.length > 0 && known.length === 0)
      return refuse("invalid", { fields: { phone: "phone_invalid" } });
    const erased = known.reduce((sum, n) => sum + n, 0);
    note("erase", { leads: erased });
    const { unreadable } = config;
    return json({ erased, ...(unreadable.length > 0 && { unsearched: unreadable }) });
  });

  operator.get("/export", async function exported(c) {
    const key = c.req.query("target");
    const state = oneOf(UNDELIVERED, c.req.query("state"));
    const format = oneOf(FORMATS, c.req.query("format")) ?? "ndjson";
    if (state === "unknown" || format === "unknown") return refuse("malformed");
    const refusal = key ? refuseTarget(key) : refuseIncomplete();
    if (refusal) return refusal;

    // Apart, since each has an index; in this order, since an attempt that fails goes on waiting.
    const kinds = state ? [[state]] : [["sending"] as const, WAITING];
    const parts = chosen(key).flatMap((target) =>
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

  operator.get("/targets", async function overview() {
    const views = [...config.targets].map(([key, target]) => describe(key, target));
    return json({ targets: await Promise.all(views), faults: config.faults });
  });

  for (const [action, paused] of [
    ["pause", true],
    ["resume", false],
  ] as const)
    operator.post(`/targets/:target/${action}`, async (c) => {
      const key = c.req.param("target");
      const [target] = chosen(key);
      if (!target) return refuseTarget(key) ?? refuse("conflict");
      await Promise.all(storesOf(target).map((store) => store.setPaused(paused)));
      note(action, { target: target.key });
      return json(await describe(target.key, target));
    });

  operator.all("*", () => refuse("not_found"));
  return operator;
};
