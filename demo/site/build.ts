/** Owns the making of the site: pages, scripts, styles, the form's own files, the search. Must not draw a page. */
import { readFileSync } from "node:fs";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { build } from "vite";
import { writePages } from "./eleventy.ts";
import { DEMO_PAGES, buildDemo } from "./demo.ts";
import { readRuns } from "./figures.ts";
import { LANGUAGES } from "./languages.ts";
import type { Language } from "./languages.ts";
import type { SiteFacts } from "./pages/page.ts";
import { toBuiltPage } from "./pages/built.ts";
import { buildIndexes } from "./search-index.ts";
import { printLive, printSnippets } from "./snippets.ts";

/** The root of the repository. */
const ROOT = join(import.meta.dirname, "../..");
const at = (path: string): string => join(ROOT, path);
const here = (path: string): string => join(import.meta.dirname, path);

/** What the build has left, without which there is no form to show. */
const WIDGET = "dist/widget";

const buildScripts = (out: string): Promise<unknown> =>
  build({
    configFile: false,
    root: import.meta.dirname,
    base: "./",
    logLevel: "warn",
    build: {
      outDir: join(out, "assets"),
      emptyOutDir: false,
      copyPublicDir: false,
      target: "es2022",
      modulePreload: false,
      chunkSizeWarningLimit: 600,
      rolldownOptions: {
        input: {
          site: here("client/site.ts"),
          live: here("client/live.ts"),
          forms: here("client/forms.ts"),
          look: here("styles/site.css"),
        },
        output: {
          entryFileNames: "[name].js",
          chunkFileNames: "[name].js",
          assetFileNames: "site[extname]",
        },
      },
    },
  });

interface Pinned {
  url: string;
}

/**
 * The scripts as they were built, but with parts that come from beside them: the origin that the build baked in
 * serves none of this site's.
 */
const copyWidget = async (out: string): Promise<void> => {
  const pinned: Record<string, Pinned> = JSON.parse(
    await readFile(at(`${WIDGET}/integrity.json`), "utf8"),
  );
  const { origin } = new URL(pinned["lead-form.js"]?.url ?? "");
  const names = (await readdir(at(WIDGET))).filter((name) => /^lead-form.*\.js$/.test(name));
  for (const name of names) {
    const code = await readFile(at(`${WIDGET}/${name}`), "utf8");
    await writeFile(join(out, name), code.replace(`\`${origin}\``, "`.`"));
  }
};

const factsFor = async (): Promise<SiteFacts> => {
  const readme = readFileSync(at("README.md"), "utf8");
  const sizes = JSON.parse(readFileSync(at("test/sizes.json"), "utf8"));
  const front = await Promise.all(
    LANGUAGES.map(async (lang) => [
      lang,
      {
        sizes,
        runs: readRuns(readme, at("test")),
        form: await printLive(lang),
        snippets: await printSnippets(lang, readme),
      },
    ]),
  );
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one for each language
  return { front: Object.fromEntries(front) as SiteFacts["front"], pages: new Set(DEMO_PAGES) };
};

const writeIndexes = async (out: string, indexes: Record<Language, string>): Promise<void> => {
  for (const lang of LANGUAGES)
    await writeFile(join(out, `assets/search-${lang}.json`), indexes[lang]);
};

/** @param folder which is emptied first */
export const buildSite = async (folder: string): Promise<void> => {
  // Vite reads a relative one from its own root.
  const out = resolve(folder);
  await rm(out, { recursive: true, force: true });
  await mkdir(join(out, "assets"), { recursive: true });
  const pages = await writePages(out, await factsFor());
  await buildScripts(out);
  await buildDemo(out);
  await copyWidget(out);
  await writeIndexes(out, buildIndexes(pages.flatMap(toBuiltPage)));
};
