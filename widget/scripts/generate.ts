/**
 * Owns the list of files that are made from others and committed. Must not hold how one is made.
 *
 * The build writes them first; `npm run generate` builds, and writes the sizes of what was built too.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { cutPhoneMetadata } from "./cut-phone-metadata.ts";
import { manifestTables } from "./manifest-tables.ts";
import { packCatalogs } from "./pack-catalogs.ts";

/** A file as it should be. */
export interface Generated {
  /** Path from the root of the repository. */
  file: string;
  text: string;
}

export const generated = (): Generated[] => [
  ...packCatalogs(),
  cutPhoneMetadata(),
  manifestTables(),
];

/** Leaves a file alone that is as it should be, so that a watcher is not called. */
export const writeIfChanged = ({ file, text }: Generated): void => {
  if (readFileSync(file, "utf8") === text) return;
  writeFileSync(file, text);
  console.log(`Generated ${file}`);
};
