/**
 * Owns `npm run fetch:wordpress`: two real WordPresses in the cache, so that the suite needs no network.
 * Must not fetch again what is there.
 *
 * The newer one comes from npm, where WordPress Playground keeps builds. The oldest that the plugin
 * supports, and the themes, come from Debian. It takes 14 s and 170 MB at first.
 */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { unzipSync } from "fflate";
import { CACHE, isFetched } from "./core.ts";
import type { Version } from "./core.ts";

const BUILDS = "@wp-playground/wordpress-builds@0.9.19";
const BUILDS_SHA512 =
  "dlqvh/MJDpE5W68vgPPKUjpip6zMuBh59L3D18ZX+pdwurC4q4ydrTww/3sTMV69BBcoH6kF93YtAtujNC5Mpw==";
/** The build's own name for 6.6. */
const BUILD = "wp-beta";
/** `libjs-underscore`, since Debian's WordPress only points at it. */
const DEBIAN = [
  "wordpress",
  "libjs-underscore",
  "wordpress-theme-twentytwentyone",
  "wordpress-theme-twentytwentythree",
];

const run = promisify(execFile);

/** From npm: all but static files in a zip, these beside it. */
const layNewer = async (work: string, out: string): Promise<void> => {
  await run("npm", ["pack", BUILDS, "--silent", "--pack-destination", work]);
  const packed = (await readdir(work)).find((file) => file.endsWith(".tgz")) ?? "";
  const bytes = await readFile(join(work, packed));
  const hash = createHash("sha512").update(bytes).digest("base64");
  if (hash !== BUILDS_SHA512) throw new Error(`${BUILDS} is not what it was: sha512-${hash}`);
  const [zip, statics] = [`package/src/wordpress/${BUILD}.zip`, `package/public/${BUILD}`];
  await run("tar", ["-xzf", join(work, packed), "-C", work, zip, statics]);
  await cp(join(work, statics), out, { recursive: true });
  for (const [name, content] of Object.entries(unzipSync(await readFile(join(work, zip))))) {
    if (name.endsWith("/")) continue;
    await mkdir(dirname(join(out, name)), { recursive: true });
    await writeFile(join(out, name), content);
  }
};

/** From Debian, unpacked only: installed it would bring a web server along. */
const layOldest = async (work: string, out: string): Promise<void> => {
  await run("apt-get", ["download", ...DEBIAN], { cwd: work });
  for (const file of (await readdir(work)).filter((name) => name.endsWith(".deb")))
    await run("dpkg-deb", ["-x", join(work, file), work]);
  // As `cp -L`: most links lead to what was unpacked beside them, a few to packages that are not needed.
  await run("cp", ["-rL", join(work, "usr/share/wordpress"), out]).catch(() => undefined);
};

const lay = async (
  version: Version,
  into: (work: string, out: string) => Promise<void>,
): Promise<void> => {
  if (isFetched(version)) return;
  await mkdir(CACHE, { recursive: true });
  // Beside its later place, so that it is there whole or not at all.
  const work = await mkdtemp(join(CACHE, ".work-"));
  try {
    const out = join(work, "out");
    await into(work, out);
    await rename(out, join(CACHE, version));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
};

await lay("6.1", layOldest);
await lay("6.6", layNewer);
// A theme that is no block theme does not come with the newer one.
await cp(
  join(CACHE, "6.1/wp-content/themes/twentytwentyone"),
  join(CACHE, "6.6/wp-content/themes/twentytwentyone"),
  { recursive: true },
);
