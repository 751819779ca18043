/** What Node says of a call, over real sockets: whether it left, and what an unusual answer means. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { createServer as createHttp2 } from "node:http2";
import { describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { callFromNode } from "../../../proxy/http/node/call.ts";
import { classify } from "../../../proxy/vendors/classify.ts";
import { post } from "../../../proxy/vendors/post.ts";
import { readUnsent } from "../../../proxy/http/node/unsent.ts";

const BODY = '{"newLead":{"_id":"1"}}';
const CREATED = `HTTP/1.1 201 Created\r\ncontent-type: application/json\r\ncontent-length: ${BODY.length}\r\n`;

const call = (url: string) =>
  post(url, {}, "{}", { fetch: callFromNode, now: () => Date.now(), left: () => 5_000 });

/** A vendor that does what it likes with each connection. */
const withVendor = async <T>(
  serve: (socket: Socket) => void,
  use: (port: number) => Promise<T>,
): Promise<T> => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    serve(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    return await use((server.address() as AddressInfo).port);
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
};
const answering = (...parts: readonly (string | Uint8Array)[]) =>
  withVendor(
    (socket) => socket.once("data", () => parts.forEach((part) => socket.write(part))),
    (port) => call(`http://127.0.0.1:${port}/`),
  );

describe("a call that never left leaves no doubt", () => {
  test("since nobody listens: the vendor is down", async () => {
    const port = await withVendor(
      () => {},
      async (free) => free,
    );
    const answer = await call(`http://127.0.0.1:${port}/`);
    assert.deepEqual(classify(answer), { kind: "later", reason: "origin_down" });
  });

  test("since the address has no name, or speaks no TLS", async () => {
    const unreachable = { kind: "misconfigured", reason: "unreachable" };
    const plain = await withVendor(
      (socket) => socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")),
      (port) => call(`https://127.0.0.1:${port}/`),
    );
    assert.deepEqual(classify(plain), unreachable);
    const leaves = await withVendor(
      (socket) => socket.once("data", () => socket.destroy()),
      (port) => call(`https://127.0.0.1:${port}/`),
    );
    assert.ok(["unsafe", "network"].includes(String("failure" in leaves && leaves.failure)));
  });

  test("since it speaks HTTP/2 only", async () => {
    const server = createHttp2().listen(0, "127.0.0.1");
    await once(server, "listening");
    const answer = await call(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    server.close();
    assert.deepEqual(classify(answer), { kind: "misconfigured", reason: "unreachable" });
  });

  for (const [code, unsent] of [
    ["ECONNREFUSED", "down"],
    ["EAI_AGAIN", "down"],
    ["ENOTFOUND", "unsafe"],
    ["CERT_HAS_EXPIRED", "unsafe"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "unsafe"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "unsafe"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "unsafe"],
    ["ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL", "unsafe"],
    ["ECONNRESET", undefined],
    ["EPIPE", undefined],
    ["UND_ERR_SOCKET", undefined],
  ] as const)
    test(`${code} ${unsent ? "says so" : "does not say so"}, alone or as a cause`, () => {
      const error = Object.assign(new Error("x"), { code });
      assert.equal(readUnsent(error), unsent);
      assert.equal(readUnsent(new TypeError("fetch failed", { cause: error })), unsent);
    });

  test("what breaks off afterwards, or says nothing, leaves doubt", async () => {
    const reset = await withVendor(
      (socket) => socket.once("data", () => socket.resetAndDestroy()),
      (port) => call(`http://127.0.0.1:${port}/`),
    );
    assert.deepEqual(classify(reset), { kind: "doubt", reason: "network" });
    assert.equal(readUnsent(new Error("Network connection lost.")), undefined);
  });
});

describe("an answer is read", () => {
  for (const before of [
    "HTTP/1.1 100 Continue\r\n\r\n",
    "HTTP/1.1 102 Processing\r\n\r\n",
    "HTTP/1.1 103 Early Hints\r\nlink: </a.css>\r\n\r\n",
  ])
    test(`after an unasked ${before.slice(9, 12)}`, async () => {
      const answer = await answering(before, before, `${CREATED}\r\n${BODY}`);
      assert.deepEqual([answer.status, "json" in answer && answer.json], [201, JSON.parse(BODY)]);
    });

  test("with headers of 60 KB", async () => {
    const cookies = Array.from({ length: 60 }, (_, n) => `set-cookie: c${n}=${"x".repeat(1_000)}`);
    const answer = await answering(`${CREATED}${cookies.join("\r\n")}\r\n\r\n${BODY}`);
    assert.equal(answer.status, 201);
  });

  test("though it is compressed unasked", async () => {
    const zipped = gzipSync(BODY);
    const head = `HTTP/1.1 201 Created\r\ncontent-encoding: gzip\r\ncontent-length: ${zipped.length}\r\n\r\n`;
    const answer = await answering(head, zipped);
    assert.deepEqual("json" in answer && answer.json, JSON.parse(BODY));
  });

  test("as one that broke off, where it does", async () => {
    const answer = await withVendor(
      (socket) => socket.once("data", () => socket.end(`${CREATED}\r\n{"newL`)),
      (port) => call(`http://127.0.0.1:${port}/`),
    );
    assert.equal("body" in answer && answer.body, "truncated");
  });
});
