/** Owns the store in `node:sqlite`: one file for each shard of a target, and a timer for an alarm. */
import { DatabaseSync } from "node:sqlite";
import type { StatementSync } from "node:sqlite";
import type { Row, Sql } from "./sql.ts";

/**
 * A database file behind the port. Every commit is on disk when it returns, and deleted content is
 * overwritten, so that no trace of a delivered lead stays in the file.
 */
export const openSqlite = (path: string): Sql & { close: () => void } => {
  const db = new DatabaseSync(path);
  db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;");
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
        db.exec("ROLLBACK");
        throw error;
      } finally {
        depth--;
      }
    },
    close: () => db.close(),
  };
};
