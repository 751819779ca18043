/**
 * Owns the port to SQLite that the ledger is written against, and the tables. Two adapters stand
 * behind it: a Durable Object's storage, and `node:sqlite`.
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

/**
 * Delivered leads stay as tombstones, so they are nearly all of the table, and no look of a person may
 * read them. A partial index serves a query that repeats its condition
 * (https://www.sqlite.org/partialindex.html); a lead that is delivered at once never enters it.
 */
export const UNSETTLED = "state NOT IN ('sending', 'delivered')";

/**
 * `lead`: one row for each submission. Personal data stands in `box` alone, sealed; `fp` and
 * `phone_h` are keyed hashes, `reason` and `fields` are codes. Times are Unix milliseconds.
 *
 * `parked` marks a held lead that waits for the breaker and goes out by itself; a held lead without
 * it waits for a person. `promised`: somebody was told "accepted". `failures`: attempts that failed
 * since the vendor last came back, by which the next one waits. `consent_v`: the version of the text
 * that was agreed to, which outlives the box.
 */
const TABLES = `
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS lead (
  id TEXT PRIMARY KEY CHECK (length(id) = 36),
  state TEXT NOT NULL CHECK (state IN
    ('sending','delivered','rejected','queued','held','quarantined','dead','expired')),
  reason TEXT,
  fields TEXT,
  in_doubt INTEGER NOT NULL DEFAULT 0,
  parked INTEGER NOT NULL DEFAULT 0,
  promised INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  failures INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER,
  lease_until INTEGER,
  created_at INTEGER NOT NULL,
  done_at INTEGER,
  fp TEXT NOT NULL,
  phone_h TEXT NOT NULL,
  phone_tail TEXT,
  key_id TEXT,
  box TEXT,
  consent_v TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS lead_due ON lead (state, next_at);
CREATE INDEX IF NOT EXISTS lead_fp ON lead (fp, created_at);
CREATE INDEX IF NOT EXISTS lead_phone ON lead (phone_h, created_at);
CREATE INDEX IF NOT EXISTS lead_created ON lead (created_at);
CREATE INDEX IF NOT EXISTS lead_apart ON lead (state, reason, created_at, parked) WHERE ${UNSETTLED};
CREATE INDEX IF NOT EXISTS lead_done ON lead (done_at) WHERE done_at IS NOT NULL;
CREATE TABLE IF NOT EXISTS alert (
  id TEXT PRIMARY KEY,
  type TEXT NOT NULL,
  data TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  next_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS rate (
  bucket TEXT NOT NULL,
  minute INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (bucket, minute)
) STRICT, WITHOUT ROWID;
`;

/** Each brings the tables of its version, counted from 1, to the next one. */
const STEPS: readonly string[] = [
  "ALTER TABLE lead ADD COLUMN failures INTEGER NOT NULL DEFAULT 0",
  "ALTER TABLE lead ADD COLUMN consent_v TEXT",
];
const NEWEST = STEPS.length + 1;

/** `meta` holds the version, since `PRAGMA user_version` is refused inside a Durable Object. */
export const createTables = (sql: Sql): void =>
  sql.transaction(() => {
    for (const statement of TABLES.split(";")) if (statement.trim()) sql.all(statement);
    const [found] = sql.all("SELECT value FROM meta WHERE key = 'schema'");
    // Of a version to come, after a step back: its columns stay, and so does its number.
    const version = found ? Number(found["value"]) : NEWEST;
    for (const step of STEPS.slice(version - 1)) sql.all(step);
    const value = String(Math.max(version, NEWEST));
    sql.all("INSERT OR REPLACE INTO meta VALUES ('schema', ?)", value);
  });
