/**
 * Owns the files that make `dist/widget/` an npm package: package.json, manifest, hashes, README. Must
 * not build a script.
 */
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { manifest } from "./manifest.ts";
import { writeTypes } from "./types.ts";

const OUT = "dist/widget";

interface RootPackage {
  version: string;
  description: string;
  license: string;
  dependencies: Record<string, string>;
}

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

/** The entries of the package that hold code, with what they say when only their types are asked for. */
const ENTRIES = ["index", "define", "react"] as const;

/** What a script tag takes. */
const SCRIPTS = ["lead-form.js", "lead-form.full.js"] as const;

const packageJsonOf = (root: RootPackage) => {
  const entry = (name: (typeof ENTRIES)[number]) => ({
    types: `./types/widget/${name}.d.ts`,
    default: `./${name}.js`,
  });
  return {
    name: "lead-form",
    version: root.version,
    description: root.description,
    license: root.license,
    type: "module",
    exports: {
      ".": entry("index"),
      "./define": entry("define"),
      "./react": entry("react"),
      ...Object.fromEntries(SCRIPTS.map((name) => [`./${name}`, `./${name}`])),
      "./custom-elements.json": "./custom-elements.json",
      "./integrity.json": "./integrity.json",
      "./package.json": "./package.json",
    },
    // The other parts are loaded from the endpoint, never from here.
    files: ["index.js", "define.js", "react.js", "module-*.js", ...SCRIPTS, "types", "*.json"],
    customElements: "custom-elements.json",
    sideEffects: ["./define.js", ...SCRIPTS.map((name) => `./${name}`)],
    // A range, so that a page with a Lit of its own bundles one. The phone rules are part of no module.
    dependencies: { lit: `^${root.dependencies["lit"]}` },
  };
};

/** The address that never changes, and the hash by which a page may pin it (SRI). */
export interface Pinned {
  url: string;
  integrity: string;
}

const pin = async (version: string, origin: string): Promise<Record<string, Pinned>> => {
  const pinned = SCRIPTS.map(async (name) => {
    const digest = createHash("sha384").update(await readFile(`${OUT}/${name}`));
    const integrity = `sha384-${digest.digest("base64")}`;
    return [name, { url: `${origin}/v/${version}/${name}`, integrity }] as const;
  });
  return Object.fromEntries(await Promise.all(pinned));
};

/**
 * @param origin of the endpoint that is baked in
 * @returns how a page may pin each script
 */
export const writeWidgetPackage = async (
  root: RootPackage,
  origin: string,
): Promise<Record<string, Pinned>> => {
  const pinned = await pin(root.version, origin);
  await writeTypes(ENTRIES, `${OUT}/types`);
  // It is there for its types alone.
  await writeFile(`${OUT}/react.js`, "export {};\n");
  await writeJson("package.json", packageJsonOf(root));
  await writeJson("custom-elements.json", elementManifest());
  await writeJson("integrity.json", pinned);
  await copyFile("widget/README.md", `${OUT}/README.md`);
  await copyFile("LICENSE", `${OUT}/LICENSE`);
  return pinned;
};
