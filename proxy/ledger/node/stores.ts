/**
 * Owns the open stores of the Node server, and their change when the settings change. Must not open a file
 * twice, or close one that a request still uses.
 */
import { join } from "node:path";
import type { Target } from "../../config/target.ts";
import { logError } from "../../log.ts";
import type { StoreFault } from "../store.ts";
import { faultsOf, silentStore } from "./down-stores.ts";
import type { Down } from "./down-stores.ts";
import { makeFolder, guard, reasonOf } from "./folder.ts";
import { openNodeStore, storeFile } from "./sqlite-store.ts";
import type { NodeStore, NodeStoreDeps } from "./sqlite-store.ts";

export interface StoresDeps extends Omit<NodeStoreDeps, "target" | "path" | "countSent"> {
  /** The folder of the stores; it is made when the first one is opened. */
  folder: string;
}

/** By the name of the file. */
type Files<T> = Map<string, T>;

const shardsOf = ({ key, shards }: Target): string[] =>
  Array.from({ length: shards }, (_, shard) => storeFile(key, shard));

/** A number is counted over all shards, since its sender chooses the shard. One that is down counts none. */
const createCountSent =
  (stores: ReadonlyMap<string, NodeStore>, target: Target): NodeStoreDeps["countSent"] =>
  (phoneHashes) =>
    shardsOf(target).reduce((n, file) => n + (stores.get(file)?.countSent(phoneHashes) ?? 0), 0);

/** Every file that these targets need. */
const filesOf = (targets: readonly Target[]): (readonly [file: string, target: Target])[] =>
  targets
    .filter(({ storage }) => storage === "ledger")
    .flatMap((target) => shardsOf(target).map((file) => [file, target] as const));

/** Tries each file; one that cannot be opened does not keep the next one closed. */
const openAll = async (
  files: Iterable<readonly [file: string, target: Target]>,
  { folder, ...deps }: StoresDeps,
  stores: ReadonlyMap<string, NodeStore>,
): Promise<{ opened: Files<NodeStore>; failed: Files<Down> }> => {
  const opened: Files<NodeStore> = new Map();
  const failed: Files<Down> = new Map();
  for (const [file, target] of files) {
    const path = join(folder, file);
    try {
      makeFolder(folder);
      opened.set(
        file,
        await openNodeStore({ ...deps, target, path, countSent: createCountSent(stores, target) }),
      );
      guard(folder, file);
    } catch (error) {
      failed.set(file, { target, error: reasonOf(path, error) });
    }
  }
  return { opened, failed };
};

/** Under their new settings. */
const handOver = async (
  files: Iterable<readonly [file: string, target: Target]>,
  stores: Files<NodeStore>,
  log: StoresDeps["log"],
): Promise<void> => {
  for (const [file, target] of files)
    await stores
      .get(file)
      ?.use(target)
      // A full disk: the old settings of this store go on until the next change.
      .catch((error: unknown) => logError(log, error));
};

const closeAll = async (stores: Iterable<NodeStore>): Promise<void> => {
  await Promise.all([...stores].map((store) => store.close()));
};

export const createNodeStores = (deps: StoresDeps) => {
  const stores: Files<NodeStore> = new Map();
  /** Those that are to be open, and cannot be: the others work meanwhile. */
  let down: Files<Down> = new Map();
  /** Those that the settings of today name; the others are closed once nothing uses them. */
  let wanted = new Set<string>();

  const add = (opened: Files<NodeStore>): void => {
    for (const [file, store] of opened) stores.set(file, store);
  };

  return {
    /** The names of the files that are open, or are to be. */
    files: (): ReadonlySet<string> => new Set([...stores.keys(), ...down.keys()]),

    opened: (): ReadonlyMap<string, NodeStore> => stores,

    /** Every shard of a target, in order, one that is down too; none where nothing is stored. */
    of: (target: Target): NodeStore[] =>
      target.storage === "ledger"
        ? shardsOf(target).map((file) => stores.get(file) ?? silentStore)
        : [],

    faults: (): readonly StoreFault[] => faultsOf(down.values()),

    /**
     * Opens what is new, and hands the others their new settings. What is gone delivers nothing more, and
     * stays open for the requests that still use it.
     * @param isStart a store that cannot be opened keeps no other one closed then; later a new one throws, and
     *   nothing has changed
     */
    use: async (targets: readonly Target[], isStart = false): Promise<void> => {
      const all = filesOf(targets);
      const { opened, failed } = await openAll(
        all.filter(([file]) => !stores.has(file)),
        deps,
        stores,
      );
      const [refused] = [...failed].filter(([file]) => !isStart && !down.has(file));
      if (refused) {
        await closeAll(opened.values());
        throw refused[1].error;
      }
      wanted = new Set(all.map(([file]) => file));
      down = failed;
      await handOver(all, stores, deps.log);
      add(opened);
      for (const [file, store] of stores) if (!wanted.has(file)) void store.stop();
    },

    /**
     * Tries again to open what is down; not to be called while the settings change.
     * @returns how many stores are open again
     */
    mend: async (): Promise<number> => {
      const { opened, failed } = await openAll(
        [...down].map(([file, { target }]) => [file, target] as const),
        deps,
        stores,
      );
      down = failed;
      add(opened);
      return opened.size;
    },

    /** Closes what no request uses any more, though not while the settings change; returns how many files. */
    closeUnwanted: async (): Promise<number> => {
      const unwanted = [...stores].filter(([file]) => !wanted.has(file));
      await closeAll(unwanted.map(([, store]) => store));
      for (const [file] of unwanted) stores.delete(file);
      return unwanted.length;
    },

    stop: (): void => {
      for (const store of stores.values()) void store.stop();
    },

    close: (): Promise<void> => closeAll(stores.values()),
  };
};
