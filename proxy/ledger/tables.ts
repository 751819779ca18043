/**
 * Owns the tables of a store, and the steps from their earlier versions. Must not read or change a
 * lead.
 */
import { quoted } from "./sql.ts";
import type { Sql } from "./sql.ts";
import { COMMON, STATES, WAITING } from "./states.ts";

/**
 * The leads that a person looks for. Delivered leads stay as tombstones and are nearly all of the
 * table, so no query of a person may read them. A partial index serves a query that repeats its condition
 * (https://www.sqlite.org/partialindex.html); a lead that is delivered at once never enters it.
 */
export const UNSETTLED = `state NOT IN (${quoted(COMMON)})`;
/**
 * The leads that an export, an expiry and the alert about old ones read in the order of their arrival. The plus
 * rules out an index by state (https://www.sqlite.org/optoverview.html, 2.1).
 */
export const WAITS = `+state IN (${quoted(WAITING)})`;
/** Every lease has an end, by which the index of due times knows it. */
export const LEASED = "state = 'sending' AND next_at IS NOT NULL";
/** Leads that need no person: retries with a time, and leads that wait for the breaker. */
export const RETRIES_ITSELF = "(state = 'queued' OR (state = 'held' AND parked = 1))";
/** The vendor has it, or will: however many are kept from it, they count for no number. */
export const SENT = "apart = 0";
/** Read with this condition. Named, since SQLite would make two searches of it, one of them over all that is held. */
export const ITSELF = "lead INDEXED BY lead_itself";

/**
 * `lead`: one row for each submission. Personal data is in `box`, `kept` and `vendor_ref` alone, sealed; `fp` and
 * `phone_h` are keyed hashes, `reason` and `fields` are codes. Times are Unix milliseconds.
 *
 * `parked` marks a held lead that waits for the breaker and is retried without a person; a held
 * lead without it waits for a person. `promised`: a visitor has read "accepted". `failures`: attempts that failed
 * since the vendor last came back; the next wait depends on them. `consent_v`: the version of the text
 * that was agreed to, which outlives the box. `kept`: what stays of a delivered lead, such as its campaign,
 * until `kept_until`. It is sealed too, since a page's path or a campaign may name a person. `vendor_ref`:
 * the vendor's own id of the lead, which may hold its number. `vendor_key`: with the reason `form_changed` the
 * key of the vendor's form that has to be filled or to go. `wait`: the milliseconds of the pause or lease that ends
 * at `next_at`. `doubts`: calls in a row whose answer was lost. `shown_at`: a lead that was kept from the vendor, and
 * whose visitor has read "created" then. `apart`: it is kept from the vendor, until a person releases it.
 *
 * With a rowid the row that ends is on the page that was written last, and its indexes hold 8 bytes instead of an id.
 * A lead without one changed 11 pages at each of its two commits, with one 6 (https://www.sqlite.org/withoutrowid.html, 4).
 * A store of an earlier version keeps its table: to copy a million rows takes a start longer than a Worker may need.
 */
const LEAD_TABLE = `
CREATE TABLE IF NOT EXISTS lead (
  id TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
  state TEXT NOT NULL CHECK (state IN
    (${quoted(STATES)})),
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
  consent_v TEXT,
  kept TEXT,
  kept_until INTEGER,
  vendor_ref TEXT,
  vendor_key TEXT,
  wait INTEGER NOT NULL DEFAULT 0,
  doubts INTEGER NOT NULL DEFAULT 0,
  shown_at INTEGER,
  apart INTEGER NOT NULL DEFAULT 0
) STRICT`;

/** Of what a lead changes at its end only `lead_due` knows it before. */
const LEAD_INDEXES = [
  "CREATE INDEX IF NOT EXISTS lead_due ON lead (state, next_at) WHERE next_at IS NOT NULL",
  "CREATE INDEX IF NOT EXISTS lead_fp ON lead (fp, created_at)",
  "CREATE INDEX IF NOT EXISTS lead_phone ON lead (phone_h, apart, created_at)",
  "CREATE INDEX IF NOT EXISTS lead_created ON lead (created_at, id)",
  `CREATE INDEX IF NOT EXISTS lead_apart ON lead (state, reason, created_at, parked) WHERE ${UNSETTLED}`,
  `CREATE INDEX IF NOT EXISTS lead_listed ON lead (state, created_at, id) WHERE ${UNSETTLED}`,
  `CREATE INDEX IF NOT EXISTS lead_waits ON lead (created_at, id) WHERE ${WAITS}`,
  `CREATE INDEX IF NOT EXISTS lead_itself ON lead (attempts, next_at, created_at) WHERE ${RETRIES_ITSELF}`,
  "CREATE INDEX IF NOT EXISTS lead_paused ON lead (next_at - wait) WHERE state = 'queued'",
  "CREATE INDEX IF NOT EXISTS lead_done ON lead (done_at) WHERE done_at IS NOT NULL",
  "CREATE INDEX IF NOT EXISTS lead_kept ON lead (kept_until) WHERE kept_until IS NOT NULL",
];

const OTHER_INDEXES = [
  "CREATE INDEX IF NOT EXISTS alert_due ON alert (next_at)",
  "CREATE INDEX IF NOT EXISTS fold_lead ON fold (lead)",
];

const OTHER_TABLES = [
  "CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
  `CREATE TABLE IF NOT EXISTS event (
  id TEXT PRIMARY KEY,
  via TEXT NOT NULL,
  type TEXT NOT NULL,
  lead TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  next_at INTEGER NOT NULL,
  arrived_at INTEGER NOT NULL,
  key_id TEXT,
  box TEXT
) STRICT, WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS figure (
  hour INTEGER NOT NULL,
  series TEXT NOT NULL,
  n INTEGER NOT NULL,
  ms INTEGER NOT NULL,
  PRIMARY KEY (hour, series)
) STRICT, WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS alert (
  id TEXT PRIMARY KEY,
  type TEXT NOT NULL,
  data TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  next_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID`,
  // By the id of a repeat of some content, the lead that it was folded into; as long as that one stays.
  "CREATE TABLE IF NOT EXISTS fold (id TEXT PRIMARY KEY, lead TEXT NOT NULL) STRICT, WITHOUT ROWID",
];

/** The tests of an operator. Apart from `lead`, so that no query of a lead can count or send one. */
const TEST_LEAD_TABLE = `
CREATE TABLE IF NOT EXISTS test_lead (
  id TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  reason TEXT,
  fields TEXT,
  vendor_key TEXT,
  created_at INTEGER NOT NULL,
  phone_h TEXT NOT NULL,
  phone_tail TEXT NOT NULL,
  key_id TEXT NOT NULL,
  box TEXT NOT NULL
) STRICT, WITHOUT ROWID`;

/** Each brings the tables of its version, counted from 1, to the next one. */
const STEPS: readonly string[] = [
  "ALTER TABLE lead ADD COLUMN failures INTEGER NOT NULL DEFAULT 0",
  "ALTER TABLE lead ADD COLUMN consent_v TEXT",
  "ALTER TABLE lead ADD COLUMN kept TEXT",
  "ALTER TABLE lead ADD COLUMN kept_until INTEGER",
  "ALTER TABLE lead ADD COLUMN vendor_ref TEXT",
  "ALTER TABLE lead ADD COLUMN vendor_key TEXT",
  "ALTER TABLE lead ADD COLUMN wait INTEGER NOT NULL DEFAULT 0",
  "ALTER TABLE lead ADD COLUMN doubts INTEGER NOT NULL DEFAULT 0",
  // The longest wait that a vendor may have asked for, in milliseconds.
  "UPDATE lead SET wait = 86400000 WHERE state IN ('queued', 'sending')",
  TEST_LEAD_TABLE,
  "ALTER TABLE lead ADD COLUMN shown_at INTEGER",
  // Its counts are in memory now.
  "DROP TABLE IF EXISTS rate",
  "ALTER TABLE lead ADD COLUMN apart INTEGER NOT NULL DEFAULT 0",
  "UPDATE lead SET apart = 1 WHERE state = 'quarantined'",
  // Made anew below, with that column in it.
  "DROP INDEX IF EXISTS lead_phone",
  "DROP INDEX IF EXISTS lead_sent",
];
const NEWEST = STEPS.length + 1;

/**
 * A store that was made before a state was added refuses that state: its CHECK is part of the table,
 * and SQLite cannot alter it. Such a table is copied into a new one.
 */
const admitAllStates = (sql: Sql): void => {
  const [table] = sql.all("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'lead'");
  if (STATES.every((state) => String(table?.["sql"]).includes(`'${state}'`))) return;
  const columns = sql
    .all("SELECT name FROM pragma_table_info('lead')")
    .map(({ name }) => String(name))
    .join(", ");
  sql.all("ALTER TABLE lead RENAME TO lead_before");
  sql.all(LEAD_TABLE);
  sql.all(`INSERT INTO lead (${columns}) SELECT ${columns} FROM lead_before`);
  // Its indexes go with it, and free their names.
  sql.all("DROP TABLE lead_before");
};

/** `meta` holds the version, since `PRAGMA user_version` is refused inside a Durable Object. */
export const createTables = (sql: Sql): void =>
  sql.transaction(() => {
    for (const table of [LEAD_TABLE, TEST_LEAD_TABLE, ...OTHER_TABLES]) sql.all(table);
    const [found] = sql.all("SELECT value FROM meta WHERE key = 'schema'");
    // A store of a later version, after a step back, keeps its columns, its states and its number.
    const version = found ? Number(found["value"]) : NEWEST;
    for (const step of STEPS.slice(version - 1)) sql.all(step);
    if (version <= NEWEST) admitAllStates(sql);
    for (const index of [...LEAD_INDEXES, ...OTHER_INDEXES]) sql.all(index);
    const value = String(Math.max(version, NEWEST));
    sql.all("INSERT OR REPLACE INTO meta VALUES ('schema', ?)", value);
  });
