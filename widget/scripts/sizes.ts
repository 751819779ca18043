/** Owns the measuring and the recording of the sizes of scripts and Worker. Must not decide which size is allowed. */
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Generated } from "./generated-file.ts";

const FILE = "test/sizes.json";

/** Bytes of a script as it travels, or of the Worker. */
export interface Size {
  bytes: number;
  limit: number;
  /** The moment at which a page loads it, or the Worker is read. */
  when: string;
}

export const readSizes = (): Record<string, Size> =>
  JSON.parse(readFileSync(FILE, "utf8")) as Record<string, Size>;

/** A script with brotli at its best (quality 11), as the proxy serves it. */
const measureScript = (name: string): number =>
  statSync(join("dist/worker/public", `${name}.br`)).size;

/** All modules of the Worker together, however many they are. */
const measureWorker = (encode: (module: Buffer) => Buffer): number =>
  readdirSync("dist/worker", { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "wrangler.json")
    .map(({ name }) => encode(readFileSync(join("dist/worker", name))).length)
    .reduce((sum, bytes) => sum + bytes, 0);

const WORKER: Readonly<Record<string, () => number>> = {
  "the Worker, minified": () => measureWorker((module) => module),
  "the Worker, gzip": () => measureWorker((module) => gzipSync(module, { level: 9 })),
};

export const isScript = (name: string): boolean => !Object.hasOwn(WORKER, name);

/** Bytes of what is built now. */
export const measure = (name: string): number => WORKER[name]?.() ?? measureScript(name);

/** The record with the sizes of what is built now; the rest stays. */
export const measuredSizes = (): Generated => ({
  file: FILE,
  text: `${JSON.stringify(
    Object.fromEntries(
      Object.entries(readSizes()).map(([name, size]) => [name, { ...size, bytes: measure(name) }]),
    ),
    null,
    2,
  )}\n`,
});
