/**
 * Owns the questions about a store as a whole: its last delivery, and what its keys no longer open. Must not
 * read a lead.
 */
import type { Sql } from "./sql.ts";

/** After the dot stands the name of the key; base64 holds none. */
const keyOf = (box: string): string => `substr(${box}, instr(${box}, '.') + 1)`;
const isForeign = (box: string, key: string): string =>
  `(${box} IS NOT NULL AND ${key} NOT IN (SELECT value FROM json_each(?1)))`;

export const createSurvey = (sql: Sql) => ({
  /** When the vendor last took a lead, in Unix milliseconds; null where it never did. */
  lastDelivery: (): number | null => {
    // The plus keeps SQLite to the index of ends: the last of them is nearly always a delivery.
    const [row] = sql.all(
      `SELECT done_at FROM lead WHERE done_at IS NOT NULL AND +state = 'delivered'
       ORDER BY done_at DESC LIMIT 1`,
    );
    return row ? Number(row["done_at"]) : null;
  },

  /** How many leads were sealed with none of these keys: nobody can tell whose they are. */
  countForeign: (keyIds: readonly string[]): number => {
    const [row] = sql.all(
      `SELECT count(*) + (SELECT count(*) FROM test_lead WHERE ${isForeign("box", "key_id")}) AS n
       FROM lead WHERE ${isForeign("box", "key_id")}
         OR ${isForeign("kept", keyOf("kept"))} OR ${isForeign("vendor_ref", keyOf("vendor_ref"))}`,
      JSON.stringify(keyIds),
    );
    return Number(row?.["n"]);
  },
});
