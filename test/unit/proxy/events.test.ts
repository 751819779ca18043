/** What is told of single leads: to a program by `events`, to people by `notify`. */
import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { Webhook } from "standardwebhooks";
import { readConfig } from "../../../proxy/config/config.ts";
import { createDispatcher } from "../../../proxy/ledger/dispatcher.ts";
import { createLedger } from "../../../proxy/ledger/ledger.ts";
import type { Ledger } from "../../../proxy/ledger/ledger.ts";
import { openSqlite } from "../../../proxy/ledger/node/sqlite-store.ts";
import { createOperations } from "../../../proxy/ledger/operations.ts";
import { createKeyring, seal } from "../../../proxy/ledger/seal.ts";
import type { Sql } from "../../../proxy/ledger/sql.ts";
import type { Submission } from "../../../proxy/ledger/types.ts";
import type { Outcome } from "../../../proxy/vendors/vendor.ts";
import { idOf, submissionOf } from "./leads.ts";

const SECRET = `whsec_${Buffer.alloc(24, 5).toString("base64")}`;
const ENV = {
  SAKNEEN_API_KEY: "k",
  LEDGER_KEYS: JSON.stringify({ k1: Buffer.alloc(32, 1).toString("base64") }),
  CRM_SECRET: SECRET,
  CHAT_URL: "https://hooks.slack.example/services/T0/B0/x",
  BOT_TOKEN: "123:abc-DEF",
};
const BASE = {
  vendor: "sakneen",
  baseUrl: "https://crm.example",
  origins: ["https://www.example.com"],
  projects: ["Downtown Tower"],
};
const EVENTS = { url: "https://crm.example/events", secret: "CRM_SECRET" };
const OK: Outcome = { kind: "created", ref: "1" };
const INVALID: Outcome = { kind: "invalid", fields: { phone: "phone_invalid" } };
const DOWN: Outcome = { kind: "later", reason: "overloaded" };

const faultsOf = (settings: object, env: object = ENV) =>
  readConfig({ TARGETS: { t: { ...BASE, ...settings } }, ...env }).faults;

interface Posted {
  url: string;
  id: string | null;
  body: Record<string, unknown>;
}
let clock: number;
let sql: Sql;
let ledger: Ledger;
let posted: Posted[];
let answers: Response[];
let run: () => Promise<void>;
let begin: (n: number, change?: Partial<Submission>, project?: string) => Promise<number>;
const open = async (settings: object) => {
  const { targets, ledgerKeys, faults } = readConfig({
    TARGETS: { t: { ...BASE, ...settings } },
    ...ENV,
  });
  assert.deepEqual(faults, []);
  const target = targets.get("t");
  assert.ok(target && ledgerKeys);
  const keyring = await createKeyring(ledgerKeys);
  ledger = createLedger({
    sql,
    now: () => clock,
    random: () => 0.5,
    newId: () => crypto.randomUUID(),
    policy: target,
  });
  const dispatcher = createDispatcher({
    ledger,
    keyring,
    target,
    now: () => clock,
    log: () => {},
    sendAlert: undefined,
    publicUrl: "https://leads.example.com",
    fetch: async (url, init) => {
      const headers = new Headers(init.headers);
      const text = init.body as string;
      if (headers.has("webhook-signature"))
        new Webhook(SECRET).verify(text, Object.fromEntries(headers));
      posted.push({ url, id: headers.get("webhook-id"), body: JSON.parse(text) });
      return answers.shift() ?? new Response(null, { status: 204 });
    },
  });
  run = async () => dispatcher.tell();
  begin = async (n, change = {}, project = "Downtown Tower") => {
    const lead = {
      id: idOf(n),
      name: "Mona Adel",
      phone: "+201012345678",
      email: "mona@example.com",
      project,
      lang: "ar",
      attribution: { gclid: "g1" },
    };
    const box = await seal(keyring, idOf(n), "t", JSON.stringify(lead));
    const begun = ledger.begin(submissionOf(n, { ...box, ...change }));
    return begun.kind === "lease" ? begun.attempt : 0;
  };
};
beforeEach(() => {
  clock = Date.parse("2026-11-22T12:02:00Z");
  sql = openSqlite(":memory:");
  posted = [];
  answers = [];
});
const types = () => posted.map(({ body }) => body["type"]);

describe("events", () => {
  test("tell of what was accepted and delivered, signed, without anything of a person", async () => {
    await open({ events: EVENTS });
    ledger.finish(idOf(1), await begin(1), OK);
    assert.deepEqual(
      sql.all("SELECT key_id, box FROM event").map((row) => [row["key_id"], row["box"]]),
      [
        [null, null],
        [null, null],
      ],
    );
    await run();
    assert.deepEqual(types(), ["lead.accepted", "lead.delivered"]);
    assert.deepEqual(posted[0]?.body["data"], { target: "t", lead: idOf(1) });
    assert.doesNotMatch(JSON.stringify(posted), /Mona|2010|example\.com"/);
  });

  test("tell of a lead that waits once, and of its delivery when that comes", async () => {
    await open({ events: EVENTS });
    ledger.finish(idOf(1), await begin(1), DOWN);
    await begin(1);
    await run();
    assert.deepEqual(types(), ["lead.accepted"]);
    clock += 60_000;
    const [lease] = ledger.claim(0);
    assert.ok(lease);
    ledger.finish(idOf(1), lease.attempt, OK);
    await run();
    assert.deepEqual(types(), ["lead.accepted", "lead.delivered"]);
  });

  test("tell of a refusal alone, where the visitor was told of it", async () => {
    await open({ events: EVENTS });
    ledger.finish(idOf(1), await begin(1), INVALID);
    await run();
    assert.deepEqual(types(), ["lead.rejected"]);
  });

  test("tell nothing of a robot, until a person releases it", async () => {
    await open({ events: EVENTS });
    await begin(1, { suspicion: "honeypot" });
    await run();
    assert.deepEqual(types(), []);
    createOperations({ ledger, now: () => clock }).release(idOf(1));
    await run();
    assert.deepEqual(types(), ["lead.accepted"]);
  });

  test("come at least once, under the same id, in the time that the receiver asks for", async () => {
    await open({ events: { ...EVENTS, types: ["lead.delivered"] } });
    ledger.finish(idOf(1), await begin(1), OK);
    answers = [new Response(null, { status: 503 })];
    await run();
    await run();
    assert.equal(posted.length, 1);
    clock += 30_000;
    await run();
    assert.equal(posted.length, 2);
    assert.equal(posted[0]?.id, posted[1]?.id);
    clock += 3_600_000;
    await run();
    assert.equal(posted.length, 2);
  });

  test("hold the content where the setting says so, and wait sealed until then", async () => {
    await open({ events: { ...EVENTS, types: ["lead.delivered"], content: true } });
    ledger.finish(idOf(1), await begin(1), OK);
    const [row] = sql.all("SELECT * FROM event");
    assert.ok(row?.["box"]);
    assert.doesNotMatch(JSON.stringify(row), /Mona|\+2010|mona@/);
    await run();
    assert.ok(posted[0]);
    const { content } = posted[0].body["data"] as { content: Record<string, unknown> };
    assert.deepEqual(
      [content["name"], content["phone"], content["attribution"]],
      ["Mona Adel", "+201012345678", { gclid: "g1" }],
    );
  });

  test("hold none once the setting no longer says so, though it waits sealed", async () => {
    await open({ events: { ...EVENTS, content: true } });
    ledger.finish(idOf(1), await begin(1), OK);
    await open({ events: EVENTS });
    await run();
    assert.equal(posted.length, 2);
    assert.doesNotMatch(JSON.stringify(posted), /Mona|content/);
  });

  test("forget the content of a person who is erased before they go out", async () => {
    await open({ events: { ...EVENTS, content: true } });
    ledger.finish(idOf(1), await begin(1), OK);
    createOperations({ ledger, now: () => clock }).erase(["phone1"]);
    await run();
    assert.equal(posted.length, 2);
    assert.doesNotMatch(JSON.stringify(posted), /Mona|content/);
  });

  test("are taken by a script of Google Sheets, which answers with the way to its output", async () => {
    await open({ events: { ...EVENTS, types: ["lead.delivered"] } });
    ledger.finish(idOf(1), await begin(1), OK);
    const location = "https://script.googleusercontent.com/macros/echo?user_content_key=x";
    answers = [new Response(null, { status: 302, headers: { location } })];
    await run();
    assert.equal(sql.all("SELECT 1 FROM event").length, 0);
  });
});

describe("notify", () => {
  const line = (n = 0) => posted[n]?.body["text"];

  test("posts one line and a link to Slack, and never a name or a number", async () => {
    await open({ notify: { kind: "slack", secret: "CHAT_URL", timeZone: "Africa/Cairo" } });
    ledger.finish(idOf(1), await begin(1), OK);
    await run();
    assert.equal(posted[0]?.url, ENV.CHAT_URL);
    assert.deepEqual(posted[0]?.body, {
      text: "New lead: Downtown Tower, 14:02\nhttps://leads.example.com/operator",
    });
  });

  test("names the target where a visitor could have typed the project", async () => {
    await open({ notify: { kind: "webhook", secret: "CHAT_URL", lang: "ru" } });
    ledger.finish(idOf(1), await begin(1, {}, "Mona +201012345678"), OK);
    await run();
    assert.equal(line(), "Новая заявка: t, 12:02\nhttps://leads.example.com/operator");
  });

  test("asks a bot of Telegram, whose token stands in no body", async () => {
    await open({ notify: { kind: "telegram", secret: "BOT_TOKEN", chat: "-100", lang: "ar" } });
    ledger.finish(idOf(1), await begin(1), DOWN);
    await run();
    assert.equal(posted[0]?.url, "https://api.telegram.org/bot123:abc-DEF/sendMessage");
    assert.equal(posted[0]?.body["chat_id"], "-100");
    assert.match(String(line()), /^عميل محتمل جديد: Downtown Tower, 12:02\n/);
  });

  test("is not kept by a receiver of events that does not answer", async () => {
    await open({ events: EVENTS, notify: { kind: "slack", secret: "CHAT_URL" } });
    answers = [new Response(null, { status: 500 })];
    ledger.finish(idOf(1), await begin(1), OK);
    await run();
    assert.ok(posted.some(({ url }) => url === ENV.CHAT_URL));
  });
});

describe("the settings", () => {
  test("are named by the rule that they break", () => {
    const { CRM_SECRET: _, ...without } = ENV;
    const notify = { kind: "telegram", secret: "BOT_TOKEN" };
    for (const [settings, env, setting, problem] of [
      [{ events: { ...EVENTS, url: "http://crm.example" } }, ENV, "TARGETS.t.events.url", /https/],
      [{ events: EVENTS }, without, "CRM_SECRET", /missing/],
      [{ events: EVENTS }, { ...ENV, CRM_SECRET: "no-base64!" }, "CRM_SECRET", /base64/],
      [
        { events: { ...EVENTS, secret: "whsec_x" } },
        ENV,
        "TARGETS.t.events.secret",
        /name of a secret/,
      ],
      [{ events: { ...EVENTS, types: ["lead.lost"] } }, ENV, "TARGETS.t.events.types[0]", /./],
      [{ events: EVENTS, storage: "none" }, ENV, "TARGETS.t.events", /needs the ledger/],
      [{ notify }, ENV, "TARGETS.t.notify.chat", /missing/],
      [
        { notify: { ...notify, chat: "1", timeZone: "Cairo" } },
        ENV,
        "TARGETS.t.notify.timeZone",
        /time zone/,
      ],
      [
        { notify: { kind: "slack", secret: "CHAT_URL" } },
        { ...ENV, CHAT_URL: "http://x.example" },
        "CHAT_URL",
        /https/,
      ],
    ] as const) {
      const [fault] = faultsOf(settings, env);
      assert.equal(fault?.setting, setting);
      assert.match(fault?.problem ?? "", problem);
      assert.doesNotMatch(JSON.stringify(fault), /no-base64|whsec_x|x\.example/);
    }
  });
});
