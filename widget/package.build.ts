/** Owns what makes `dist/widget/` an npm package: its package.json and types. */
import { cp, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

const OUT = "dist/widget";
const TYPES = `${OUT}/types`;

interface RootPackage {
  version: string;
  description: string;
  license: string;
  dependencies: Record<string, string>;
}

/** Declarations name their neighbours with `.ts`, which a consumer's compiler does not resolve. */
const rewriteTypes = async (folder: string): Promise<void> => {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith(".d.ts")) continue;
    const file = join(entry.parentPath, entry.name);
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace(/(["']\.{1,2}\/[^"']+)\.ts(["'])/g, "$1.js$2"));
  }
};

export const writeWidgetPackage = async (root: RootPackage): Promise<void> => {
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
  const manifest = {
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
      "./package.json": "./package.json",
    },
    sideEffects: ["./define.js", "./lead-form.js", "./lead-form.full.js"],
    dependencies: {
      lit: root.dependencies["lit"],
      "libphonenumber-js": root.dependencies["libphonenumber-js"],
    },
  };
  await writeFile(`${OUT}/package.json`, `${JSON.stringify(manifest, null, 2)}\n`);
};
