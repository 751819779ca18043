/**
 * Owns the build of the demo's own pages, to where the built Worker serves them. The form is not
 * part of it: the pages load the script that ships.
 */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { build } from "vite";

const PAGES = import.meta.dirname;
const OUT = join(PAGES, "../dist/worker/public/demo");

export const buildDemo = async (): Promise<void> => {
  const names = (await readdir(PAGES)).filter((name) => name.endsWith(".html"));
  await build({
    configFile: false,
    root: PAGES,
    base: "/demo/",
    logLevel: "warn",
    build: {
      outDir: OUT,
      emptyOutDir: true,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: names.map((name) => join(PAGES, name)) },
    },
  });
};
