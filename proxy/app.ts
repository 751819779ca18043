/** Owns the routes: each request from the first check to the answer, in reading order. */
import { Hono } from "hono";
import type { Context } from "hono";
import { accept } from "./accept.ts";
import type { AcceptDeps, Circumstances } from "./accept.ts";
import type { Config } from "./config/config.ts";
import { CAMPAIGN_FIELDS, HONEYPOT_FIELD, LEADS_PATH } from "./shared/contract.ts";
import type { LeadRequest } from "./shared/contract.ts";
import { discardBody, isAllowedOrigin, readForm } from "./http/guard.ts";
import {
  corsHeaders,
  demoHeaders,
  hostedPageHeaders,
  preflightHeaders,
  securityHeaders,
} from "./http/headers.ts";
import { readLead, readRequest } from "./lead/lead.ts";
import { logError } from "./log.ts";
import { createOperator } from "./operator/routes.ts";
import type { OperatorDeps } from "./operator/routes.ts";
import { formAgainPage, hostedPage } from "./hosted/form.ts";
import { messagePage, readLook, thanksPage } from "./hosted/layout.ts";
import { BROKEN, ENDING, MISCONFIGURED, headersOf, statusOf, toJson } from "./http/reply.ts";
import type { Refusal, Result } from "./http/reply.ts";
import { createScripts } from "./http/script-files.ts";
import { isStamped } from "./lead/stamp.ts";

export interface AppDeps extends AcceptDeps, OperatorDeps {
  config: Config;
  /** The visitor's address, from a source that a visitor cannot forge. */
  addressOf: (request: Request, env: unknown) => string | undefined;
  /** A built file by its path, or an answer that is not ok. */
  asset: (path: string) => Promise<Response>;
  /** The host is about to end: what comes now is sent back, to be tried again. */
  isEnding?: () => boolean;
}

type Form = ReadonlyMap<string, string>;
const NOTHING_TYPED: Form = new Map();

/** A browser that navigates asks for HTML; whoever asks for JSON, or does not say, gets JSON. */
const wantsPage = (c: Context): boolean => {
  const accept = c.req.header("accept") ?? "";
  return accept.includes("text/html") && !accept.includes("application/json");
};

/** What the address of the hosted page may fill in: never what a person is asked for. */
const PREFILLED = ["project", "theme", "scheme", ...CAMPAIGN_FIELDS] as const;
/** UTF-16 units of one prefilled value; the form has to pass as a body again. */
const MAX_PREFILL = 500;

const withoutQuery = (url: string): string => /^https?:[^?#]{0,500}/.exec(url)?.[0] ?? "";

const isLoopback = (url: string): boolean =>
  /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(new URL(url).hostname);

const SCRIPT = /^\/(v\/[\w.+-]+\/)?lead-form[\w.-]*\.js$/;
/** What is there to be read, and nothing else. */
const READ_ONLY = new RegExp(String.raw`^/(?:healthz|f/[^/]+(?:/thanks)?)$|${SCRIPT.source}`);

const readableBy = (origin: string, response: Response): Response => {
  for (const [name, value] of Object.entries(corsHeaders(origin)))
    response.headers.set(name, value);
  return response;
};

export const createApp = (deps: AppDeps): Hono => {
  const { config, log, now, newId, asset, waitUntil, addressOf, isEnding = () => false } = deps;
  const scripts = createScripts(asset);
  const app = new Hono();
  app.use(securityHeaders);
  app.use(async function unreadBodies(c, next) {
    await next();
    await discardBody(c.req.raw);
  });

  /** A result as the one who asks can read it: JSON, or a page with everything typed still there. */
  const answer = (
    c: Context,
    result: Result,
    values = NOTHING_TYPED,
  ): Response | Promise<Response> => {
    if (!wantsPage(c)) return toJson(result);
    const key = values.get("target") ?? "";
    const look = readLook(c, newId(), (name) => values.get(name));
    if ("receipt" in result) {
      const { lang, theme, scheme } = look;
      const query = new URLSearchParams({
        lang,
        ...(theme && { theme }),
        ...(scheme && { scheme }),
      });
      return c.redirect(`/f/${encodeURIComponent(key)}/thanks?${query.toString()}`, 303);
    }
    const page = config.targets.has(key)
      ? formAgainPage(look, config.targets.get(key), values, result)
      : messagePage(look, result.code);
    return c.html(page, statusOf(result), {
      ...hostedPageHeaders(look.nonce),
      ...headersOf(result),
    });
  };

  /** A connection that is kept alive may bring a request after the last call: it comes back at once. */
  app.use(async function lastCall(c, next) {
    if (!isEnding()) return next();
    const response = await answer(c, ENDING);
    const origin = c.req.header("origin");
    response.headers.set("connection", "close");
    return isAllowedOrigin(origin, config.origins) ? readableBy(origin, response) : response;
  });

  const readCircumstances = async (c: Context, request: LeadRequest): Promise<Circumstances> => ({
    address: addressOf(c.req.raw, c.env),
    stamped: await isStamped(
      { target: request.target, id: request.id, stamp: request.stamp },
      now(),
    ),
    trapped: (request[HONEYPOT_FIELD] ?? "") !== "",
  });

  /**
   * 1. Method and origin, before anything is read. 2. Type, size and shape of the body. 3. The
   * target, and whether this origin may post to it. 4. The lead. 5. Its delivery.
   */
  app.all(LEADS_PATH, async function leads(c) {
    const { method } = c.req;
    const origin = c.req.header("origin");
    // The proxy's own pages may post too. Behind a proxy that ends TLS the scheme is not known here.
    const { host } = new URL(c.req.url);
    const own = [`https://${host}`, `http://${host}`];
    if (method !== "POST" && method !== "OPTIONS")
      return answer(c, { code: "method_refused", allow: "POST, OPTIONS" });
    if (!isAllowedOrigin(origin, [...own, ...config.origins]))
      return answer(c, { code: "origin_refused" });
    if (method === "OPTIONS") return c.body(null, 204, preflightHeaders(origin));

    const respond = async (result: Result, values?: Form): Promise<Response> =>
      readableBy(origin, await answer(c, result, values));

    const read = await readForm(c.req.raw);
    if ("refusal" in read) return respond({ code: read.refusal });
    const { form } = read;

    const key = form.get("target") ?? "";
    if (!config.targets.has(key)) return respond({ code: "unknown_target" }, form);
    const target = config.targets.get(key);
    if (!target) return respond(MISCONFIGURED, form);
    if (!isAllowedOrigin(origin, [...own, ...target.origins]))
      return answer(c, { code: "origin_refused" });

    const request = readRequest(form);
    if (!request) return respond({ code: "malformed" }, form);
    const checked = readLead(request, target, newId);
    if ("fields" in checked) return respond({ code: "invalid", fields: checked.fields }, form);

    const accepted = accept(target, checked.lead, await readCircumstances(c, request), deps);
    // The visitor may leave while the vendor decides; the lead must not leave with them.
    waitUntil(accepted);
    return respond(await accepted, form);
  });

  // Typed with a slash at its end, the page is meant all the same.
  if (config.operatorToken) app.get("/operator/", (c) => c.redirect("/operator", 308));
  app.route("/operator", createOperator(deps));

  /** The form at an address of its own: for a link, a QR code, a frame, a page without script. */
  app.get("/f/:target", function hosted(c) {
    const key = c.req.param("target");
    const look = readLook(c, newId(), (name) => c.req.query(name));
    const target = config.targets.get(key);
    if (!target) {
      const result: Refusal = config.targets.has(key) ? MISCONFIGURED : { code: "unknown_target" };
      const headers = { ...hostedPageHeaders(look.nonce), ...headersOf(result) };
      return c.html(messagePage(look, result.code), statusOf(result), headers);
    }
    const prefilled = PREFILLED.map((name) => [name, c.req.query(name)?.slice(0, MAX_PREFILL)]);
    const values = new Map<string, string>([
      ...prefilled.filter((entry): entry is [string, string] => Boolean(entry[1])),
      ["target", key],
      ["lang", look.lang],
      ["page", withoutQuery(c.req.url)],
      ["referrer", withoutQuery(c.req.header("referer") ?? "")],
    ]);
    // Kept for Back and Forward, with what was typed; asked for anew by anybody else.
    const headers = {
      ...hostedPageHeaders(look.nonce, true),
      "cache-control": "private, no-cache",
    };
    return c.html(hostedPage(look, target, values), 200, headers);
  });

  app.get("/f/:target/thanks", function thanks(c) {
    const look = readLook(c, newId(), (name) => c.req.query(name));
    return config.targets.has(c.req.param("target"))
      ? c.html(thanksPage(look), 200, hostedPageHeaders(look.nonce))
      : answer(c, { code: "unknown_target" });
  });

  app.get("/healthz", function healthz(c) {
    const { faults } = config;
    const headers = { "content-type": "application/json; charset=utf-8" };
    return faults.length === 0
      ? c.json({ ok: true }, 200, headers)
      : c.json({ ok: false, faults }, 503, headers);
  });

  /** The script and its parts; outside production, the demo too. */
  app.get("*", async function files(c) {
    const { path } = c.req;
    const script = SCRIPT.exec(path);
    const demo = isLoopback(c.req.url) && path.startsWith("/demo/");
    if (path === "/" && isLoopback(c.req.url)) return c.redirect("/demo/", 302);
    if (script) return (await scripts(c.req.raw, path, script[1] !== undefined)) ?? c.notFound();
    if (!demo) return c.notFound();
    const file = await asset(path);
    if (!file.ok) return file.status < 400 ? file : c.notFound();
    const headers = new Headers(file.headers);
    for (const [name, value] of Object.entries(demoHeaders(path))) headers.set(name, value);
    return new Response(file.body, { headers });
  });

  app.all("*", (c) =>
    READ_ONLY.test(c.req.path)
      ? answer(c, { code: "method_refused", allow: "GET, HEAD" })
      : c.notFound(),
  );
  app.notFound((c) => answer(c, { code: "not_found" }));
  app.onError((error, c) => {
    logError(log, error);
    return answer(c, BROKEN);
  });
  return app;
};
