/**
 * The head of every answer there is: each route, method and kind, held against answers.golden.txt; and what the
 * runtime says by itself, against answers.<runtime>.golden.txt. `UPDATE=1` writes them anew; read the difference before
 * you commit.
 */
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { after, before, test } from "node:test";
import packageJson from "../../package.json" with { type: "json" };
import { printForm } from "../../widget/print/index.ts";
import { createApp } from "../../proxy/app.ts";
import { createCounters } from "../../proxy/ledger/counters.ts";
import { readConfig } from "../../proxy/config/config.ts";
import { createKeyring } from "../../proxy/ledger/seal.ts";
import { send, sendRaw } from "./exchange.ts";
import type { Exchange } from "./exchange.ts";
import { LEADS, ORIGIN, SECRETS, startProxy, targetsFor } from "./harness.ts";
import type { Proxy } from "./harness.ts";

const runtime = process.env["LEAD_FORM_RUNTIME"] === "node" ? "node" : "workerd";
const golden = (name: string): URL => new URL(`answers.${name}golden.txt`, import.meta.url);
/** Of both runtimes, and of each. */
const GOLDENS = ["", "node.", "workerd."].map(golden);
const OPERATOR_TOKEN = "o".repeat(40);
const READER = "r".repeat(40);
const LEDGER_KEYS = JSON.stringify({ k1: Buffer.alloc(32, 1).toString("base64") });
const VERSION = packageJson.version;

let proxy: Proxy;
before(async () => {
  proxy = await startProxy({
    targets: (vendors) => {
      const { sakneen } = targetsFor(vendors);
      const stored = { ...sakneen, storage: "ledger", stamp: "off" };
      return {
        sakneen,
        stored,
        stamped: { ...sakneen, stamp: "required" },
        full: { ...stored, limits: { perTargetPerMinute: 1 } },
      };
    },
    secrets: () => ({
      ...SECRETS,
      LEDGER_KEYS,
      OPERATOR_TOKEN,
      OPERATOR_TOKENS: JSON.stringify({ reader: { token: READER, can: ["read"] } }),
    }),
  });
});
after(() => proxy.close());

/** What an answer to a program needs at least (ASVS 5.0 3.2.1, 3.4, 14.3.2). */
const COMMON: Readonly<Record<string, string>> = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-site",
  "referrer-policy": "no-referrer",
  "strict-transport-security": "max-age=31536000",
  "x-content-type-options": "nosniff",
};

/** Of the connection and the moment, not of the answer. */
const TRANSPORT = ["connection", "content-length", "date", "keep-alive", "transfer-encoding"];

const settle = (text: string): string =>
  text
    .replaceAll(VERSION, "<version>")
    .replaceAll(/'nonce-[\w-]+'/g, "'nonce-<nonce>'")
    .replaceAll(/^"[\w+/]+"$/g, "<tag>")
    .replaceAll(/\d{4}-\d\d-\d\d/g, "<day>");

/** In one line: the status, the code of a problem, and each header but the common ones. */
const show = ({ status, headers, text }: Exchange): string => {
  const code = /"code":"(\w+)"/.exec(text)?.[1] ?? "";
  const all = Object.entries(headers).map(([name, value]) => {
    const settled = name === "retry-after" ? "<seconds>" : settle(String(value));
    return [name, settled] as const;
  });
  const others = all.filter(([name, value]) => !TRANSPORT.includes(name) && COMMON[name] !== value);
  const missing = Object.keys(COMMON).filter((name) => headers[name] === undefined);
  return [
    String(status),
    code,
    ...(missing.length === Object.keys(COMMON).length
      ? ["none of the common headers"]
      : missing.map((name) => `without ${name}`)),
    ...others.map(([name, value]) => `${name}: ${value}`).toSorted(),
  ]
    .filter(Boolean)
    .join(" | ");
};

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"];

/** What every path answers to a program without a token or an origin, by method. */
const PATHS = [
  "/",
  "/demo/",
  "/demo/hosts/csp.html",
  "/demo/nothing.js",
  "/f/nobody",
  "/f/sakneen",
  "/f/sakneen/thanks",
  "/healthz",
  "/healthz/live",
  "/healthz/ready",
  "/healthz?deep",
  "/lead-form-extras.js",
  "/lead-form-nothing.js",
  "/lead-form.js",
  "/nothing",
  "/operator",
  "/operator/leads",
  "/operator/page.css",
  "/operator/page.js",
  `/v/${VERSION}/integrity.json`,
  `/v/${VERSION}/lead-form.js`,
  "/v/9.9.9/integrity.json",
  "/v/9.9.9/lead-form.js",
  "/v1/fields/nobody",
  "/v1/fields/sakneen",
  "/v1/markup/nobody",
  "/v1/markup/sakneen?lang=en",
  "/v1/leads",
];

/** Makes a copy on Node alone. */
const BACKUP = "/operator/backup";
const RECEIPT = "b7c1e7a2-3f0e-4f4e-9a43-4cbb7a4d9f10";
/** What every path of the operator answers to the token. */
const OPERATOR_PATHS = [
  "/operator/export",
  "/operator/export?format=csv",
  "/operator/leads",
  `/operator/leads/${RECEIPT}`,
  `/operator/leads/${RECEIPT}/release`,
  `/operator/leads/${RECEIPT}/replay`,
  "/operator/leads/replay",
  "/operator/metrics",
  "/operator/nothing",
  "/operator/targets",
  "/operator/targets/nobody/figures",
  "/operator/targets/nobody/pause",
  "/operator/targets/nobody/resume",
  "/operator/targets/stored/figures",
];

/** Those that answer alike stand in one line. */
const byMethod = async (
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<string[]> => {
  const lines = new Map<string, string[]>();
  for (const method of METHODS) {
    const line = show(await send(proxy, method, path, headers));
    lines.set(line, [...(lines.get(line) ?? []), method]);
  }
  return [...lines].map(([line, methods]) => `  ${methods.join(" ")}: ${line}`);
};

const FORM = "application/x-www-form-urlencoded";

interface Case {
  lead?: Readonly<Record<string, string>>;
  headers?: Readonly<Record<string, string>>;
  body?: string;
  method?: string;
  mode?: string;
}

let visitors = 0;
const post = ({ lead = {}, headers = {}, body, method = "POST" }: Case): Promise<Exchange> => {
  const phone = `010${String(++visitors).padStart(8, "0")}`;
  const whole = { ...LEADS.sakneen, phone, phone_confirmed: "1", ...lead };
  return send(
    proxy,
    method,
    "/v1/leads",
    { origin: ORIGIN, accept: "application/json", "content-type": FORM, ...headers },
    method === "OPTIONS" ? "" : (body ?? new URLSearchParams(whole).toString()),
  );
};

const HTML = { accept: "text/html" };
const PREFLIGHT = { "access-control-request-method": "POST" };
/** Each kind of answer of the route that takes leads. */
const KINDS: Readonly<Record<string, Case>> = {
  created: {},
  "created, as a page": { headers: HTML },
  accepted: { lead: { target: "stored" }, mode: "error_500" },
  "accepted, as a page": { lead: { target: "stored" }, mode: "error_500", headers: HTML },
  "the vendor is down": { mode: "error_500" },
  "the vendor is down, as a page": { mode: "error_500", headers: HTML },
  "a mistake": { lead: { phone: "1" } },
  "a mistake, as a page": { lead: { phone: "1" }, headers: HTML },
  "a foreign origin": { headers: { origin: "https://evil.example" } },
  "a foreign origin, as a page": { headers: { origin: "https://evil.example", ...HTML } },
  "the origin null": { headers: { origin: "null" } },
  "a contradiction": { headers: { "sec-fetch-site": "same-origin" } },
  "no stamp": { lead: { target: "stamped" } },
  "no target": { lead: { target: "nobody" } },
  malformed: { headers: { "content-type": "application/json" }, body: "{" },
  "another type": { headers: { "content-type": "text/plain" } },
  "too large": { body: `target=${"x".repeat(17 * 1024)}` },
  "too large, as a page": { body: `target=${"x".repeat(17 * 1024)}`, headers: HTML },
  "a preflight": { method: "OPTIONS", headers: PREFLIGHT },
  "a preflight of a stranger": {
    method: "OPTIONS",
    headers: { ...PREFLIGHT, origin: "https://evil.example" },
  },
};

const kinds = async (): Promise<string[]> => {
  const lines: string[] = [];
  for (const [kind, { mode, ...each }] of Object.entries(KINDS)) {
    if (mode) proxy.vendors.sakneen.setFaults({ mode: mode as "error_500", count: 1 });
    lines.push(`  ${kind}: ${show(await post(each))}`);
  }
  const full = async (headers = {}) => post({ lead: { target: "full" }, headers });
  for (let n = 0; n < 2; n++) await full();
  lines.push(
    `  too many: ${show(await full())}`,
    `  too many, as a page: ${show(await full(HTML))}`,
  );
  const id = RECEIPT;
  await post({ lead: { target: "stored", id } });
  lines.push(`  another lead of one id: ${show(await post({ lead: { target: "stored", id } }))}`);
  return lines;
};

const HEAD = "Host: leads.example.com\r\n";
/** What the app never sees, or sees only in part. */
const RAW: Readonly<Record<string, string>> = {
  "no request": "NOTHING\r\n\r\n",
  "no host": "GET /healthz HTTP/1.1\r\n\r\n",
  "a host that is none": "GET /healthz HTTP/1.1\r\nHost: a b\r\n\r\n",
  "an unknown method": `TRACK / HTTP/1.1\r\n${HEAD}\r\n`,
  "another version": "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
  "a header that is none": `GET /healthz HTTP/1.1\r\n${HEAD}a b: c\r\n\r\n`,
  "headers of 200 KB": `GET /healthz HTTP/1.1\r\n${HEAD}a: ${"a".repeat(200_000)}\r\n\r\n`,
  "no path": `OPTIONS * HTTP/1.1\r\n${HEAD}\r\n`,
  "a tunnel": `CONNECT a:443 HTTP/1.1\r\n${HEAD}\r\n`,
  "another protocol": `GET /healthz HTTP/1.1\r\n${HEAD}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
  "an expectation": `GET /healthz HTTP/1.1\r\n${HEAD}Expect: wonders\r\n\r\n`,
  // workerd takes the second for the body, and waits for its end.
  ...(runtime === "node" && {
    "two lengths": `POST /v1/leads HTTP/1.1\r\n${HEAD}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n`,
    "a chunk with a long extension": `POST /v1/leads HTTP/1.1\r\n${HEAD}Transfer-Encoding: chunked\r\n\r\n5;${"a".repeat(20_000)}\r\n`,
  }),
};

const readRaw = (text: string): Exchange => {
  const [head = "", ...body] = text.split("\r\n\r\n");
  const [first = "", ...lines] = head.split("\r\n");
  const headers = lines.map((line): [string, string] => {
    const [name = "", ...value] = line.split(": ");
    return [name.toLowerCase(), value.join(": ")];
  });
  const status = Number(/^HTTP\/1\.1 (\d+)/.exec(first)?.[1]);
  return { status, headers: Object.fromEntries(headers), text: body.join("\r\n\r\n") };
};

const raw = async (): Promise<string[]> => {
  const lines: string[] = [];
  for (const [what, bytes] of Object.entries(RAW)) {
    const text = await sendRaw(proxy, bytes);
    lines.push(`  ${what}: ${text === "" ? "closed, and nothing said" : show(readRaw(text))}`);
  }
  return lines;
};

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

const hold = (file: URL, sections: readonly (readonly string[])[]): void => {
  const drawn = sections.map((lines) => `${lines.join("\n")}\n`).join("\n");
  if (process.env["UPDATE"]) writeFileSync(file, drawn);
  assert.equal(drawn, existsSync(file) ? readFileSync(file, "utf8") : "");
};

test("every answer has the head that the golden file says", async () => {
  const sections: string[][] = [];
  for (const path of PATHS) sections.push([settle(path), ...(await byMethod(path))]);
  for (const path of OPERATOR_PATHS)
    sections.push([`${path} with the token`, ...(await byMethod(path, bearer(OPERATOR_TOKEN)))]);
  sections.push(
    [
      "/operator/export with a token that may not",
      ...(await byMethod("/operator/export", bearer(READER))),
    ],
    ["/v1/leads, by kind", ...(await kinds())],
  );
  hold(golden(""), sections);
});

test(`what ${runtime} alone answers has the head that its golden file says`, async () => {
  hold(golden(`${runtime}.`), [
    [`${BACKUP} with the token`, ...(await byMethod(BACKUP, bearer(OPERATOR_TOKEN)))],
    [`what ${runtime} answers by itself`, ...(await raw())],
  ]);
});

test("no answer names a server or its version", () => {
  for (const file of GOLDENS)
    assert.doesNotMatch(readFileSync(file, "utf8"), /\b(?:server|x-powered-by|x-runtime|via): /);
});

test("only what workerd says by itself lacks a common header: Cloudflare answers in its place", () => {
  for (const name of ["", "node."])
    assert.doesNotMatch(readFileSync(golden(name), "utf8"), /none of the common|\| without /);
});

test("the paths above are those of the app, each of them", () => {
  const app = createApp({
    printForm,
    config: readConfig({ TARGETS: {}, OPERATOR_TOKEN }),
    isLocal: true,
    fetch: () => Promise.reject(new Error("nobody is called")),
    now: () => 0,
    log: () => {},
    newId: () => RECEIPT,
    asset: () => Promise.resolve(new Response()),
    addressOf: () => undefined,
    keyring: () => createKeyring(new Map()),
    storeFor: () => undefined,
    storesOf: () => [],
    counters: createCounters({ elapsed: () => 0, random: () => 0 }),
    sendAlert: undefined,
    waitUntil: () => {},
  });
  const asked = [...PATHS, ...OPERATOR_PATHS, BACKUP].map((path) => path.replace(/\?.*/, ""));
  const unasked = app.routes.filter(
    (route) =>
      route.method !== "ALL" &&
      !asked.some((path) =>
        app.router.match(route.method, path)[0].some(([[, found]]) => found.path === route.path),
      ),
  );
  assert.deepEqual(
    unasked.map(({ method, path }) => `${method} ${path}`),
    [],
  );
});
