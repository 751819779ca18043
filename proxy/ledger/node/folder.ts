/**
 * Owns the folder of the stores: that it is there, and that nobody else may read it. Must not open a
 * store.
 */
import { chmodSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { BACKUPS } from "./backup.ts";

/** Stores, with the files that SQLite puts beside them. */
const STORE = /\.sqlite(?:-wal|-shm|-journal)?$/;

const change = (path: string, mode: number): void => {
  try {
    chmodSync(path, mode);
  } catch {
    // It belongs to somebody else, who has to decide; or it is not there.
  }
};

/** The folder, made where it is missing. */
export const folderOf = (folder: string): string => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
};

/** For a store that an earlier version has made, or whose folder was there before. */
export const guard = (folder: string, file: string): void => {
  for (const name of [file, `${file}-wal`, `${file}-shm`]) change(join(folder, name), 0o600);
  // A folder that holds other things may be everybody's.
  if (readdirSync(folder).every((name) => STORE.test(name) || name === BACKUPS))
    change(folder, 0o700);
};
