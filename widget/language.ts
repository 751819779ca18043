/**
 * Owns which language and direction a form takes from the page around it, and notices when they
 * change. `closest()` and `:lang()` stop at a shadow root, so ancestors are walked across hosts.
 */
import { directionOf, findLocale } from "./messages.ts";

export interface Language {
  /** Key of a catalog. */
  locale: string;
  /** The tag as the page wrote it: `ar-EG`. */
  tag: string;
  dir: "ltr" | "rtl";
}

const parentOf = (node: Element): Element | null =>
  node.parentElement ?? (node.getRootNode() as Partial<ShadowRoot>).host ?? null;

/**
 * The nearest `lang`, else the visitor's. A `dir` counts from the element up to the one that names
 * the language: an Arabic form on an English page reads from the right, whatever `<html dir>` says.
 */
export const readLanguage = (host: Element): Language => {
  let tag = "";
  let dir = "";
  for (let node: Element | null = host; node && !tag; node = parentOf(node)) {
    tag = node.getAttribute("lang") ?? "";
    dir ||= node.getAttribute("dir") ?? "";
  }
  tag ||= navigator.language;
  const locale = findLocale(tag);
  return { locale, tag, dir: dir === "rtl" || dir === "ltr" ? dir : directionOf(locale) };
};

const followers = new Set<() => void>();
const notify = () => followers.forEach((follower) => follower());
let observer: MutationObserver | undefined;

/** Calls back when a `lang` or `dir` around the host may have changed. @returns how to stop */
export const followLanguage = (host: Element, changed: () => void): (() => void) => {
  followers.add(changed);
  observer ??= new MutationObserver(notify);
  for (
    let root: Node | undefined = host.getRootNode();
    root;
    root = (root as Partial<ShadowRoot>).host?.getRootNode()
  )
    observer.observe(root, { subtree: true, attributeFilter: ["lang", "dir"] });
  return () => {
    followers.delete(changed);
    if (followers.size > 0) return;
    observer?.disconnect();
    observer = undefined;
  };
};

/** Lets every form on the page speak a language that has just been added. */
export const refreshLanguages = notify;
