/** Owns the reading of what bench and crash runs have left. Must not make up a figure: without a file there is none. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Figures } from "./pages/sections.ts";

/** @param folder of the tests, where runs leave their results */
export const readFigures = (folder: string): Figures | undefined => {
  const path = join(folder, "bench/results.json");
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
};
