/** Every secret of the proxy is replaced while a lead waits: it goes out, is found, and what is old opens nothing. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { LEADS, SECRETS, postLead, startProxy, targetsFor, until } from "./harness.ts";
import type { Proxy } from "./harness.ts";

const key = (fill: number): string => Buffer.alloc(32, fill).toString("base64");
const OLD = {
  SAKNEEN_API_KEY: "a-key-that-was-taken-back",
  LEDGER_KEYS: JSON.stringify({ k1: key(1) }),
  OPERATOR_TOKEN: "o".repeat(40),
  OPERATOR_TOKENS: JSON.stringify({ anna: { token: "a".repeat(40), can: ["read"] } }),
};
const BETWEEN = {
  ...OLD,
  SAKNEEN_API_KEY: SECRETS.SAKNEEN_API_KEY,
  LEDGER_KEYS: JSON.stringify({ k1: key(1), k2: key(2) }),
  OPERATOR_TOKEN: "n".repeat(40),
  OPERATOR_TOKENS: JSON.stringify({
    anna: { token: "a".repeat(40), can: ["read"] },
    anna_2: { token: "b".repeat(40), can: ["read"] },
  }),
};
const NEW = {
  ...BETWEEN,
  LEDGER_KEYS: JSON.stringify({ k2: key(2) }),
  OPERATOR_TOKENS: JSON.stringify({ anna_2: { token: "b".repeat(40), can: ["read"] } }),
};

let folder: string;
let proxy: Proxy;
const start = async (secrets: object, vendors?: Proxy["vendors"]) => {
  proxy = await startProxy({
    persistTo: folder,
    ...(vendors && { vendors }),
    targets: (all) => ({
      sakneen: { ...targetsFor(all).sakneen, storage: "ledger", stamp: "off" },
    }),
    secrets: () => ({ ...secrets }),
  });
};
const restart = async (secrets: object) => {
  await proxy.stopWorker();
  await start(secrets, proxy.vendors);
};
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "lead-form-rotation-"));
  await start(OLD);
});
after(async () => {
  await proxy.close();
  await rm(folder, { recursive: true, force: true });
});

const ask = async (token: string, path: string, method = "GET") => {
  const response = await proxy.fetch(`/operator${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const statusOf = async (letter: string) => (await ask(letter.repeat(40), "/targets")).status;
const post = async (id: string, phone: string) =>
  (await postLead(proxy, { ...LEADS.sakneen, id, phone, phone_confirmed: "1" })).status;

test("a lead that waits under the old secrets is delivered under the new ones", async () => {
  const [first, second] = [crypto.randomUUID(), crypto.randomUUID()];
  assert.equal(await post(first, "01012345678"), 202);
  assert.deepEqual(
    [await statusOf("o"), await statusOf("a"), await statusOf("n")],
    [200, 200, 401],
  );
  assert.equal(proxy.vendors.sakneen.leads().length, 0);

  // Both keys open, the new one seals; the vendor's new key closes the breaker.
  await restart(BETWEEN);
  const stateOf = async (id: string) => (await ask("n".repeat(40), `/leads/${id}`)).body["state"];
  await until(async () => (await stateOf(first)) === "delivered");
  assert.equal(await post(second, "01112345678"), 201);
  // A repeat of the first is known by what the old key has hashed.
  assert.equal(await post(crypto.randomUUID(), "01012345678"), 201);
  assert.equal(proxy.vendors.sakneen.leads().length, 2);
  assert.deepEqual(
    [await statusOf("o"), await statusOf("n"), await statusOf("a"), await statusOf("b")],
    [401, 200, 200, 200],
  );

  await restart(NEW);
  assert.deepEqual([await statusOf("a"), await statusOf("b")], [401, 200]);
  const kept = await ask("n".repeat(40), `/leads/${second}`);
  assert.deepEqual([kept.body["state"], kept.body["payload"]], ["delivered", "gone"]);
  assert.equal((await ask("n".repeat(40), "/leads?phone=01112345678", "DELETE")).body["erased"], 1);
});
