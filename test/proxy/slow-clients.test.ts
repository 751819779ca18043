/** Clients that take their time: the others are served meanwhile, and the Node server gives the slow ones up. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import type { Socket } from "node:net";
import { after, before, test } from "node:test";
import { startVendors } from "../../demo/vendors/server.ts";
import type { Vendors } from "../../demo/vendors/server.ts";
import type { Running } from "../../demo/run/child.ts";
import { send } from "./exchange.ts";
import { LEADS, ORIGIN, SECRETS, startServer, targetsFor } from "./harness.ts";

const onNode = process.env["LEAD_FORM_RUNTIME"] === "node";
const SLOW = 200;
const OTHERS = 100;
const CONNECTIONS = 300;
const limits = { perAddressPerMinute: 10_000, perTargetPerMinute: 10_000 };

let vendors: Vendors;
let server: Running;
before(async () => {
  vendors = await startVendors();
  const sakneen = { ...targetsFor(vendors).sakneen, limits };
  server = await startServer(onNode ? "node" : "workerd", {
    vars: {
      TARGETS: JSON.stringify({ sakneen }),
      // A second instead of ten: the kind of time-out is the same.
      HEADERS_TIMEOUT_SECONDS: "1",
      REQUEST_TIMEOUT_SECONDS: "2",
      MAX_CONNECTIONS: String(CONNECTIONS),
    },
    secrets: SECRETS,
  });
});
after(async () => {
  await server.close();
  await vendors.close();
});

const POST = [
  "POST /v1/leads HTTP/1.1",
  "Host: leads.example.com",
  `Origin: ${ORIGIN}`,
  "Content-Type: application/x-www-form-urlencoded",
];
/** What each kind of them says at once, and again and again. */
const KINDS: readonly (readonly [first: string, more: string])[] = [
  ["", ""],
  ["GET /healthz HTTP/1.1\r\nHost: leads.example.com\r\n", ""],
  ["GET /healthz HTTP/1.1\r\nHost: leads.example.com\r\n", "a: b\r\n"],
  [`${POST.join("\r\n")}\r\nContent-Length: 4000\r\n\r\ntarget=sakneen`, ""],
  [`${POST.join("\r\n")}\r\nContent-Length: 4000\r\n\r\n`, "a"],
  [`${POST.join("\r\n")}\r\nTransfer-Encoding: chunked\r\n\r\n`, "1\r\na\r\n"],
];

interface Slow {
  socket: Socket;
  answer: () => string;
  closed: Promise<unknown>;
}

const beSlow = async ([first, more]: readonly [string, string]): Promise<Slow> => {
  const { port, hostname } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  let text = "";
  socket.setEncoding("latin1").on("data", (chunk: string) => (text += chunk));
  // Where it is broken off, `once` would reject.
  socket.on("error", () => {});
  const closed = new Promise((resolve) => socket.once("close", resolve));
  await once(socket, "connect");
  if (first) socket.write(first);
  const drip = more ? setInterval(() => socket.write(more), 200) : undefined;
  void closed.then(() => clearInterval(drip));
  return { socket, answer: () => text, closed };
};

const manySlow = (count: number): Promise<Slow[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => beSlow(KINDS[n % KINDS.length] ?? ["", ""])));

const end = async (slow: readonly Slow[]): Promise<void> => {
  for (const { socket } of slow) socket.destroy();
  await Promise.all(slow.map(({ closed }) => closed));
};

let visitors = 0;
const post = async (): Promise<number> => {
  const phone = `010${String(++visitors).padStart(8, "0")}`;
  const body = new URLSearchParams({ ...LEADS.sakneen, phone, phone_confirmed: "1" }).toString();
  const headers = { origin: ORIGIN, "content-type": "application/x-www-form-urlencoded" };
  return (await send(server, "POST", "/v1/leads", headers, body)).status;
};

test(`${SLOW} slow clients keep none of ${OTHERS} others waiting`, async () => {
  const slow = await manySlow(SLOW);
  const began = performance.now();
  for (let n = 0; n < OTHERS; n += 10)
    assert.deepEqual(await Promise.all(Array.from({ length: 10 }, post)), Array(10).fill(201));
  // Ten at a time, through the local runner on a machine that may be busy. Node needs a tenth of it.
  assert.ok(performance.now() - began < 20_000);
  await end(slow);
});

test(
  "the slow ones are given up, each that has begun a request with a 408",
  { skip: !onNode && "Cloudflare does this in front of a Worker" },
  async () => {
    const slow = await manySlow(SLOW);
    const began = performance.now();
    await Promise.all(slow.map(({ closed }) => closed));
    const seconds = (performance.now() - began) / 1000;
    assert.ok(seconds < 10, `${seconds} s`);
    for (const [n, { answer }] of slow.entries())
      assert.match(answer(), /^HTTP\/1\.1 408 Request Timeout\r\n/, `${n % KINDS.length}`);
  },
);

test(
  "more connections than are allowed are closed at once, and the server goes on",
  { skip: !onNode && "Cloudflare does this in front of a Worker" },
  async () => {
    const full = await manySlow(CONNECTIONS);
    const late = await beSlow(["GET /healthz/live HTTP/1.1\r\nHost: a\r\n\r\n", ""]);
    await late.closed;
    assert.equal(late.answer(), "");
    await end(full);
    assert.equal((await send(server, "GET", "/healthz/live")).status, 200);
    assert.equal(await post(), 201);
  },
);
