/** Whose pages may post to every target, and who gets the demo: never whom a request names by itself. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { startVendors } from "../../demo/vendors/server.ts";
import type { Vendors } from "../../demo/vendors/server.ts";
import type { Running } from "../../demo/run/child.ts";
import { send } from "./exchange.ts";
import { LEADS, ORIGIN, SECRETS, startServer, targetsFor } from "./harness.ts";

const onNode = process.env["LEAD_FORM_RUNTIME"] === "node";
const HTML = "text/html";
/** The local runner, not Cloudflare, gives an `Origin` of the name in `Host` the scheme of its own connection. */
const isRewritten = (host: string, origin: string): boolean =>
  !onNode && origin.startsWith("https:") && new URL(`http://${host}`).host === new URL(origin).host;
/** A site that passes the path of leads on to the proxy. */
const PASSING = "http://shop.example.net";

let vendors: Vendors;
before(async () => {
  vendors = await startVendors();
});
after(() => vendors.close());

const start = (vars: Record<string, string> = {}) => {
  const { sakneen } = targetsFor(vendors);
  const origins = [...sakneen.origins, PASSING];
  return startServer(onNode ? "node" : "workerd", {
    vars: { TARGETS: JSON.stringify({ sakneen: { ...sakneen, origins } }), ...vars },
    secrets: SECRETS,
  });
};

let visitors = 0;
/** A lead of its own each time: the same content again would be answered from the first. */
const post = (server: Running, headers: Record<string, string>) => {
  const phone = `010${String(++visitors).padStart(8, "0")}`;
  return send(
    server,
    "POST",
    "/v1/leads",
    {
      "content-type": "application/x-www-form-urlencoded",
      accept: "application/json",
      ...headers,
    },
    new URLSearchParams({ ...LEADS.sakneen, phone, phone_confirmed: "1" }).toString(),
  );
};

describe("a proxy with a public address", () => {
  let server: Running;
  before(async () => {
    server = await start({ PUBLIC_URL: "https://leads.example.com:443" });
  });
  after(() => server.close());

  for (const [host, origin] of [
    ["leads.example.com", "https://leads.example.com"],
    ["leads.example.com:443", "https://leads.example.com"],
    ["leads.example.com:80", "https://leads.example.com"],
    ["leads.example.com", "https://leads.example.com:443"],
    ["127.0.0.1:8787", "https://leads.example.com"],
    ["upstream", "https://leads.example.com"],
  ] as const)
    test(`takes what the page of ${origin} posts though Host says ${host}`, async (t) => {
      if (isRewritten(host, origin)) return t.skip("the local runner changes the origin");
      assert.equal((await post(server, { host, origin })).status, 201);
      assert.equal((await post(server, { host, origin, accept: HTML })).status, 303);
    });

  for (const [host, origin] of [
    ["rebound.example", "https://rebound.example"],
    ["rebound.example:8787", "http://rebound.example:8787"],
    ["127.0.0.1:8787", "http://127.0.0.1:8787"],
    ["localhost", "http://localhost"],
    ["[::1]:8787", "http://[::1]:8787"],
    ["leads.example.com", "http://leads.example.com"],
    ["leads.example.com:8443", "https://leads.example.com:8443"],
    ["leads.example.com", "https://leads.example.com.evil.example"],
    ["leads.example.com", "https://a.leads.example.com"],
    ["leads.example.com", "https://leads.example.com/"],
    ["leads.example.com", "https://x@leads.example.com"],
    ["leads.example.com", "null"],
  ] as const)
    test(`refuses ${origin} though Host says ${host}, and hides the refusal from it`, async () => {
      const refused = await post(server, { host, origin });
      assert.deepEqual(
        [refused.status, refused.headers["access-control-allow-origin"], refused.headers.vary],
        [403, undefined, "Origin"],
      );
      assert.equal(
        vendors.sakneen.requests().some(({ body }) => body.includes(`${visitors}"`)),
        false,
      );
    });

  test("no header of a proxy makes another origin its own", async () => {
    for (const name of ["x-forwarded-host", "x-forwarded-server", "x-original-host", "forwarded"]) {
      const value = name === "forwarded" ? "host=rebound.example" : "rebound.example";
      const refused = await post(server, { [name]: value, origin: "https://rebound.example" });
      assert.equal(refused.status, 403, name);
    }
  });

  test("tells whoever runs it what to set, where its own page is open at another address", async () => {
    const [host, origin] = ["10.0.0.5:8787", "http://10.0.0.5:8787"];
    for (const said of [{}, { "sec-fetch-site": "same-origin" }]) {
      const json = await post(server, { host, origin, ...said });
      const { code, detail } = JSON.parse(json.text) as Record<string, string>;
      assert.equal(code, "origin_refused");
      assert.match(detail ?? "", /https:\/\/leads\.example\.com\b.*set PUBLIC_URL/);
      const page = await post(server, { host, origin, accept: HTML, ...said });
      assert.match(page.text, /<p lang="en" dir="ltr">.*set PUBLIC_URL/);
    }
    const stranger = await post(server, { host, origin: "https://evil.example" });
    assert.equal((JSON.parse(stranger.text) as { detail?: string }).detail, undefined);
  });

  test("is no developer's: it has no demo, whatever a request says", async () => {
    for (const host of ["leads.example.com", "localhost:8787", "127.0.0.1"])
      for (const path of ["/", "/demo/"])
        assert.equal((await send(server, "GET", path, { host })).status, 404, `${host}${path}`);
  });
});

describe("what a browser says of the page", () => {
  let server: Running;
  before(async () => {
    server = await start({ PUBLIC_URL: "https://leads.example.com" });
  });
  after(() => server.close());

  const OWN = "https://leads.example.com";
  const cases: [number, string, string, Record<string, string>][] = [
    [201, "cross-site", ORIGIN, {}],
    [201, "same-site", ORIGIN, {}],
    [201, "same-origin", OWN, {}],
    [201, "none", ORIGIN, { "sec-fetch-mode": "navigate" }],
    [201, "a word of a later browser", ORIGIN, {}],
    [201, "same-origin", PASSING, { host: new URL(PASSING).host }],
    [403, "same-origin", ORIGIN, {}],
    [403, "same-origin", PASSING, { host: "leads.example.com" }],
    [403, "cross-site", OWN, {}],
    [403, "same-site", OWN, {}],
    [403, "none", ORIGIN, {}],
    [403, "none", ORIGIN, { "sec-fetch-mode": "cors" }],
  ];
  for (const [status, site, origin, headers] of cases)
    test(`is ${status === 201 ? "believed" : "a contradiction"}: ${site} from ${origin} ${JSON.stringify(headers)}`, async () => {
      const answer = await post(server, { origin, "sec-fetch-site": site, ...headers });
      assert.equal(answer.status, status, answer.text);
      if (status === 403) assert.equal(answer.headers["access-control-allow-origin"], undefined);
    });
});

describe("a developer's own proxy", () => {
  let server: Running;
  before(async () => {
    server = await start();
  });
  after(() => server.close());

  test("takes its own pages under every name of the machine, told apart by the port", async () => {
    const { port } = new URL(server.url);
    for (const name of ["localhost", "127.0.0.1", "[::1]"]) {
      const host = `${name}:${port}`;
      assert.equal((await post(server, { host, origin: `http://${host}` })).status, 201, host);
      const other = `http://${name}:${Number(port) - 1}`;
      assert.equal((await post(server, { host, origin: other })).status, 403, other);
    }
    // A page of one name that posts to the other.
    const crossed = { origin: `http://localhost:${port}`, "sec-fetch-site": "cross-site" };
    assert.equal((await post(server, { ...crossed, host: `127.0.0.1:${port}` })).status, 201);
  });

  test("refuses the name that a stranger's DNS leads here", async () => {
    const { port } = new URL(server.url);
    const host = `rebound.example:${port}`;
    assert.equal((await post(server, { host, origin: `http://${host}` })).status, 403);
  });

  test("has the demo for its own machine", async () => {
    const { port } = new URL(server.url);
    for (const host of [`localhost:${port}`, "127.0.0.1", "[::1]:8787"]) {
      const { status, headers } = await send(server, "GET", "/", { host });
      assert.deepEqual([status, headers.location], [302, "/demo/"], host);
      assert.equal((await send(server, "GET", "/demo/", { host })).status, 200, host);
    }
  });

  test("has no demo for a name of another machine, or for what was passed on", async () => {
    for (const headers of [
      { host: "rebound.example" },
      { host: "localhost.evil.example" },
      { host: "leads.example.com", "x-forwarded-host": "localhost" },
      { host: "localhost", "x-forwarded-for": "192.0.2.1" },
      { host: "localhost", "x-real-ip": "192.0.2.1" },
      { host: "localhost", "x-forwarded-proto": "https" },
      { host: "localhost", forwarded: "for=192.0.2.1" },
      { host: "localhost", "cf-connecting-ip": "192.0.2.1" },
      { host: "localhost", via: "1.1 proxy" },
    ] as Record<string, string>[])
      for (const path of ["/", "/demo/", "/demo/index.html"]) {
        const { status } = await send(server, "GET", path, headers);
        assert.equal(status, 404, `${path} ${JSON.stringify(headers)}`);
      }
  });
});

test("without PUBLIC_URL the built-in origin is its own, and not the address that it listens at", async () => {
  const server = await start({ PUBLIC_URL: "" });
  try {
    assert.equal((await post(server, { origin: "http://localhost:8787" })).status, 201);
    assert.equal((await post(server, { origin: server.url })).status, 403);
  } finally {
    await server.close();
  }
});

test(
  "a server that other machines can reach has no demo",
  { skip: !onNode && "a Worker does not know where it listens" },
  async () => {
    const server = await start({ HOST: "0.0.0.0" });
    try {
      const { port } = new URL(server.url);
      const here = { url: `http://127.0.0.1:${port}` };
      assert.equal((await send(here, "GET", "/demo/", { host: "localhost" })).status, 404);
      assert.equal((await send(here, "GET", "/healthz/live")).status, 200);
    } finally {
      await server.close();
    }
  },
);
