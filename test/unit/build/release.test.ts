/**
 * What `npm run release` hands on: the same bytes each time, whole archives, and what npm, Cloudflare and Docker ask for.
 * Needs `npm run build`.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, readdirSync } from "node:fs";
import { mkdtemp, mkdir, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { validate } from "dockerfile-utils";
import packageJson from "../../../package.json" with { type: "json" };
import { instructionsOf } from "../../dockerfile.ts";
import { readConfig } from "../../../proxy/config/config.ts";
import { packTar } from "../../../proxy/scripts/tar.ts";

const { version } = packageJson;
/** 2026-01-02 03:04:05 UTC */
const TIME = 1_767_323_045;

let work: string;
const at = (...path: string[]): string => join(work, ...path);
const text = (...path: string[]): string => readFileSync(at(...path), "utf8");
const json = (...path: string[]) => JSON.parse(text(...path));

const release = (out: string, env: object = {}) =>
  spawnSync(process.execPath, ["proxy/scripts/release.ts", "--no-build", "--out", at(out)], {
    env: { ...process.env, SOURCE_DATE_EPOCH: String(TIME), ...env },
    encoding: "utf8",
    timeout: 60_000,
  });

before(async () => {
  work = await mkdtemp(join(tmpdir(), "lead-form-release-"));
  const { status, stderr } = release("first");
  assert.equal(status, 0, stderr);
  for (const name of ["node", "worker"]) {
    await mkdir(at(name));
    const { status: unpacked, stderr: why } = spawnSync(
      "tar",
      ["-xzf", at("first", `lead-form-${name}-${version}.tar.gz`), "-C", at(name)],
      { encoding: "utf8" },
    );
    assert.equal(unpacked, 0, why);
  }
});
after(() => rm(work, { recursive: true, force: true }));

const sumsOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(at(folder)).map((name) => [
      name,
      createHash("sha256")
        .update(readFileSync(at(folder, name)))
        .digest("hex"),
    ]),
  );

describe("a release", () => {
  test("holds all that is handed on, each with its sum", () => {
    const { SHA256SUMS: _, ...sums } = sumsOf("first");
    assert.deepEqual(Object.keys(sums).toSorted(), [
      `lead-form-${version}.cdx.json`,
      `lead-form-${version}.tgz`,
      `lead-form-node-${version}.tar.gz`,
      `lead-form-wordpress-${version}.zip`,
      `lead-form-worker-${version}.tar.gz`,
    ]);
    const lines = text("first", "SHA256SUMS").trimEnd().split("\n");
    assert.deepEqual(Object.fromEntries(lines.map((line) => line.split("  ").toReversed())), sums);
  });

  test("is the same, byte for byte, by another user at another time in another zone", () => {
    const { status, stderr } = release("second", {
      TZ: "Asia/Kathmandu",
      USER: "anna",
      LANG: "ar",
    });
    assert.equal(status, 0, stderr);
    assert.deepEqual(sumsOf("second"), sumsOf("first"));
  });

  test("is of the time of SOURCE_DATE_EPOCH, and of the last commit without", () => {
    const timeOf = (folder: string): number => {
      const tar = gunzipSync(readFileSync(at(folder, `lead-form-node-${version}.tar.gz`)));
      return Number.parseInt(tar.subarray(136, 147).toString(), 8);
    };
    assert.equal(timeOf("first"), TIME);
    const { stdout, status } = spawnSync("git", ["log", "-1", "--format=%ct"], {
      encoding: "utf8",
    });
    release("committed", { SOURCE_DATE_EPOCH: "" });
    assert.equal(timeOf("committed"), status === 0 ? Number(stdout) : 315_532_800);
  });

  test("holds no path of this machine, and nothing of the demo or of this checkout's settings", () => {
    for (const name of ["node", "worker"]) {
      const tar = gunzipSync(readFileSync(at("first", `lead-form-${name}-${version}.tar.gz`)));
      for (const place of [process.cwd(), homedir()].filter((path) => path.length > 5))
        assert.ok(!tar.includes(place), place);
      assert.ok(!existsSync(at(name, "public/demo")), name);
      assert.deepEqual(globSync(at(name, "**/.{env,dev.vars}")), []);
    }
  });

  test("overwrites no folder of somebody else's", () => {
    const { status, stderr } = release("node");
    assert.equal(status, 1);
    assert.match(stderr, /not empty/);
  });

  test("is no part of the repository", () => {
    assert.match(readFileSync(".gitignore", "utf8"), /^\/release$/m);
  });
});

test("an archive refuses a name that it would cut", () => {
  const content = new Uint8Array();
  assert.throws(() => packTar([{ path: "a".repeat(101), content }], 0), /too long/);
});

test("the npm package can be published: npm corrects nothing, and has everything that its entries name", () => {
  const { status, stdout, stderr } = spawnSync(
    "npm",
    ["publish", "--dry-run", "--offline", "--json=false"],
    {
      cwd: "dist/widget",
      encoding: "utf8",
      timeout: 60_000,
      shell: process.platform === "win32",
    },
  );
  assert.equal(status, 0, stderr);
  const warnings = (stdout + stderr)
    .split("\n")
    .filter((line) => /^npm (?:warn|error)/i.test(line));
  // Nobody is logged in here.
  assert.deepEqual(
    warnings.filter((line) => !line.includes("logged in")),
    [],
  );
});

describe("the Worker's folder", () => {
  const bindings = (): string[] => {
    const { durable_objects, ratelimits, assets, vars } = json("worker", "wrangler.jsonc");
    return [
      ...Object.keys(vars),
      ...durable_objects.bindings.map(({ name }: { name: string }) => name),
      ...ratelimits.map(({ name }: { name: string }) => name),
      assets.binding,
    ];
  };
  const secrets = (): string[] =>
    text("worker", ".dev.vars.example")
      .trimEnd()
      .split("\n")
      .map((line) => {
        const [, name = "", value] = /^([A-Z][A-Z\d_]*)=(.*)$/.exec(line) ?? [];
        // An example that works would be one that somebody leaves as it is.
        assert.equal(value, "", line);
        return name;
      });

  test("stands alone: all that its settings name is in it, and nothing has to be built", () => {
    const { main, assets, no_bundle } = json("worker", "wrangler.jsonc");
    assert.ok(existsSync(at("worker", main)));
    assert.ok(existsSync(at("worker", assets.directory, "lead-form.js")));
    assert.equal(no_bundle, true);
    const { scripts, dependencies, devDependencies } = json("worker", "package.json");
    assert.deepEqual(dependencies, undefined);
    assert.deepEqual(devDependencies, { wrangler: packageJson.devDependencies.wrangler });
    // Cloudflare takes both into its form; without `build` it leaves that field empty.
    assert.equal(scripts.deploy, "wrangler deploy");
    assert.equal(scripts.build, undefined);
    for (const name of ["../", process.cwd()])
      assert.ok(!text("worker", "wrangler.jsonc").includes(name));
  });

  test("describes each variable, secret and binding for the page behind the button, and no other", () => {
    const described = json("worker", "package.json").cloudflare.bindings;
    assert.deepEqual(Object.keys(described).toSorted(), [...bindings(), ...secrets()].toSorted());
    for (const [name, { description, ...rest }] of Object.entries<Record<string, string>>(
      described,
    )) {
      assert.deepEqual(rest, {}, name);
      // Code, bold, italics and links of Markdown alone are shown.
      assert.match(description ?? "", /^[A-Z][^<>#|]+\.$/, name);
    }
  });

  test("gives every variable a text, of which only the addresses have to be changed", () => {
    const { vars } = json("worker", "wrangler.jsonc");
    for (const [name, value] of Object.entries(vars)) assert.equal(typeof value, "string", name);
    const { faults } = readConfig({ ...vars, PUBLIC_URL: "https://leads.example.com" });
    const missing = faults.map(({ setting, problem }) => `${setting} ${problem}`);
    assert.deepEqual(missing.toSorted(), ["LEDGER_KEYS is missing", "SAKNEEN_API_KEY is missing"]);
    for (const { setting } of faults) assert.ok(secrets().includes(setting), setting);
  });

  test("is taken by wrangler as it is", () => {
    const manifest = createRequire(import.meta.url).resolve("wrangler/package.json");
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(dirname(manifest), "bin/wrangler.js"), "deploy", "--dry-run"],
      {
        cwd: at("worker"),
        env: {
          ...process.env,
          WRANGLER_SEND_METRICS: "false",
          WRANGLER_HIDE_BANNER: "true",
          WRANGLER_SEND_ERROR_REPORTS: "false",
          WRANGLER_LOG_PATH: at("logs"),
          NO_COLOR: "1",
        },
        encoding: "utf8",
        timeout: 60_000,
      },
    );
    assert.equal(status, 0, stderr);
    assert.doesNotMatch(stderr, /warning/i);
    for (const name of bindings()) assert.ok(stdout.includes(`env.${name}`), name);
  });

  test("tells how a button is made, as Cloudflare writes it", () => {
    assert.match(
      text("worker", "README.md"),
      /\[!\[Deploy to Cloudflare\]\(https:\/\/deploy\.workers\.cloudflare\.com\/button\)\]\(https:\/\/deploy\.workers\.cloudflare\.com\/\?url=/,
    );
  });
});

describe("the container's context", () => {
  const all = (name: string): string[] => instructionsOf(text("node", "Dockerfile"), name);

  test("has a Dockerfile that a parser finds nothing in", () => {
    assert.deepEqual(validate(text("node", "Dockerfile")), []);
    assert.ok(validate("FROM node\nUSR 1000\nCMD node").length > 0, "The parser can tell.");
  });

  test("builds on an image of several machines, and copies what is there and may be sent", () => {
    assert.deepEqual(all("FROM"), ["node:24-slim"]);
    const sent = text("node", ".dockerignore").trimEnd().split("\n");
    for (const copied of all("COPY")) {
      const [from = ""] = copied.split(" ");
      assert.ok(existsSync(at("node", from)), from);
      assert.ok(sent.includes(`!${from}`), from);
    }
    assert.equal(sent[0], "*");
    assert.doesNotMatch(
      text("node", "Dockerfile"),
      /--platform|amd64 |x86_64|curl|wget|apt-get|npm /,
    );
  });

  test("runs as nobody special, writes to its volume alone, and says how it is", () => {
    assert.deepEqual(all("USER"), ["1000:1000"]);
    const environment = Object.fromEntries(
      all("ENV").flatMap((line) => line.split(" ").map((pair) => pair.split("="))),
    );
    assert.deepEqual(all("VOLUME"), [environment["DATA_DIR"]]);
    assert.equal(environment["HOST"], "0.0.0.0");
    assert.deepEqual(all("EXPOSE"), [environment["PORT"]]);
    // Without a shell between, the server is told to end.
    assert.deepEqual(all("CMD"), ['["node", "server.js"]']);
    assert.match(all("HEALTHCHECK").join(), /\/healthz\/live/);
    // No secret is ever part of an image.
    assert.doesNotMatch(text("node", "Dockerfile"), /KEY|TOKEN|SECRET|ARG/);
  });

  test("is run with a root that cannot be written to", () => {
    const compose = text("node", "compose.yaml");
    for (const line of [
      "read_only: true",
      'cap_drop: ["ALL"]',
      "no-new-privileges:true",
      "data:/data",
    ])
      assert.ok(compose.includes(line), line);
  });

  test("comes with an environment in which only the secrets have to be filled in", () => {
    const lines = text("node", "lead-form.env.example").trimEnd().split("\n");
    const given = Object.fromEntries(
      lines
        .filter((line) => !line.startsWith("#"))
        .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
    );
    const { faults } = readConfig(given);
    assert.deepEqual(faults.map(({ setting, problem }) => `${setting} ${problem}`).toSorted(), [
      "LEDGER_KEYS is missing",
      "SAKNEEN_API_KEY is missing",
    ]);
    const filled = {
      SAKNEEN_API_KEY: "k",
      LEDGER_KEYS: JSON.stringify({ k1: btoa("k".repeat(32)) }),
    };
    assert.deepEqual(
      readConfig({ ...given, ...filled, OPERATOR_TOKEN: "o".repeat(43) }).faults,
      [],
    );
  });
});
