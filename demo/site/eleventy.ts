/** Owns the pages of the site: which there are, from what, at which address. Must not draw one. */
import { readFileSync, readdirSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import Eleventy from "@11ty/eleventy";
import type { PageResult, UserConfig } from "@11ty/eleventy";
import { DOCUMENTS, linkedFiles } from "./documents.ts";
import type { LinkedFile } from "./documents.ts";
import { highlight } from "./highlight.ts";
import { escapeText } from "./html.ts";
import { LANGUAGES, prefixOf } from "./languages.ts";
import { createMarkdown } from "./markdown.ts";
import { renderPage } from "./pages/page.ts";
import type { PageData, SiteFacts } from "./pages/page.ts";
import { renderRecipes } from "./recipes.ts";
import { TEXTS } from "./texts/index.ts";

/** The root of the repository. */
const ROOT = join(import.meta.dirname, "../..");
const CONTENT = join(import.meta.dirname, "content");

const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");

/** The recipes that the list names, in its order. */
const recipesOf = (list: string): (readonly [string, string])[] =>
  [...list.matchAll(/<li><a href="(\w+)\.html"/g)].map(([, name = ""]) => [
    name,
    read(`demo/recipes/${name}.html`),
  ]);

/** Texts as they are written: a template language would read what code examples hold. */
const addLanguages = (config: UserConfig): void => {
  const markdown = createMarkdown();
  config.addExtension("md", {
    compile: (text: string) => (data: object) => markdown.render(text, data),
  });
  config.addTemplateFormats("page");
  config.addExtension("page", { compile: (text: string) => () => text });
};

const addDocuments = async (config: UserConfig): Promise<void> => {
  for (const [order, { path, url, title }] of DOCUMENTS.entries()) {
    const data = { kind: "document", lang: "en", permalink: url, title, path, order };
    const text = read(path);
    if (path.endsWith(".md")) config.addTemplate(`documents/${order}.md`, text, data);
    else {
      const page = await renderRecipes(recipesOf(text));
      config.addTemplate(`documents/${order}.page`, page, { ...data, hasForms: true });
    }
  }
};

/** A file as it is, or what a folder holds. */
const showFile = (path: string): string => {
  const title = `<h1><code>${escapeText(path)}</code></h1>`;
  if (!statSync(join(ROOT, path)).isDirectory())
    return title + highlight(read(path).trimEnd(), extname(path).slice(1));
  const names = readdirSync(join(ROOT, path)).map((name) => `<li><code>${name}</code></li>`);
  return `${title}<ul>${names.join("")}</ul>`;
};

const addFiles = (config: UserConfig): void => {
  const found = DOCUMENTS.flatMap(({ path }) => linkedFiles(read(path), path));
  const files = new Map(found.map((file): [string, LinkedFile] => [file.path, file]));
  for (const { kind, path, url } of files.values()) {
    if (kind === "image") config.addPassthroughCopy({ [join(ROOT, path)]: url.slice(1) });
    else {
      const data = { kind: "document", lang: "en", permalink: url, title: path };
      config.addTemplate(`files/${path}.page`, showFile(path), data);
    }
  }
};

/** The page that names all guides of a language. */
const addIndexes = (config: UserConfig): void => {
  for (const lang of LANGUAGES) {
    const { guides, guide_intro: intro, title } = TEXTS[lang];
    const front = { kind: "front", lang, permalink: prefixOf(lang), title };
    config.addTemplate(`front/${lang}.page`, "", front);
    const list = { kind: "guide", lang, permalink: `${prefixOf(lang)}guide/`, title: guides };
    config.addTemplate(`guides/${lang}.page`, `<h1>${guides}</h1><p>${intro}</p>`, {
      ...list,
      order: 0,
      isIndex: true,
    });
  }
};

interface Given {
  page: { filePathStem: string };
  permalink: string;
  lang: string;
  kind: string;
}

/**
 * What the place of a guide says of it: a page more is a file more, and nothing else. The generator hands over an
 * empty text for what a page does not say.
 */
const COMPUTED = {
  lang: ({ lang, page }: Given) => lang || page.filePathStem.split("/").at(-2),
  kind: ({ kind }: Given) => kind || "guide",
  permalink: ({ permalink, page }: Given) => {
    const [lang = "en", name] = page.filePathStem.split("/").slice(-2);
    return permalink || `${lang === "en" ? "/" : `/${lang}/`}guide/${name}/`;
  },
};

/** Writes all pages. @returns what was written */
export const writePages = async (out: string, facts: SiteFacts): Promise<readonly PageResult[]> => {
  let written: readonly PageResult[] = [];
  const eleventy = new Eleventy(CONTENT, out, {
    quietMode: true,
    configPath: null,
    config: async (config) => {
      addLanguages(config);
      config.addGlobalData("layout", "page.11ty.js");
      for (const [name, of] of Object.entries(COMPUTED))
        config.addGlobalData(`eleventyComputed.${name}`, () => of);
      config.addTemplate("_includes/page.11ty.js", (data: PageData) => renderPage(data, facts), {});
      await addDocuments(config);
      addFiles(config);
      addIndexes(config);
      config.on("eleventy.after", ({ results }) => {
        written = results;
      });
    },
  });
  await eleventy.write();
  return written;
};
