/**
 * The server as its image runs it, without Docker: the Dockerfile's own files, environment, user and commands in a root
 * that cannot be written to. Only root of a Linux may make such a root. Needs `npm run build`.
 */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { freePort } from "../../../demo/run/free-port.ts";
import { DEMO_SECRETS, startVendors } from "../../../demo/vendors/server.ts";
import { instructionsOf } from "../../dockerfile.ts";

const dockerfile = readFileSync("proxy/Dockerfile", "utf8");
const one = (name: string): string => {
  const [found = ""] = instructionsOf(dockerfile, name);
  return found;
};
const command = (text: string): string[] => JSON.parse(text.replace(/^[^[]*/, "")) as string[];

const ENVIRONMENT = one("ENV").split(" ");

/**
 * The steps of the image, and what compose.yaml adds to them, in a mount namespace of its own that ends with the process.
 * The arguments: the new root, the context, this Node, the user, the folder of the program, its volume, its preparation,
 * then the environment and the command.
 */
const STEPS = `
root=$1 context=$2 node=$3 user=$4 folder=$5 volume=$6 prepare=$7
shift 7
mount -t tmpfs tmpfs "$root"
mkdir -p "$root/tmp" "$root$folder"
for each in usr bin lib lib64 proc dev; do
  [ -d "/$each" ] || continue
  mkdir "$root/$each"
  mount --rbind "/$each" "$root/$each"
done
touch "$root/node"
mount --bind "$node" "$root/node"
chroot "$root" sh -ec "$prepare"
cp -r "$context/server.js" "$context/public" "$root$folder"
mount -t tmpfs -o "mode=$(stat -c %a "$root$volume"),uid=$(stat -c %u "$root$volume"),gid=$(stat -c %g "$root$volume")" tmpfs "$root$volume"
mount -t tmpfs tmpfs "$root/tmp"
mount -o remount,bind,ro "$root/usr"
mount -o remount,ro "$root"
exec chroot --userspec="$user" --groups= "$root" env -i -C "$folder" "$@"
`;

const asItsImage = (
  root: string,
  env: Record<string, string>,
  args: readonly string[],
): string[] => [
  "--mount",
  "--propagation=private",
  "sh",
  "-ec",
  STEPS,
  "sh",
  root,
  resolve("dist/node"),
  process.execPath,
  one("USER"),
  one("WORKDIR"),
  one("VOLUME"),
  one("RUN"),
  ...ENVIRONMENT,
  // The later of two holds.
  ...Object.entries(env).map(([name, value]) => `${name}=${value}`),
  "/node",
  ...args,
];

const canMount =
  process.platform === "linux" &&
  process.getuid?.() === 0 &&
  spawnSync("unshare", ["--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).status === 0;

describe(
  "the server in its image's user, folder and environment",
  { skip: canMount ? false : "only root of a Linux may make a root file system" },
  () => {
    let root: string;
    before(async () => {
      root = await mkdtemp(join(tmpdir(), "lead-form-root-"));
    });
    after(() => rm(root, { recursive: true, force: true }));

    test("can write to its volume and to /tmp, and nowhere else, and is not root", () => {
      const look = `
        const { writeFileSync } = require("node:fs");
        const may = (path) => { try { writeFileSync(path, ""); return true; } catch { return false; } };
        console.log(JSON.stringify({
          user: [process.getuid(), process.getgid(), ...process.getgroups()],
          written: ["/data/x", "/tmp/x", "/app/x", "/x", "/usr/x", "/app/public/x"].filter(may),
        }));`;
      const { stdout, stderr } = spawnSync("unshare", asItsImage(root, {}, ["-e", look]), {
        encoding: "utf8",
      });
      assert.deepEqual(JSON.parse(stdout || stderr), {
        user: [1000, 1000, 1000],
        written: ["/data/x", "/tmp/x"],
      });
    });

    test("is healthy, stores a lead, delivers it, and ends when it is told to", async () => {
      const vendors = await startVendors();
      const port = String(await freePort());
      const env = {
        // Of this machine alone: in a container it is all of the container's.
        HOST: "127.0.0.1",
        PORT: port,
        PUBLIC_URL: "https://leads.example.com",
        TARGETS: JSON.stringify({
          tower: {
            vendor: "sakneen",
            baseUrl: vendors.sakneen.baseUrl,
            credential: "SAKNEEN",
            country: "EG",
            origins: ["https://www.example.com"],
          },
        }),
        SAKNEEN_API_KEY: DEMO_SECRETS.SAKNEEN_API_KEY,
        LEDGER_KEYS: JSON.stringify({ k1: btoa("k".repeat(32)) }),
      };
      const [, ...args] = command(one("CMD"));
      const server = spawn("unshare", asItsImage(root, env, args), {
        stdio: ["ignore", "pipe", "pipe"],
      });
      let output = "";
      const ready = new Promise<void>((done, fail) => {
        for (const stream of [server.stdout, server.stderr])
          stream.setEncoding("utf8").on("data", (chunk: string) => {
            output += chunk;
            if (output.includes("Ready on")) done();
          });
        server.once("close", () => fail(new Error(output)));
      });
      const ended = once(server, "close");
      try {
        await ready;
        const [, ...check] = command(one("HEALTHCHECK"));
        const { status } = spawnSync(process.execPath, check, { env: { PORT: port } });
        assert.equal(status, 0);
        const url = `http://127.0.0.1:${port}`;
        assert.deepEqual(await (await fetch(`${url}/healthz`)).json(), { ok: true });
        const answer = await fetch(`${url}/v1/leads`, {
          method: "POST",
          headers: { origin: "https://www.example.com", accept: "application/json" },
          body: new URLSearchParams({ target: "tower", name: "Mona Adel", phone: "01012345678" }),
        });
        assert.equal(answer.status, 201, output);
        assert.equal(vendors.sakneen.leads().length, 1);
        const script = await (await fetch(`${url}/lead-form.js`)).text();
        assert.ok(script.endsWith("(`https://leads.example.com`);"));
      } finally {
        server.kill("SIGTERM");
        const [code] = (await ended) as [number | null];
        await vendors.close();
        assert.equal(code, 0, output);
      }
      const [, ...check] = command(one("HEALTHCHECK"));
      assert.equal(spawnSync(process.execPath, check, { env: { PORT: port } }).status, 1);
    });
  },
);
