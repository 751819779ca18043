/** A server that is told to end while an export streams: its reader has a whole file, or knows that it has none. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, before, test } from "node:test";
import { startVendors } from "../../demo/vendors/server.ts";
import type { Vendors } from "../../demo/vendors/server.ts";
import type { Running } from "../../demo/run/child.ts";
import { LEADS, ORIGIN, SECRETS, startServer, targetsFor } from "./harness.ts";
import { changeStores } from "./stores.ts";

const OPERATOR_TOKEN = "operator-token-of-the-tests-of-exports";
const runtime = process.env["LEAD_FORM_RUNTIME"] === "node" ? "node" : "workerd";
/** Far more than connections hold between two programs. */
const ROWS = 40_000;

/** Copies of the one lead that is there; they open with no key, and are rows of the file all the same. */
const COPIES = `
  WITH RECURSIVE nth(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM nth WHERE n < ${ROWS})
  INSERT INTO lead (id, state, reason, promised, attempts, created_at, fp, phone_h, phone_tail, key_id, box)
  SELECT printf('%08x-0000-4000-8000-000000000000', n), state, reason, 1, 1, created_at - n, fp || n,
    phone_h || n, phone_tail, key_id, box FROM lead, nth WHERE state = 'held'`;

let folder: string;
let vendors: Vendors;
const start = (): Promise<Running> =>
  startServer(runtime, {
    vars: {
      TARGETS: JSON.stringify({ t: { ...targetsFor(vendors).sakneen, storage: "ledger" } }),
    },
    secrets: {
      ...SECRETS,
      LEDGER_KEYS: JSON.stringify({ k1: Buffer.alloc(32, 1).toString("base64") }),
      OPERATOR_TOKEN,
    },
    persistTo: folder,
  });

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "lead-form-export-"));
  vendors = await startVendors();
  const server = await start();
  vendors.sakneen.setFaults({ mode: "html_200" });
  const response = await fetch(`${server.url}/v1/leads`, {
    method: "POST",
    headers: { origin: ORIGIN, accept: "application/json" },
    body: new URLSearchParams({ ...LEADS.sakneen, target: "t", id: crypto.randomUUID() }),
  });
  assert.equal(response.status, 202);
  await server.close();
  if (runtime === "node") {
    const db = new DatabaseSync(join(folder, "t-0.sqlite"));
    db.exec(COPIES);
    db.close();
  } else
    await changeStores(folder, (db, of) => {
      const tables = "SELECT 1 FROM sqlite_master WHERE name = 'lead'";
      if (of === "object" && db.prepare(tables).all().length > 0) db.exec(COPIES);
    });
});
after(async () => {
  await vendors.close();
  await rm(folder, { recursive: true, force: true });
});

/** What a reader of the real connection has, where the server is told to end after its first bytes. */
const readDuringEnd = async (format: string, waits: boolean) => {
  const server = await start();
  try {
    const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
    socket.on("error", () => {});
    const closed = once(socket, "close");
    const authorization = `Bearer ${OPERATOR_TOKEN}`;
    socket.write(
      `GET /operator/export?target=t&format=${format} HTTP/1.1\r\nhost: a\r\nauthorization: ${authorization}\r\nconnection: close\r\n\r\n`,
    );
    const [first] = (await once(socket, "data")) as [Buffer];
    if (waits) socket.pause();
    let text = first.toString("latin1");
    socket.on("data", (bytes: Buffer) => (text += bytes.toString("latin1")));
    if (waits) socket.pause();
    process.kill(-server.pid, "SIGTERM");
    if (waits) {
      await server.ended;
      socket.resume();
    }
    await closed;
    await server.ended;
    assert.match(text, /^HTTP\/1\.1 200 /);
    const last = format === "csv" ? `leads: ${ROWS + 1}` : `{"end":true,"leads":${ROWS + 1}}`;
    return { whole: text.endsWith("0\r\n\r\n"), counted: text.includes(last) };
  } finally {
    await server.kill();
  }
};

for (const format of ["ndjson", "csv"])
  test(`a reader of ${format} who goes on has the whole file, or an end that breaks off`, async () => {
    const { whole, counted } = await readDuringEnd(format, false);
    assert.equal(whole, counted);
    // A Worker's host gives it no time; Node waits for what has begun.
    if (runtime === "node") assert.ok(whole, "the server waits for its reader");
  });

test("a reader who stalls until the server has ended has an end that breaks off", async () => {
  assert.deepEqual(await readDuringEnd("ndjson", true), { whole: false, counted: false });
});
