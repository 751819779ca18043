/**
 * Owns `npm run release`: a build for any host, and all that is handed on of it in `release/`, with checksums. Must not
 * depend on when, where or by whom it is made.
 *
 * `--no-build` takes what is built already, `--out` another folder.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { nodeFiles, workerFiles } from "./release-files.ts";
import { packTar } from "./tar.ts";

const RELEASE = "release";

const { values } = parseArgs({
  options: {
    "no-build": { type: "boolean", default: false },
    out: { type: "string", default: RELEASE },
  },
  strict: true,
});
const out = resolve(values.out);
const shell = process.platform === "win32";

const build = (): void => {
  // As for the demo: without the targets and variables of this checkout.
  const { LEAD_FORM_ENDPOINT: _, ...env } = process.env;
  const { status } = spawnSync("npm", ["run", "-s", "build"], {
    env: { ...env, LEAD_FORM_DEMO: "1" },
    stdio: ["ignore", "ignore", "inherit"],
    shell,
  });
  if (status !== 0) process.exit(status ?? 1);
};

/** Where there is neither the variable nor a repository, as in a source archive: the first day of a zip. */
const LONG_AGO = 315_532_800;

/** https://reproducible-builds.org/specs/source-date-epoch/ */
const readTime = (): number => {
  const given = process.env["SOURCE_DATE_EPOCH"];
  if (given !== undefined && /^\d{1,11}$/.test(given)) return Number(given);
  const { stdout, status } = spawnSync("git", ["log", "-1", "--format=%ct"], { encoding: "utf8" });
  return status === 0 ? Number(stdout) : LONG_AGO;
};

const writeSums = (): void => {
  const lines = readdirSync(out)
    .toSorted()
    .map((name) => {
      const sum = createHash("sha256").update(readFileSync(join(out, name)));
      return `${sum.digest("hex")}  ${name}\n`;
    });
  writeFileSync(join(out, "SHA256SUMS"), lines.join(""));
};

if (!values["no-build"]) build();
const root = JSON.parse(readFileSync("package.json", "utf8")) as Parameters<typeof nodeFiles>[0];
const { version } = root;
const time = readTime();
// Only what is its own is emptied.
if (values.out === RELEASE) rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
if (readdirSync(out).length > 0) {
  console.error("The folder is not empty. Nothing was written.");
  process.exit(1);
}
execFileSync("npm", ["pack", "--silent", "--offline", "--pack-destination", out], {
  cwd: "dist/widget",
  stdio: ["ignore", "ignore", "inherit"],
  shell,
});
copyFileSync("dist/wordpress/lead-form.zip", join(out, `lead-form-wordpress-${version}.zip`));
copyFileSync("dist/sbom.json", join(out, `lead-form-${version}.cdx.json`));
writeFileSync(join(out, `lead-form-worker-${version}.tar.gz`), packTar(workerFiles(root), time));
writeFileSync(join(out, `lead-form-node-${version}.tar.gz`), packTar(nodeFiles(root), time));
writeSums();
process.stdout.write(readFileSync(join(out, "SHA256SUMS"), "utf8"));
