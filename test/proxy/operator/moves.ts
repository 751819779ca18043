/** What the operator does with many leads at once, and with a whole target. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { LEADS, until } from "../harness.ts";
import {
  ISO,
  OPERATOR_TOKEN,
  arrivals,
  arrived,
  ask,
  call,
  hold,
  lines,
  post,
  proxy,
  target,
  vendor,
} from "./harness.ts";

describe("all of a reason", () => {
  test("get another try at once, and the answer says how many", async () => {
    for (let n = 0; n < 3; n++) await hold({ phone: `0101234567${n}` });
    const { status, body } = await ask("POST", "/leads/replay", { target, reason: "html" });
    assert.deepEqual([status, body], [200, { replayed: 3 }]);
    await arrived(3);
    await until(() =>
      lines().some((line) => line["action"] === "replay" && line["target"] === target),
    );
  });

  test("need a target, and a state or a reason that can be replayed", async () => {
    for (const body of [{ reason: "html" }, { target }, { target, state: "delivered" }, []])
      assert.equal((await ask("POST", "/leads/replay", body)).status, 400);
    const relayed = await ask("POST", "/leads/replay", { target: "relayed", state: "held" });
    assert.deepEqual(relayed.body, { replayed: 0 });
    const unknown = { target: "nobody", state: "held" };
    assert.equal((await ask("POST", "/leads/replay", unknown)).status, 404);
  });
});

describe("a person who asks to be forgotten", () => {
  test("is erased by the number, however it is written", async () => {
    const id = await hold({ phone: "01099999999" });
    const other = await hold();
    assert.equal((await ask("DELETE", "/leads?phone=12")).status, 422);
    const { status, body } = await ask("DELETE", "/leads?phone=+20 10 9999 9999");
    assert.deepEqual([status, body], [200, { erased: 1 }]);
    assert.equal((await ask("GET", `/leads/${id}`)).status, 404);
    assert.equal((await ask("GET", `/leads/${other}`)).status, 200);
    assert.deepEqual((await ask("DELETE", "/leads?phone=01099999999")).body, { erased: 0 });
  });
});

describe("an export", () => {
  test("holds what is undelivered, a line each", async () => {
    await hold({ email: "mona@example.com" });
    await post({ phone: "01099999998" });
    await arrived();
    const answer = await call("GET", `/export?target=${target}`);
    assert.match(answer.headers.get("content-type") ?? "", /^application\/x-ndjson/);
    assert.match(
      answer.headers.get("content-disposition") ?? "",
      /^attachment; filename="leads-t\d+-\d{4}-\d\d-\d\d\.ndjson"$/,
    );
    const [line = "", end, last] = (await answer.text()).split("\n");
    const { name, email, state } = JSON.parse(line) as Record<string, string>;
    assert.deepEqual(
      [name, email, state, end, last],
      [LEADS.sakneen.name, "mona@example.com", "held", '{"end":true,"leads":1}', ""],
    );
    await until(() =>
      lines().some((l) => l["action"] === "export" && l["target"] === target && l["leads"] === 1),
    );
    const none = await (await call("GET", `/export?target=${target}&state=dead`)).text();
    assert.equal(none, '{"end":true,"leads":0}\n');
    assert.equal((await ask("GET", "/export?format=xlsx")).status, 400);
  });

  test("for a spreadsheet defuses formulas, and keeps quotes, breaks and Arabic", async () => {
    const evil = '=HYPERLINK("https://evil.example","منى")';
    await hold({ name: evil, project: "Palm Hills" });
    const answer = await call("GET", `/export?target=${target}&format=csv`);
    assert.match(answer.headers.get("content-type") ?? "", /^text\/csv; charset=utf-8/);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
    const [start, head = "", row = ""] = new TextDecoder().decode(bytes).split("\r\n");
    assert.equal(start, "sep=,");
    assert.ok(head.startsWith('"id","target","state","reason"'));
    assert.ok(row.includes(`"'=HYPERLINK(""https://evil.example"",""منى"")"`), row);
    assert.ok(row.includes(`"'+201012345678"`));
    assert.ok(row.includes('"Palm Hills"'));
  });
});

describe("the targets", () => {
  const overview = async () =>
    (await ask("GET", "/targets")).body["targets"] as Record<string, unknown>[];
  const view = async () => (await overview()).find((found) => found["target"] === target) ?? {};

  test("are told with what waits, why and for how long", async () => {
    vendor.setFaults({ mode: "bad_key" });
    await post();
    const { oldest, breaker, oldest_age, stuck, ...rest } = await view();
    assert.deepEqual(rest, {
      target,
      vendor: "sakneen",
      state: "blocked",
      paused: false,
      counts: { held: 1 },
      reasons: { key_refused: 1 },
    });
    assert.match(String(oldest), ISO);
    assert.ok(typeof oldest_age === "number" && oldest_age >= 0 && oldest_age < 60);
    const { since, next_probe_at, ...gate } = breaker as Record<string, unknown>;
    assert.deepEqual(gate, { state: "open", reason: "key_refused", key: null });
    assert.ok(Date.parse(String(next_probe_at)) > Date.parse(String(since)));
    const [group] = stuck as Record<string, unknown>[];
    assert.deepEqual(group, {
      state: "held",
      reason: "key_refused",
      automatic: true,
      leads: 1,
      oldest,
    });
  });

  test("that store nothing, or cannot be used, are told too", async () => {
    const states = new Map((await overview()).map((found) => [found["target"], found["state"]]));
    assert.deepEqual([states.get("relayed"), states.get("faulty")], ["relay", "faulty"]);
  });

  test("are paused and go on: what came meanwhile arrives", async () => {
    const paused = await ask("POST", `/targets/${target}/pause`);
    assert.deepEqual(
      [paused.status, paused.body["paused"], paused.body["state"]],
      [200, true, "paused"],
    );
    const id = await post();
    assert.deepEqual((await view())["reasons"], { paused: 1 });
    assert.equal(arrivals().length, 0);
    assert.equal((await ask("POST", `/targets/${target}/resume`)).body["paused"], false);
    await arrived();
    assert.equal((await ask("GET", `/leads/${id}`)).status, 200);
    assert.equal((await ask("POST", "/targets/nobody/pause")).status, 404);
    assert.equal((await ask("POST", "/targets/relayed/pause")).status, 409);
    await until(() =>
      ["pause", "resume"].every((action) =>
        lines().some((line) => line["action"] === action && line["target"] === target),
      ),
    );
  });
});

test("no log line of all this holds anything personal", () => {
  for (const secret of ["Mona", "example.com", "1012345678", "99999999", OPERATOR_TOKEN])
    assert.ok(!proxy.logs().includes(secret), secret);
});
