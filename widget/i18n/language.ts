/**
 * Owns the language and the direction that a form takes from the page. Must not stop at a shadow root, as
 * `closest()` and `:lang()` do.
 */
import { directionOf, findLocale } from "./localize.ts";

export interface Language {
  /** Key of a catalog. */
  locale: string;
  /** The tag as the page wrote it: `ar-EG`. */
  tag: string;
  dir: string;
}

const parentOf = (node: Element): Element | undefined =>
  node.parentElement ?? (node.getRootNode() as Partial<ShadowRoot>).host;

/**
 * The nearest `lang`, else the visitor's. A `dir` counts from the element up to the one that names
 * the language: an Arabic form on an English page reads from the right, whatever `<html dir>` says.
 */
export const readLanguage = (host: Element): Language => {
  let tag = "";
  let dir = "";
  for (let node: Element | undefined = host; node && !tag; node = parentOf(node)) {
    tag = node.getAttribute("lang") ?? "";
    dir ||= node.getAttribute("dir") ?? "";
  }
  tag ||= navigator.language;
  const locale = findLocale(tag);
  return { locale, tag, dir: dir || directionOf(locale) };
};
