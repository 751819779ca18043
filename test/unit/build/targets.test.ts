/** What the build makes of the targets that it can see, and what it says of a mistake in one. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { startWorker } from "../../../demo/run/worker.ts";
import { makeClone } from "../../clone.ts";
import type { Clone } from "../../clone.ts";

const TOWER = {
  vendor: "sakneen",
  baseUrl: "https://app.sakneen.example",
  origins: ["https://www.estate.test"],
  projects: ["Palm Hills"],
};

describe("a build with targets of its own", () => {
  let clone: Clone;
  let folder: string;
  before(async () => {
    clone = await makeClone();
    folder = join(clone.folder, "proxy/targets");
  });
  after(() => clone.remove());
  beforeEach(async () => {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder);
  });
  const write = (name: string, text: string) => writeFile(join(folder, name), text);

  test("bundles them, bakes their countries in, and prints their snippets", async () => {
    await write("tower.json", `// ours\n${JSON.stringify({ ...TOWER, country: "AE" })}`);
    const { status, output } = await clone.build({
      LEAD_FORM_ENDPOINT: "https://leads.estate.test",
      TARGETS_NORTH: JSON.stringify({ ...TOWER, consent: "required" }),
      TARGETS_FILE: "/nowhere/targets.json",
      TARGETS: JSON.stringify({ bad: { ...TOWER, country: "KZ", colour: "red" } }),
    });
    assert.equal(status, 0, output);
    assert.match(
      output,
      /For pages of the target tower:\n<style>lead-form\[target="tower"\][^]*?<\/style>\n<script src="https:\/\/leads\.estate\.test\//,
    );
    assert.match(
      output,
      /<lead-form target="tower" country="AE" projects="Palm Hills"><\/lead-form>/,
    );
    assert.match(
      output,
      /target="north"\s+country="EG"\s+projects="Palm Hills"\s+consent="checkbox"/,
    );
    assert.match(output, /TARGETS_FILE names a file that does not exist/);
    assert.match(output, /The target bad has a fault: npm run snippet -- --target bad/);
    const script = await readFile(join(clone.folder, "dist/widget/lead-form.js"), "utf8");
    for (const baked of [/tower:\s*[`"]AE/, /north:\s*[`"]EG/, /bad:\s*[`"]KZ/])
      assert.match(script, baked);
    assert.doesNotMatch(script, /sakneen\.example/);
    const worker = await readFile(join(clone.folder, "dist/worker/index.js"), "utf8");
    assert.match(worker, /app\.sakneen\.example/);
  });

  test("lets no key of a vendor, no fallback and no address out of the Worker", async () => {
    const fields = [
      { name: "budget", type: "number", as: "keyofthevendor", label: "Budget", fallback: 918_273 },
    ];
    await write("tower.json", JSON.stringify({ ...TOWER, fields }));
    const { status, output } = await clone.build();
    assert.equal(status, 0, output);
    const secret = /keyofthevendor|918273|app\.sakneen\.example/;
    assert.doesNotMatch(output, secret);
    const dist = join(clone.folder, "dist");
    const entries = await readdir(dist, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    assert.ok(files.length > 50, String(files.length));
    const holding: string[] = [];
    for (const { parentPath, name } of files) {
      const content = await readFile(join(parentPath, name), "latin1");
      if (secret.test(content)) holding.push(join(parentPath.slice(dist.length + 1), name));
    }
    // Only the bundle that runs at Cloudflare, which serves no file of its own folder.
    assert.deepEqual(holding, ["worker/index.js"]);
  });

  test("lets the Worker answer for them, beside those of its variables", async () => {
    await write("tower.json", JSON.stringify(TOWER));
    const { status, output } = await clone.build();
    assert.equal(status, 0, output);
    const here = process.cwd();
    process.chdir(clone.folder);
    const worker = await startWorker({
      vars: { TARGETS_NORTH: JSON.stringify(TOWER) },
      secrets: {
        SAKNEEN_API_KEY: "k",
        LEDGER_KEYS: JSON.stringify({ k1: Buffer.alloc(32, 1).toString("base64") }),
      },
    }).finally(() => process.chdir(here));
    try {
      assert.deepEqual(await (await fetch(`${worker.url}/healthz`)).json(), { ok: true });
      for (const key of ["tower", "north"])
        assert.equal((await fetch(`${worker.url}/f/${key}`)).status, 200);
    } finally {
      await worker.close();
    }
  });

  test("leaves those of the operator out of a demo", async () => {
    await write("tower.json", JSON.stringify(TOWER));
    const { status, output } = await clone.build({
      LEAD_FORM_DEMO: "1",
      TARGETS_NORTH: JSON.stringify(TOWER),
    });
    assert.equal(status, 0, output);
    assert.doesNotMatch(output, /tower|north/);
    const worker = await readFile(join(clone.folder, "dist/worker/index.js"), "utf8");
    assert.doesNotMatch(worker, /app\.sakneen\.example/);
  });

  const faulty: [what: string, text: string, said: RegExp][] = [
    [
      "a word that is no JSON",
      '{\n  "vendor": "sakneen",\n  "baseUrl": oh\n}',
      /^proxy\/targets\/tower\.json:3: is not JSON: invalid symbol$/m,
    ],
    [
      "a rule that is broken",
      '{\n  // ours\n  "vendor": "sakneen",\n  "baseUrl": "https://a.test",\n  "origins": [\n    "https://b.test",\n    "b.test"\n  ]\n}',
      /^proxy\/targets\/tower\.json:7: origins\[1\] is not an origin such as /m,
    ],
    [
      "a key that is missing",
      '\n{\n  "vendor": "sakneen"\n}',
      /^proxy\/targets\/tower\.json:2: baseUrl is missing$/m,
    ],
    [
      "a key of another vendor",
      JSON.stringify({ ...TOWER, extra: { channel: "x" } }, null, 2),
      /^proxy\/targets\/tower\.json:\d+: extra\.channel is not a field of Sakneen's leads API$/m,
    ],
  ];
  for (const [what, text, said] of faulty)
    test(`ends with an error that names ${what}, its file and its line`, async () => {
      const built = join(clone.folder, "dist");
      const before = existsSync(built) ? await readdir(built) : [];
      await write("tower.json", text);
      const { status, output } = await clone.build();
      assert.equal(status, 1, output);
      assert.match(output, said);
      // What was built before is still there.
      assert.deepEqual(existsSync(built) ? await readdir(built) : [], before);
    });

  test("ends with an error where wrangler's own settings name a target twice", async () => {
    const wrangler = join(clone.folder, "proxy/wrangler.jsonc");
    const text = await readFile(wrangler, "utf8");
    const twice = `"TARGETS": { "tower": ${JSON.stringify(TOWER)},\n"tower": ${JSON.stringify(TOWER)} }`;
    await writeFile(wrangler, text.replace('"vars": {}', `"vars": { ${twice} }`));
    const { status, output } = await clone.build();
    await writeFile(wrangler, text);
    assert.equal(status, 1);
    assert.match(
      output,
      /proxy\/wrangler\.jsonc\.vars\.TARGETS\.tower stands there twice \(line \d+\)/,
    );
  });

  test("needs no secret, and fails where a target stands in a variable too", async () => {
    await write("tower.json", JSON.stringify(TOWER));
    const { status, output } = await clone.build({ TARGETS_TOWER: JSON.stringify(TOWER) });
    assert.equal(status, 1);
    assert.match(output, /^TARGETS_TOWER stands in targets\/tower\.json too$/m);
    assert.doesNotMatch(output, /API_KEY/);
  });
});
