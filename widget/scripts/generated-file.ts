/** Owns the type of a generated file, and its writing. Must not know which files there are. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";

/** A file as it should be. */
export interface Generated {
  /** Path from the root of the repository. */
  file: string;
  text: string;
}

/** Leaves a file alone that is as it should be, so that no watcher sees a change. */
export const writeIfChanged = ({ file, text }: Generated): void => {
  if (existsSync(file) && readFileSync(file, "utf8") === text) return;
  writeFileSync(file, text);
  console.log(`Generated ${file}`);
};
