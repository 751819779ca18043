/**
 * Owns the store files that no running store has open: their target is faulty or removed, stores
 * nothing any more, or has fewer shards. What they hold grows old and goes, and is named until then;
 * nothing is delivered from them.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Log } from "../../log.ts";
import type { Fault } from "../../vendors/vendor.ts";
import { openSqlite } from "./sqlite-store.ts";
import { createRetentionJob } from "../retention.ts";

/** As `storeFile` names them, for any target that there may have been. */
const STORE_FILE = /^[a-z\d][a-z\d_-]*-\d+\.sqlite$/i;

export interface OrphanDeps {
  /** Where the stores stand; it may not be there yet. */
  folder: string;
  /** The names of the files that have a running store. */
  opened: ReadonlySet<string>;
  now: () => number;
  log: Log;
}

const list = (folder: string): string[] => {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
};

/** What is to be said of a file once it is closed again. */
const tidyOne = (path: string, now: () => number): string | undefined => {
  try {
    const sql = openSqlite(path);
    try {
      const retentionJob = createRetentionJob(sql, now);
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
export const tidyOrphans = ({ folder, opened, now, log }: OrphanDeps): void => {
  const files = list(folder).filter((file) => STORE_FILE.test(file) && !opened.has(file));
  const faults = files.flatMap((file): Fault[] => {
    const problem = tidyOne(join(folder, file), now);
    return problem ? [{ setting: "DATA_DIR", problem: `${problem}: ${file}` }] : [];
  });
  if (faults.length > 0) log("warn", { event: "config", faults });
};
