/**
 * Owns the test leads of a store, in a table of their own: so none is counted, folded into a lead, delivered or
 * exported. Must not touch a lead.
 */
import type { FieldErrors } from "../shared/contract.ts";
import { toSealed } from "./inspection.ts";
import type { FoundLead, Query, SealedLead } from "./inspection.ts";
import { placeholders } from "./sql.ts";
import type { Row, Sql } from "./sql.ts";
import type { State } from "./states.ts";
import type { Submission } from "./types.ts";

/** What the vendor's validation has shown. */
export interface TestResult {
  /** Undefined where the vendor refused what was left out, and nothing else. */
  reason: string | undefined;
  fields: FieldErrors | undefined;
  /** The key of the vendor's form that is to be filled, or to go. */
  vendorKey: string | undefined;
}

const toTest = (row: Row): SealedLead => ({
  ...toSealed({ ...row, attempts: row["state"] === "sending" ? 0 : 1 }),
  test: true,
});

const isAfter = ({ after }: Query, { createdAt, id }: SealedLead): boolean =>
  !after || createdAt < after.createdAt || (createdAt === after.createdAt && id < after.id);

/** @returns how many */
export const eraseTests = (sql: Sql, phoneHashes: readonly string[]): number =>
  sql.all(
    `DELETE FROM test_lead WHERE phone_h IN (${placeholders(phoneHashes)}) RETURNING 1`,
    ...phoneHashes,
  ).length;

export const createTestLeads = (sql: Sql, now: () => number) => ({
  /** @returns whether it is stored: an id stands for one lead, or one test */
  keepTest: (s: Submission): boolean =>
    sql.transaction(() => {
      const known = sql.all(
        "SELECT 1 FROM lead WHERE id = ?1 UNION ALL SELECT 1 FROM test_lead WHERE id = ?1",
        s.id,
      );
      if (known.length > 0) return false;
      sql.all(
        `INSERT INTO test_lead (id, state, created_at, phone_h, phone_tail, key_id, box)
         VALUES (?, 'sending', ?, ?, ?, ?, ?)`,
        s.id,
        now(),
        s.phoneHashes[0] ?? "",
        s.phoneTail,
        s.keyId,
        s.box,
      );
      return true;
    }),

  /** Without a reason the vendor has refused it, as it was meant to; else it waits to be looked at. */
  settleTest: (id: string, { reason, fields, vendorKey }: TestResult): void => {
    const state: State = reason === undefined ? "rejected" : "held";
    sql.all(
      "UPDATE test_lead SET state = ?, reason = ?, fields = ?, vendor_key = ? WHERE id = ?",
      state,
      reason ?? null,
      fields ? JSON.stringify(fields) : null,
      vendorKey ?? null,
      id,
    );
  },

  /** @returns whether it was there */
  removeTest: (id: string): boolean =>
    sql.all("DELETE FROM test_lead WHERE id = ? RETURNING 1", id).length > 0,

  /** Newest first, as leads are; there are a handful. */
  tests: (query: Query): SealedLead[] =>
    sql
      .all("SELECT * FROM test_lead ORDER BY created_at DESC, id DESC")
      .map(toTest)
      .filter((test) => query.states?.includes(test.state) ?? true)
      .filter(({ reason }) => query.reason === undefined || reason === query.reason)
      .filter((test) => isAfter(query, test))
      .slice(0, query.limit),

  findTest: (id: string): FoundLead | undefined => {
    const [row] = sql.all("SELECT * FROM test_lead WHERE id = ?", id);
    return row && { ...toTest(row), folded: [] };
  },
});
