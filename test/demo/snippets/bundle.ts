/**
 * Owns the bundling of a printed snippet as a project does it: by the compiler of its framework, with the built npm
 * package. Must not change a letter of the snippet.
 */
import { resolve } from "node:path";
import { build } from "vite";
import type { Plugin } from "vite";
import { compile as compileSvelte } from "svelte/compiler";
import { compileScript, parse } from "vue/compiler-sfc";
import type { Kind } from "../../../demo/snippets/index.ts";

/** Where a project would have its file, and its entry. */
const FOLDER = resolve("test/demo/snippets");

/** What a project writes around it, by the language of the snippet. */
const ENTRIES: Readonly<Partial<Record<Kind["language"], string>>> = {
  ts: 'import "./contact.ts";',
  tsx: `import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { Contact } from "./contact.tsx";
createRoot(document.querySelector("#root")).render(createElement(Contact));`,
  vue: `import { createApp } from "vue";
import Contact from "./contact.vue";
createApp(Contact).mount("#root");`,
  svelte: `import { mount } from "svelte";
import Contact from "./contact.svelte";
mount(Contact, { target: document.querySelector("#root") });`,
};

/** As README says: the tag is no component of Vue's own. */
const isCustomElement = (tag: string): boolean => tag === "lead-form";

const compileVue = (source: string): string => {
  const { descriptor, errors } = parse(source, { filename: "contact.vue" });
  if (errors.length > 0) throw new Error(errors.map(String).join("\n"));
  return compileScript(descriptor, {
    id: "contact",
    inlineTemplate: true,
    templateOptions: { compilerOptions: { isCustomElement } },
  }).content;
};

const COMPILERS: Readonly<Partial<Record<Kind["language"], (source: string) => string>>> = {
  vue: compileVue,
  svelte: (source) =>
    compileSvelte(source, { generate: "client", filename: "contact.svelte" }).js.code,
};

/** Files that are nowhere on the disk. */
const virtual = (files: Readonly<Record<string, string>>): Plugin => ({
  name: "virtual",
  enforce: "pre",
  resolveId: (id) => {
    const path = resolve(FOLDER, id);
    return Object.hasOwn(files, path) ? path : undefined;
  },
  load: (id) => (Object.hasOwn(files, id) ? files[id] : undefined),
});

const PACKAGE = resolve("dist/widget");

/** @returns one classic script */
export const bundle = async (language: Kind["language"], snippet: string): Promise<string> => {
  const compiled = COMPILERS[language]?.(snippet) ?? snippet;
  const files = {
    [resolve(FOLDER, `contact.${language}`)]: compiled,
    [resolve(FOLDER, "entry.ts")]: ENTRIES[language] ?? "",
  };
  const built = await build({
    configFile: false,
    logLevel: "error",
    plugins: [virtual(files)],
    resolve: {
      alias: [
        { find: /^lead-form\/(define|react)$/, replacement: `${PACKAGE}/$1.js` },
        { find: /^lead-form$/, replacement: `${PACKAGE}/index.js` },
      ],
    },
    define: { "process.env.NODE_ENV": '"production"' },
    build: {
      write: false,
      minify: false,
      rolldownOptions: { input: resolve(FOLDER, "entry.ts"), output: { format: "iife" } },
    },
  });
  const [output] = [built].flat();
  if (!output || !("output" in output)) throw new Error("Vite watches instead of building.");
  return output.output[0].code.replaceAll("</script", "<\\/script");
};
