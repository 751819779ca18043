/** Owns the search index of each language, made of the built pages. Must not know how a page looks. */
import MiniSearch from "minisearch";
import { SEARCH } from "./client/terms.ts";
import type { Entry } from "./client/terms.ts";
import { plainText } from "./html.ts";
import { LANGUAGES } from "./languages.ts";
import type { Language } from "./languages.ts";

export interface BuiltPage {
  url: string;
  lang: Language;
  kind: string;
  title: string;
  /** What stands in its `<article>`. */
  article: string;
}

/** Characters of a result's text. */
const EXCERPT = 140;

const cut = (text: string): string =>
  text.length > EXCERPT ? `${text.slice(0, text.lastIndexOf(" ", EXCERPT))} …` : text;

/** A page falls into the parts between its headings. */
const sectionsOf = ({ url, title, lang, article }: BuiltPage): Omit<Entry, "id">[] =>
  article.split(/(?=<h[1-4] id=")/).flatMap((part) => {
    const heading = /^<h(\d) id="([^"]*)">([^]*?)<\/h\1>/.exec(part);
    const text = plainText(heading ? part.slice(heading[0].length) : part);
    const [, level, id = "", inside = ""] = heading ?? [];
    if (!heading && !text) return [];
    const isTop = !heading || level === "1";
    return {
      url: isTop ? url : `${url}#${id}`,
      page: title,
      title: isTop ? title : plainText(inside),
      text,
      lang,
      excerpt: cut(text),
    };
  });

/** A reader finds the pages of their language, and the documents. @returns the index as JSON, by language */
export const buildIndexes = (pages: readonly BuiltPage[]): Record<Language, string> => {
  const indexOf = (lang: Language): string => {
    const index = new MiniSearch<Entry>(SEARCH);
    const wanted = pages.filter(
      (page) => page.kind === "document" || (page.kind === "guide" && page.lang === lang),
    );
    index.addAll(wanted.flatMap(sectionsOf).map((entry, id) => ({ ...entry, id })));
    return JSON.stringify(index);
  };
  const indexes = LANGUAGES.map((lang) => [lang, indexOf(lang)] as const);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one for each language
  return Object.fromEntries(indexes) as Record<Language, string>;
};
