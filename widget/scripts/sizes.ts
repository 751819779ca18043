/** Owns the measuring and the recording of script sizes. Must not decide which size is allowed. */
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Generated } from "./generated-file.ts";

const FILE = "test/sizes.json";

/** Bytes of a script as it travels. */
export interface Size {
  bytes: number;
  limit: number;
  /** The moment at which a page loads it. */
  when: string;
}

export const readSizes = (): Record<string, Size> =>
  JSON.parse(readFileSync(FILE, "utf8")) as Record<string, Size>;

/** Bytes of a built file with brotli at its best (quality 11), as the proxy serves it. */
export const measure = (name: string): number =>
  statSync(join("dist/worker/public", `${name}.br`)).size;

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
