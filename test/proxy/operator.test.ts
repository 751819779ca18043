/** What the operator sees and does, over HTTP: real storage, real deliveries, real log lines. */
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { LEADS, SECRETS, postLead, startProxy, targetsFor, until } from "./harness.ts";
import type { Proxy } from "./harness.ts";

const LEDGER_KEYS = JSON.stringify({ k1: Buffer.alloc(32, 1).toString("base64") });
const OPERATOR_TOKEN = "operator-token-of-the-tests";

/** Each test has a target, and so a store and a breaker, of its own in one Worker. */
const TARGETS = Array.from({ length: 30 }, (_, n) => `t${n}`);
let used = 0;

let proxy: Proxy;
let target: string;
before(async () => {
  proxy = await startProxy({
    targets: (vendors) => {
      const { sakneen, brainysoft } = targetsFor(vendors);
      const stored = { ...sakneen, storage: "ledger", shards: 2, stamp: "off" };
      return {
        ...Object.fromEntries(TARGETS.map((key) => [key, stored])),
        relayed: sakneen,
        faulty: { ...brainysoft, vendor: "nobody" },
      };
    },
    secrets: () => ({ ...SECRETS, LEDGER_KEYS, OPERATOR_TOKEN }),
  });
});
after(() => proxy.close());
beforeEach(() => {
  target = TARGETS[used++] ?? "";
  proxy.vendors.sakneen.clear();
});

type Values = Readonly<Record<string, string>>;
interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

interface Options {
  headers?: Values;
  body?: string;
}
const call = (method: string, path: string, init: Options = {}): Promise<Response> =>
  proxy.fetch(`/operator${path}`, {
    method,
    ...init,
    headers: { authorization: `Bearer ${OPERATOR_TOKEN}`, ...init.headers },
  });
const ask = async (method: string, path: string, body?: unknown): Promise<Answer> => {
  const response = await call(method, path, {
    ...(body !== undefined && {
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  });
  const { status, headers } = response;
  return { status, headers, body: (await response.json()) as Record<string, unknown> };
};
const list = async (query = "") =>
  (await ask("GET", `/leads?target=${target}${query}`)).body as {
    leads: Record<string, unknown>[];
    cursor: string | null;
  };

const nameOf = () => `Mona ${target}`;
const post = async (values: Values = {}): Promise<string> => {
  const lead = { ...LEADS.sakneen, target, name: nameOf(), id: crypto.randomUUID(), ...values };
  const response = await postLead(proxy, lead);
  assert.ok(response.ok, await response.clone().text());
  return ((await response.json()) as { receipt: string }).receipt;
};
/** A lead that waits for a person: the vendor answered with something that is no lead. */
const hold = async (values: Values = {}): Promise<string> => {
  proxy.vendors.sakneen.setFaults({ mode: "html_200", count: 1 });
  return post(values);
};
/** Resolves when the target's newest lead is in that state. */
const settled = async (state: string): Promise<void> => {
  while ((await list()).leads[0]?.["state"] !== state);
};
const arrivals = () => proxy.vendors.sakneen.leads().map(({ body }) => body);
const arrived = (name = nameOf()) => until(() => arrivals().some((body) => body["name"] === name));
const lines = () =>
  [...proxy.logs().matchAll(/\{"event":"operator".*?\}/g)].map(
    ([line]) => JSON.parse(line) as Record<string, unknown>,
  );
const logged = (action: string, id: string) =>
  until(() => lines().some((line) => line["action"] === action && line["id"] === id));

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

describe("without the token", () => {
  test("every route is refused, and says how to sign in and nothing else", async () => {
    for (const [method, path] of [
      ["GET", "/leads"],
      ["GET", `/leads/${crypto.randomUUID()}`],
      ["POST", "/leads/replay"],
      ["DELETE", "/leads?phone=1"],
      ["GET", "/export"],
      ["GET", "/targets"],
      ["POST", "/targets/t0/pause"],
      ["GET", "/nothing"],
      ["OPTIONS", "/leads"],
    ] as const)
      for (const authorization of ["", "Bearer wrong", `Basic ${OPERATOR_TOKEN}`]) {
        const answer = await proxy.fetch(`/operator${path}`, {
          method,
          headers: { authorization },
        });
        assert.equal(answer.status, 401, `${method} ${path}`);
        assert.equal(answer.headers.get("www-authenticate"), "Bearer");
        assert.match(answer.headers.get("content-type") ?? "", /^application\/problem\+json/);
        assert.equal(((await answer.json()) as Answer["body"])["code"], "unauthorized");
      }
  });

  test("no page of another origin may read anything", async () => {
    const headers = { origin: "https://www.example.com" };
    for (const method of ["GET", "OPTIONS"]) {
      const answer = await call(method, "/leads", { headers });
      await answer.body?.cancel();
      assert.equal(answer.headers.get("access-control-allow-origin"), null);
      assert.equal(answer.headers.get("cache-control"), "no-store");
      assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
    }
  });

  test("the page is open to look at, and runs nothing but its own files", async () => {
    const page = await proxy.fetch("/operator");
    assert.equal(page.status, 200);
    const policy = page.headers.get("content-security-policy") ?? "";
    assert.match(policy, /default-src 'none'.*script-src 'self'.*frame-ancestors 'none'/);
    assert.doesNotMatch(policy, /unsafe|https?:/);
    const paths = [...(await page.text()).matchAll(/(?:src|href)="(\/operator\/[^"]+)"/g)];
    assert.ok(paths.length > 1);
    for (const [, path = ""] of paths) {
      const file = await proxy.fetch(path);
      assert.equal(file.status, 200, path);
      assert.match(
        file.headers.get("content-type") ?? "",
        /^text\/(css|javascript); charset=utf-8$/,
      );
      await file.body?.cancel();
    }
  });
});

describe("where no token is set", () => {
  test("there is no operator's side at all", async () => {
    const closed = await startProxy({ vendors: proxy.vendors });
    try {
      for (const path of ["", "/page.js", "/leads", "/targets"]) {
        const answer = await closed.fetch(`/operator${path}`, {
          headers: { authorization: "Bearer undefined" },
        });
        assert.equal(answer.status, 404);
        assert.equal(((await answer.json()) as Answer["body"])["code"], "not_found");
      }
    } finally {
      await closed.stopWorker();
    }
  });
});

describe("the list", () => {
  test("masks the number and holds nothing else that is personal", async () => {
    const id = await hold({ email: "mona@example.com" });
    const { leads, cursor } = await list();
    assert.equal(cursor, null);
    const [lead] = leads;
    const { created_at, ...rest } = lead ?? {};
    assert.match(String(created_at), ISO);
    assert.deepEqual(rest, {
      id,
      target,
      state: "held",
      reason: "html",
      in_doubt: true,
      attempts: 1,
      next_at: null,
      phone: "+20…78",
    });
  });

  test("is filtered by state and reason, and goes on at its cursor over all shards", async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) ids.unshift(await hold({ phone: `0101234567${n}` }));
    const trapped = await post({ lf_hp: "x", phone: "01112345678" });
    const first = await list("&state=held&limit=2");
    const rest = await list(`&state=held&limit=9&cursor=${first.cursor}`);
    const seen = [...first.leads, ...rest.leads].map(({ id }) => id);
    assert.deepEqual([seen, rest.cursor], [ids, null]);
    assert.deepEqual(
      (await list("&state=quarantined&reason=honeypot")).leads.map(({ id }) => id),
      [trapped],
    );
    assert.deepEqual((await list("&reason=key_refused")).leads, []);
  });

  test("refuses a state, a cursor or a target that is none", async () => {
    for (const [query, status, code] of [
      ["?state=stuck", 400, "malformed"],
      ["?cursor=1", 400, "malformed"],
      ["?target=nobody", 404, "not_found"],
    ] as const) {
      const { status: was, body } = await ask("GET", `/leads${query}`);
      assert.deepEqual([was, body["code"]], [status, code]);
    }
  });
});

describe("a lead", () => {
  test("is shown in full, by its id alone, and the look is logged", async () => {
    const id = await hold({ email: "mona@example.com", utm_source: "spring" });
    const { status, body } = await ask("GET", `/leads/${id}`);
    assert.equal(status, 200);
    const { name, phone, email, attribution, state, payload } = body;
    assert.deepEqual(
      [name, phone, email, attribution, state, payload],
      [nameOf(), "+201012345678", "mona@example.com", { utm_source: "spring" }, "held", "open"],
    );
    await logged("look", id);
    assert.deepEqual(
      lines().find((line) => line["id"] === id),
      { event: "operator", action: "look", target, id },
    );
  });

  test("that nobody knows is not found", async () => {
    const id = crypto.randomUUID();
    for (const [method, path] of [
      ["GET", `/leads/${id}`],
      ["POST", `/leads/${id}/replay`],
      ["POST", `/leads/${id}/release`],
      ["GET", "/leads/1"],
    ] as const)
      assert.equal((await ask(method, path)).status, 404, `${method} ${path}`);
    assert.equal((await ask("PATCH", `/leads/${id}`, { name: "A" })).status, 404);
  });

  test("is sent again, once: what the vendor has is a conflict", async () => {
    const id = await hold();
    const { status, body } = await ask("POST", `/leads/${id}/replay`);
    assert.deepEqual([status, body["id"], body["state"]], [200, id, "queued"]);
    await arrived();
    await settled("delivered");
    const again = await ask("POST", `/leads/${id}/replay`);
    assert.deepEqual([again.status, again.body["code"]], [409, "conflict"]);
    assert.equal((await ask("GET", `/leads/${id}`)).body["payload"], "gone");
    await logged("replay", id);
  });

  test("that was kept for a look is released, and arrives", async () => {
    const id = await post({ lf_hp: "x" });
    assert.equal((await ask("POST", `/leads/${id}/replay`)).status, 409);
    assert.equal((await ask("POST", `/leads/${id}/release`)).status, 200);
    await arrived();
    assert.equal((await ask("POST", `/leads/${id}/release`)).status, 409);
    await logged("release", id);
  });

  test("that the vendor refused for good is mended, and arrives", async () => {
    const id = await hold();
    proxy.vendors.sakneen.setFaults({ mode: "invalid_phone", count: 1 });
    await ask("POST", `/leads/${id}/replay`);
    await settled("dead");
    assert.deepEqual((await ask("GET", `/leads/${id}`)).body["fields"], {
      phone: "phone_invalid",
    });
    const { status, body } = await ask("PATCH", `/leads/${id}`, { phone: "011 1234 5678" });
    assert.deepEqual([status, body["state"], body["phone"]], [200, "queued", "+20…78"]);
    await arrived();
    assert.equal(arrivals()[0]?.["phoneNumber"], "+201112345678");
    await logged("mend", id);
  });

  test("is mended by the rules of its target only", async () => {
    const id = await hold();
    for (const [patch, fields] of [
      [{ name: " " }, { name: "name_missing" }],
      [{ phone: "12" }, { phone: "phone_invalid" }],
      [{ email: "mona@" }, { email: "email_invalid" }],
      [{ project: "Moon Base" }, { project: "project_unknown" }],
      [{ phone: "+20 999 999 999" }, { phone: "phone_unlikely" }],
    ] as const) {
      const { status, body } = await ask("PATCH", `/leads/${id}`, patch);
      assert.deepEqual([status, body["code"], body["fields"]], [422, "invalid", fields]);
    }
    for (const patch of [{}, { consent: "1" }, { name: 1 }, ["name"]])
      assert.equal((await ask("PATCH", `/leads/${id}`, patch)).status, 400);
    assert.equal((await list()).leads[0]?.["state"], "held");
    const confirmed = { phone: "+20 999 999 999", phone_confirmed: "1" };
    assert.equal((await ask("PATCH", `/leads/${id}`, confirmed)).status, 200);
    await arrived();
  });
});

describe("all of a reason", () => {
  test("get another try at once, and the answer says how many", async () => {
    for (let n = 0; n < 3; n++) await hold({ phone: `0101234567${n}` });
    const { status, body } = await ask("POST", "/leads/replay", { target, reason: "html" });
    assert.deepEqual([status, body], [200, { replayed: 3 }]);
    await until(() => arrivals().filter((lead) => lead["name"] === nameOf()).length === 3);
    await until(() =>
      lines().some((line) => line["action"] === "replay" && line["target"] === target),
    );
  });

  test("need a target, and a state or a reason that can be replayed", async () => {
    for (const body of [{ reason: "html" }, { target }, { target, state: "delivered" }, []])
      assert.equal((await ask("POST", "/leads/replay", body)).status, 400);
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
    const [line = "", end] = (await answer.text()).split("\n");
    const { name, email, state } = JSON.parse(line) as Record<string, string>;
    assert.deepEqual([name, email, state, end], [nameOf(), "mona@example.com", "held", ""]);
    await until(() =>
      lines().some((l) => l["action"] === "export" && l["target"] === target && l["leads"] === 1),
    );
    assert.equal(await (await call("GET", `/export?target=${target}&state=dead`)).text(), "");
    assert.equal((await ask("GET", "/export?format=xlsx")).status, 400);
  });

  test("for a spreadsheet defuses formulas, and keeps quotes, breaks and Arabic", async () => {
    const evil = '=HYPERLINK("https://evil.example","منى")';
    await hold({ name: evil, project: "Palm Hills" });
    const answer = await call("GET", `/export?target=${target}&format=csv`);
    assert.match(answer.headers.get("content-type") ?? "", /^text\/csv; charset=utf-8/);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
    const [head = "", row = ""] = new TextDecoder().decode(bytes).split("\r\n");
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
    proxy.vendors.sakneen.setFaults({ mode: "bad_key" });
    await post();
    const { oldest, breaker, oldest_age, stuck, ...rest } = await view();
    assert.deepEqual(rest, {
      target,
      vendor: "sakneen",
      state: "stopped",
      paused: false,
      counts: { held: 1 },
      reasons: { key_refused: 1 },
    });
    assert.match(String(oldest), ISO);
    assert.ok(typeof oldest_age === "number" && oldest_age >= 0 && oldest_age < 60);
    const { since, next_probe_at, ...gate } = breaker as Record<string, unknown>;
    assert.deepEqual(gate, { state: "open", reason: "key_refused" });
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
