/**
 * Owns the store files without a running store, of targets that are faulty, removed or smaller than
 * before. Must not deliver: it reports them, and expires old leads.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Log } from "../../log.ts";
import type { Fault } from "../../vendors/vendor.ts";
import type { Steady } from "../clock.ts";
import { openSqlite } from "./sqlite-store.ts";
import { createRetentionJob } from "../retention.ts";

/** As `storeFile` names them, for any target that there may have been. */
const STORE_FILE = /^[a-z\d][a-z\d_-]*-\d+\.sqlite$/i;

export interface OrphanDeps {
  /** The folder of the stores; it may not exist yet. */
  folder: string;
  /** The names of the files that have a running store. */
  opened: ReadonlySet<string>;
  now: () => number;
  steady?: Steady;
  log: Log;
}

const list = (folder: string): string[] => {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
};

/** What a file is: its problem in words, and whether it holds anything. */
interface Orphan {
  file: string;
  problem: string | undefined;
  isEmpty: boolean;
}

/** Expires the old leads of a file. */
const tidyOne = (folder: string, file: string, now: () => number, steady?: Steady): Orphan => {
  try {
    const sql = openSqlite(join(folder, file));
    try {
      const retentionJob = createRetentionJob(sql, now, steady);
      retentionJob.run();
      const problem = retentionJob.isWaiting() ? "holds leads that no target delivers" : undefined;
      return { file, problem, isEmpty: retentionJob.nextAt() === undefined };
    } finally {
      sql.close();
    }
  } catch {
    // Another server's, most likely, which locks what it has open; a lock is not waited for.
    return { file, problem: "holds a file that cannot be opened", isEmpty: false };
  }
};

/**
 * To be called at start, and every hour from then on.
 * @returns the keys of targets that are gone, of which something is still stored
 */
export const tidyOrphans = ({ folder, opened, now, steady, log }: OrphanDeps): string[] => {
  const files = list(folder).filter((file) => STORE_FILE.test(file) && !opened.has(file));
  const orphans = files.map((file) => tidyOne(folder, file, now, steady));
  const faults = orphans.flatMap(({ file, problem }): Fault[] =>
    problem ? [{ setting: "DATA_DIR", problem: `${problem}: ${file}` }] : [],
  );
  if (faults.length > 0) log("warn", { event: "config", faults });
  const held = orphans.filter(({ isEmpty }) => !isEmpty);
  return [...new Set(held.map(({ file }) => file.replace(/-\d+\.sqlite$/, "")))];
};
