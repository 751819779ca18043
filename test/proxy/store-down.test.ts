/** One store down is one target down: the others work, it is named without a path, and it comes back by itself. */
import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import { startVendors } from "../../demo/vendors/server.ts";
import type { Vendors } from "../../demo/vendors/server.ts";
import type { Running } from "../../demo/run/child.ts";
import { stampFor } from "./stamp.ts";
import { LEADS, ORIGIN, SECRETS, startServer, targetsFor, until } from "./harness.ts";

const onNode = process.env["LEAD_FORM_RUNTIME"] === "node";
const OPERATOR_TOKEN = "operator-token-of-the-tests-of-stores";
const LEDGER_KEYS = JSON.stringify({ k1: Buffer.alloc(32, 1).toString("base64") });

describe("a store that cannot be opened", { skip: !onNode && "a Worker has no files" }, () => {
  let folder: string;
  let data: string;
  let vendors: Vendors;
  let server: Running;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "lead-form-down-"));
    data = join(folder, "data");
    vendors = await startVendors();
  });
  afterEach(async () => {
    await server.close();
    await vendors.close();
    await rm(folder, { recursive: true, force: true });
  });

  const start = async (keys: readonly string[] = ["tower", "north"]) => {
    const { sakneen } = targetsFor(vendors);
    const stored = { ...sakneen, storage: "ledger", shards: 2 };
    server = await startServer("node", {
      vars: {
        TARGETS: JSON.stringify({
          ...Object.fromEntries(keys.map((key) => [key, stored])),
          relay: sakneen,
        }),
      },
      secrets: { ...SECRETS, LEDGER_KEYS, OPERATOR_TOKEN },
      persistTo: data,
    });
  };
  const get = async (path: string, method = "GET") => {
    const headers = { authorization: `Bearer ${OPERATOR_TOKEN}` };
    const response = await fetch(server.url + path, { method, headers });
    return { status: response.status, text: await response.text() };
  };
  const json = async (path: string, method?: string) =>
    JSON.parse((await get(path, method)).text) as Record<string, unknown>;
  const stateOf = async (key: string) =>
    ((await json("/operator/targets"))["targets"] as { target: string; state: string }[]).find(
      ({ target }) => target === key,
    )?.state;
  const post = async (
    target: string,
    id: string = crypto.randomUUID(),
    values: Record<string, string> = {},
  ) => {
    const response = await fetch(`${server.url}/v1/leads`, {
      method: "POST",
      headers: { origin: ORIGIN, accept: "application/json" },
      body: new URLSearchParams({ ...LEADS.sakneen, target, id, ...values }),
    });
    await response.arrayBuffer();
    return response.status;
  };
  const garbage = async (file: string) => {
    await mkdir(data, { recursive: true, mode: 0o700 });
    await writeFile(join(data, file), Buffer.alloc(8192, "no database"));
  };

  test("that is damaged leaves the others at work, and is named", async () => {
    await garbage("tower-1.sqlite");
    await start();
    // The vendor confirms while the visitor waits: so it is without a store, too.
    for (const target of ["north", "relay"]) assert.equal(await post(target), 201, target);
    for (const half of ["0", "1"])
      assert.equal(await post("tower", `0000000${half}-0000-4000-8000-000000000001`), 201);
    const fault = {
      setting: "DATA_DIR",
      problem: "holds no store for tower: its file is damaged",
    };
    const { status, text } = await get("/healthz");
    assert.deepEqual([status, JSON.parse(text)], [503, { ok: false, faults: [fault] }]);
    assert.equal((await get("/healthz/live")).status, 200);
    assert.equal((await get("/healthz/ready")).status, 200);
    assert.deepEqual([await stateOf("tower"), await stateOf("north")], ["unreachable", "working"]);
    const deep = await json("/healthz?deep");
    const [tower, north] = deep["targets"] as Record<string, unknown>[];
    assert.equal(tower?.["state"], "unreachable");
    assert.equal(typeof north?.["last_delivery"], "number");
    for (const path of ["/healthz", "/healthz?deep", "/operator/targets", "/operator/leads"])
      assert.ok(!(await get(path)).text.includes(folder), path);
    assert.ok(server.output().includes("its file is damaged"));
  });

  test("that is damaged leaves the limits in force, and a visitor his place", async () => {
    for (const shard of [0, 1]) await garbage(`tower-${shard}.sqlite`);
    await start();
    const calls = () => vendors.sakneen.requests().length;
    const statuses = await Promise.all(Array.from({ length: 200 }, () => post("tower")));
    assert.equal(statuses.filter((status) => status === 201).length, calls());
    // One number, five times in a day: what is beyond that is neither sent nor thanked.
    assert.equal(calls(), 5);
    assert.equal(statuses.filter((status) => status === 503).length, 10);
    assert.equal(statuses.filter((status) => status === 429).length, 185);
    const id = crypto.randomUUID();
    const visitor = { id, stamp: stampFor("tower", id), phone: "01198765432" };
    assert.equal(await post("tower", id, visitor), 201);
  });

  test("is never denied: lists, erasures, exports and moves say what they leave out", async () => {
    await garbage("tower-1.sqlite");
    await start();
    await post("north");
    const list = await json("/operator/leads");
    assert.deepEqual([(list["leads"] as []).length, list["unread"]], [1, ["tower"]]);
    assert.deepEqual(await json(`/operator/leads?phone=${LEADS.sakneen.phone}`, "DELETE"), {
      erased: 1,
      unsearched: ["tower"],
    });
    for (const [method, path] of [
      ["GET", "/operator/leads?target=tower"],
      ["GET", "/operator/leads/00000000-0000-4000-8000-00000000000a"],
      ["GET", "/operator/export"],
      ["GET", "/operator/export?target=tower"],
      ["POST", "/operator/targets/tower/pause"],
    ] as const) {
      const { status, text } = await get(path, method);
      assert.equal(status, 503, path);
      assert.match(text, /"code":"unavailable".*\btower\b/, path);
    }
    assert.equal((await get("/operator/export?target=north")).status, 200);
  });

  test("is opened again once it can be, with its leads", async () => {
    await garbage("tower-0.sqlite");
    await start();
    await rm(join(data, "tower-0.sqlite"));
    await until(async () => (await get("/healthz")).status === 200);
    assert.equal(await stateOf("tower"), "working");
    vendors.sakneen.setFaults({ mode: "unavailable_503" });
    assert.equal(await post("tower", "00000000-0000-4000-8000-000000000001"), 202);
    vendors.sakneen.setFaults({ mode: "ok" });
  });

  test("leaves the relays at work where there is no folder at all, until there is one", async () => {
    await writeFile(data, "a file in its place");
    await start();
    assert.equal(await post("relay"), 201);
    assert.equal(await post("tower"), 201);
    const { faults } = (await json("/healthz")) as { faults: { problem: string }[] };
    assert.deepEqual(
      faults.map(({ problem }) => problem),
      ["tower", "north"].map((key) => `holds no store for ${key}: its folder is a file`),
    );
    await rm(data);
    await until(async () => (await get("/healthz")).status === 200);
  });

  /** Where root may not write either. */
  const UNWRITABLE = [
    ["below a file", "/dev/null/data", "its folder is a file"],
    ["in a folder that takes none", "/sys/fs/data", "it may not be written"],
    ["in a folder that is there and takes no file", "/sys/kernel", "it may not be written"],
    ["in a folder that hides what is made in it", "/proc/data", "its folder cannot be made"],
  ] as const;
  for (const [where, path, problem] of UNWRITABLE)
    test(
      `leaves the relays at work ${where}, and says why`,
      { skip: process.platform !== "linux" && "these are of Linux" },
      async () => {
        data = path;
        await start(["tower"]);
        assert.equal(await post("relay"), 201);
        // Without a store the vendor's word is enough, and nothing else is.
        assert.equal(await post("tower"), 201);
        vendors.sakneen.setFaults({ mode: "unavailable_503", count: 1 });
        assert.equal(await post("tower"), 503);
        const { status, text } = await get("/healthz");
        const fault = { setting: "DATA_DIR", problem: `holds no store for tower: ${problem}` };
        assert.deepEqual([status, JSON.parse(text)], [503, { ok: false, faults: [fault] }]);
        assert.ok(!server.output().includes(path));
        assert.equal((await get("/healthz/ready")).status, 200);
        assert.equal(await stateOf("tower"), "unreachable");
      },
    );

  test("takes a server without any other target out of the balancer", async () => {
    await garbage("tower-0.sqlite");
    server = await startServer("node", {
      vars: {
        TARGETS: JSON.stringify({ tower: { ...targetsFor(vendors).sakneen, storage: "ledger" } }),
      },
      secrets: { ...SECRETS, LEDGER_KEYS, OPERATOR_TOKEN },
      persistTo: data,
    });
    assert.equal((await get("/healthz/live")).status, 200);
    assert.equal((await get("/healthz/ready")).status, 503);
  });

  test("because another server has it says so", async () => {
    await mkdir(data, { recursive: true });
    const lock = new DatabaseSync(join(data, "tower-0.sqlite"));
    lock.exec("PRAGMA locking_mode = EXCLUSIVE; CREATE TABLE t (x)");
    await start();
    assert.match((await get("/healthz")).text, /for tower: another server has it open/);
    lock.exec("DROP TABLE t");
    lock.close();
    await until(async () => (await get("/healthz")).status === 200);
  });

  test("of a target that was renamed is named by every erasure, as long as it holds something", async () => {
    await start(["tower"]);
    assert.equal(await post("tower"), 201);
    await server.close();
    await start(["north"]);
    const erase = () => json(`/operator/leads?phone=${LEADS.sakneen.phone}`, "DELETE");
    assert.deepEqual(await erase(), { erased: 0, unsearched: ["tower"] });
    await server.close();
    await start(["tower"]);
    assert.deepEqual(await erase(), { erased: 1 });
  });

  test(
    "or can, is nobody else's to read, an old one neither",
    { skip: process.platform === "win32" },
    async () => {
      await mkdir(data, { mode: 0o755 });
      await writeFile(join(data, "tower-0.sqlite"), "", { mode: 0o644 });
      await start();
      const modes = await Promise.all(
        (await readdir(data)).map(async (name) => (await stat(join(data, name))).mode & 0o777),
      );
      assert.ok(modes.length > 4);
      assert.deepEqual(new Set(modes), new Set([0o600]));
      assert.equal((await stat(data)).mode & 0o777, 0o700);
      // What it writes later, too, from its first moment on.
      if (process.platform === "linux")
        assert.match(await readFile(`/proc/${server.pid}/status`, "utf8"), /^Umask:\s+0077$/m);
    },
  );
});

describe("leads that were sealed with a key that was taken away", () => {
  test("are named by an erasure: nobody can tell whose they are", async () => {
    const folder = await mkdtemp(join(tmpdir(), "lead-form-keys-"));
    const vendors = await startVendors();
    const keys = {
      k1: Buffer.alloc(32, 1).toString("base64"),
      k2: Buffer.alloc(32, 2).toString("base64"),
    };
    const { sakneen } = targetsFor(vendors);
    const startWith = (ring: object) =>
      startServer(onNode ? "node" : "workerd", {
        vars: { TARGETS: JSON.stringify({ tower: { ...sakneen, storage: "ledger" } }) },
        secrets: { ...SECRETS, LEDGER_KEYS: JSON.stringify(ring), OPERATOR_TOKEN },
        persistTo: folder,
      });
    let server = await startWith({ k1: keys.k1 });
    const erase = async () => {
      const path = `/operator/leads?phone=${LEADS.sakneen.phone}`;
      const headers = { authorization: `Bearer ${OPERATOR_TOKEN}` };
      return (await fetch(server.url + path, { method: "DELETE", headers })).json();
    };
    try {
      const response = await fetch(`${server.url}/v1/leads`, {
        method: "POST",
        headers: { origin: ORIGIN, accept: "application/json" },
        body: new URLSearchParams({ ...LEADS.sakneen, target: "tower" }),
      });
      assert.equal(response.status, 201);
      await server.close();
      server = await startWith({ k2: keys.k2 });
      assert.deepEqual(await erase(), { erased: 0, unsearched: ["tower"] });
      await server.close();
      server = await startWith(keys);
      assert.deepEqual(await erase(), { erased: 1 });
    } finally {
      await server.close();
      await vendors.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
