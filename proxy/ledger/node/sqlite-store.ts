/**
 * Owns the store in `node:sqlite`: one file for each shard of a target, and a timer as its alarm.
 * Must not open a file that another process has open.
 */
import { DatabaseSync } from "node:sqlite";
import type { StatementSync } from "node:sqlite";
import { createOperations } from "../operations.ts";
import { createDispatcher } from "../dispatcher.ts";
import type { DispatcherDeps } from "../dispatcher.ts";
import { createLedger } from "../ledger.ts";
import { hashes } from "../seal.ts";
import type { Row, Sql } from "../sql.ts";
import type { OperatorStore, Store } from "../store.ts";

/** The file of a shard, in the folder of all stores. */
export const storeFile = (key: string, shard: number): string => `${key}-${shard}.sqlite`;

/**
 * A database file behind the port. Every commit is on disk when it returns, and deleted content is
 * overwritten. Locked to this process: a second server on the same file would deliver twice.
 */
export const openSqlite = (path: string): Sql & { close: () => void } => {
  const db = new DatabaseSync(path);
  try {
    db.exec(
      "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;",
    );
  } catch (error) {
    db.close();
    throw error;
  }
  const statements = new Map<string, StatementSync>();
  const prepare = (query: string): StatementSync => {
    const known = statements.get(query);
    if (known) return known;
    const statement = db.prepare(query);
    statements.set(query, statement);
    return statement;
  };
  let depth = 0;
  return {
    all: (query, ...values) => prepare(query).all(...values) as Row[],
    transaction: (write) => {
      if (depth > 0) return write();
      depth++;
      db.exec("BEGIN IMMEDIATE");
      try {
        const result = write();
        db.exec("COMMIT");
        return result;
      } catch (error) {
        // Some errors, a full disk among them, have rolled it back already.
        if (db.isTransaction) db.exec("ROLLBACK");
        throw error;
      } finally {
        depth--;
      }
    },
    close: () => db.close(),
  };
};

export interface NodeStore extends Store, OperatorStore {
  /** Starts no new delivery of its own; leads of visitors are still accepted. */
  stop: () => void;
  /** Waits for running deliveries, then closes the file. */
  close: () => Promise<void>;
}

/** Node's timers count in 32 bits. */
const MAX_TIMEOUT = 2 ** 31 - 1;

export type NodeStoreDeps = Omit<DispatcherDeps, "ledger"> & { path: string };

export const openNodeStore = async ({ path, ...deps }: NodeStoreDeps): Promise<NodeStore> => {
  const { target, keyring, now } = deps;
  const sql = openSqlite(path);
  const ledger = createLedger({
    sql,
    now,
    random: () => Math.random(),
    newId: () => crypto.randomUUID(),
    policy: target,
  });
  const dispatcher = createDispatcher({ ...deps, ledger });
  const [keyFp = ""] = await hashes(keyring, "credential", target.fingerprint);
  ledger.useKey(keyFp);

  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let stopped = false;
  const arm = (): void => {
    clearTimeout(timer);
    const at = stopped || running ? undefined : dispatcher.nextAt();
    if (at !== undefined) timer = setTimeout(run, Math.min(Math.max(at - now(), 0), MAX_TIMEOUT));
  };
  const run = (): void => {
    running = dispatcher.run().finally(() => {
      running = undefined;
      arm();
    });
  };
  arm();
  const stop = (): void => {
    stopped = true;
    dispatcher.stop();
    clearTimeout(timer);
  };

  /** The result of a query or a move; afterwards the timer is set anew. */
  const armed = async <T>(move: () => T): Promise<T> => {
    const result = move();
    arm();
    return result;
  };
  const operations = createOperations({ ledger, now });
  const asked = Object.entries(operations).map(
    ([name, ask]: [string, (...args: never[]) => unknown]) => [
      name,
      (...args: never[]) => armed(() => ask(...args)),
    ],
  );
  return {
    ...(Object.fromEntries(asked) as OperatorStore),
    begin: (submission) => armed(() => ledger.begin(submission)),
    finish: (id, attempt, outcome) => armed(() => ledger.finish(id, attempt, outcome)),
    stop,
    close: async () => {
      stop();
      await running;
      sql.close();
    },
  };
};
