/** Owns the page of recipes, made of the pages that are there to be copied. Must not hold a recipe. */
import { highlight } from "./highlight.ts";
import { plainText } from "./html.ts";

/** A part of a recipe's page; a page without it has a mistake. */
const part = (page: string, pattern: RegExp, name: string): string => {
  const found = pattern.exec(page)?.[1];
  if (found === undefined) throw new Error(`${name} lacks what ${pattern} finds.`);
  return found;
};

/** As it stands in an element: without the common indentation. */
const outdent = (text: string): string => {
  const indent = /\n( *)\S[^\n]*$/.exec(text.trimEnd())?.[1] ?? "";
  return text.replaceAll(`\n${indent}`, "\n");
};

const renderOne = (name: string, page: string): string => {
  const main = part(page, /<main>([^]*)<\/main>/, name);
  const title = part(main, /<h1>([^]*?)<\/h1>/, name);
  const text = part(main, /<h1>[^]*?<\/h1>([^]*?)<(?:lead-form|article|section|div|ul|h2)\b/, name);
  const forms = [...main.matchAll(/<lead-form[^]*?<\/lead-form>/g)].map(([form]) => outdent(form));
  const settings = part(main, /<pre[^>]*>([^]*?)<\/pre>/, name);
  return `<h2 id="${name}">${title}</h2>${text}
${highlight(forms.join("\n\n"), "html")}
<p>Settings of the target:</p>
${highlight(plainSettings(settings), "json")}`;
};

const plainSettings = (html: string): string =>
  html.replace(/&(quot|lt|gt|amp);/g, (entity) => plainText(entity)).trim();

/** @param recipes pages by name, in the order of the list */
export const renderRecipes = (
  recipes: readonly (readonly [name: string, page: string])[],
): string =>
  `<h1 id="recipes">Recipes</h1>
<p>Each is a whole page in <code>demo/recipes/</code> and may be copied. The settings belong to your target. <code>npm run snippet</code> prints a form with the definitions inside, which saves a request.</p>
${recipes.map(([name, page]) => renderOne(name, page)).join("\n")}`;
