/** Owns what makes `dist/widget/` an npm package: its package.json, types, manifest and README. */
import { execFile } from "node:child_process";
import { copyFile, cp, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { manifest } from "./manifest.ts";

const OUT = "dist/widget";
const TYPES = `${OUT}/types`;

interface RootPackage {
  version: string;
  description: string;
  license: string;
  dependencies: Record<string, string>;
}

/** Part of the build itself, so that it works from nothing, whoever starts it. */
const compileTypes = async (): Promise<void> => {
  const manifest = createRequire(import.meta.url).resolve("typescript/package.json");
  const tsc = join(dirname(manifest), "bin/tsc");
  await promisify(execFile)(process.execPath, [tsc, "-b", "widget"]).catch((error: unknown) => {
    // The compiler tells its errors on stdout, which the error of a child process does not show.
    throw new Error((error as { stdout: string }).stdout || "tsc could not run", { cause: error });
  });
};

/** Declarations name their neighbours with `.ts`, which a consumer's compiler does not resolve. */
const rewriteTypes = async (folder: string): Promise<void> => {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith(".d.ts")) continue;
    const file = join(entry.parentPath, entry.name);
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace(/(["']\.{1,2}\/[^"']+)\.ts(["'])/g, "$1.js$2"));
  }
};

/** The custom elements manifest (schema 1.0.0), which editors and documentation tools read. */
const elementManifest = () => {
  const { attributes, properties, methods, events, slots, cssParts, cssStates, cssProperties } =
    manifest;
  const exported = (kind: string, name: string, declaration: string) => ({
    kind,
    name,
    declaration: { name: declaration, module: "index.js" },
  });
  return {
    schemaVersion: "1.0.0",
    modules: [
      {
        kind: "javascript-module",
        path: "index.js",
        declarations: [
          {
            kind: "class",
            customElement: true,
            name: "LeadForm",
            tagName: "lead-form",
            superclass: { name: "HTMLElement" },
            attributes: attributes.map(({ name, type, default: fallback, description }) => ({
              name,
              description,
              type: { text: type },
              ...(fallback && { default: fallback }),
            })),
            members: [
              ...properties.map((property) => ({ kind: "field", ...property })),
              ...methods.map(({ name, description }) => ({
                kind: name.includes("(") ? "method" : "field",
                name: name.replace(/^static |\(.*/g, ""),
                ...(name.startsWith("static ") && { static: true }),
                description,
              })),
            ],
            events: events.map(({ name, detail, description }) => ({
              name,
              description,
              type: { text: `CustomEvent<${detail || "null"}>` },
            })),
            slots,
            cssParts,
            cssStates,
            cssProperties,
          },
        ],
        exports: [exported("js", "LeadForm", "LeadForm")],
      },
      {
        kind: "javascript-module",
        path: "define.js",
        declarations: [],
        exports: [exported("custom-element-definition", "lead-form", "LeadForm")],
      },
    ],
  };
};

const writeJson = (name: string, value: unknown): Promise<void> =>
  writeFile(`${OUT}/${name}`, `${JSON.stringify(value, null, 2)}\n`);

export const writeWidgetPackage = async (root: RootPackage): Promise<void> => {
  await compileTypes();
  await mkdir(TYPES, { recursive: true });
  await cp(".tsc/widget", TYPES, {
    recursive: true,
    filter: (source) => !/\.(?:map|tsbuildinfo)$/.test(source),
  });
  await rewriteTypes(TYPES);
  const entry = (name: string) => ({
    types: `./types/widget/${name}.d.ts`,
    default: `./${name}.js`,
  });
  const packageJson = {
    name: "lead-form",
    version: root.version,
    description: root.description,
    license: root.license,
    type: "module",
    exports: {
      ".": entry("index"),
      "./define": entry("define"),
      "./lead-form.js": "./lead-form.js",
      "./lead-form.full.js": "./lead-form.full.js",
      "./custom-elements.json": "./custom-elements.json",
      "./package.json": "./package.json",
    },
    customElements: "custom-elements.json",
    sideEffects: ["./define.js", "./lead-form.js", "./lead-form.full.js"],
    dependencies: {
      lit: root.dependencies["lit"],
      "libphonenumber-js": root.dependencies["libphonenumber-js"],
    },
  };
  await writeJson("package.json", packageJson);
  await writeJson("custom-elements.json", elementManifest());
  await copyFile("widget/README.md", `${OUT}/README.md`);
  await copyFile("LICENSE", `${OUT}/LICENSE`);
};
