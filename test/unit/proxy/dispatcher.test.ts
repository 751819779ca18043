/** What the moving side of a store does with boxes that open, and with those that do not. */
import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import type { SendAlert } from "../../../proxy/alerts.ts";
import { readConfig } from "../../../proxy/config/config.ts";
import { createDispatcher } from "../../../proxy/ledger/dispatcher.ts";
import { LEASES } from "../../../proxy/ledger/schedule.ts";
import { createLedger } from "../../../proxy/ledger/ledger.ts";
import type { Ledger } from "../../../proxy/ledger/ledger.ts";
import type { Submission } from "../../../proxy/ledger/types.ts";
import { openSqlite } from "../../../proxy/ledger/node/sqlite-store.ts";
import { createKeyring, seal } from "../../../proxy/ledger/seal.ts";
import type { Keyring } from "../../../proxy/ledger/seal.ts";
import type { Sql } from "../../../proxy/ledger/sql.ts";
import { idOf, submissionOf } from "./leads.ts";

const TARGETS = {
  t: { vendor: "sakneen", baseUrl: "https://crm.example", origins: ["https://www.example.com"] },
};
const LEDGER_KEYS = JSON.stringify({ k1: Buffer.alloc(32, 1).toString("base64") });
const { targets, ledgerKeys } = readConfig({ TARGETS, SAKNEEN_API_KEY: "k", LEDGER_KEYS });
const target = targets.get("t");
if (!target || !ledgerKeys) throw new Error("The settings of this test are wrong.");

let clock: number;
let sql: Sql;
let ledger: Ledger;
let keyring: Keyring;
let sent: string[];
let open: number;
let widest: number;
/** Ends a call that the vendor has. */
let release: (() => void)[];
beforeEach(async () => {
  clock = Date.parse("2026-11-22T00:00:00Z");
  sent = [];
  release = [];
  open = widest = 0;
  sql = openSqlite(":memory:");
  keyring = await createKeyring(ledgerKeys);
  ledger = createLedger({
    sql,
    now: () => clock,
    steady: { elapsed: () => clock, run: "test" },
    random: () => 0.5,
    newId: () => crypto.randomUUID(),
    policy: target,
  });
});

/** Stored and leased by a Worker that died since. */
const store = async (n: number, change: Partial<Submission> = {}) => {
  const text = JSON.stringify({
    id: idOf(n),
    name: `Visitor ${n}`,
    phone: "+201012345678",
    lang: "en",
    attribution: {},
  });
  ledger.begin(submissionOf(n, { ...(await seal(keyring, idOf(n), "t", text)), ...change }));
};
const dispatcherOf = (held = false, sendAlert: SendAlert = async () => ({ taken: true })) =>
  createDispatcher({
    ledger,
    keyring,
    target,
    now: () => clock,
    log: () => {},
    sendAlert,
    fetch: async (_url, init) => {
      const { name } = JSON.parse(init.body as string) as { name: string };
      sent.push(name);
      widest = Math.max(widest, ++open);
      if (held) await new Promise<void>((resolve) => release.push(resolve));
      open--;
      return Response.json({ newLead: { _id: encodeURI(name) } }, { status: 201 });
    },
  });
const rowOf = (n: number) => {
  const row = sql.all("SELECT state, reason FROM lead WHERE id = ?", idOf(n))[0];
  return [row?.["state"], row?.["reason"]];
};

describe("a run", () => {
  test("delivers what its Worker could not", async () => {
    await store(1);
    clock += LEASES.visitor;
    await dispatcherOf().run();
    assert.deepEqual(sent, ["Visitor 1"]);
    assert.deepEqual(rowOf(1), ["delivered", null]);
  });

  test("never sends a box that was changed: the lead is dead, and somebody is told", async () => {
    await store(1, { box: Buffer.alloc(64, 9).toString("base64") });
    clock += LEASES.visitor;
    const told: string[] = [];
    const sendAlert: SendAlert = async ({ type }) => ({ taken: told.push(type) > 0 });
    await dispatcherOf(false, sendAlert).run();
    assert.deepEqual(sent, []);
    assert.deepEqual(rowOf(1), ["dead", "tampered"]);
    assert.deepEqual(told, ["lead.dead"]);
  });

  test("keeps a lead whose key is gone for the person who can bring it back", async () => {
    await store(1, { keyId: "k0" });
    clock += LEASES.visitor;
    await dispatcherOf().run();
    assert.deepEqual([sent, rowOf(1)], [[], ["held", "key_missing"]]);
  });

  test("that the store fails is followed by a rest, not by the next run at once", async () => {
    await store(1);
    clock += LEASES.visitor;
    const dispatcher = dispatcherOf();
    sql.all("PRAGMA query_only = 1");
    await dispatcher.run();
    assert.equal(dispatcher.nextAt(), clock + 10_000);
    sql.all("PRAGMA query_only = 0");
    clock += LEASES.visitor;
    await dispatcher.run();
    assert.deepEqual(rowOf(1), ["delivered", null]);
  });

  test("has five calls out at a time, and a slow one does not hold up the others", async () => {
    for (let n = 1; n <= 12; n++) await store(n);
    clock += LEASES.visitor;
    const run = dispatcherOf(true).run();
    const until = async (count: number) => {
      while (sent.length < count) await new Promise((resolve) => setImmediate(resolve));
    };
    await until(5);
    // The first call stays open to the end; its place alone is taken.
    for (let done = 1; done <= 11; done++) {
      await until(Math.min(done + 4, 12));
      release[done]?.();
    }
    await until(12);
    release[0]?.();
    await run;
    assert.equal(widest, 5);
    assert.equal(sql.all("SELECT count(*) AS n FROM lead WHERE state = 'delivered'")[0]?.["n"], 12);
  });

  test("that is asked for before each lead still tidies every hour", async () => {
    const dispatcher = dispatcherOf();
    for (let minutes = 0; minutes <= 31 * 24 * 60; minutes += 30) {
      clock += 30 * 60_000;
      if (minutes === 0) await store(1, { suspicion: "honeypot" });
      const at = dispatcher.nextAt();
      if (at !== undefined && at <= clock) await dispatcher.run();
    }
    assert.deepEqual(rowOf(1), ["expired", "honeypot"]);
  });

  test("tells one after the other, and no more once one is not taken", async () => {
    const told: string[] = [];
    const dispatcher = dispatcherOf(false, async ({ id }) => {
      told.push(id);
      return { taken: told.length > 1 };
    });
    for (const n of [1, 2, 3]) {
      await store(n);
      ledger.markDead(idOf(n), "tampered");
    }
    for (const count of [1, 3]) {
      await dispatcher.run();
      assert.equal(new Set(told).size, count);
    }
  });

  test("does not wait for a receiver that hangs, and starts no second try meanwhile", async () => {
    const tries: (() => void)[] = [];
    const dispatcher = dispatcherOf(
      false,
      () => new Promise((resolve) => tries.push(() => resolve({ taken: true }))),
    );
    await store(1, { box: "changed" });
    clock += LEASES.visitor;
    const [deliveries, alerts] = dispatcher.loops;
    await deliveries.run();
    assert.equal(tries.length, 1);
    assert.equal(alerts.nextAt(), undefined);
    await store(2);
    clock += LEASES.visitor;
    await deliveries.run();
    assert.deepEqual([sent, tries.length], [["Visitor 2"], 1]);
    tries[0]?.();
    await alerts.run();
    assert.equal(sql.all("SELECT count(*) AS n FROM alert")[0]?.["n"], 0);
  });

  test("tells what one lead has to tell while the call of another hangs", async () => {
    const told: string[] = [];
    const dispatcher = dispatcherOf(true, async ({ type }) => {
      told.push(type);
      return { taken: true };
    });
    await store(1);
    await store(2, { box: "changed" });
    clock += LEASES.visitor;
    const run = dispatcher.loops[0].run();
    while (told.length === 0 || open === 0) await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual([told, sent], [["lead.dead"], ["Visitor 1"]]);
    for (const end of release) end();
    await run;
  });

  test("that is stopped starts nothing more, and ends with what is on its way", async () => {
    for (let n = 1; n <= 7; n++) await store(n);
    clock += LEASES.visitor;
    const dispatcher = dispatcherOf(true);
    const run = dispatcher.run();
    while (sent.length < 5) await new Promise((resolve) => setImmediate(resolve));
    void dispatcher.stop();
    for (const end of release) end();
    await run;
    assert.equal(sent.length, 5);
    assert.equal(sql.all("SELECT count(*) AS n FROM lead WHERE state = 'delivered'")[0]?.["n"], 5);
  });
});

test("the loop of alerts tells of what waits at its own time, and then rests", async () => {
  const told: string[] = [];
  const dispatcher = dispatcherOf(false, async ({ type }) => {
    told.push(type);
    return { taken: true };
  });
  await store(1, { suspicion: "honeypot" });
  const [, alerts] = dispatcher.loops;
  const at = alerts.nextAt();
  assert.equal(at, clock + 5 * 60_000);
  clock = at;
  await alerts.run();
  assert.deepEqual(told, ["lead.quarantined"]);
  assert.ok((alerts.nextAt() ?? Infinity) > clock);
});
