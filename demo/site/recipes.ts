/**
 * Owns the page of recipes, made of the pages that are there to be copied, each with its form. Must not hold a
 * recipe.
 */
import { FIELDS_PATH } from "../../proxy/shared/contract.ts";
import type { Definitions } from "../../proxy/shared/own-fields.ts";
import { inLanguage } from "../../proxy/shared/snippet.ts";
import { printer } from "../../widget/print/index.ts";
import { createInPageProxy } from "../in-page/proxy.ts";
import { highlight } from "./highlight.ts";
import { escapeText, plainText } from "./html.ts";
import { PROXY } from "./snippets.ts";

/** A part of a recipe's page; a page without it has a mistake. */
const part = (page: string, pattern: RegExp, name: string): string => {
  const found = pattern.exec(page)?.[1];
  if (found === undefined) throw new Error(`${name} lacks what ${pattern} finds.`);
  return found;
};

/** As it stands in an element: without the common indentation. */
const outdent = (text: string): string => {
  const [indent = ""] = /^ */.exec(text) ?? [];
  return text.trimEnd().replaceAll(`\n${indent}`, "\n").trim();
};

/** As the proxy inside the page will know them. */
const definitionsOf = async (target: string): Promise<Definitions> => {
  const proxy = createInPageProxy(PROXY, () => {});
  const answer = await proxy.fetch(new Request(PROXY + FIELDS_PATH + target));
  return answer.json();
};

/** The form of a recipe as the fast snippet has it, so that nothing moves and no definitions are asked for. */
const printLive = async (tag: string, heading: string): Promise<string> => {
  const written = [...tag.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [
    key,
    value,
  ]);
  const given: Record<string, string> = Object.fromEntries(written);
  const definitions = inLanguage(await definitionsOf(given["target"] ?? ""), "en");
  const attributes = {
    ...given,
    heading,
    lang: "en",
    endpoint: PROXY,
    definitions: JSON.stringify(definitions),
  };
  const all = Object.entries(attributes).map(([key, value]) => `${key}="${escapeText(value)}"`);
  return `<lead-form ${all.join(" ")}>${await printer.form(attributes, PROXY)}</lead-form>`;
};

const renderOne = async (name: string, page: string): Promise<string> => {
  const main = part(page, /<main>([^]*)<\/main>/, name);
  const title = part(main, /<h1>([^]*?)<\/h1>/, name);
  const body = part(main, /<\/h1>([^]*?)<h2>/, name);
  // What explains comes first; a button of the page, or the form, begins what is to be copied.
  const text = part(body, /^(\s*<p>(?:(?!<button)[^])*?<\/p>\n)/, name);
  const settings = part(main, /<pre[^>]*>([^]*?)<\/pre>/, name);
  const form = part(body, /(<lead-form[^]*?>)/, name);
  return `<h2 id="${name}">${title}</h2>${text}
<div class="try">${await printLive(form, plainText(title))}</div>
${highlight(outdent(body.slice(text.length).replace(/^\n+/, "")), "html")}
<p>Settings of the target:</p>
${highlight(settings.replace(/&\w+;/g, (entity) => plainText(entity)).trim(), "json")}`;
};

/** @param recipes pages by name, in the order of the list */
export const renderRecipes = async (
  recipes: readonly (readonly [name: string, page: string])[],
): Promise<string> => {
  const parts = await Promise.all(recipes.map(([name, page]) => renderOne(name, page)));
  return `<h1 id="recipes">Recipes</h1>
<p>Each is a whole page in <code>demo/recipes/</code> and may be copied. The settings belong to your target. <code>npm run snippet</code> prints a form with the definitions inside, which saves a request.</p>
<p>The forms are real. The proxy behind them runs in this page, the vendors are simulated, and nothing that you type leaves your browser.</p>
${parts.join("\n")}`;
};
