/** Owns the list of the repository's documents on the site, and the addresses of all files. Must not read one. */
import { dirname, join } from "node:path/posix";

export interface Document {
  /** From the root of the repository. */
  path: string;
  url: string;
  title: string;
}

/** In reading order. */
export const DOCUMENTS: readonly Document[] = [
  { path: "README.md", url: "/docs/", title: "Overview" },
  { path: "widget/README.md", url: "/docs/widget/", title: "The element" },
  { path: "proxy/README.md", url: "/docs/proxy/", title: "Operating the proxy" },
  { path: "widget/wordpress/README.md", url: "/docs/wordpress/", title: "The WordPress plugin" },
  { path: "demo/recipes/index.html", url: "/docs/recipes/", title: "Recipes" },
  { path: "SECURITY.md", url: "/docs/security/", title: "Security" },
  { path: "CONTRIBUTING.md", url: "/docs/contributing/", title: "Changing the code" },
  { path: "test/manual/sheet.md", url: "/docs/manual-test/", title: "Manual test sheet" },
  { path: "CHANGELOG.md", url: "/docs/changelog/", title: "Changelog" },
];

const URLS = new Map(DOCUMENTS.map(({ path, url }) => [path, url]));

const RECIPE = /^demo\/recipes\/(\w+)\.html$/;
const IMAGE = /\.(?:png|svg|jpg)$/;

const FILES = "/docs/files/";

const isOutside = (href: string): boolean => /^[a-z][a-z\d+.-]*:/i.test(href);

const pathOf = (target: string, from: string): string =>
  join(dirname(from), target).replace(/\/$/, "");

/** Where a link of a document leads to on the site; undefined where it leaves the site. */
export const resolveLink = (href: string, from: string, fromUrl: string): string | undefined => {
  if (isOutside(href)) return undefined;
  const [target = "", anchor] = href.split("#");
  const hash = anchor === undefined ? "" : `#${anchor}`;
  if (target === "") return fromUrl + hash;
  const path = pathOf(target, from);
  const document = URLS.get(path);
  if (document !== undefined) return document + hash;
  const recipe = RECIPE.exec(path);
  if (recipe) return `/docs/recipes/#${recipe[1]}`;
  return FILES + path + (IMAGE.test(path) ? "" : "/");
};

/** A file of the repository that a document shows or leads to, and that is no document itself. */
export interface LinkedFile {
  kind: "image" | "source";
  path: string;
  url: string;
}

/** @param text of the document at this path */
export const linkedFiles = (text: string, from: string): LinkedFile[] =>
  [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].flatMap(([, href = ""]) => {
    const url = resolveLink(href, from, "");
    if (!url?.startsWith(FILES)) return [];
    const path = pathOf(href, from);
    return { kind: IMAGE.test(path) ? "image" : "source", path, url };
  });
