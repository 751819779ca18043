/**
 * Owns the form at an address of its own: for a link, a QR code, a frame, a page without script.
 * Must not accept a lead.
 */
import { Hono } from "hono/tiny";
import type { Config } from "../config/config.ts";
import { hostedPageHeaders } from "../http/headers.ts";
import { MISCONFIGURED, headersOf, statusOf } from "../http/reply.ts";
import type { Refusal } from "../http/reply.ts";
import { CAMPAIGN_FIELDS } from "../shared/contract.ts";
import type { Printer } from "../shared/snippet.ts";
import type { Answer } from "./answer.ts";
import { hostedPage } from "./hosted-page.ts";
import { messagePage, readLook, thanksPage } from "./layout.ts";
import { prefillOwn } from "./own-fields.ts";

/** What the address of the page may fill in: never what a person types. */
const PREFILLED = ["project", "theme", "scheme", ...CAMPAIGN_FIELDS] as const;
/** UTF-16 units of one prefilled value; the form has to fit into a request body again. */
const MAX_PREFILL = 500;

const withoutQuery = (url: string): string => /^https?:[^?#]{0,500}/.exec(url)?.[0] ?? "";

interface HostedDeps {
  config: Config;
  printForm: Printer["form"];
  newId: () => string;
  now: () => number;
}

export const createHosted = ({ config, printForm, ...world }: HostedDeps, answer: Answer): Hono => {
  const routes = new Hono();

  routes.get("/f/:target", async function hosted(c) {
    const key = c.req.param("target");
    const look = readLook(c, world, (name) => c.req.query(name));
    const target = config.targets.get(key);
    if (!target) {
      const result: Refusal = config.targets.has(key) ? MISCONFIGURED : { code: "unknown_target" };
      const headers = { ...hostedPageHeaders(look.nonce), ...headersOf(result) };
      return c.html(messagePage(look, result.code), statusOf(result), headers);
    }
    const query = (name: string) => c.req.query(name)?.slice(0, MAX_PREFILL);
    const prefilled = [
      ...PREFILLED.map((name) => [name, query(name)] as const),
      ...prefillOwn(target.definitions, query),
    ];
    const values = new Map<string, string>([
      ...prefilled.flatMap(([name, value]) => (value ? [[name, value] as const] : [])),
      ["target", key],
      ["lang", look.lang],
      ["page", withoutQuery(c.req.url)],
      ["referrer", withoutQuery(c.req.header("referer") ?? "")],
    ]);
    // Kept for Back and Forward, with the typed values; every other visit asks the server again.
    const headers = {
      ...hostedPageHeaders(look.nonce, target.turnstile?.siteKey ? "turnstile" : "own"),
      "cache-control": "private, no-cache",
    };
    return c.html(await hostedPage(look, target, values, { ...config, printForm }), 200, headers);
  });

  routes.get("/f/:target/thanks", function thanks(c) {
    const look = readLook(c, world, (name) => c.req.query(name));
    return config.targets.has(c.req.param("target"))
      ? c.html(thanksPage(look), 200, hostedPageHeaders(look.nonce))
      : answer(c, { code: "unknown_target" });
  });

  return routes;
};
