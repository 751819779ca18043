/**
 * Owns the folder of the stores: that it is there, and that nobody else may read it. Must not open a
 * store.
 */
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
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

/**
 * Makes the folder where it is missing. Step by step: where a system denies that its parent is there, as an
 * automounter and `/proc` do, Node's own `recursive` never returns.
 */
export const makeFolder = (folder: string): void => {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
};

/** SQLite's "unable to open database file" (https://www.sqlite.org/rescode.html#cantopen). */
const CANTOPEN = 14;

/** Why a file cannot be opened. SQLite may say no more than that; the system says it. */
export const reasonOf = (path: string, error: unknown): unknown => {
  if ((error as { errcode?: number }).errcode !== CANTOPEN) return error;
  try {
    closeSync(openSync(path, "a"));
    return error;
  } catch (why) {
    return why;
  }
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
