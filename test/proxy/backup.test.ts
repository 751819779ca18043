/** A copy of the stores while the server runs: whole, sealed, nobody else's; and what a restored one does. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, test } from "node:test";
import { startVendors } from "../../demo/vendors/server.ts";
import type { Vendors } from "../../demo/vendors/server.ts";
import type { Running } from "../../demo/run/child.ts";
import { LEADS, ORIGIN, SECRETS, startServer, targetsFor, until } from "./harness.ts";

const onNode = process.env["LEAD_FORM_RUNTIME"] === "node";
const OPERATOR_TOKEN = "operator-token-of-the-tests-of-copies";
const LEDGER_KEYS = JSON.stringify({ k1: Buffer.alloc(32, 1).toString("base64") });
const OPERATOR_TOKENS = JSON.stringify({
  part: { token: "p".repeat(40), targets: ["tower"], can: ["export"] },
  read: { token: "r".repeat(40), can: ["read", "replay"] },
});

let folder: string;
let vendors: Vendors;
let server: Running;
const start = async (data: string) => {
  const stored = { ...targetsFor(vendors).sakneen, storage: "ledger", shards: 2 };
  server = await startServer(onNode ? "node" : "workerd", {
    vars: { TARGETS: JSON.stringify({ tower: stored, north: stored }) },
    secrets: { ...SECRETS, LEDGER_KEYS, OPERATOR_TOKEN, OPERATOR_TOKENS },
    persistTo: data,
  });
};
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lead-form-backup-"));
  vendors = await startVendors();
  await start(join(folder, "data"));
});
afterEach(async () => {
  await server.close();
  await vendors.close();
  await rm(folder, { recursive: true, force: true });
});

const post = async (target: string, phone: string) =>
  (
    await fetch(`${server.url}/v1/leads`, {
      method: "POST",
      headers: { origin: ORIGIN, accept: "application/json" },
      body: new URLSearchParams({ ...LEADS.sakneen, target, phone }),
    })
  ).status;
const askForCopy = (token: string) =>
  fetch(`${server.url}/operator/backup`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
  });

test("a copy needs a token that may export all targets, and a host with files", async () => {
  for (const token of ["p".repeat(40), "r".repeat(40)])
    assert.equal((await askForCopy(token)).status, 403);
  assert.equal((await askForCopy("nobody")).status, 401);
  assert.equal((await askForCopy(OPERATOR_TOKEN)).status, onNode ? 200 : 409);
});

describe("a copy of the stores", { skip: !onNode && "Cloudflare keeps its own history" }, () => {
  const backups = () => join(folder, "data", "backups");

  test("is made by npm run backup, and a lead that waits in it goes out from a restored store", async () => {
    vendors.sakneen.setFaults({ mode: "bad_key" });
    assert.equal(await post("tower", "01012345678"), 202);
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["proxy/scripts/backup.ts", server.url],
      { env: { ...process.env, OPERATOR_TOKEN } },
    );
    assert.match(stdout, /^Copied and checked: 4 stores/);
    const [name = "", ...others] = await readdir(backups());
    assert.deepEqual(others, []);

    const files = await readdir(join(backups(), name));
    assert.deepEqual(files.toSorted(), [
      "north-0.sqlite",
      "north-1.sqlite",
      "tower-0.sqlite",
      "tower-1.sqlite",
    ]);
    for (const file of files) {
      const path = join(backups(), name, file);
      if (process.platform !== "win32") assert.equal((await stat(path)).mode & 0o777, 0o600);
      assert.doesNotMatch(await readFile(path, "latin1"), /Mona|12345678/);
    }

    // All is gone: the machine, and what came after the copy.
    await server.kill();
    const restored = join(folder, "restored");
    await cp(join(backups(), name), restored, { recursive: true });
    vendors.sakneen.setFaults({ mode: "ok" });
    await start(restored);
    await until(() => vendors.sakneen.leads().length === 1);
    assert.equal(vendors.sakneen.leads()[0]?.body["phoneNumber"], "+201012345678");
  });

  test("can be made again and again: the last seven stay, and leads are taken meanwhile", async () => {
    const made: string[] = [];
    for (let n = 0; n < 9; n++) {
      const [response, status] = await Promise.all([
        askForCopy(OPERATOR_TOKEN),
        post(n % 2 ? "tower" : "north", `0101234560${n}`),
      ]);
      assert.deepEqual([response.status, status], [200, 201]);
      const { backup, stores } = (await response.json()) as { backup: string; stores: number };
      assert.equal(stores, 4);
      made.push(backup);
    }
    assert.deepEqual((await readdir(backups())).toSorted(), made.slice(-7));
    assert.equal(new Set(made).size, 9);
  });

  test("that cannot be made leaves nothing half done, and says so", async () => {
    await rm(backups(), { recursive: true, force: true });
    await cp("package.json", backups());
    const response = await askForCopy(OPERATOR_TOKEN);
    const text = await response.text();
    assert.equal(response.status, 503, text);
    assert.ok(!text.includes(folder));
    assert.equal(await post("tower", "01012345678"), 201);
  });
});
