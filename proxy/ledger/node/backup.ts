/**
 * Owns the copies of all open stores while they run, as sealed as they are. Must not leave a copy that was not
 * checked, or only a part of one.
 */
import { chmodSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setImmediate } from "node:timers/promises";
import type { NodeStore } from "./sqlite-store.ts";

export interface BackupDeps {
  /** Of the stores. */
  folder: string;
  /** By the name of the file. */
  stores: ReadonlyMap<string, NodeStore>;
  /** Unix milliseconds. */
  now: number;
}

export const BACKUPS = "backups";
/** Copies that stay: of a week, if one is made each night. */
const KEPT = 7;
/** Nothing sorts behind its own time: `2026-11-26T02-00-00Z`. */
const NAME = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d[.\d]*Z$/;

const nameFor = (now: number): string => new Date(now).toISOString().replaceAll(":", "-");

/** Throws for a copy that is not whole. */
const check = (path: string): void => {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    const found = db.prepare("PRAGMA integrity_check").get();
    if (found?.["integrity_check"] !== "ok") throw new Error("A copy is not whole.");
  } finally {
    db.close();
  }
};

const removeOld = (root: string): void => {
  const old = readdirSync(root).filter((name) => NAME.test(name));
  for (const name of old.toSorted().slice(0, -KEPT))
    rmSync(join(root, name), { recursive: true, force: true });
};

/**
 * Under a name that is there only once all is copied and checked. Not to be called twice at a time.
 * @returns the name of the copy, in the folder `backups`
 */
export const backUp = async ({ folder, stores, now }: BackupDeps): Promise<string> => {
  const root = join(folder, BACKUPS);
  const part = join(root, "unfinished");
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true, mode: 0o700 });
  try {
    for (const [file, store] of stores) {
      const path = join(part, file);
      await store.copyTo(path);
      chmodSync(path, 0o600);
      check(path);
      // Visitors are served between two stores.
      await setImmediate();
    }
    const name = nameFor(now);
    renameSync(part, join(root, name));
    removeOld(root);
    return name;
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    throw error;
  }
};
