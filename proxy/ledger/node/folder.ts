/**
 * Owns the folder of the stores: that it is there, and that nobody else may read it. Must not open a
 * store.
 */
import { chmodSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { BACKUPS } from "./backup.ts";

/** Stores, with the files that SQLite puts beside them. */
const STORE = /\.sqlite(?:-wal|-shm|-journal)?$/;

/** What belongs to somebody else, or is not there, is theirs to decide: the store works all the same. */
const attempt = (change: () => void): void => {
  try {
    change();
  } catch {
    // Nothing depends on it but who else may read.
  }
};

/** The folder, made where it is missing. */
export const folderOf = (folder: string): string => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
};

/** For a store that an earlier version has made, or whose folder was there before. */
export const guard = (folder: string, file: string): void => {
  for (const name of [file, `${file}-wal`, `${file}-shm`])
    attempt(() => chmodSync(join(folder, name), 0o600));
  attempt(() => {
    // A folder that holds other things may be everybody's.
    const isOwn = readdirSync(folder).every((name) => STORE.test(name) || name === BACKUPS);
    if (isOwn) chmodSync(folder, 0o700);
  });
};
