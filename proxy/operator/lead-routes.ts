/**
 * Owns the routes for one lead: its details, another try, a release, a correction. Must not decide
 * which state allows a move: the ledger does.
 */
import { Hono } from "hono/tiny";
import { toSubmission } from "../ledger/submission.ts";
import { findDelivering } from "../config/routes.ts";
import { readForm } from "../http/guard.ts";
import type { Moved } from "../ledger/operations.ts";
import { refuse } from "./auth.ts";
import { json } from "./context.ts";
import type { Call, OperatorContext, OperatorEnv } from "./context.ts";
import { correctLead, correctableOf, rulesOfEntry } from "./correct.ts";
import type { Found } from "./lookup.ts";
import { openLead, toItem } from "./view.ts";

/** For a person who would send a lead another way: its box opens in this store alone. */
const OTHER_WAY = "Leads of this project are delivered by another target.";

/** A test lead alone goes by its receipt: of a person everything goes, by the number. */
export const createTestRoutes = ({ lookup, note }: OperatorContext): Hono<OperatorEnv> =>
  new Hono<OperatorEnv>().delete("/leads/:id", async function removeTest(c) {
    const found = await lookup(c).find(c.req.param("id"));
    if (found instanceof Response) return found;
    const { target, store, stored } = found;
    if (!stored.test)
      return refuse("conflict", {
        state: stored.state,
        detail: "Only a test lead can be removed.",
      });
    const removed = (await store.removeTest(stored.id)) ? 1 : 0;
    note(c, "remove_test", { target: target.key, id: stored.id });
    return json({ removed });
  });

export const createLeadRoutes = (context: OperatorContext): Hono<OperatorEnv> => {
  const { config, keyring, phones, note, details, open, lookup, now } = context;
  const routes = new Hono<OperatorEnv>();

  const answerMove = async (c: Call, action: string, { target, stored }: Found, moved: Moved) => {
    if (moved.kind === "unknown") return refuse("not_found");
    if (moved.kind === "conflict") return refuse("conflict", { state: moved.state });
    note(c, action, { target: target.key, id: stored.id });
    return json(toItem(target.key, moved.lead, await open(target, stored)));
  };

  /** A handler that gets the lead of the path, wherever it is stored. */
  const withLead =
    (handle: (found: Found, c: Call) => Response | Promise<Response>) =>
    async (c: Call): Promise<Response> => {
      const found = await lookup(c).find(c.req.param("id") ?? "");
      return found instanceof Response ? found : handle(found, c);
    };

  routes.get(
    "/leads/:id",
    withLead(async function look(found, c) {
      note(c, "look", { target: found.target.key, id: found.stored.id });
      const { folded } = found.stored;
      return json({ ...(await details(found.target, found.stored)), folded });
    }),
  );

  routes.post(
    "/leads/:id/replay",
    withLead(async function replay(found, c) {
      return answerMove(c, "replay", found, await found.store.replay(found.stored.id));
    }),
  );

  routes.post(
    "/leads/:id/release",
    withLead(async function release(found, c) {
      return answerMove(c, "release", found, await found.store.release(found.stored.id));
    }),
  );

  routes.patch("/leads/:id", async function correct(c) {
    const read = await readForm(c.req.raw);
    if ("refusal" in read) return refuse(read.refusal);
    const found = await lookup(c).find(c.req.param("id"));
    if (found instanceof Response) return found;

    const { target, store, stored: before } = found;
    const correctable = correctableOf(target);
    if (read.form.size === 0 || [...read.form.keys()].some((name) => !correctable.includes(name)))
      return refuse("malformed", { detail: `Correct any of ${correctable.join(", ")}.` });
    const ring = await keyring();
    const opened = await openLead(ring, target.key, before);
    if (!("lead" in opened)) return refuse("conflict", { state: before.state });
    const { lead } = opened;
    const named = config.targets.get(lead.enteredBy ?? target.key) ?? target;
    const project = read.form.get("project")?.trim();
    if (project !== undefined && project !== (lead.project ?? ""))
      if (findDelivering(config.targets, named, project)?.key !== target.key)
        return refuse("conflict", { detail: OTHER_WAY });
    const corrected = await phones.read((readPhone) =>
      correctLead(lead, read.form, rulesOfEntry(named, target), { now, readPhone }),
    );
    if ("fields" in corrected) return refuse("invalid", { fields: corrected.fields });

    const byPerson = { address: undefined, stamped: true, trapped: false };
    const sealed = await toSubmission(corrected.lead, byPerson, target, ring);
    const moved = await store.correct(before.id, {
      keyId: sealed.keyId,
      box: sealed.box,
      kept: sealed.kept,
      phoneHash: sealed.phoneHashes[0] ?? "",
      phoneTail: sealed.phoneTail,
    });
    return answerMove(c, "mend", found, moved);
  });

  return routes;
};
