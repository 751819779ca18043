/**
 * Owns the way from Markdown to a page: anchors as GitHub makes them, links between pages, code in colours,
 * diagrams as pictures. Must not write a file.
 */
import MarkdownIt from "markdown-it";
import { linkFrom } from "./languages.ts";
import { resolveLink } from "./documents.ts";
import { drawDiagram } from "./diagram.ts";
import { highlight } from "./highlight.ts";

type Token = ReturnType<MarkdownIt["parse"]>[number];

/** What the generator hands to the Markdown of a page. */
interface Env {
  page?: { url: string };
  /** Of the document in the repository; undefined for a page of the site itself. */
  path?: string;
}

/** As GitHub does: letters, digits, hyphens and underscores of any language; a repeat gets a number. */
export const slugOf = (text: string, seen: Map<string, number>): string => {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, "")
    .replaceAll(" ", "-");
  const times = seen.get(plain) ?? 0;
  seen.set(plain, times + 1);
  return times === 0 ? plain : `${plain}-${times}`;
};

/** The words of a heading, without its markup. */
const wordsOf = (token: Token | undefined): string =>
  (token?.children ?? [])
    .filter(({ type }) => type === "text" || type === "code_inline")
    .map(({ content }) => content)
    .join("");

const addAnchors = (md: MarkdownIt): void => {
  md.core.ruler.push("anchors", ({ tokens }) => {
    const seen = new Map<string, number>();
    for (const [i, token] of tokens.entries())
      if (token.type === "heading_open") token.attrSet("id", slugOf(wordsOf(tokens[i + 1]), seen));
  });
};

const addLinks = (md: MarkdownIt): void => {
  md.core.ruler.push("links", ({ tokens, env }: { tokens: Token[]; env: Env }) => {
    const { page, path = "" } = env;
    if (!page) return;
    const rewrite = (token: Token, name: "href" | "src"): void => {
      const given = token.attrGet(name) ?? "";
      const url = given.startsWith("/") ? given : resolveLink(given, path, page.url);
      if (url !== undefined) token.attrSet(name, linkFrom(page.url, url));
    };
    for (const { children } of tokens)
      for (const token of children ?? []) {
        if (token.type === "link_open") rewrite(token, "href");
        if (token.type === "image") {
          rewrite(token, "src");
          token.attrSet("loading", "lazy");
        }
      }
  });
};

const addCode = (md: MarkdownIt): void => {
  md.renderer.rules["fence"] = (tokens, i) => {
    const { content = "", info = "" } = tokens[i] ?? {};
    const before = tokens.slice(0, i).findLastIndex(({ type }) => type === "heading_open");
    const heading = wordsOf(tokens[before + 1]);
    if (info.trim() !== "mermaid") return highlight(content.trimEnd(), info.trim());
    return drawDiagram(content, heading);
  };
  // Notes to whoever writes the document, such as which test holds a table.
  md.renderer.rules["html_block"] = (tokens, i) =>
    (tokens[i]?.content ?? "").replace(/<!--[^]*?-->\s*/g, "");
  // A heading without words is none.
  md.renderer.rules["th_open"] = (tokens, i, options, _env, self) => {
    const token = tokens[i];
    if (token && !tokens[i + 1]?.content) token.tag = "td";
    return self.renderToken(tokens, i, options);
  };
  md.renderer.rules["th_close"] = (tokens, i) => (tokens[i - 1]?.content ? "</th>" : "</td>");
  // A table may be wider than a phone: its own box scrolls, and a keyboard reaches it.
  md.renderer.rules["table_open"] = () => '<div class="table" tabindex="0"><table>';
  md.renderer.rules["table_close"] = () => "</table></div>";
};

export const createMarkdown = (): MarkdownIt => {
  const md = new MarkdownIt({ html: true, linkify: false });
  md.use(addAnchors).use(addLinks).use(addCode);
  return md;
};
