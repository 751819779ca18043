/** A receiver of alerts that hangs, or is busy: no lead waits for it, and it is left in peace as it asks. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { LEADS, SECRETS, postLead, startProxy, targetsFor, until } from "./harness.ts";
import type { Proxy } from "./harness.ts";

const SECRET = `whsec_${Buffer.alloc(24, 3).toString("base64")}`;
const LEDGER_KEYS = JSON.stringify({ k1: Buffer.alloc(32, 1).toString("base64") });

/** Answers to alerts, and to events. */
const waiting: ServerResponse[] = [];
const untold: ServerResponse[] = [];
let givenUp = 0;
const receiver = createServer((request, response) => {
  response.once("close", () => (givenUp += response.writableFinished ? 0 : 1));
  const held = request.url?.startsWith("/events") ? untold : waiting;
  request.resume().once("end", () => held.push(response));
});
let proxy: Proxy;
before(async () => {
  receiver.listen(0, "127.0.0.1");
  await once(receiver, "listening");
  const { port } = receiver.address() as AddressInfo;
  proxy = await startProxy({
    targets: (vendors) => ({
      sakneen: { ...targetsFor(vendors).sakneen, storage: "ledger", stamp: "off" },
      told: {
        ...targetsFor(vendors).sakneen,
        storage: "ledger",
        stamp: "off",
        events: { url: `http://127.0.0.1:${port}/events`, secret: "EVENTS_SECRET" },
      },
    }),
    secrets: () => ({
      ...SECRETS,
      LEDGER_KEYS,
      EVENTS_SECRET: SECRET,
      // Where some receivers have their key.
      ALERT_WEBHOOK_URL: `http://127.0.0.1:${port}/hook?key=1`,
      ALERT_WEBHOOK_SECRET: SECRET,
    }),
  });
});
after(async () => {
  receiver.closeAllConnections();
  receiver.close();
  await proxy.close();
});

const post = async (phone: string, target = "sakneen") =>
  (await postLead(proxy, { ...LEADS.sakneen, target, phone, id: crypto.randomUUID() })).status;

test("a lead goes out while the receiver hangs, and no alert is sent twice meanwhile", async () => {
  const { sakneen } = proxy.vendors;
  sakneen.setFaults({ mode: "html_200", count: 1 });
  assert.equal(await post("01012345670"), 202);
  await until(() => waiting.length === 1);
  sakneen.setFaults({ mode: "unavailable_503", count: 1, retry_after: 1 });
  assert.equal(await post("01012345671"), 202);
  await until(() => sakneen.leads().length === 1);
  assert.deepEqual([waiting.length, givenUp], [1, 0]);
});

test("a receiver that asks for a pause gets it, and every alert afterwards", async () => {
  const { sakneen } = proxy.vendors;
  const asked = performance.now();
  waiting.shift()?.writeHead(429, { "retry-after": "2" }).end();
  sakneen.setFaults({ mode: "html_200", count: 1 });
  assert.equal(await post("01012345672"), 202);
  for (let n = 0; n < 2; n++) {
    await until(() => waiting.length === 1);
    assert.ok(performance.now() - asked > 1_900);
    waiting.shift()?.writeHead(204).end();
  }
});

test("a lead arrives and goes out, at once or later, while the receiver of events hangs", async () => {
  const { sakneen } = proxy.vendors;
  const has = (phone: string) =>
    sakneen.leads().some(({ body }) => body["phoneNumber"] === `+2${phone}`);
  assert.equal(await post("01012345680", "told"), 201);
  await until(() => untold.length >= 1);
  assert.equal(await post("01012345681", "told"), 201);
  sakneen.setFaults({ mode: "unavailable_503", count: 1, retry_after: 1 });
  assert.equal(await post("01012345682", "told"), 202);
  await until(() => has("01012345682"));
  for (const phone of ["01012345680", "01012345681"]) assert.ok(has(phone), phone);
  assert.equal(givenUp, 0);
  // Once it answers, all is told, and once: two events for each lead.
  const told: unknown[] = [];
  await until(() => {
    for (const response of untold.splice(0)) {
      told.push(response.req.headers["webhook-id"]);
      response.writeHead(204).end();
    }
    return told.length >= 6;
  });
  assert.equal(new Set(told).size, 6);
});
