/**
 * Owns the port to SQLite that the ledger is written against, for both of its homes. Must not know a
 * table.
 */

export type SqlValue = string | number | null;
export type Row = Record<string, SqlValue>;

/** Synchronous, as both adapters are: what is written between two awaits commits together. */
export interface Sql {
  all: (query: string, ...values: SqlValue[]) => Row[];
  transaction: <T>(write: () => T) => T;
}

/** `?,?,?`: a place for each value. */
export const placeholders = (values: readonly unknown[]): string => values.map(() => "?").join(",");

/** `'a','b'`, for names of our own; what comes from outside is bound to a place. */
export const quoted = (names: readonly string[]): string =>
  names.map((name) => `'${name}'`).join(",");
