/** What becomes of a stored lead while its target's key is missing: it is out of sight, and never denied. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, test } from "node:test";
import { rewind } from "../crash/rewind.ts";
import { LEADS, SECRETS, postLead, startProxy, targetsFor, until } from "./harness.ts";
import type { Proxy } from "./harness.ts";
import { changeStores } from "./stores.ts";

const LEDGER_KEYS = JSON.stringify({ k1: Buffer.alloc(32, 1).toString("base64") });
const OPERATOR_TOKEN = "operator-token-of-the-tests-0123456789";
const MONTH = 30 * 24 * 3_600_000;

const onNode = process.env["LEAD_FORM_RUNTIME"] === "node";

let folder: string;
let proxy: Proxy;
/** It waits for a person: the vendor answered with something that is no lead. */
let id: string;
const start = async (vendors?: Proxy["vendors"], secrets: object = SECRETS) => {
  proxy = await startProxy({
    persistTo: folder,
    ...(vendors && { vendors }),
    targets: (all) => ({ sakneen: { ...targetsFor(all).sakneen, storage: "ledger" } }),
    secrets: () => ({ ...secrets, LEDGER_KEYS, OPERATOR_TOKEN }),
  });
};
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lead-form-unread-"));
  await start();
  proxy.vendors.sakneen.setFaults({ mode: "html_200", count: 1 });
  id = crypto.randomUUID();
  assert.equal((await postLead(proxy, { ...LEADS.sakneen, id })).status, 202);
});
afterEach(async () => {
  await proxy.close();
  await rm(folder, { recursive: true, force: true });
});

const restart = async (secrets?: object, meanwhile = async () => {}) => {
  await proxy.stopWorker();
  await meanwhile();
  await start(proxy.vendors, secrets);
};
const ask = async (method: string, path: string) => {
  const headers = { authorization: `Bearer ${OPERATOR_TOKEN}` };
  const response = await proxy.fetch(`/operator${path}`, { method, headers });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

const ERASE = ["DELETE", `/leads?phone=${LEADS.sakneen.phone}`] as const;

test("an erasure names the target that it could not search, and is done once the key is back", async () => {
  await restart({});
  assert.deepEqual(await ask(...ERASE), {
    status: 200,
    body: { erased: 0, unsearched: ["sakneen"] },
  });
  for (const [method, path, status] of [
    ["GET", `/leads/${id}`, 503],
    ["GET", "/leads?target=sakneen", 409],
    ["GET", "/export", 409],
  ] as const)
    assert.equal((await ask(method, path)).status, status, path);

  await restart();
  assert.equal((await ask("GET", `/leads/${id}`)).body["state"], "held");
  assert.deepEqual(await ask(...ERASE), { status: 200, body: { erased: 1 } });
});

const changeStore = (change: (db: DatabaseSync) => void): Promise<void> => {
  if (!onNode)
    return changeStores(folder, (db, of) => {
      if (of === "object") change(db);
    });
  const db = new DatabaseSync(join(folder, "sakneen-0.sqlite"));
  change(db);
  db.close();
  return Promise.resolve();
};
const read = async () => {
  let row: Record<string, unknown> = {};
  await changeStore((db) => {
    row = { ...db.prepare("SELECT state, box FROM lead WHERE id = ?").get(id) };
  });
  return row;
};
/** Nobody can move the clock of a server, so what it has stored is made older. */
const age = (span: number): Promise<void> =>
  onNode
    ? changeStore((db) => db.prepare("UPDATE lead SET created_at = created_at - ?").run(span))
    : rewind(folder, span);

test("a lead is destroyed after 30 days though nobody can see it, and no vendor hears of it", async () => {
  const calls = proxy.vendors.sakneen.requests().length;
  await restart({}, () => age(MONTH));
  await until(async () => (await read())["state"] === "expired");
  assert.equal((await read())["box"], null);
  assert.equal(proxy.vendors.sakneen.requests().length, calls);

  await restart();
  assert.equal((await ask("GET", `/leads/${id}`)).body["state"], "expired");
});

test(
  "a file that no target takes up is named at start",
  { skip: !onNode && "a Worker does not know which objects there are" },
  async () => {
    await restart({});
    await until(() => proxy.logs().includes("no target delivers: sakneen-0.sqlite"));
    assert.ok(!proxy.logs().includes(folder));
  },
);
