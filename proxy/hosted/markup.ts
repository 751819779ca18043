/**
 * Owns the form as markup, for a page that cannot run the printer: a plugin asks once, and prints it. Must not
 * print what the form's own attributes could not say.
 */
import { Hono } from "hono/tiny";
import type { Config } from "../config/config.ts";
import { definitionHeaders } from "../http/headers.ts";
import { MISCONFIGURED } from "../http/reply.ts";
import { MARKUP_PATH } from "../shared/contract.ts";
import type { Printer } from "../shared/snippet.ts";
import type { Answer } from "./answer.ts";

/** Attributes of the element that change its first view, or what a plain post carries. */
const SHOWN = [
  "lang",
  "dir",
  "project",
  "projects",
  "fields",
  "required",
  "country",
  "without-country-select",
  "theme",
  "scheme",
  "heading",
  "submit-label",
  "consent",
  "consent-version",
  "privacy-url",
];
/** UTF-16 units of one attribute. */
const MAX_LENGTH = 2000;

const isShown = (name: string): boolean =>
  SHOWN.includes(name) || /^field-[a-z][a-z\d_-]{0,31}$/.test(name);

export const createMarkup = (
  { config, printForm }: { config: Config; printForm: Printer["form"] },
  answer: Answer,
): Hono => {
  const routes = new Hono();

  routes.get(`${MARKUP_PATH}:target`, async function markup(c) {
    const key = c.req.param("target");
    const target = config.targets.get(key);
    if (!config.targets.has(key)) return answer(c, { code: "unknown_target" });
    // Without an address of its own there is none to post to.
    if (!target || config.publicUrl === undefined) return answer(c, MISCONFIGURED);
    const given = Object.entries(c.req.query())
      .filter(([name]) => isShown(name))
      .map(([name, value]) => [name, value.slice(0, MAX_LENGTH)] as const);
    const attributes = {
      lang: "en",
      ...Object.fromEntries(given),
      target: key,
      definitions: JSON.stringify(target.definitions),
    };
    const template = await printForm(attributes, config.publicUrl);
    return c.json({ template }, 200, definitionHeaders());
  });

  return routes;
};
