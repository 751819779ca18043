/**
 * Owns the list of files that are made from other sources and committed. Must not hold how one is made.
 *
 * The build writes them first; `npm run generate` builds, and then writes the sizes of what was built.
 */
import { cutPhoneMetadata } from "./cut-phone-metadata.ts";
import type { Generated } from "./generated-file.ts";
import { manifestTables } from "./manifest-tables.ts";
import { packCatalogs } from "./pack-catalogs.ts";

export const generated = (): Generated[] => [
  ...packCatalogs(),
  ...cutPhoneMetadata(),
  manifestTables(),
];
