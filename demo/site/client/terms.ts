/** Owns the terms of the search index, alike when it is built and when it is asked. Must not touch a page. */
import type { Options } from "minisearch";

/** A section of a page. */
export interface Entry {
  id: number;
  /** From the root of the site, with its anchor. */
  url: string;
  page: string;
  title: string;
  text: string;
  /** Of the page: documents are in English whatever the reader's language. */
  lang: string;
  /** The beginning of the text. */
  excerpt: string;
}

/** Without marks, and alif and ya in one form each: people type them as they come. */
const normalise = (term: string): string =>
  term
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[\p{M}ـ]/gu, "")
    .replace(/[أإآٱ]/g, "ا")
    .replaceAll("ى", "ي")
    .replaceAll("ة", "ه")
    .replaceAll("ё", "е");

export const SEARCH: Options<Entry> = {
  fields: ["title", "page", "text"],
  storeFields: ["url", "page", "title", "lang", "excerpt"],
  processTerm: (term) => normalise(term) || null,
  searchOptions: {
    boost: { title: 4, page: 2 },
    prefix: (term) => term.length > 1,
    fuzzy: (term) => (term.length > 4 ? 0.2 : false),
    combineWith: "AND",
  },
};
