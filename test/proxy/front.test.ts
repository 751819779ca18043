/** The Node server behind a proxy: its own pages post, the visitor's address is found, idle connections last. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { after, before, describe, test } from "node:test";
import { startVendors } from "../../demo/vendors/server.ts";
import type { Vendors } from "../../demo/vendors/server.ts";
import type { Running } from "../../demo/run/child.ts";
import { send } from "./exchange.ts";
import { LEADS, ORIGIN, SECRETS, startServer, targetsFor, until } from "./harness.ts";

const onNode = process.env["LEAD_FORM_RUNTIME"] === "node";
const LEDGER_KEYS = JSON.stringify({ k1: Buffer.alloc(32, 1).toString("base64") });

let vendors: Vendors;
before(async () => {
  vendors = await startVendors();
});
after(() => vendors.close());

const start = (vars: Record<string, string> = {}, target: object = {}) =>
  startServer("node", {
    vars: {
      TARGETS: JSON.stringify({ sakneen: { ...targetsFor(vendors).sakneen, ...target } }),
      ...vars,
    },
    secrets: { ...SECRETS, LEDGER_KEYS },
  });

const FORM = { "content-type": "application/x-www-form-urlencoded", accept: "text/html" };
let visitors = 0;
/** A lead of its own each time: the same content again would be answered from the first. */
const post = (server: Running, headers: Record<string, string>) =>
  send(
    server,
    "POST",
    "/v1/leads",
    { ...FORM, ...headers },
    new URLSearchParams({
      ...LEADS.sakneen,
      phone: `010${String(++visitors).padStart(8, "0")}`,
      phone_confirmed: "1",
    }).toString(),
  );

describe("behind a proxy", { skip: !onNode && "Cloudflare is in front of a Worker" }, () => {
  let server: Running;
  before(async () => {
    server = await start({ PUBLIC_URL: "https://leads.example.com" });
  });
  after(() => server.close());

  test("a slash at the end of an address changes nothing", async () => {
    const headers = { host: "leads.example.com" };
    for (const path of ["/f/sakneen/", "/f/sakneen/?lang=ar", "/f/sakneen/thanks/", "/healthz/"])
      assert.equal((await send(server, "GET", path, headers)).status, 200, path);
    assert.equal((await send(server, "GET", "/f/nobody/", headers)).status, 404);
  });

  test("an idle connection is kept longer than a balancer keeps it", async () => {
    const { headers } = await send(server, "GET", "/healthz", { connection: "keep-alive" });
    const header = String(headers["keep-alive"]);
    assert.ok(Number(/timeout=(\d+)/.exec(header)?.[1]) > 60, header);
  });

  test("an upload that is broken off is no error, and the next one is taken", async () => {
    const { port } = new URL(server.url);
    for (const [path, head] of [
      ["/v1/leads", "content-length: 4000"],
      ["/v1/leads", "transfer-encoding: chunked"],
      ["/nothing", "content-length: 4000"],
    ] as const) {
      const socket = connect(Number(port), "127.0.0.1");
      await once(socket, "connect");
      const lines: string[] = [
        `POST ${path} HTTP/1.1`,
        "host: leads.example.com",
        "origin: https://leads.example.com",
        "content-type: application/x-www-form-urlencoded",
        head,
        "",
        head.startsWith("transfer") ? "a\r\ntarget=sak" : "target=sak",
      ];
      await new Promise((resolve) => void socket.write(lines.join("\r\n"), resolve));
      socket.destroy();
    }
    assert.equal(
      (await post(server, { host: "x.example", origin: "https://leads.example.com" })).status,
      303,
    );
    await server.close();
    assert.doesNotMatch(server.output(), /"event":"error"|Error/);
  });
});

describe("the visitor's address", { skip: !onNode && "Cloudflare names it" }, () => {
  const limits = { perAddressPerMinute: 4 };
  const statuses = async (vars: Record<string, string>, headers: Record<string, string>[]) => {
    const server = await start(vars, { storage: "ledger", stamp: "off", limits });
    try {
      const all: number[] = [];
      for (const each of headers)
        all.push((await post(server, { host: "x.example", origin: ORIGIN, ...each })).status);
      const { text } = await send(server, "GET", "/healthz", {});
      return { all, text };
    } finally {
      await server.close();
    }
  };
  const named = (address: string) => ({ "x-forwarded-for": `10.0.0.1, ${address}` });

  test("is the last one that the proxy has written", async () => {
    const headers = [1, 2, 3, 4, 5, 6].map((n) => named(`192.0.2.${n}`));
    const { all, text } = await statuses({ TRUSTED_PROXY_HEADER: "x-forwarded-for" }, headers);
    assert.deepEqual([all, text], [Array(6).fill(303), '{"ok":true}']);
  });

  for (const value of [" x-forwarded-for", "x-forwarded-for, x-real-ip", '"x-forwarded-for"', ""])
    test(`is the peer's where the header ${JSON.stringify(value)} cannot be read, and no lead is refused for it`, async () => {
      const headers = [1, 2, 3, 4, 5].map((n) => named(`192.0.2.${n}`));
      const { all, text } = await statuses({ TRUSTED_PROXY_HEADER: value }, headers);
      assert.deepEqual(all, [303, 303, 303, 303, 429]);
      assert.match(text, /"setting":"TRUSTED_PROXY_HEADER"/);
    });

  const LIMITED = [303, 303, 303, 303, 429];

  test("is not the first one, which anybody may write", async () => {
    const headers = [1, 2, 3, 4, 5].map((n) => ({
      "x-forwarded-for": `192.0.2.${n}, 203.0.113.1`,
    }));
    const { all } = await statuses({ TRUSTED_PROXY_HEADER: "x-forwarded-for" }, headers);
    assert.deepEqual(all, LIMITED);
  });

  for (const header of ["x-forwarded-for", "x-real-ip", "forwarded", "cf-connecting-ip"])
    test(`is not what ${header} says where nobody has named it`, async () => {
      const headers = [1, 2, 3, 4, 5].map((n) => ({ [header]: `192.0.2.${n}` }));
      assert.deepEqual((await statuses({}, headers)).all, LIMITED);
    });

  test("is one in each way to write it", async () => {
    const headers = [
      "192.0.2.1",
      "192.0.2.1:4711",
      "::ffff:192.0.2.1",
      "[::ffff:c000:201]:80",
      '"192.0.2.1"',
    ];
    const written = headers.map((address) => ({ "x-real-ip": address }));
    assert.deepEqual((await statuses({ TRUSTED_PROXY_HEADER: "x-real-ip" }, written)).all, LIMITED);
  });

  test("is one for a whole /64, and read from the standard's own header", async () => {
    const headers = [1, 2, 3, 4, 5].map((n) => ({
      forwarded: `for=192.0.2.1, for="[2001:db8::${n}]:${n}";proto=https`,
    }));
    assert.deepEqual((await statuses({ TRUSTED_PROXY_HEADER: "Forwarded" }, headers)).all, LIMITED);
  });

  test("is the peer's where the header names nobody", async () => {
    const headers = Array(5).fill({ "x-real-ip": "unknown" });
    assert.deepEqual((await statuses({ TRUSTED_PROXY_HEADER: "x-real-ip" }, headers)).all, LIMITED);
  });

  test("is the peer's where the header is not there", async () => {
    const { all } = await statuses({ TRUSTED_PROXY_HEADER: "x-real-ip" }, Array(5).fill({}));
    assert.deepEqual(all, [303, 303, 303, 303, 429]);
  });
});

describe("an address of the server", { skip: !onNode && "Cloudflare has it" }, () => {
  test("that cannot be used is named before the server ends", async () => {
    const first = await start();
    try {
      const { port } = new URL(first.url);
      for (const [vars, setting] of [
        [{ PORT: port }, "PORT"],
        [{ HOST: "192.0.2.1" }, "HOST"],
      ] as const)
        await assert.rejects(start(vars), new RegExp(`"setting":"${setting}"`));
    } finally {
      await first.close();
    }
  });

  test("that is empty is named, and the default holds", async () => {
    const server = await start({ HOST: "", KEEP_ALIVE_SECONDS: "" });
    try {
      assert.match(server.url, /127\.0\.0\.1/);
      const { text } = await send(server, "GET", "/healthz", {});
      assert.deepEqual(
        (JSON.parse(text) as { faults: { setting: string }[] }).faults.map((f) => f.setting),
        ["HOST", "KEEP_ALIVE_SECONDS"],
      );
      await until(() => server.output().includes('"setting":"HOST"'));
    } finally {
      await server.close();
    }
  });
});
