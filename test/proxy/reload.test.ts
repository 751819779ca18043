/** What a Node server does with a changed file of settings: it runs on, and so do its leads. */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { startVendors } from "../../demo/vendors/server.ts";
import type { Vendors } from "../../demo/vendors/server.ts";
import type { Running } from "../../demo/run/child.ts";
import { LEADS, ORIGIN, SECRETS, startServer, targetsFor, until } from "./harness.ts";

const LEDGER_KEYS = JSON.stringify({ k1: Buffer.alloc(32, 1).toString("base64") });

const onNode = process.env["LEAD_FORM_RUNTIME"] === "node" && process.platform !== "win32";

describe("a changed file of settings", { skip: !onNode && "a Worker has no file" }, () => {
  let first: Vendors;
  let second: Vendors;
  let folder: string;
  let server: Running;
  before(async () => {
    [first, second] = [await startVendors(), await startVendors()];
  });
  after(async () => {
    await first.close();
    await second.close();
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "lead-form-reload-"));
    for (const { sakneen } of [first, second]) sakneen.clear();
  });
  afterEach(async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  const limits = { perAddressPerMinute: 100_000, perTargetPerMinute: 100_000 };
  const settingsOf = (vendors: Vendors, rest: object = {}) => ({
    ...targetsFor(vendors).sakneen,
    storage: "ledger",
    limits,
    ...rest,
  });
  const path = () => join(folder, "targets.json");
  const write = (targets: unknown) =>
    writeFile(path(), typeof targets === "string" ? targets : JSON.stringify(targets, null, 2));

  const start = async (targets: unknown) => {
    await write(targets);
    server = await startServer("node", {
      vars: { TARGETS_FILE: path() },
      secrets: { ...SECRETS, LEDGER_KEYS },
      persistTo: join(folder, "data"),
    });
  };
  const count = (text: string) => server.output().split(text).length - 1;
  const hangUp = () => process.kill(server.pid, "SIGHUP");
  /** Resolves when the server has taken the new settings. */
  const change = async (targets: unknown) => {
    const text = "The settings were read again";
    const before = count(text);
    await write(targets);
    hangUp();
    await until(() => count(text) > before);
  };
  /** Resolves when the server has named what is wrong with them. */
  const fail = async (targets: unknown) => {
    const before = count('"event":"config"');
    await write(targets);
    hangUp();
    await until(() => count('"event":"config"') > before);
  };
  const health = async () => {
    const response = await fetch(`${server.url}/healthz`);
    const { faults = [] } = (await response.json()) as {
      faults?: { setting: string; problem: string }[];
    };
    return [response.status, ...faults.map(({ setting, problem }) => `${setting} ${problem}`)];
  };
  const post = async (target: string, values: Record<string, string> = {}) => {
    const response = await fetch(`${server.url}/v1/leads`, {
      method: "POST",
      headers: { origin: ORIGIN, accept: "application/json" },
      body: new URLSearchParams({ ...LEADS.sakneen, target, ...values }),
    });
    await response.arrayBuffer();
    return response.status;
  };

  test("brings a new target, which stores its leads, and leaves the others as they are", async () => {
    await start({ tower: settingsOf(first) });
    assert.equal(await post("north"), 404);
    await change({ tower: settingsOf(first), north: settingsOf(second) });
    assert.deepEqual(await health(), [200]);
    assert.deepEqual([await post("north"), await post("tower")], [201, 201]);
    assert.equal(second.sakneen.leads().length, 1);
    const id = crypto.randomUUID();
    second.sakneen.setFaults({ mode: "unavailable_503" });
    assert.equal(await post("north", { id, phone: "01012345679" }), 202);
  });

  test("that is faulty leaves all old settings standing, and is named until a good one was read", async () => {
    await start({ tower: settingsOf(first) });
    const faulty: [text: unknown, named: RegExp][] = [
      ["{", /^TARGETS_FILE is not JSON: close brace expected \(line 1\)$/],
      ["", /^TARGETS_FILE is empty$/],
      [{}, /^TARGETS_FILE names no target$/],
      [
        { north: settingsOf(second), tower: { ...settingsOf(first), origins: ["x"] } },
        /^TARGETS_FILE\.tower\.origins\[0\] is not an origin .*\(line \d+\)$/,
      ],
      [
        { north: settingsOf(second, { credential: "NORTH" }), tower: settingsOf(first) },
        /^NORTH_API_KEY is missing$/,
      ],
    ];
    for (const [text, named] of faulty) {
      await fail(text);
      const [status, ...faults] = await health();
      assert.deepEqual([status, faults.length], [503, 1], faults.join());
      assert.match(String(faults[0]), named);
      assert.deepEqual([await post("tower"), await post("north")], [201, 404]);
    }
    await change({ north: settingsOf(second) });
    assert.deepEqual(await health(), [200]);
    assert.deepEqual([await post("tower"), await post("north")], [404, 201]);
  });

  test("that is gone, or a folder now, leaves them standing too", async () => {
    await start({ tower: settingsOf(first) });
    await rm(path());
    hangUp();
    await until(async () => (await health())[0] === 503);
    assert.deepEqual(await health(), [503, "TARGETS_FILE names a file that does not exist"]);
    assert.equal(await post("tower"), 201);
  });

  test("whose new store cannot be opened leaves them standing, until it can", async () => {
    await start({ tower: settingsOf(first) });
    const lock = new DatabaseSync(join(folder, "data", "north-0.sqlite"));
    lock.exec("PRAGMA locking_mode = EXCLUSIVE; CREATE TABLE t (x)");
    const both = { tower: settingsOf(first), north: settingsOf(second), west: settingsOf(second) };
    await fail(both);
    assert.deepEqual(await health(), [503, "DATA_DIR holds a store that cannot be opened"]);
    assert.deepEqual([await post("tower"), await post("west")], [201, 404]);
    lock.exec("DROP TABLE t");
    lock.close();
    await change(both);
    assert.deepEqual(await health(), [200]);
    assert.deepEqual([await post("tower"), await post("north")], [201, 201]);
  });

  test("that was faulty at the start takes over once it is good", async () => {
    await start("{");
    assert.equal((await health())[0], 503);
    await change({ tower: settingsOf(first) });
    assert.deepEqual(await health(), [200]);
    assert.equal(await post("tower"), 201);
  });

  test("sends what waits at once, without the rest of the breaker's wait", async () => {
    first.sakneen.setFaults({ mode: "bad_key" });
    await start({ tower: settingsOf(first) });
    assert.equal(await post("tower"), 202);
    assert.equal(await post("tower", { phone: "01012345679" }), 202);
    await change({ tower: settingsOf(second) });
    await until(() => second.sakneen.leads().length === 2);
    assert.equal(first.sakneen.leads().length, 0);
  });

  test("ends what has begun under the old settings, and finds the store again when they return", async () => {
    await start({ tower: settingsOf(first), north: settingsOf(second) });
    first.sakneen.setFaults({ mode: "slow", ms: 1000 });
    const id = crypto.randomUUID();
    const answer = post("tower", { id });
    await until(() => first.sakneen.requests().length === 1);
    await change({ north: settingsOf(second) });
    assert.equal(await post("tower"), 404);
    // Back before the last request is gone, and so before the file is closed.
    await change({ tower: settingsOf(first), north: settingsOf(second) });
    assert.equal(await answer, 201);
    assert.equal(await post("tower", { id }), 201);
    await change({ north: settingsOf(second) });
    await change({ tower: settingsOf(first), north: settingsOf(second) });
    assert.equal(await post("tower", { id }), 201);
    assert.equal(first.sakneen.requests().length, 1);
  });

  test("names the leads of a target that was taken away", async () => {
    first.sakneen.setFaults({ mode: "unavailable_503" });
    await start({ tower: settingsOf(first), north: settingsOf(second) });
    assert.equal(await post("tower"), 202);
    await change({ north: settingsOf(second) });
    await until(() => server.output().includes("no target delivers: tower-0.sqlite"));
  });

  test("drops no request and no lead, however often it changes", async () => {
    await start({ tower: settingsOf(first), north: settingsOf(second) });
    let posted = 0;
    let changing = true;
    const load = async (lane: number) => {
      for (let n = 0; changing; n++) {
        const phone = `010${lane}${String(n).padStart(7, "0")}`;
        assert.equal(await post("tower", { phone }), 201);
        posted++;
      }
    };
    const lanes = [1, 2, 3, 4].map(load);
    for (let n = 0; n < 20; n++)
      await change({
        tower: settingsOf(first, { shards: 1 + (n % 3) }),
        ...(n % 2 ? { north: settingsOf(second) } : {}),
      });
    changing = false;
    await Promise.all(lanes);
    assert.ok(posted > 20, String(posted));
    assert.equal(first.sakneen.leads().length, posted);
  });
});
