/** A build in an environment full of secrets: none of them is in what it prints, writes or packs. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";
import { strFromU8, unzipSync } from "fflate";
import { makeClone } from "../../clone.ts";
import type { Clone } from "../../clone.ts";
import { findSecrets } from "../../proxy/canaries.ts";

const SECRETS = {
  SAKNEEN_API_KEY: "canary-sakneen-key-1f0c",
  BRAINYSOFT_TOKEN: "canary-brainysoft-token-77aa",
  BRAINYSOFT_CLIENT_ID: "canary-client-id-9b21",
  BRAINYSOFT_CLIENT_SECRET: "canary-client-secret-4de8",
  TOWER_API_KEY: "canary-tower-key-52d7",
  LEDGER_KEYS: JSON.stringify({
    k1: Buffer.from("canary-of-the-ledger-k1-32-bytes").toString("base64"),
  }),
  OPERATOR_TOKEN: "canary-operator-5b1f0d2a77c94e31aa",
  OPERATOR_TOKENS: JSON.stringify({ lena: { token: "canary-lena-2f9d4c1b8a7e6d5c4b3a" } }),
  ALERT_WEBHOOK_URL: "https://hooks.example.com/?key=canary-of-the-address-31c4",
  ALERT_WEBHOOK_SECRET: `whsec_${Buffer.from("canary-of-the-webhook-24").toString("base64")}`,
  EVENTS_SECRET: Buffer.from("canary-of-the-events--24").toString("base64"),
  CHAT_SECRET: "canary-of-the-chat-88a0",
  TURNSTILE_SECRET: "canary-of-turnstile-0x4AAAAAAA",
  CLOUDFLARE_API_TOKEN: "canary-cloudflare-token-1177",
  NPM_TOKEN: "canary-npm-token-4451",
};

let clone: Clone;
let output = "";
before(async () => {
  clone = await makeClone();
  await mkdir(join(clone.folder, "proxy/targets"), { recursive: true });
  const tower = {
    vendor: "sakneen",
    baseUrl: "https://app.sakneen.example",
    credential: "TOWER",
    origins: ["https://www.estate.test"],
    events: { url: "https://hooks.example.com/crm", secret: "EVENTS_SECRET" },
    notify: { kind: "telegram", secret: "CHAT_SECRET", chat: "-100" },
  };
  await writeFile(join(clone.folder, "proxy/targets/tower.json"), JSON.stringify(tower));
  // Where somebody may keep them: none of these files is shipped.
  const lines = Object.entries(SECRETS).map(([name, value]) => `${name}='${value}'`);
  for (const name of [".env", ".dev.vars", "proxy/.dev.vars"])
    await writeFile(join(clone.folder, name), lines.join("\n"));
  const built = await clone.build(SECRETS);
  assert.equal(built.status, 0, built.output);
  ({ output } = built);
});
after(() => clone.remove());

test("the build prints none and writes none into dist/", async () => {
  assert.deepEqual(await findSecrets(SECRETS, output, join(clone.folder, "dist")), []);
});

test("the plugin's zip, opened, holds none", async () => {
  const zip = unzipSync(await readFile(join(clone.folder, "dist/wordpress/lead-form.zip")));
  for (const [name, content] of Object.entries(zip))
    assert.deepEqual(await findSecrets(SECRETS, strFromU8(content, true)), [], name);
});

test("the npm package, packed and opened, holds none", async () => {
  const store = join(clone.folder, "packed");
  await mkdir(store);
  await promisify(execFile)("npm", ["pack", "--silent", "--offline", "--pack-destination", store], {
    cwd: join(clone.folder, "dist/widget"),
    env: { ...process.env, ...SECRETS },
    shell: process.platform === "win32",
  });
  const [name = ""] = await readdir(store);
  const content = gunzipSync(await readFile(join(store, name))).toString("latin1");
  assert.ok(content.includes("package/lead-form.js"));
  assert.deepEqual(await findSecrets(SECRETS, content), []);
});
