/** What the receiver of alerts gets, and what happens when it does not take one. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, beforeEach, describe, test } from "node:test";
import { Webhook } from "standardwebhooks";
import { alertSecretProblem, createAlertSender } from "../../../proxy/alerts.ts";
import { alert, dueAlerts, nextAlertAt, settleAlert } from "../../../proxy/ledger/outbox.ts";
import { openSqlite } from "../../../proxy/ledger/node/sqlite-store.ts";
import { createTables } from "../../../proxy/ledger/tables.ts";

const SECRET = `whsec_${Buffer.alloc(24, 3).toString("base64")}`;
const received: { headers: IncomingHttpHeaders; body: string }[] = [];
let status = 204;
let retryAfter: string | undefined;
const server = createServer((request, response) => {
  let body = "";
  request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
  request.once("end", () => {
    received.push({ headers: request.headers, body });
    response
      .writeHead(status, {
        ...(status === 302 && { location: "/thief" }),
        ...(retryAfter && { "retry-after": retryAfter }),
      })
      .end();
  });
});
let url = "";
before(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
after(() => server.close());
beforeEach(() => {
  received.length = 0;
  status = 204;
  retryAfter = undefined;
});

const ALERT = {
  id: "0b7c1c8e-3f1e-4c55-9d3c-1a2b3c4d5e6f",
  type: "breaker.opened",
  data: { reason: "key_refused" },
  createdAt: Date.parse("2026-11-22T00:00:00Z"),
  attempts: 0,
};
const send = () => createAlertSender({ url, secret: SECRET }, fetch)(ALERT, "sakneen");

describe("an alert", () => {
  test("is signed so that its receiver can tell it from anyone's", async () => {
    assert.deepEqual(await send(), { taken: true });
    const [{ headers, body } = { headers: {}, body: "" }] = received;
    const signed = Object.fromEntries(
      ["webhook-id", "webhook-timestamp", "webhook-signature"].map((name) => [
        name,
        String(headers[name]),
      ]),
    );
    assert.deepEqual(new Webhook(SECRET).verify(body, signed), {
      type: "breaker.opened",
      timestamp: "2026-11-22T00:00:00.000Z",
      text: "sakneen: the vendor refuses all leads or fails. They are kept, and go out by themselves (key_refused).",
      data: { target: "sakneen", reason: "key_refused" },
    });
    assert.equal(headers["webhook-id"], ALERT.id);
    assert.throws(() => new Webhook(SECRET).verify(body.replace("sakneen", "other"), signed));
  });

  test("is signed by two secrets while one replaces the other, for receivers that know either", async () => {
    const next = `whsec_${Buffer.alloc(24, 9).toString("base64")}`;
    assert.equal(alertSecretProblem(`${SECRET} ${next}`), undefined);
    await createAlertSender({ url, secret: `${SECRET} ${next}` }, fetch)(ALERT, "sakneen");
    const { headers = {}, body = "" } = received[0] ?? {};
    const all = headers as Record<string, string>;
    assert.equal(all["webhook-signature"]?.split(" ").length, 2);
    for (const secret of [SECRET, next]) assert.ok(new Webhook(secret).verify(body, all));
    const other = `whsec_${Buffer.alloc(24, 8).toString("base64")}`;
    assert.throws(() => new Webhook(other).verify(body, all));
    assert.match(alertSecretProblem(`${SECRET} -`) ?? "", /must be base64/);
  });

  for (const refused of [302, 400, 410, 500])
    test(`that is answered ${refused} was not taken, and is sent to nobody else`, async () => {
      status = refused;
      assert.deepEqual(await send(), { taken: false });
      assert.equal(received.length, 1);
    });

  for (const [answered, header, pause] of [
    [429, "120", 120_000],
    [503, "7", 7_000],
    [429, "soon", undefined],
    [500, "120", undefined],
  ] as const)
    test(`that is answered ${answered} with Retry-After ${header} asks for ${pause ?? "no"} milliseconds`, async () => {
      status = answered;
      retryAfter = header;
      assert.deepEqual(await send(), { taken: false, ...(pause && { pause }) });
    });

  test("that asks for a pause holds up the others until then, and counts as no failure", () => {
    const sql = openSqlite(":memory:");
    createTables(sql);
    const add = (id: string, now: number) =>
      alert(sql, { id, type: ALERT.type, data: ALERT.data, now });
    add("a", 0);
    settleAlert(sql, dueAlerts(sql, 0)[0]!, { taken: false, pause: 90_000 }, 0);
    add("b", 1000);
    assert.deepEqual([dueAlerts(sql, 89_999), nextAlertAt(sql)], [[], 90_000]);
    assert.deepEqual(
      dueAlerts(sql, 90_000).map(({ id, attempts }) => [id, attempts]),
      [
        ["a", 0],
        ["b", 0],
      ],
    );
  });

  test("that nobody hears was not taken", async () => {
    const gone = createAlertSender({ url: "http://127.0.0.1:1/", secret: SECRET }, fetch);
    assert.deepEqual(await gone(ALERT, "sakneen"), { taken: false });
  });

  test("waits longer after each failure, with the same id, and goes when it was taken", () => {
    const sql = openSqlite(":memory:");
    createTables(sql);
    alert(sql, { id: ALERT.id, type: ALERT.type, data: ALERT.data, now: 0 });
    const waits: number[] = [];
    let now = 0;
    for (let i = 0; i < 4; i++) {
      const [due] = dueAlerts(sql, now);
      assert.equal(due?.id, ALERT.id);
      settleAlert(sql, due!, { taken: false }, now);
      const next = Number(sql.all("SELECT next_at FROM alert")[0]?.["next_at"]);
      waits.push((next - now) / 1000);
      now = next;
    }
    assert.deepEqual(waits, [30, 60, 120, 240]);
    settleAlert(sql, dueAlerts(sql, now)[0]!, { taken: true }, now);
    assert.deepEqual(dueAlerts(sql, Infinity), []);
  });
});
