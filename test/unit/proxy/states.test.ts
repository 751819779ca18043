/** That one table of states is all there is: the store, its older files, the lists, the page, the docs. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, describe, test } from "node:test";
import { openSqlite } from "../../../proxy/ledger/node/sqlite-store.ts";
import type { Sql } from "../../../proxy/ledger/sql.ts";
import {
  REPLAYABLE,
  STATES,
  UNDELIVERED,
  WAITING,
  answerOf,
} from "../../../proxy/ledger/states.ts";
import { createTables } from "../../../proxy/ledger/tables.ts";
import { operatorPage } from "../../../proxy/operator/page/html.ts";
import { idOf } from "./leads.ts";

let sql: Sql & { close: () => void };
beforeEach(() => {
  sql = openSqlite(":memory:");
  createTables(sql);
});

const insert = (n: number, state: string): void =>
  void sql.all(
    "INSERT INTO lead (id, state, created_at, fp, phone_h, attempts) VALUES (?, ?, ?, 'f', 'p', 7)",
    idOf(n),
    state,
    n,
  );
const schema = (): unknown[] =>
  sql.all("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name");

describe("the store", () => {
  test("takes every state and no other", () => {
    for (const [n, state] of STATES.entries()) insert(n, state);
    assert.throws(() => insert(99, "lost"), /CHECK/);
  });

  test("has the table that stores of today have, so that none is copied at its next start", () => {
    const [{ sql: made } = {}] = sql.all("SELECT sql FROM sqlite_master WHERE name = 'lead'");
    assert.match(
      String(made),
      /\(state IN\n {4}\('sending','delivered','rejected','queued','held','quarantined','dead','expired'\)\)/,
    );
    const before = schema();
    createTables(sql);
    assert.deepEqual(schema(), before);
  });

  test("that was made before a state was added takes it from its next start on", () => {
    const [{ sql: made } = {}] = sql.all("SELECT sql FROM sqlite_master WHERE name = 'lead'");
    sql.all("DROP TABLE lead");
    sql.all(String(made).replace(",'dead'", ""));
    insert(1, "held");
    assert.throws(() => insert(2, "dead"), /CHECK/);
    createTables(sql);
    insert(2, "dead");
    assert.deepEqual(
      sql
        .all("SELECT id, state, created_at, attempts FROM lead ORDER BY id")
        .map((row) => ({ ...row })),
      [
        { id: idOf(1), state: "held", created_at: 1, attempts: 7 },
        { id: idOf(2), state: "dead", created_at: 2, attempts: 7 },
      ],
    );
    const indexes = sql.all(
      "SELECT name FROM sqlite_master WHERE name LIKE 'lead\\_%' ESCAPE '\\'",
    );
    assert.deepEqual(indexes.map(({ name }) => String(name)).sort(), [
      "lead_apart",
      "lead_created",
      "lead_done",
      "lead_due",
      "lead_fp",
      "lead_itself",
      "lead_kept",
      "lead_listed",
      "lead_paused",
      "lead_phone",
      "lead_waits",
    ]);
  });
});

describe("the lists of states", () => {
  test("lie in each other: what can be tried again waits, and what waits is undelivered", () => {
    for (const state of REPLAYABLE) assert.ok(WAITING.includes(state), state);
    for (const state of WAITING) assert.ok(UNDELIVERED.includes(state), state);
    for (const state of UNDELIVERED) assert.equal(answerOf(state), "accepted", state);
  });

  test("take a state of a later version for one that was accepted", () => {
    assert.equal(answerOf("toString"), "accepted");
  });

  test("reach the operator's page with it", async () => {
    assert.ok((await operatorPage()).includes(JSON.stringify(REPLAYABLE)));
  });
});

describe("the page for operators", () => {
  const page = readFileSync("proxy/README.md", "utf8");

  test("draws every state of a lead", () => {
    const [, diagram = ""] = /```mermaid\n(.*?)```/s.exec(page) ?? [];
    const drawn = [...diagram.matchAll(/^ +(\S+) --> (\w+):/gm)].flatMap(([, ...ends]) => ends);
    assert.deepEqual([...new Set(drawn)].filter((end) => end !== "[*]").sort(), [...STATES].sort());
  });

  test("names what can be tried again", () => {
    const [, row = ""] = /POST \| `\/operator\/leads\/:id\/replay` \|(.*)/.exec(page) ?? [];
    const named = [...row.matchAll(/`(\w+)`/g)].map(([, state]) => state);
    assert.deepEqual(named, REPLAYABLE);
  });
});
