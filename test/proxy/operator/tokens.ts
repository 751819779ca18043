/** What each token may do: its rights and its targets hold on every route, and its name stands in the log. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { until } from "../harness.ts";
import { TOKENS, ask as askAsOwner, hold, lines, proxy, target } from "./harness.ts";

type Name = keyof typeof TOKENS;

const ask = async (name: Name, method: string, path: string, body?: object) => {
  const response = await proxy.fetch(`/operator${path}`, {
    method,
    headers: {
      authorization: `Bearer ${TOKENS[name].token}`,
      ...(body && { "content-type": "application/json" }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json;") ?? false;
  return {
    status: response.status,
    body: (isJson && text ? JSON.parse(text) : {}) as Record<string, unknown>,
  };
};

const PHONE = "01012345678";
/** Every call, with the right that it needs. */
const CALLS: readonly (readonly [right: string, method: string, path: string, body?: object])[] = [
  ["read", "GET", "/leads"],
  ["read", "GET", "/leads/ID"],
  ["replay", "POST", "/leads/ID/replay"],
  ["replay", "POST", "/leads/ID/release"],
  ["replay", "PATCH", "/leads/ID", { name: "Mona" }],
  ["replay", "POST", "/leads/replay", { target: "t46", state: "held" }],
  ["replay", "POST", "/targets/t46/pause"],
  ["replay", "POST", "/targets/t46/resume"],
  ["replay", "DELETE", "/leads/ID"],
  ["erase", "DELETE", `/leads?phone=${PHONE}`],
  ["export", "GET", "/export?target=t46"],
];

describe("a token with fewer rights", () => {
  for (const name of Object.keys(TOKENS) as Name[])
    test(`of ${name} gets what it may do, and 403 for the rest`, async () => {
      const id = "00000000-0000-4000-8000-00000000000a";
      const rights: readonly string[] = TOKENS[name].can;
      for (const [right, method, path, body] of CALLS) {
        const { status, body: answer } = await ask(name, method, path.replace("ID", id), body);
        if (rights.includes(right)) assert.notEqual(status, 403, `${method} ${path}`);
        else assert.deepEqual([status, answer["code"]], [403, "forbidden"], `${method} ${path}`);
      }
    });

  test("sees its own targets alone, and reads what it may do", async () => {
    const { status, body } = await ask("lena", "GET", "/targets");
    const targets = body["targets"] as { target: string }[];
    assert.equal(status, 200);
    assert.deepEqual(
      targets.map((each) => each.target),
      ["t46", "t47"],
    );
    assert.deepEqual(body["operator"], { name: "lena", can: ["read", "replay"] });
    assert.deepEqual((await askAsOwner("GET", "/targets")).body["operator"], {
      name: null,
      can: ["read", "replay", "erase", "export"],
    });
  });

  test("finds, lists and moves no lead of another target", async () => {
    const id = await hold();
    for (const [method, path, body] of [
      ["GET", `/leads/${id}`, undefined],
      ["POST", `/leads/${id}/replay`, undefined],
      ["PATCH", `/leads/${id}`, { name: "Mona" }],
    ] as const)
      assert.equal((await ask("lena", method, path, body)).status, 404, path);
    for (const [method, path, body] of [
      ["GET", `/leads?target=${target}`, undefined],
      ["POST", "/leads/replay", { target, state: "held" }],
      ["POST", `/targets/${target}/pause`, undefined],
    ] as const)
      assert.equal((await ask("lena", method, path, body)).status, 403, path);
    const { leads } = (await ask("lena", "GET", "/leads?limit=200")).body;
    assert.ok((leads as { target: string }[]).every((lead) => lead.target.startsWith("t4")));
    assert.equal((await askAsOwner("GET", `/leads/${id}`)).body["state"], "held");
  });

  test("erases in its own targets, and names all that it could not search", async () => {
    const { status, body } = await ask("sami", "DELETE", "/leads?phone=01098765432");
    assert.equal(status, 200);
    const unsearched = body["unsearched"] as string[];
    assert.ok(unsearched.includes(target) && !unsearched.includes("t46"));
    assert.ok(!unsearched.includes("relayed"));
  });

  test("stands in the log by its name, with what it was refused", async () => {
    await ask("lena", "POST", "/targets/t47/pause");
    await ask("lena", "POST", "/targets/t47/resume");
    await ask("lena", "GET", "/export");
    for (const action of ["pause", "resume", "forbidden"])
      await until(() => lines().some((line) => line["action"] === action && line["by"] === "lena"));
    assert.ok(!proxy.logs().includes(TOKENS.lena.token));
  });

  test("is asked for by the deep look at the health, too", async () => {
    for (const authorization of ["", "Bearer wrong"])
      assert.equal(
        (await proxy.fetch("/healthz?deep", { headers: { authorization } })).status,
        401,
      );
    const headers = { authorization: `Bearer ${TOKENS.lena.token}` };
    const { targets } = (await (await proxy.fetch("/healthz?deep", { headers })).json()) as {
      targets: { target: string }[];
    };
    assert.deepEqual(
      targets.map((each) => each.target),
      ["t46", "t47"],
    );
  });
});
