/** What the receiver of alerts gets, and what happens when it does not take one. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, beforeEach, describe, test } from "node:test";
import { Webhook } from "standardwebhooks";
import { createAlertSender } from "../../../proxy/alerts.ts";
import { alert, dueAlerts, settleAlert } from "../../../proxy/ledger/outbox.ts";
import { openSqlite } from "../../../proxy/ledger/node/sqlite-store.ts";
import { createTables } from "../../../proxy/ledger/tables.ts";

const SECRET = `whsec_${Buffer.alloc(24, 3).toString("base64")}`;
const received: { headers: IncomingHttpHeaders; body: string }[] = [];
let status = 204;
const server = createServer((request, response) => {
  let body = "";
  request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
  request.once("end", () => {
    received.push({ headers: request.headers, body });
    response.writeHead(status, status === 302 ? { location: "/thief" } : {}).end();
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
    assert.equal(await send(), true);
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
      data: { target: "sakneen", reason: "key_refused" },
    });
    assert.equal(headers["webhook-id"], ALERT.id);
    assert.throws(() => new Webhook(SECRET).verify(body.replace("sakneen", "other"), signed));
  });

  for (const refused of [302, 400, 410, 500])
    test(`that is answered ${refused} was not taken, and is sent to nobody else`, async () => {
      status = refused;
      assert.equal(await send(), false);
      assert.equal(received.length, 1);
    });

  test("that nobody hears was not taken", async () => {
    const gone = createAlertSender({ url: "http://127.0.0.1:1/", secret: SECRET }, fetch);
    assert.equal(await gone(ALERT, "sakneen"), false);
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
      settleAlert(sql, due!, false, now);
      const next = Number(sql.all("SELECT next_at FROM alert")[0]?.["next_at"]);
      waits.push((next - now) / 1000);
      now = next;
    }
    assert.deepEqual(waits, [30, 60, 120, 240]);
    settleAlert(sql, dueAlerts(sql, now)[0]!, true, now);
    assert.deepEqual(dueAlerts(sql, Infinity), []);
  });
});
