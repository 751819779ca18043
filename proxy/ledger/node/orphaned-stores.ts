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

/** Expires the old leads of a file, and returns the problem with it, if there is one. */
const tidyOne = (path: string, now: () => number, steady?: Steady): string | undefined => {
  try {
    const sql = openSqlite(path);
    try {
      const retentionJob = createRetentionJob(sql, now, steady);
      retentionJob.run();
      return retentionJob.isWaiting() ? "holds leads that no target delivers" : undefined;
    } finally {
      sql.close();
    }
  } catch {
    // Another server's, most likely, which locks what it has open; a lock is not waited for.
    return "holds a file that cannot be opened";
  }
};

/** To be called at start, and every hour from then on. */
export const tidyOrphans = ({ folder, opened, now, steady, log }: OrphanDeps): void => {
  const files = list(folder).filter((file) => STORE_FILE.test(file) && !opened.has(file));
  const faults = files.flatMap((file): Fault[] => {
    const problem = tidyOne(join(folder, file), now, steady);
    return problem ? [{ setting: "DATA_DIR", problem: `${problem}: ${file}` }] : [];
  });
  if (faults.length > 0) log("warn", { event: "config", faults });
};
