/** The recipes for events, each from a visitor's lead in the built proxy to a receiver on loopback. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { createContext, runInContext } from "node:vm";
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createConsents } from "../../proxy/recipes/consents.ts";
import type { Consent } from "../../proxy/recipes/consents.ts";
import { createConversions } from "../../proxy/recipes/conversions.ts";
import { LEADS, SECRETS, postLead, startProxy, targetsFor, until } from "./harness.ts";
import type { Proxy } from "./harness.ts";

const SECRET = `whsec_${Buffer.alloc(24, 7).toString("base64")}`;
const KEY = "key-of-the-sheet";

/** What a handler answers is sent; what it was asked is kept. */
const startHandler = async (handle: (request: Request) => Promise<Response>) => {
  const server = createServer((incoming, outgoing) => {
    let body = "";
    incoming.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
    incoming.once("end", async () => {
      const headers = incoming.headers as Record<string, string>;
      const url = new URL(incoming.url ?? "/", "http://127.0.0.1");
      const response = await handle(new Request(url, { method: "POST", headers, body }));
      outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
};

const rows: string[][] = [];
/** The script as Google runs it: with the few services that it uses. */
const sheet = createContext({
  PropertiesService: { getScriptProperties: () => ({ getProperty: () => KEY }) },
  ContentService: { createTextOutput: (text: string) => text },
  LockService: { getScriptLock: () => ({ waitLock: () => {}, releaseLock: () => {} }) },
  SpreadsheetApp: {
    getActiveSpreadsheet: () => ({
      getSheets: () => [
        {
          appendRow: (row: string[]) => rows.push([...row]),
          createTextFinder: (text: string) => ({
            matchEntireCell: () => ({ findNext: () => rows.find((row) => row.includes(text)) }),
          }),
        },
      ],
    }),
  },
});
runInContext(readFileSync("proxy/recipes/google-sheets.gs", "utf8"), sheet);
const doPost = runInContext("doPost", sheet) as (event: object) => string;

const consents = new Map<string, Consent>();
const uploads: Record<string, string>[] = [];
const messages: { url: string; body: Record<string, unknown> }[] = [];
let proxy: Proxy;
let handlers: Awaited<ReturnType<typeof startHandler>>[];
before(async () => {
  const google = await startHandler(async (request) => {
    const parameter = Object.fromEntries(new URL(request.url).searchParams);
    const event = { parameter, postData: { contents: await request.text() } };
    doPost(event);
    doPost(event);
    const location = "https://script.googleusercontent.com/macros/echo";
    return new Response(null, { status: 302, headers: { location } });
  });
  const ads = await startHandler(async (request) => {
    uploads.push((await request.json()) as Record<string, string>);
    return new Response(null, { status: 200 });
  });
  const conversions = await startHandler(
    createConversions({ secret: SECRET, uploadUrl: ads.url, fetch }),
  );
  const register = await startHandler(
    createConsents({
      secret: SECRET,
      register: async (consent) => void consents.set(consent.receipt, consent),
    }),
  );
  const telegram = await startHandler(async (request) => {
    messages.push({
      url: new URL(request.url).pathname,
      body: (await request.json()) as Record<string, unknown>,
    });
    return Response.json({ ok: true });
  });
  handlers = [google, ads, conversions, register, telegram];
  proxy = await startProxy({
    targets: (vendors) => {
      const base = { ...targetsFor(vendors).sakneen, storage: "ledger" };
      const events = (url: string, type: string) => ({
        events: { url, secret: "EVENT_SECRET", types: [type], content: true },
      });
      return {
        sheet: { ...base, ...events(`${google.url}/exec?key=${KEY}`, "lead.delivered") },
        ads: { ...base, ...events(conversions.url, "lead.delivered") },
        consents: { ...base, consent: "required", ...events(register.url, "lead.accepted") },
        chat: {
          ...base,
          notify: { kind: "telegram", secret: "BOT_TOKEN", chat: "-100", api: telegram.url },
        },
      };
    },
    secrets: () => ({
      ...SECRETS,
      LEDGER_KEYS: JSON.stringify({ k1: Buffer.alloc(32, 1).toString("base64") }),
      EVENT_SECRET: SECRET,
      BOT_TOKEN: "123:abc",
    }),
  });
});
after(async () => {
  await proxy.close();
  for (const { close } of handlers) close();
});

const post = async (values: Record<string, string>): Promise<string> => {
  const response = await postLead(proxy, { ...LEADS.sakneen, ...values });
  assert.equal(response.status, 201);
  return ((await response.json()) as { receipt: string }).receipt;
};

test("Google Sheets gets one row for each lead, and no formula", async () => {
  const receipt = await post({ target: "sheet", name: "=1+1 Mona" });
  await until(() => rows.length > 0);
  assert.equal(rows.length, 1);
  assert.deepEqual(rows[0]?.slice(1, 4), [receipt, "'=1+1 Mona", "'+201012345678"]);
});

test("a conversion is uploaded with the receipt and the click id, and nothing else", async () => {
  await post({ target: "ads", phone: "01112345678" });
  const receipt = await post({ target: "ads", phone: "01212345678", gclid: "Cj0KC" });
  await until(() => uploads.length > 0);
  const [{ conversion_time, ...upload } = {}] = uploads;
  assert.deepEqual(upload, { order_id: receipt, gclid: "Cj0KC" });
  assert.ok(!Number.isNaN(Date.parse(conversion_time ?? "")));
  assert.equal(uploads.length, 1);
});

test("a consent is registered with the version of its text", async () => {
  const receipt = await post({ target: "consents", consent: "1", consent_version: "2026-11" });
  await until(() => consents.has(receipt));
  const { version, phone } = consents.get(receipt) ?? {};
  assert.deepEqual([version, phone], ["2026-11", "+201012345678"]);
});

test("Telegram shows one line with the project, and neither name nor number", async () => {
  await post({ target: "chat", project: "Downtown Tower" });
  await until(() => messages.length > 0);
  assert.equal(messages[0]?.url, "/bot123:abc/sendMessage");
  assert.match(String(messages[0]?.body["text"]), /^New lead: Downtown Tower, \d\d:\d\d(?:\n|$)/);
  assert.doesNotMatch(JSON.stringify(messages), /Mona|1012345678/);
});
