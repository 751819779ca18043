/**
 * Owns the build: every artefact of `dist/` comes from one `vite build`. Must not hold how one artefact
 * is written. Library mode with explicit minification adds no preload helper to `import()` and keeps no
 * white space.
 */
import { readdirSync } from "node:fs";
import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { defineConfig } from "vite";
import type { EnvironmentOptions, Plugin } from "vite";
import packageJson from "./package.json" with { type: "json" };
import {
  NOTHING_KNOWN,
  factsOf,
  fileProblems,
  readBuiltOrigin,
  readKnown,
  readPublicOrigin,
  sourceProblems,
} from "./proxy/scripts/known-settings.ts";
import { endWithOrigin } from "./proxy/scripts/encode-script.ts";
import { writeWorkerPackage } from "./proxy/scripts/package.ts";
import { serverBuild } from "./proxy/scripts/server-build.ts";
import { writeSbom } from "./proxy/scripts/sbom.ts";
import { targetSchemas } from "./proxy/scripts/target-schema.ts";
import { snippetFor } from "./proxy/shared/snippet.ts";
import { UNNAMED, nameBuild } from "./widget/scripts/build-name.ts";
import { generated } from "./widget/scripts/generate.ts";
import { writeIfChanged } from "./widget/scripts/generated-file.ts";
import { minifiedAgain } from "./widget/scripts/minified-again.ts";
import { LATER_KEYS } from "./widget/scripts/pack-catalogs.ts";
import { printer } from "./widget/print/index.ts";
import { writeWidgetPackage } from "./widget/scripts/package.ts";
import { writeWordPressPlugin } from "./widget/scripts/wordpress.ts";

const at = (path: string): string => join(import.meta.dirname, path);

const { origin = "", problem: originProblem } = readBuiltOrigin(process.env);

/** The demo brings targets of its own; the operator's would be there besides, without their secrets. */
const isDemo = process.env["LEAD_FORM_DEMO"] === "1";
const known = isDemo ? NOTHING_KNOWN : readKnown(process.env);

const constants = {
  __LEAD_FORM_COUNTRIES__: JSON.stringify(known.countries),
  __LEAD_FORM_ENDPOINT__: JSON.stringify(origin),
  __LEAD_FORM_VERSION__: JSON.stringify(packageJson.version),
};

/**
 * A classic script without a charset is decoded with its page's encoding (windows-1251 is common in
 * Russia), so ours holds ASCII only. Outside of strings, templates and patterns it has nothing else.
 */
const asciiOnly = (): Plugin => ({
  name: "ascii-only",
  applyToEnvironment: ({ config }) => config.consumer === "client",
  generateBundle: {
    order: "post",
    handler(_options, bundle) {
      for (const file of Object.values(bundle))
        if (file.type === "chunk")
          file.code = file.code.replace(
            /[^\0-\x7F]/g,
            (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
          );
    },
  },
});

/**
 * An optimiser may paste the script after another that lacks its last semicolon, and would call that. What a script
 * tag loads ends with its origin, which a server may replace.
 */
const combinable = (): Plugin => ({
  name: "combinable",
  generateBundle: {
    order: "post",
    handler({ format }, bundle) {
      for (const file of Object.values(bundle))
        if (file.type === "chunk" && format === "iife")
          file.code = endWithOrigin(`;${file.code}`, origin);
    },
  },
});

/**
 * A minifier keeps the indentation of templates, where one line break says the same. In the form's, one before a tag
 * says nothing: it would be a text node, of which a page of many forms has thousands.
 */
const flatTemplates = (): Plugin => ({
  name: "flat-templates",
  enforce: "pre",
  transform: {
    filter: { id: /\/(?:widget\/.*|proxy\/shared\/themes|proxy\/hosted\/[\w-]+)\.ts$/ },
    handler: (code, id) => {
      const flat = code.replace(/\n\s+/g, "\n");
      const isForm = id.includes("/widget/");
      return { code: isForm ? flat.replace(/(?<=[>}])\n(?=<[a-z/])/g, "") : flat, map: null };
    },
  },
});

/** A minifier leaves styles as they are. Spaces stay where they join selectors or values. */
const lean = (css: string): string =>
  css
    .replace(/\/\*[^]*?\*\//g, "")
    .replace(/\s*([{};])\s*/g, "$1")
    .replace(/([:,])\s+/g, "$1")
    .replaceAll(";}", "}")
    .replaceAll(" !important", "!important");

const leanStyles = (): Plugin => ({
  name: "lean-styles",
  enforce: "pre",
  transform: {
    filter: { id: /\/(?:widget\/.*styles|proxy\/shared\/themes)\.ts$/ },
    handler: (code) => ({ code: lean(code), map: null }),
  },
});

/** Marks for another bundler, which these files never meet, and line breaks, which are all in templates. */
const withoutMarks = (): Plugin => ({
  name: "without-marks",
  generateBundle: {
    order: "post",
    handler(_options, bundle) {
      for (const file of Object.values(bundle))
        if (file.type === "chunk" && file.fileName.startsWith("lead-form"))
          file.code = file.code.replaceAll(/\/\* @__PURE__ \*\/ ?/g, "").replaceAll("\n", " ");
    },
  },
});

/**
 * The templates are Lit's; what draws them depends on where they are. The script has a renderer of its own,
 * and a server, which has no document, writes them down. The package leaves `lit` to its page.
 */
const templates = (): Plugin => ({
  name: "templates",
  enforce: "pre",
  applyToEnvironment: ({ name }) => ["script", "full", "worker", "node"].includes(name),
  resolveId: {
    filter: { id: /^lit\/html\.js$/ },
    handler() {
      const isServer = this.environment.config.consumer === "server";
      return at(isServer ? "widget/print/html.ts" : "widget/element/html.ts");
    },
  },
});

type Format = "es" | "iife";

const library = (entry: Record<string, string>, format: Format): EnvironmentOptions => ({
  consumer: "client",
  define: { ...constants, __LEAD_FORM_BUILD__: JSON.stringify(UNNAMED) },
  build: {
    outDir: at("dist/widget"),
    emptyOutDir: false,
    copyPublicDir: false,
    target: "es2022",
    lib: { entry, formats: [format], name: "_", fileName: (_, name) => `${name}.js` },
    rolldownOptions: {
      output: { minify: true, chunkFileNames: "module-[name].js" },
      ...("index" in entry && { external: [/^lit(\/|$)/] }),
    },
  },
});

const worker: EnvironmentOptions = {
  consumer: "server",
  define: { ...constants, __LEAD_FORM_TARGETS__: JSON.stringify(known.bundled) },
  resolve: { noExternal: true, conditions: ["workerd", "worker", "browser", "module"] },
  build: {
    ssr: true,
    outDir: at("dist/worker"),
    emptyOutDir: false,
    copyPublicDir: false,
    target: "es2024",
    minify: true,
    rolldownOptions: {
      input: { index: at("proxy/worker.ts") },
      external: [/^cloudflare:/, /^node:/],
      output: { entryFileNames: "[name].js", codeSplitting: false },
    },
  },
};

const node: EnvironmentOptions = {
  consumer: "server",
  define: constants,
  resolve: { noExternal: true, conditions: ["node", "module"] },
  build: {
    ssr: true,
    outDir: at("dist/node"),
    emptyOutDir: false,
    copyPublicDir: false,
    target: "node22",
    rolldownOptions: {
      input: { server: at("proxy/node.ts") },
      external: [/^node:/],
      // No comments with paths: where the modules stand is the builder's affair.
      experimental: { attachDebugInfo: "none" },
      output: { entryFileNames: "[name].js", codeSplitting: false },
    },
  },
};

const demo: EnvironmentOptions = {
  consumer: "client",
  build: {
    outDir: at("dist/worker/public/demo"),
    emptyOutDir: false,
    rolldownOptions: {
      input: readdirSync(at("demo"))
        .filter((name) => name.endsWith(".html"))
        .map((name) => at(`demo/${name}`)),
    },
  },
};

/** Before anything is written: what was built before stays as it was. */
const refuseFaultySettings = (): void => {
  const problems = [originProblem ?? [], fileProblems(known)].flat();
  if (problems.length === 0) return;
  console.error(`\nNothing was built.\n\n${problems.join("\n")}`);
  process.exit(1);
};

const printSnippets = (): void => {
  const { origin: shown = origin } = readPublicOrigin(process.env, known.vars);
  for (const problem of sourceProblems(known))
    console.warn(`\nNot all targets are known: ${problem}`);
  for (const [key, target] of known.config.targets)
    console.log(
      target
        ? `\nFor pages of the target ${key}:\n${snippetFor(factsOf(target), { origin: shown }, printer)}`
        : `\nThe target ${key} has a fault: npm run snippet -- --target ${key}`,
    );
};

export default defineConfig({
  root: "demo",
  base: "/demo/",
  plugins: [
    templates(),
    ...serverBuild({ lean, later: LATER_KEYS }),
    flatTemplates(),
    leanStyles(),
    minifiedAgain(),
    withoutMarks(),
    asciiOnly(),
    combinable(),
  ],
  environments: {
    client: demo,
    script: library({ "lead-form": at("widget/script.ts") }, "iife"),
    full: library({ "lead-form.full": at("widget/script-full.ts") }, "iife"),
    extras: library({ "lead-form-extras": at("widget/extras/index.ts") }, "es"),
    fields: library({ "lead-form-fields": at("widget/own-fields/index.ts") }, "es"),
    phone: library({ "lead-form-phone": at("widget/essentials/index.ts") }, "es"),
    spelling: library(
      { "lead-form-phone-spelling": at("widget/essentials/phone/spelling/index.ts") },
      "es",
    ),
    world: library({ "lead-form-phone-world": at("widget/essentials/phone/world/index.ts") }, "es"),
    module: library({ index: at("widget/index.ts"), define: at("widget/define.ts") }, "es"),
    worker,
    node,
  },
  builder: {
    async buildApp(builder) {
      refuseFaultySettings();
      [...generated(), ...targetSchemas()].forEach(writeIfChanged);
      await rm(at("dist"), { recursive: true, force: true });
      const build = async (...names: string[]) => {
        for (const name of names) await builder.build(builder.environments[name]!);
      };
      await build("script", "full", "extras", "fields", "phone", "spelling", "world", "module");
      nameBuild(at("dist/widget"));
      await build("worker", "node", "client");
      // Pages as customers have them: served as they are written.
      for (const folder of ["hosts", "recipes"])
        await cp(at(`demo/${folder}`), at(`dist/worker/public/demo/${folder}`), {
          recursive: true,
          filter: (path) => !path.endsWith(".ts"),
        });
      const pinned = await writeWidgetPackage(packageJson, origin);
      await writeWordPressPlugin(packageJson);
      await writeWorkerPackage(packageJson, origin, isDemo ? {} : known.vars);
      await writeSbom(packageJson);
      if (process.env["LEAD_FORM_ENDPOINT"] === undefined)
        console.log(
          `\nThe script posts to ${origin}, unless the server that hands it out is told another origin by PUBLIC_URL. To build for one host: LEAD_FORM_ENDPOINT=https://leads.example.com npm run build`,
        );
      printSnippets();
      console.log("\nTo pin a script, so that a page runs this one and no other:");
      for (const { url, integrity } of Object.values(pinned))
        console.log(`<script src="${url}" integrity="${integrity}" crossorigin async></script>`);
    },
  },
});
