/** Whether the build works from nothing, as `npm start` runs it in a fresh clone, and twice alike. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, readdir, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

/** What a clone does not have: what was installed or made in it. */
const MADE = new Set(["node_modules", "dist", ".tsc", ".git", ".wrangler"]);

/** The hash of each file below a folder, by its path. */
const hashes = async (folder: string): Promise<Record<string, string>> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(async ({ parentPath, name }) => {
      const file = join(parentPath, name);
      const hash = createHash("sha256").update(await readFile(file));
      return [relative(folder, file), hash.digest("hex")] as const;
    });
  return Object.fromEntries(await Promise.all(files));
};

test("a clone in which nothing was built yet is built by Vite alone, to the same bytes", async () => {
  const clone = await mkdtemp(join(tmpdir(), "lead-form-clone-"));
  try {
    for (const name of await readdir("."))
      if (!MADE.has(name)) await cp(name, join(clone, name), { recursive: true });
    await symlink(resolve("node_modules"), join(clone, "node_modules"), "junction");
    await promisify(execFile)(process.execPath, ["node_modules/vite/bin/vite.js", "build"], {
      cwd: clone,
    });
    const built = await hashes(join(clone, "dist"));
    for (const name of ["lead-form.js", "custom-elements.json", "types/widget/index.d.ts"])
      assert.ok(built[join("widget", name)], name);
    // Needs `npm run build` after each change, as the other tests of what is built do.
    const here = await hashes("dist");
    const names = [...new Set([...Object.keys(built), ...Object.keys(here)])];
    assert.deepEqual(
      names.filter((name) => built[name] !== here[name]),
      [],
      "These files differ from those in dist/; if that is old, run `npm run build`.",
    );
  } finally {
    await rm(clone, { recursive: true, force: true });
  }
});
