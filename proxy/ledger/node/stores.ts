/**
 * Owns the open stores of the Node server, and their change when the settings change. Must not open a file
 * twice, or close one that a request still uses.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Target } from "../../config/target.ts";
import { logError } from "../../log.ts";
import { openNodeStore, storeFile } from "./sqlite-store.ts";
import type { NodeStore, NodeStoreDeps } from "./sqlite-store.ts";

export interface StoresDeps extends Omit<NodeStoreDeps, "target" | "path"> {
  /** The folder of the stores; it is made when the first one is opened. */
  folder: string;
}

const shardsOf = ({ key, shards }: Target): string[] =>
  Array.from({ length: shards }, (_, shard) => storeFile(key, shard));

export const createNodeStores = ({ folder, ...deps }: StoresDeps) => {
  /** By the name of the file. */
  const stores = new Map<string, NodeStore>();
  /** Those that the settings of today name; the others are closed once nothing uses them. */
  let wanted = new Set<string>();

  const openMissing = async (targets: readonly Target[]): Promise<Map<string, NodeStore>> => {
    const opened = new Map<string, NodeStore>();
    try {
      for (const target of targets)
        for (const file of shardsOf(target)) {
          if (stores.has(file)) continue;
          mkdirSync(folder, { recursive: true, mode: 0o700 });
          opened.set(file, await openNodeStore({ ...deps, target, path: join(folder, file) }));
        }
    } catch (error) {
      await Promise.all([...opened.values()].map((store) => store.close()));
      throw error;
    }
    return opened;
  };

  return {
    /** The names of the files that are open. */
    files: (): ReadonlySet<string> => new Set(stores.keys()),

    /** Every shard of a target, in order; none where nothing is stored. */
    of: (target: Target): NodeStore[] =>
      target.storage === "ledger" ? shardsOf(target).flatMap((file) => stores.get(file) ?? []) : [],

    /**
     * Opens what is new, and hands the others their new settings. What is gone delivers nothing more, and
     * stays open for the requests that still use it. Throws if a file cannot be opened: nothing has changed.
     */
    use: async (targets: readonly Target[]): Promise<void> => {
      const storing = targets.filter(({ storage }) => storage === "ledger");
      const opened = await openMissing(storing);
      wanted = new Set(storing.flatMap(shardsOf));
      for (const target of storing)
        for (const file of shardsOf(target))
          await stores
            .get(file)
            ?.use(target)
            // A full disk: the old settings of this store go on until the next change.
            .catch((error: unknown) => logError(deps.log, error));
      for (const [file, store] of opened) stores.set(file, store);
      for (const [file, store] of stores) if (!wanted.has(file)) void store.stop();
    },

    /**
     * Closes what the settings no longer name; to be called when no request uses it any more, and not while
     * the settings change.
     * @returns how many files that were
     */
    closeUnwanted: async (): Promise<number> => {
      const unwanted = [...stores].filter(([file]) => !wanted.has(file));
      for (const [file, store] of unwanted) {
        await store.close();
        stores.delete(file);
      }
      return unwanted.length;
    },

    stop: (): void => {
      for (const store of stores.values()) void store.stop();
    },

    close: async (): Promise<void> => {
      await Promise.all([...stores.values()].map((store) => store.close()));
    },
  };
};
