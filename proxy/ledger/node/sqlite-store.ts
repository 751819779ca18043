/**
 * Owns the store in `node:sqlite`: one file for each shard of a target, and a timer as its alarm.
 * Must not open a file that another process has open.
 */
import { DatabaseSync } from "node:sqlite";
import type { StatementSync } from "node:sqlite";
import type { Target } from "../../config/target.ts";
import { createOperations } from "../operations.ts";
import type { Operations } from "../operations.ts";
import { createDispatcher } from "../dispatcher.ts";
import type { DispatcherDeps } from "../dispatcher.ts";
import { createLedger } from "../ledger.ts";
import type { Minutes } from "../limits.ts";
import { hashes } from "../seal.ts";
import type { Row, Sql } from "../sql.ts";
import type { OperatorStore, Store } from "../store.ts";

/** The file of a shard, in the folder of all stores. */
export const storeFile = (key: string, shard: number): string => `${key}-${shard}.sqlite`;

type OpenSqlite = Sql & { close: () => void };

/**
 * A database file behind the port. Every commit is on disk when it returns, and deleted content is
 * overwritten. Locked to this process: a second server on the same file would deliver twice.
 */
export const openSqlite = (path: string): OpenSqlite => {
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
  const memory: Sql["memory"] = new Map();
  return {
    memory,
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
        memory.clear();
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
  /** Goes on under other settings of the same target, at once; calls on their way end under the old ones. */
  use: (target: Target) => Promise<void>;
  /** How many leads of a number this store counts. */
  countSent: (phoneHashes: readonly string[]) => number;
  /** Starts no new delivery of its own; leads of visitors are still accepted. Ends with the last one. */
  stop: () => Promise<void>;
  /** Writes all that is committed into a new file, as it is sealed; no free page comes along. */
  copyTo: (path: string) => Promise<void>;
  /** Waits for running deliveries, then closes the file. */
  close: () => Promise<void>;
}

/** Node's timers count in 32 bits. */
const MAX_TIMEOUT = 2 ** 31 - 1;

interface PartsDeps extends Omit<DispatcherDeps, "ledger"> {
  /** The counts of the target's last minute, which all its stores share. */
  minutesOf: (target: Target) => Minutes;
  /** How many leads of a number all stores of the target count. */
  countSent: (phoneHashes: readonly string[]) => number;
}

export type NodeStoreDeps = PartsDeps & { path: string };

/** Everything about a store that follows from its target's settings; the file stays the same. */
const createParts = (sql: Sql, deps: PartsDeps) => {
  const { target, now, steady, minutesOf, countSent } = deps;
  const ledger = createLedger({
    sql,
    now,
    steady,
    random: () => Math.random(),
    newId: () => crypto.randomUUID(),
    policy: target,
    minutes: minutesOf(target),
    countSent,
  });
  return {
    ledger,
    operations: createOperations({ ledger, now }),
    dispatcher: createDispatcher({ ...deps, ledger }),
  };
};

interface Job {
  run: () => Promise<void>;
  nextAt: () => number | undefined;
}

/**
 * A job that runs whenever it is due, one run at a time.
 * @param onEnd called after each run, which may have changed the time of any loop
 */
const createLoop = (job: () => Job, now: () => number, onEnd: () => void) => {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let stopped = true;
  const run = (): Promise<void> =>
    (running = job()
      .run()
      .finally(() => {
        running = undefined;
        onEnd();
      }));
  let armedAt: number | undefined;
  const set = (at: number | undefined): void => {
    clearTimeout(timer);
    armedAt = at;
    if (at !== undefined) timer = setTimeout(run, Math.min(Math.max(at - now(), 0), MAX_TIMEOUT));
  };
  /** To be called after whatever may have changed the time. */
  const arm = (): void => set(stopped || running ? undefined : job().nextAt());
  /** The same where the first new time is known: a run that comes before looks itself. */
  const armFor = (due: number): void => {
    if (!stopped && !running && due < (armedAt ?? Number.POSITIVE_INFINITY)) set(due);
  };
  return {
    arm,
    armFor,
    start: (): void => {
      stopped = false;
      arm();
    },
    /** Ends with the last run. */
    stop: async (): Promise<void> => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
};

const createStore = async (sql: OpenSqlite, deps: NodeStoreDeps): Promise<NodeStore> => {
  const { keyring, now } = deps;
  const onTold = (): void => arm();
  let parts = createParts(sql, { ...deps, onTold });

  const loops = parts.dispatcher.loops.map((_, i) =>
    createLoop(
      () => parts.dispatcher.loops[i as 0 | 1 | 2],
      now,
      () => arm(),
    ),
  );
  const arm = (): void => {
    for (const loop of loops) loop.arm();
  };
  const stop = async (): Promise<void> => {
    await Promise.all([parts.dispatcher.stop(), ...loops.map((loop) => loop.stop())]);
  };
  const use = async (target: Target): Promise<void> => {
    const [keyFp = ""] = await hashes(keyring, "credential", target.fingerprint);
    const next = createParts(sql, { ...deps, target, onTold });
    next.ledger.useKey(keyFp);
    void parts.dispatcher.stop();
    parts = next;
    for (const loop of loops) loop.start();
  };
  await use(deps.target);

  /** The same for the step of a visitor's lead, which nearly always says itself when the next run is due. */
  const armedStep = async <T>(step: () => T): Promise<T> => {
    const result = step();
    const due = parts.ledger.due();
    if (due === undefined) arm();
    else loops[0]?.armFor(due);
    return result;
  };
  /** The result of a query or a move; afterwards the timer is set anew. */
  const armed = async <T>(move: () => T): Promise<T> => {
    const result = move();
    arm();
    return result;
  };
  const names = Object.keys(parts.operations) as (keyof Operations)[];
  const asked = names.map((name) => [
    name,
    (...args: never[]) =>
      armed(() => (parts.operations[name] as (...args: never[]) => unknown)(...args)),
  ]);
  return {
    ...(Object.fromEntries(asked) as OperatorStore),
    begin: (submission) => armedStep(() => parts.ledger.begin(submission)),
    finish: (...report) => armedStep(() => parts.ledger.finish(...report)),
    use,
    countSent: (phoneHashes) => parts.ledger.countSent(phoneHashes),
    stop,
    copyTo: async (path) => void sql.all("VACUUM INTO ?", path),
    close: async () => {
      await stop();
      sql.close();
    },
  };
};

/** Throws if the file cannot be opened or written; it is closed again then. */
export const openNodeStore = async (deps: NodeStoreDeps): Promise<NodeStore> => {
  const sql = openSqlite(deps.path);
  try {
    return await createStore(sql, deps);
  } catch (error) {
    sql.close();
    throw error;
  }
};
