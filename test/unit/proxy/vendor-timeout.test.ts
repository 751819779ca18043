/** A call's time-out on a server so busy that its event loop comes late to its timers. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { Worker } from "node:worker_threads";
import { post } from "../../../proxy/vendors/post.ts";

/** Milliseconds: the call's time, and what the vendor takes of it. */
const TIME = 2_000;
const VENDOR = 300;

/** A vendor on a thread of its own, which says where it listens and that a request has come. */
const vendor = `
  const { createServer } = require("node:http");
  const { parentPort } = require("node:worker_threads");
  const server = createServer((request, response) => {
    parentPort.postMessage("asked");
    setTimeout(() => response.end("{}"), ${VENDOR});
  });
  server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));
`;

test("an answer that came in time is read, however late the time-out's own timer is", async () => {
  const thread = new Worker(vendor, { eval: true });
  try {
    const [port] = (await once(thread, "message")) as [number];
    const asked = once(thread, "message");
    const answering = post(`http://127.0.0.1:${port}/`, {}, "{}", {
      fetch: (url, init) => fetch(url, init),
      now: () => Date.now(),
      left: () => TIME,
    });
    await Promise.race([asked, answering]);
    // Nothing turns on this thread from before the answer until after the deadline.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, TIME);
    const answer = await answering;
    assert.equal(answer.status, 200, JSON.stringify(answer));
  } finally {
    await thread.terminate();
  }
});
