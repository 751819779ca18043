/**
 * Owns the playground, the gallery and QA's list on the site: the demo's own pages, with the proxy inside. Must not change what
 * they show, but for links to what only a proxy serves.
 */
import { join } from "node:path";
import { build } from "vite";
import type { Plugin } from "vite";

const DEMO = join(import.meta.dirname, "..");

/** In one folder, as the demo has them: they link to one another. */
const FOLDER = "playground";
const PAGES = ["index.html", "gallery.html", "qa.html", "stage.html"];

/** Those that the site leads to. */
export const DEMO_PAGES = [`/${FOLDER}/`, `/${FOLDER}/gallery.html`, `/${FOLDER}/qa.html`];

/** As on the site's other pages; the frame holds a page of this folder. */
const POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; form-action 'none'; base-uri 'none'";

const CHANGES: readonly (readonly [RegExp, string])[] = [
  [
    /(<meta charset="utf-8" \/>)/,
    `$1<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
  ],
  [/<nav id="nav">/, '<nav id="nav" data-pages="playground gallery qa">'],
  // The start, and the page in the frame, with the proxy inside.
  [/\.\/playground\/playground\.ts/, "./in-page/playground.ts"],
  [/\.\/stage\/stage\.ts/, "./in-page/stage.ts"],
  [/src="\/lead-form\.js"/, 'src="../lead-form.js"'],
  [/<a data-of-proxy href="\/demo\/recipes\/index\.html"/, '<a href="../docs/recipes/"'],
  // What only a proxy serves: the page hides such links, and here they lead nowhere.
  [/\shref="\/[^"]*"/g, ""],
  [
    /<section class="card" aria-labelledby="operator-title"/,
    '<section style="display: none" aria-labelledby="operator-title"',
  ],
  // The way back.
  [/<h1>(?:<bdi>)?Lead Form(?:<\/bdi>)?/, '<h1><a href="../" style="color: inherit">Lead Form</a>'],
];

const onSite = (): Plugin => ({
  name: "on-site",
  transformIndexHtml: {
    order: "pre",
    handler: (html) => CHANGES.reduce((text, [from, to]) => text.replace(from, to), html),
  },
});

export const buildDemo = (out: string): Promise<unknown> =>
  build({
    configFile: false,
    root: DEMO,
    base: "./",
    logLevel: "warn",
    plugins: [onSite()],
    build: {
      outDir: join(out, FOLDER),
      emptyOutDir: false,
      copyPublicDir: false,
      target: "es2022",
      modulePreload: false,
      chunkSizeWarningLimit: 600,
      rolldownOptions: { input: PAGES.map((name) => join(DEMO, name)) },
    },
  });
