/** Owns the declarations of the npm package. Must not ship one that no entry leads to. */
import { execFile } from "node:child_process";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const COMPILED = ".tsc/widget";
/** What both sides share is compiled by itself. */
const SHARED = ".tsc/shared";

/** Part of the build itself, so that it works from nothing, whoever starts it. */
const compileTypes = async (): Promise<void> => {
  const manifest = createRequire(import.meta.url).resolve("typescript/package.json");
  const tsc = join(dirname(manifest), "bin/tsc");
  await promisify(execFile)(process.execPath, [tsc, "-b", "widget"]).catch((error: unknown) => {
    // The compiler tells its errors on stdout, which the error of a child process does not show.
    throw new Error((error as { stdout: string }).stdout || "tsc could not run", { cause: error });
  });
  // Written by hand, since it needs what the compiler would drop; it is copied to its neighbours.
  await copyFile("widget/react.d.ts", `${COMPILED}/widget/react.d.ts`);
};

/** A neighbour in a declaration: `from "./x.ts"` and `import("./x.ts")`. */
const NEIGHBOUR = /(?<=["'])(\.{1,2}\/[^"']+)\.ts(?=["'])/g;

/** @param entries names of modules of the widget */
export const writeTypes = async (entries: readonly string[], out: string): Promise<void> => {
  await compileTypes();
  const waiting = entries.map((name) => `widget/${name}`);
  const seen = new Set(waiting);
  for (const name of waiting) {
    const folder = name.startsWith("proxy/shared/") ? SHARED : COMPILED;
    const text = await readFile(`${folder}/${name}.d.ts`, "utf8");
    for (const [, path = ""] of text.matchAll(NEIGHBOUR)) {
      const neighbour = join(dirname(name), path).replaceAll("\\", "/");
      if (!seen.has(neighbour)) waiting.push(neighbour);
      seen.add(neighbour);
    }
    await mkdir(dirname(`${out}/${name}`), { recursive: true });
    // A consumer's compiler does not resolve `.ts`.
    await writeFile(`${out}/${name}.d.ts`, text.replace(NEIGHBOUR, "$1.js"));
  }
};
