/**
 * No secret of any kind in an answer. That none stands in what a server prints or stores, every suite finds out when it
 * closes its server (canaries.ts); here all of them are set at once, and everything is asked for.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DEMO_SECRETS, startVendors } from "../../demo/vendors/server.ts";
import type { Vendors } from "../../demo/vendors/server.ts";
import { FAULT_MODES } from "../../demo/vendors/modes.ts";
import type { Running } from "../../demo/run/child.ts";
import { findSecrets } from "./canaries.ts";
import { send } from "./exchange.ts";
import { LEADS, ORIGIN, startServer, targetsFor } from "./harness.ts";
import { startReceiver } from "./receiver.ts";
import type { Receiver } from "./receiver.ts";

const onNode = process.env["LEAD_FORM_RUNTIME"] === "node";
const OPERATOR_TOKEN = "canary-operator-5b1f0d2a77c94e31aa";

let vendors: Vendors;
let receiver: Receiver;
let server: Running;
let secrets: Record<string, string>;
before(async () => {
  vendors = await startVendors();
  receiver = await startReceiver();
  secrets = {
    SAKNEEN_API_KEY: DEMO_SECRETS.SAKNEEN_API_KEY,
    REFUSED_API_KEY: "canary-refused-key-90be",
    BRAINYSOFT_TOKEN_URL: vendors.brainysoft.tokenUrl,
    BRAINYSOFT_CLIENT_ID: DEMO_SECRETS.BRAINYSOFT_CLIENT_ID,
    BRAINYSOFT_CLIENT_SECRET: DEMO_SECRETS.BRAINYSOFT_CLIENT_SECRET,
    LEDGER_KEYS: JSON.stringify({
      k1: Buffer.from("canary-of-the-ledger-k1-32-bytes").toString("base64"),
    }),
    OPERATOR_TOKEN,
    OPERATOR_TOKENS: JSON.stringify({
      lena: { token: "canary-lena-2f9d4c1b8a7e6d5c4b3a", can: ["read"] },
    }),
    ...receiver.secrets,
    ALERT_WEBHOOK_URL: `${receiver.secrets.ALERT_WEBHOOK_URL}?key=canary-of-the-address-31c4`,
    EVENTS_SECRET: receiver.secrets.ALERT_WEBHOOK_SECRET,
    // Nobody takes it: what is refused is repeated, and must not be logged.
    CHAT_SECRET: `${vendors.sakneen.url}/chat?token=canary-of-the-chat-88a0`,
    TURNSTILE_SECRET: "canary-of-turnstile-0x4AAAAAAA",
  };
  const { sakneen, brainysoft } = targetsFor(vendors);
  const events = { url: receiver.secrets.ALERT_WEBHOOK_URL, secret: "EVENTS_SECRET" };
  const notify = { kind: "webhook", secret: "CHAT_SECRET" };
  const stored = { ...sakneen, storage: "ledger", stamp: "off", events, notify };
  server = await startServer(onNode ? "node" : "workerd", {
    vars: {
      TARGETS: JSON.stringify({
        stored,
        sakneen,
        brainysoft,
        refused: { ...stored, credential: "REFUSED" },
        faulty: { ...stored, credential: "NOWHERE", colour: "red" },
      }),
    },
    secrets,
  });
});
after(async () => {
  await server.close();
  await vendors.close();
  receiver.close();
});

test("a secret is found in each form in which something may write it", async () => {
  const { SAKNEEN_API_KEY, LEDGER_KEYS = "" } = secrets;
  const key = (JSON.parse(LEDGER_KEYS) as { k1: string }).k1;
  for (const text of [
    `x${SAKNEEN_API_KEY}x`,
    Buffer.from(SAKNEEN_API_KEY ?? "").toString("base64"),
    key,
    "canary-of-the-ledger-k1-32-bytes",
    "canary-lena-2f9d4c1b8a7e6d5c4b3a",
    "canary-of-the-chat-88a0",
  ])
    assert.equal((await findSecrets(secrets, text)).length, 1, text);
  assert.deepEqual(await findSecrets(secrets, "an answer of ours"), []);
});

const PATHS = [
  "/",
  "/demo/",
  "/f/faulty",
  "/f/sakneen",
  "/healthz",
  "/healthz?deep",
  "/lead-form.js",
  "/nothing",
  "/operator",
  "/operator/export",
  "/operator/export?format=csv",
  "/operator/leads",
  "/operator/metrics",
  "/operator/page.js",
  "/operator/targets",
  "/operator/targets/stored/figures",
  "/v1/fields/stored",
];
const TOKENS = [
  "",
  OPERATOR_TOKEN,
  "canary-lena-2f9d4c1b8a7e6d5c4b3a",
  "canary-operator-5b1f0d2a77c94e31ab",
];

test("no answer holds one, whatever the vendor says and whoever asks", async () => {
  const told: string[] = [];
  const ask = async (...exchange: [string, string, Record<string, string>, string?]) => {
    const { headers, text, status } = await send(server, ...exchange);
    told.push(JSON.stringify(headers) + text);
    return status;
  };
  const post = (target: string, name: string, accept: string) =>
    ask(
      "POST",
      "/v1/leads",
      {
        origin: target === "brainysoft" ? "https://loans.example.ru" : ORIGIN,
        accept,
        "content-type": "application/x-www-form-urlencoded",
      },
      new URLSearchParams({
        ...LEADS[target === "brainysoft" ? target : "sakneen"],
        target,
        name,
      }).toString(),
    );
  await Promise.all([
    ...Object.keys(FAULT_MODES).flatMap((mode) =>
      ["sakneen", "brainysoft", "stored"].map((target) => post(target, `${mode} Mona`, "*/*")),
    ),
    ...["refused", "faulty", "nobody"].map((target) => post(target, "Mona", "text/html")),
  ]);
  for (const path of PATHS)
    for (const token of TOKENS)
      await ask("GET", path, token ? { authorization: `Bearer ${token}` } : {});
  assert.ok(told.length > 100);
  assert.deepEqual(await findSecrets(secrets, told.join("\n")), []);
});
