/** What a program on the other end of an export reads when it breaks off: the bytes of a real connection. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { serve } from "@hono/node-server";
import { readPages, toStream } from "../../../proxy/operator/export.ts";
import type { Target } from "../../../proxy/config/target.ts";
import type { SealedLead } from "../../../proxy/ledger/inspection.ts";
import type { OperatorStore } from "../../../proxy/ledger/store.ts";
import { toDetails } from "../../../proxy/operator/view.ts";
import { DEAD } from "./leads.ts";

const PAGE = 50;
const PAGES = 200;

/** @param slow a reader that takes nothing in until the export has failed */
const read = async (fails: boolean, slow: boolean) => {
  const details = toDetails("t", DEAD, { payload: "gone" });
  const failed = Promise.withResolvers<void>();
  async function* pages() {
    for (let n = 0; n < PAGES; n++) yield Array.from({ length: PAGE }, () => details);
    // As when the server closes a store at its end.
    if (fails) throw new Error("the store is closed");
  }
  const stream = () => toStream({ format: "ndjson" }, pages(), () => failed.resolve());
  const server = serve({ fetch: () => new Response(stream()), port: 0, hostname: "127.0.0.1" });
  await once(server, "listening");
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  let text = "";
  socket.on("data", (bytes: Buffer) => {
    text += bytes.toString("latin1");
    if (slow) {
      socket.pause();
      setImmediate(() => socket.resume());
    }
  });
  const closed = once(socket, "close");
  socket.on("error", () => {});
  socket.write("GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
  await closed;
  server.close();
  return { whole: text.endsWith("0\r\n\r\n"), counted: text.includes('{"end":true') };
};

for (const slow of [false, true]) {
  const reader = slow ? "a slow reader" : "its reader";
  test(`an export that fails has no clean end for ${reader}`, async () => {
    assert.deepEqual(await read(true, slow), { whole: false, counted: false });
  });
  test(`a whole one has both ends for ${reader}`, async () => {
    assert.deepEqual(await read(false, slow), { whole: true, counted: true });
  });
}

test("visitors have a turn after each page, also where nothing else makes way for them", async () => {
  const details = toDetails("t", DEAD, { payload: "gone" });
  const row = { ...DEAD, sealed: null } as SealedLead;
  let left = 5;
  // As in a Worker: the store, and the opening of a box, take no turn of the event loop.
  const store = {
    sealed: async ({ limit = 0 }) => Array.from({ length: left-- > 1 ? limit : 1 }, () => row),
  } as unknown as OperatorStore;
  const target = { key: "t" } as Target;
  let pages = 0;
  let served = 0;
  const visitors = setInterval(() => (served += 1), 0);
  for await (const page of readPages([{ target, store }], async () => details))
    if (page.length > 0) pages += 1;
  clearInterval(visitors);
  assert.ok(pages === 5 && served >= 2, `${served} turns in ${pages} pages`);
});
