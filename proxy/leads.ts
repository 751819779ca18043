/**
 * Owns the route of a lead, step by step: the cheap refusals first, the store and the vendor last. Must not know a
 * vendor or a store.
 */
import type { Handler } from "hono";
import { accept, isKnown } from "./accept.ts";
import type { AcceptDeps } from "./accept.ts";
import type { Config } from "./config/config.ts";
import { findDelivering } from "./config/routes.ts";
import type { Target } from "./config/target.ts";
import type { Answer, Form } from "./hosted/answer.ts";
import { createGate } from "./http/gate.ts";
import type { PlatformGate } from "./http/gate.ts";
import {
  contradictsOrigin,
  isAllowedOrigin,
  isFromOwnAddress,
  isHostOf,
  readForm,
} from "./http/guard.ts";
import { preflightHeaders } from "./http/headers.ts";
import { createPending } from "./http/pending.ts";
import { MISCONFIGURED, sayNotOwn } from "./http/reply.ts";
import type { Result, Send } from "./http/reply.ts";
import { readLead, readRequest } from "./lead/lead.ts";
import type { Lead, ReadRequest } from "./lead/lead.ts";
import { findWay, sendAlong } from "./lead/route.ts";
import { isStamped } from "./lead/stamp.ts";
import { verifyToken } from "./lead/turnstile.ts";
import { isLight, withToken } from "./ledger/submission.ts";
import type { Circumstances } from "./ledger/submission.ts";
import { answerTest, asksForTest, findTester, mayTry } from "./operator/test-lead.ts";
import type { TestStore } from "./operator/test-lead.ts";
import type { PhoneDeps } from "./phone/read.ts";
import { CAPTCHA_FIELD, HONEYPOT_FIELD } from "./shared/contract.ts";

export interface LeadsDeps extends AcceptDeps {
  config: Config;
  /** Answers at once, and ends the request with the work. Undefined where a host that ends waits for such work. */
  endWith?: (work: Promise<unknown>) => Send;
  storeFor: (
    target: Target,
    id: string,
  ) => (ReturnType<AcceptDeps["storeFor"]> & TestStore) | undefined;
  /** The visitor's address as `toAddress` gives it, from a source that a visitor cannot forge. */
  addressOf: (request: Request, env: unknown) => string | undefined;
  /** The platform's own counter of requests; undefined where it has none. */
  platformGate?: PlatformGate | undefined;
}

/** Seconds: the gate counts by the minute. */
const GATE_WAIT = 60;

/**
 * Leads under way from which on an answer waits for the report of its lead. An answer before it spares the visitor a
 * commit, and costs a Worker the stream behind it: a tenth of a lead.
 */
const MANY = 16;

const isTrapped = (form: Form): boolean => (form.get(HONEYPOT_FIELD) ?? "") !== "";

/** Whether a target may look at a request: not while its limits refuse it, unless it repeats a lead. */
const refuseEarly = async (
  { config, counters, ...deps }: LeadsDeps,
  target: Target,
  form: Form,
  { address, stamped }: Circumstances,
): Promise<Result | undefined> => {
  const end = findDelivering(config.targets, target, (form.get("project") ?? "").trim()) ?? target;
  const light = isTrapped(form) || isLight(target, stamped);
  const retryAfter = counters.refusedFor(end, { address, light });
  if (retryAfter === undefined) return undefined;
  const id = form.get("id")?.toLowerCase() ?? "";
  if (await isKnown(end, id, deps)) return undefined;
  counters.countRefused(end, 1);
  return { code: "rate_limited", retryAfter };
};

/** By whatever numbering plan the number asks for. */
const checkLead = (
  request: ReadRequest,
  rules: Target,
  { phones, newId, now }: LeadsDeps & PhoneDeps,
): Promise<ReturnType<typeof readLead>> =>
  phones.read((readPhone) => readLead(request, rules, { newId, now, readPhone }));

/** Asks Cloudflare, where the target does; but not about a lead that is here already, whose token is spent. */
const proveVisitor = async (
  deps: LeadsDeps,
  target: Target,
  lead: Lead,
  circumstances: Circumstances,
  form: Form,
): Promise<Circumstances> => {
  const { turnstile } = target;
  if (!turnstile || (form.has("id") && (await isKnown(target, lead.id, deps))))
    return circumstances;
  const origins = [...deps.config.ownOrigins, ...target.origins];
  const isOurs = (hostname: string) => isHostOf(hostname, origins);
  const asked = { token: form.get(CAPTCHA_FIELD), id: lead.id, isOurs };
  const verdict = await verifyToken(turnstile, asked, deps);
  if (verdict === "unknown") deps.log("error", { event: "turnstile", target: target.key });
  return withToken(circumstances, verdict, turnstile);
};

/** The answer to a lead, which goes on where its visitor leaves: the vendor may be deciding. */
const createTake = (deps: LeadsDeps) => {
  let underWay = 0;
  return async (
    target: Target,
    lead: Lead,
    circumstances: Circumstances,
    respond: (result: Result, by?: Send) => ReturnType<Answer>,
  ): Promise<Response> => {
    const { track, drained } = createPending();
    const behind: Promise<unknown>[] = [];
    const isEarly = underWay++ < MANY;
    const accepted = track(
      accept(
        target,
        lead,
        circumstances,
        { ...deps, waitUntil: (work) => void track(work) },
        isEarly ? (work) => void behind.push(track(work)) : undefined,
      ),
    );
    deps.waitUntil(drained().finally(() => underWay--));
    const result = await accepted;
    return respond(result, behind.length > 0 ? deps.endWith?.(Promise.all(behind)) : undefined);
  };
};

/**
 * 1. Origin, before anything is read. 2. How often this address asks. 3. Type, size and shape of the body. 4. The
 * target, whether this origin may post to it, and whether its limits refuse that. 5. The lead, and its way.
 * 6. Its delivery.
 *
 * An operator's token stands for the origin of a test lead, which goes another way at 6.
 */
export const createLeads = (deps: LeadsDeps & PhoneDeps, answer: Answer): Handler => {
  const { config, now, addressOf } = deps;
  const take = createTake(deps);
  const { elapsed } = deps.counters;
  const gate = createGate({ ...config, elapsed, random: Math.random, platform: deps.platformGate });

  const readCircumstances = async (
    address: string | undefined,
    form: Form,
  ): Promise<Circumstances> => ({
    address,
    stamped: await isStamped(
      { target: form.get("target") ?? "", id: form.get("id"), stamp: form.get("stamp") },
      now(),
    ),
    trapped: isTrapped(form),
  });

  return async function leads(c) {
    const origin = c.req.header("origin");
    // The proxy's own pages may post too.
    const own = config.ownOrigins;
    const refuseOrigin = () =>
      answer(c, {
        code: "origin_refused",
        ...(isFromOwnAddress(c.req.raw) && { hint: sayNotOwn(config.publicUrl) }),
      });
    const isAllowed =
      isAllowedOrigin(origin, [...own, ...config.origins]) &&
      !contradictsOrigin(c.req.raw, origin, own);
    if (c.req.method === "OPTIONS" && isAllowed) return c.body(null, 204, preflightHeaders(origin));
    const respond = (result: Result, form?: Form, by?: Send): ReturnType<Answer> =>
      answer(c, result, { form, origin: isAllowed ? origin : undefined, ...(by && { by }) });

    if (!isAllowed && !c.req.header("authorization")) return refuseOrigin();
    const address = addressOf(c.req.raw, c.env);
    if (!(await gate(address))) return respond({ code: "rate_limited", retryAfter: GATE_WAIT });
    const tester = await findTester(c.req.raw, deps);
    if (!isAllowed && !tester) return refuseOrigin();
    const read = await readForm(c.req.raw);
    if ("refusal" in read) return respond({ code: read.refusal });
    const { form } = read;

    const key = form.get("target") ?? "";
    const isTest = asksForTest(form.get("test"), c.req.query("test"));
    if (isTest ? !mayTry(tester, key) : !isAllowed) return answer(c, { code: "origin_refused" });
    if (!config.targets.has(key)) return respond({ code: "unknown_target" }, form);
    const target = config.targets.get(key);
    if (!target) return respond(MISCONFIGURED, form);
    if (!isTest && !isAllowedOrigin(origin, [...own, ...target.origins])) return refuseOrigin();

    const circumstances = await readCircumstances(address, form);
    const refused = isTest ? undefined : await refuseEarly(deps, target, form, circumstances);
    if (refused) return respond(refused, form);
    const request = readRequest(form);
    if (!request) return respond({ code: "malformed" }, form);
    const { id } = request;
    const way = await findWay(config.targets, target, request.project, async (end) =>
      id === undefined ? false : isKnown(end, id.toLowerCase(), deps),
    );
    if (!way) return respond(MISCONFIGURED, form);
    const checked = await checkLead(request, way.rules, deps);
    if ("fields" in checked) return respond({ code: "invalid", ...checked }, form);

    const lead = sendAlong(checked.lead, way);
    if (isTest) {
      if (!mayTry(tester, lead.target)) return answer(c, { code: "origin_refused" });
      return (await answerTest(way.target, lead, tester, deps)) ?? respond({ code: "id_reused" });
    }
    const proven = await proveVisitor(deps, way.target, lead, circumstances, form);
    return take(way.target, lead, proven, (result, by) => respond(result, form, by));
  };
};
