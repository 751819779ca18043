/** Owns the reading of a built page, for the search. Must not write one. */
import type { PageResult } from "@11ty/eleventy";
import { plainText } from "../html.ts";
import { LANGUAGES } from "../languages.ts";
import type { BuiltPage } from "../search-index.ts";

/** Files that a document leads to are no documents. */
const FILES = "/docs/files/";

/** Pages without an article are not searched. */
export const toBuiltPage = ({ url, content }: PageResult): BuiltPage[] => {
  const [, article] = /<article>([^]*?)<\/article>/.exec(content) ?? [];
  const [, tag, kind = ""] = /<html lang="(\w+)" dir="\w+" class="(\w+)"/.exec(content) ?? [];
  const lang = LANGUAGES.find((each) => each === tag);
  const heading = /<h1[^>]*>([^]*?)<\/h1>/.exec(article ?? "")?.[1];
  if (url.startsWith(FILES) || article === undefined || lang === undefined || heading === undefined)
    return [];
  // The way on and what else stands below the text is no text.
  const text = article.replace(/<nav class="way"[^]*$/, "");
  return [{ url, lang, kind, title: plainText(heading), article: text }];
};
