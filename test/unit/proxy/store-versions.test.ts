/** That a store file of an earlier version opens, with all that it holds. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, test } from "node:test";
import { createLedger } from "../../../proxy/ledger/ledger.ts";
import { openSqlite } from "../../../proxy/ledger/node/sqlite-store.ts";
import { createOperations } from "../../../proxy/ledger/operations.ts";
import { sealRef } from "../../../proxy/ledger/kept.ts";
import { createTables } from "../../../proxy/ledger/tables.ts";
import { createKeyring } from "../../../proxy/ledger/seal.ts";
import { openKept, openLead, toDetails } from "../../../proxy/operator/view.ts";
import { POLICY, idOf } from "./leads.ts";

const DAY = 24 * 60 * 60_000;

/** Written by the last code of version 3: one lead delivered, queued, held and quarantined. */
const V3 = readFileSync("test/unit/proxy/store-v3.sql", "utf8");
const LATER_COLUMNS = { 1: ["failures", "consent_v"], 2: ["consent_v"], 3: [] } as const;
const keyring = await createKeyring(new Map([["k1", new Uint8Array(32).fill(1)]]));

let folder: string;
let clock: number;
let sql: ReturnType<typeof openSqlite>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lead-form-store-"));
  clock = Date.parse("2026-11-22T00:01:00Z");
});
afterEach(async () => {
  sql.close();
  await rm(folder, { recursive: true, force: true });
});

const openVersion = (version: 1 | 2 | 3) => {
  const path = join(folder, "t-0.sqlite");
  const db = new DatabaseSync(path);
  db.exec(V3);
  for (const column of LATER_COLUMNS[version]) db.exec(`ALTER TABLE lead DROP COLUMN ${column}`);
  db.exec(`UPDATE meta SET value = '${version}' WHERE key = 'schema'`);
  db.close();
  sql = openSqlite(path);
  return open();
};
const open = () => {
  const ledger = createLedger({
    sql,
    now: () => clock,
    steady: { elapsed: () => clock, run: "test" },
    random: () => 0.5,
    newId: () => crypto.randomUUID(),
    policy: POLICY,
  });
  const operations = createOperations({ ledger, now: () => clock });
  const details = async (n: number) => {
    const lead = operations.get(idOf(n));
    assert.ok(lead);
    const opened = lead.sealed ? openLead : openKept;
    return toDetails("t", lead, await opened(keyring, "t", lead));
  };
  return { ledger, operations, details };
};

for (const version of [1, 2, 3] as const)
  describe(`a store of version ${version}`, () => {
    test("is brought up to date, once, and keeps what waits in it", async () => {
      openVersion(version);
      const { ledger, operations, details } = open();
      assert.deepEqual(operations.summary().counts, {
        delivered: 1,
        held: 1,
        quarantined: 1,
        queued: 1,
      });
      const { name, email, extension, consent, consent_version, attribution } = await details(3);
      assert.deepEqual(
        [name, email, extension, consent, consent_version, attribution],
        ["Mona Adel", "mona@example.com", null, "2026-11", null, { utm_source: "spring" }],
      );

      const leases = ledger.claim(0);
      assert.deepEqual(
        leases.map(({ id }) => id),
        [idOf(2)],
      );
      const created = { kind: "created", ref: "64f2", status: 201 } as const;
      ledger.finish(idOf(2), 2, await sealRef(keyring, idOf(2), { key: "t" }, created));
      const delivered = await details(2);
      assert.deepEqual(
        [delivered.state, delivered.vendor_ref, delivered.attribution, delivered.name],
        ["delivered", "64f2", {}, null],
      );
    });

    test("keeps its rows where they are, and has each index of today", () => {
      openVersion(version);
      const indexes = (): unknown[] =>
        sql
          .all(
            "SELECT name FROM sqlite_master WHERE type = 'index' AND name LIKE 'lead\\_%' ESCAPE '\\' ORDER BY name",
          )
          .map(({ name }) => name);
      const upgraded = indexes();
      const [{ sql: table } = {}] = sql.all("SELECT sql FROM sqlite_master WHERE name = 'lead'");
      assert.match(String(table), /WITHOUT ROWID/);
      const [{ sql: phones } = {}] = sql.all(
        "SELECT sql FROM sqlite_master WHERE name = 'lead_phone'",
      );
      assert.match(String(phones), /\(phone_h, apart, created_at\)/);
      sql.close();
      sql = openSqlite(":memory:");
      createTables(sql);
      assert.deepEqual(upgraded, indexes());
    });

    test("counts for a number what went to the vendor, and not what is kept from it", () => {
      const { ledger } = openVersion(version);
      const rows = sql.all("SELECT phone_h, state, created_at FROM lead ORDER BY id");
      clock = Number(rows[0]?.["created_at"]);
      assert.deepEqual(
        rows.map(({ phone_h, state }) => [state, ledger.countSent([String(phone_h)])]),
        [
          ["delivered", 1],
          ["queued", 1],
          ["held", 1],
          ["quarantined", 0],
        ],
      );
    });

    test("shows what was delivered before, and lets it go in its time", async () => {
      const { ledger, operations, details } = openVersion(version);
      const { state, payload, vendor_ref, lang, attribution } = await details(1);
      assert.deepEqual(
        [state, payload, vendor_ref, lang, attribution],
        ["delivered", "gone", null, null, {}],
      );
      clock += 30 * DAY;
      ledger.tidy();
      assert.equal(operations.get(idOf(1)), undefined);
    });
  });
