/** Who gets in to the operator's side, and what is done there with one lead. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { LEADS } from "../harness.ts";
import {
  ISO,
  OPERATOR_TOKEN,
  arrivals,
  arrived,
  ask,
  call,
  hold,
  lines,
  list,
  logged,
  post,
  proxy,
  settled,
  target,
  vendor,
} from "./harness.ts";
import type { Answer } from "./harness.ts";

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
      [
        LEADS.sakneen.name,
        "+201012345678",
        "mona@example.com",
        { utm_source: "spring" },
        "held",
        "open",
      ],
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

  test("is gone once it is delivered, but for the text that was agreed to", async () => {
    const id = await post({ consent: "1", consent_version: "2026-11" });
    await settled("delivered");
    const { body } = await ask("GET", `/leads/${id}`);
    const { payload, name, phone, consent } = body;
    assert.deepEqual([payload, name, phone, consent], ["gone", null, null, "2026-11"]);
  });

  test("that was kept for a look is released, and arrives", async () => {
    const id = await post({ lf_hp: "x" });
    assert.equal((await ask("POST", `/leads/${id}/replay`)).status, 409);
    assert.equal((await ask("POST", `/leads/${id}/release`)).status, 200);
    await arrived();
    assert.equal((await ask("POST", `/leads/${id}/release`)).status, 409);
    await logged("release", id);
  });

  test("that the vendor refused for good is corrected, and arrives", async () => {
    const id = await hold();
    vendor.setFaults({ mode: "invalid_phone", count: 1 });
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

  test("keeps its extension beside the number, until a person corrects it", async () => {
    const id = await hold({ phone: "01012345678 ext. 12" });
    const see = async () => (await ask("GET", `/leads/${id}`)).body;
    const { phone, extension } = await see();
    assert.deepEqual([phone, extension], ["+201012345678", "12"]);
    assert.match(await (await call("GET", `/export?target=${target}`)).text(), /"extension":"12"/);
    for (const [patch, expected] of [
      [{ name: "Mona" }, "12"],
      [{ phone: "01112345678", extension: "12" }, "12"],
      [{ phone: "01112345678 x34", extension: "12" }, "34"],
      [{ extension: " 56 " }, "56"],
      [{ extension: "" }, null],
    ] as const) {
      vendor.setFaults({ mode: "html_200", count: 1 });
      assert.equal((await ask("PATCH", `/leads/${id}`, patch)).status, 200);
      await settled("held");
      assert.equal((await see())["extension"], expected, JSON.stringify(patch));
    }
    const long = { extension: "1".repeat(251) };
    const { status, body } = await ask("PATCH", `/leads/${id}`, long);
    assert.deepEqual([status, body["fields"]], [422, { phone: "phone_invalid" }]);
  });

  test("leaves its extension for the operator when the vendor has the rest", async () => {
    const id = await post({ phone: "01012345678 ext. 12" });
    await settled("delivered");
    assert.equal((await ask("GET", `/leads/${id}`)).body["extension"], "12");
  });

  test("is corrected by the rules of its target only", async () => {
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

test("no log line of all this holds anything personal", () => {
  for (const secret of ["Mona", "example.com", "1012345678", "999999999", OPERATOR_TOKEN])
    assert.ok(!proxy.logs().includes(secret), secret);
});
