/**
 * Owns the media type of an answer: JSON, or a page that keeps everything the visitor typed. Must
 * not decide the result.
 */
import type { Context } from "hono";
import type { Config } from "../config/config.ts";
import { hostedPageHeaders, readableBy } from "../http/headers.ts";
import { headersOf, send, statusOf, toJson } from "../http/reply.ts";
import type { Result, Send } from "../http/reply.ts";
import type { PhoneDeps } from "../phone/read.ts";
import { LEADS_PATH } from "../shared/contract.ts";
import { formAgainPage, shownNumber } from "./form.ts";
import { messagePage, readLook } from "./layout.ts";

/** The fields of a posted form, by name. */
export type Form = ReadonlyMap<string, string>;

/** What an answer to a posted lead goes by. */
export interface Asked {
  form?: Form | undefined;
  /** A page of this origin may read it. */
  origin?: string | undefined;
  /** Makes its response. */
  by?: Send;
}

export type Answer = (c: Context, result: Result, asked?: Asked) => Response | Promise<Response>;

const EMPTY_FORM: Form = new Map();

/** A browser that navigates asks for HTML. A client that asks for JSON, or for nothing, gets JSON. */
const wantsPage = (c: Context): boolean => {
  const accept = c.req.header("accept") ?? "";
  return accept.includes("text/html") && !accept.includes("application/json");
};

interface AnswerDeps extends PhoneDeps {
  config: Config;
  newId: () => string;
  now: () => number;
}

export const createAnswer =
  ({ config, phones, ...world }: AnswerDeps): Answer =>
  async (c, result, { form = EMPTY_FORM, origin, by = send } = {}) => {
    if (!wantsPage(c))
      return toJson(result, by, c.req.path === LEADS_PATH ? { origin } : undefined);
    const key = form.get("target") ?? "";
    const look = readLook(c, world, (name) => form.get(name));
    if ("receipt" in result) {
      const { lang, theme, scheme } = look;
      const query = new URLSearchParams({
        lang,
        ...(theme && { theme }),
        ...(scheme && { scheme }),
      });
      const { status, headers } = c.redirect(
        `/f/${encodeURIComponent(key)}/thanks?${query.toString()}`,
        303,
      );
      return readableBy(origin, await by(null, { status, headers }));
    }
    const target = config.targets.get(key);
    const number = () =>
      phones.read((readPhone) => shownNumber(readPhone, target, form, result.suggestion?.phone));
    const page = config.targets.has(key)
      ? formAgainPage(look, target, form, result, result.fields?.phone ? await number() : "")
      : messagePage(look, result.code, result.hint);
    const response = await c.html(page, statusOf(result), {
      ...hostedPageHeaders(look.nonce),
      ...headersOf(result),
    });
    return readableBy(origin, response);
  };
