/** Owns where the local runner keeps the Worker's stores on disk. Must not open one while the Worker runs. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

const STORES = "v3/do/lead-form-LedgerObject";
/** workerd keeps an alarm twice: in the object's own file, and in the scheduler's. */
const SCHEDULER = "metadata.sqlite";

/** Opens each database in turn: an object's, or the scheduler's. */
export const changeStores = async (
  folder: string,
  change: (db: DatabaseSync, of: "object" | "scheduler", path: string) => void,
): Promise<void> => {
  const store = join(folder, STORES);
  for (const file of await readdir(store)) {
    if (!file.endsWith(".sqlite")) continue;
    const path = join(store, file);
    const db = new DatabaseSync(path);
    change(db, file === SCHEDULER ? "scheduler" : "object", path);
    db.close();
  }
};
