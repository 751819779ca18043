/** What the operator reads of leads that a faulty setting hides: never that there are none. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readConfig } from "../../../proxy/config/config.ts";
import { createKeyring } from "../../../proxy/ledger/seal.ts";
import type { OperatorStore } from "../../../proxy/ledger/store.ts";
import { createOperator } from "../../../proxy/operator/routes.ts";
import { DEAD } from "./leads.ts";
import { phones } from "../../read-phone.ts";

const UNKNOWN = "00000000-0000-4000-8000-000000000002";
const STORE: Partial<OperatorStore> = {
  get: async (id) => (id === DEAD.id ? { ...DEAD, folded: [] } : undefined),
  list: async () => [DEAD],
  sealed: async () => [],
  tests: async () => [],
  erase: async () => 2,
  replayAll: async () => 1,
  countForeign: async () => 0,
};

const TOKEN = "t".repeat(32);
const ORIGINS = ["https://a.example"];
const WHOLE = { vendor: "sakneen", baseUrl: "https://crm.example", origins: ORIGINS };
/** Its token is missing. */
const FAULTY = { vendor: "brainysoft", baseUrl: "https://bs.example", origins: ORIGINS };

/** A call with the token, under such targets. */
const operatorOf = (TARGETS: unknown) => {
  const config = readConfig({
    TARGETS,
    SAKNEEN_API_KEY: "k",
    LEDGER_KEYS: JSON.stringify({ k1: Buffer.alloc(32, 1).toString("base64") }),
    OPERATOR_TOKEN: TOKEN,
  });
  const operator = createOperator({
    config,
    phones,
    keyring: () => createKeyring(config.ledgerKeys ?? new Map()),
    storesOf: () => [STORE as OperatorStore],
    now: () => Date.now(),
    log: () => {},
    asset: async () => new Response(null, { status: 404 }),
  });
  return async (method: string, path: string, body?: object) => {
    const response = await operator.request(path, {
      method,
      headers: { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json;");
    return { status: response.status, body: isJson && text ? JSON.parse(text) : text };
  };
};
const ERASE = ["DELETE", "/leads?phone=%2B201012345678"] as const;

describe("while a setting of a target is faulty", () => {
  const ask = operatorOf({ whole: WHOLE, shut: FAULTY });

  test("an erasure names the target that it could not search", async () => {
    assert.deepEqual(await ask(...ERASE), {
      status: 200,
      body: { erased: 2, unsearched: ["shut"] },
    });
  });

  test("an erasure that no target could search does not say that nothing was stored", async () => {
    assert.deepEqual(await operatorOf({ shut: FAULTY, closed: FAULTY })(...ERASE), {
      status: 200,
      body: { erased: 0, unsearched: ["shut", "closed"] },
    });
  });

  test("what is no number to any target that works stays a mistake", async () => {
    assert.equal((await ask("DELETE", "/leads?phone=12")).status, 422);
  });

  for (const [what, method, path, body] of [
    ["the list", "GET", "/leads?target=shut", undefined],
    ["the export", "GET", "/export?target=shut", undefined],
    ["another try", "POST", "/leads/replay", { target: "shut", state: "held" }],
    ["the pause", "POST", "/targets/shut/pause", undefined],
  ] as const)
    test(`${what} of that target is refused in words, instead of an empty success`, async () => {
      const { status, body: problem } = await ask(method, path, body);
      assert.deepEqual([status, problem.code], [409, "conflict"]);
      assert.match(problem.detail, /\bshut\b.*setting/);
    });

  test("an export of all is refused, since the file would pass for a whole one", async () => {
    const { status, body } = await ask("GET", "/export");
    assert.deepEqual([status, body.code], [409, "conflict"]);
    assert.match(body.detail, /\bshut\b.*name a target/);
    assert.equal((await ask("GET", "/export?target=whole")).status, 200);
  });

  test("the list of all goes on with the others", async () => {
    const { status, body } = await ask("GET", "/leads");
    assert.deepEqual([status, body.leads.length], [200, 1]);
  });

  test("nobody says that there is no such lead, but one that is found is shown", async () => {
    for (const [method, path, body] of [
      ["GET", "", undefined],
      ["POST", "/replay", undefined],
      ["POST", "/release", undefined],
      ["PATCH", "", { name: "Mona" }],
    ] as const) {
      const { status, body: problem } = await ask(method, `/leads/${UNKNOWN}${path}`, body);
      assert.deepEqual([status, problem.code], [503, "unavailable"], `${method} ${path}`);
      assert.match(problem.detail, /\bshut\b.*setting/);
    }
    assert.equal((await ask("GET", `/leads/${DEAD.id}`)).status, 200);
  });

  test("a target that nobody has configured is still not found", async () => {
    assert.equal((await ask("GET", "/leads?target=nobody")).status, 404);
  });
});

test("nothing is kept from sight where every target works, or the faulty one stores nothing", async () => {
  for (const TARGETS of [
    { whole: WHOLE },
    { whole: WHOLE, shut: { ...FAULTY, storage: "none" } },
  ]) {
    const ask = operatorOf(TARGETS);
    assert.deepEqual((await ask(...ERASE)).body, { erased: 2 });
    assert.equal((await ask("GET", `/leads/${UNKNOWN}`)).status, 404);
    assert.equal((await ask("GET", "/export")).status, 200);
  }
});

test("where TARGETS itself cannot be read, no target can be searched", async () => {
  for (const TARGETS of [undefined, "{", {}]) {
    const ask = operatorOf(TARGETS);
    assert.deepEqual((await ask(...ERASE)).body, { erased: 0, unsearched: ["TARGETS"] });
    assert.equal((await ask("GET", `/leads/${UNKNOWN}`)).status, 503);
    assert.equal((await ask("GET", "/export")).status, 409);
  }
});
