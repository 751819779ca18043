/** Owns the port to SQLite, which both homes of the ledger implement. Must not know a table. */

export type SqlValue = string | number | null;
export type Row = Record<string, SqlValue>;

/** Synchronous, as both adapters are: all writes between two awaits commit together. */
export interface Sql {
  all: (query: string, ...values: SqlValue[]) => Row[];
  /** Each change of `memory` in one that is rolled back is forgotten. */
  transaction: <T>(write: () => T) => T;
  /** What this run knows of `meta`: nobody else writes there. */
  memory: Map<string, string | undefined>;
}

/** `?,?,?`: a placeholder for each value. */
export const placeholders = (values: readonly unknown[]): string => values.map(() => "?").join(",");

/** `'a','b'`, for constants of this code. A value from outside is always bound to a placeholder. */
export const quoted = (names: readonly string[]): string =>
  names.map((name) => `'${name}'`).join(",");
