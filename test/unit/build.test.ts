/** Whether the build works from nothing, as `npm start` runs it in a fresh clone. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

/** What a clone does not have: what was installed or made in it. */
const MADE = new Set(["node_modules", "dist", ".tsc", ".git", ".wrangler"]);

test("a clone in which nothing was built yet is built by Vite alone", async () => {
  const clone = await mkdtemp(join(tmpdir(), "lead-form-clone-"));
  try {
    for (const name of await readdir("."))
      if (!MADE.has(name)) await cp(name, join(clone, name), { recursive: true });
    await symlink(resolve("node_modules"), join(clone, "node_modules"), "junction");
    await promisify(execFile)(process.execPath, ["node_modules/vite/bin/vite.js", "build"], {
      cwd: clone,
    });
    const built = await readdir(join(clone, "dist/widget"));
    for (const name of ["lead-form.js", "custom-elements.json", "types"])
      assert.ok(built.includes(name), name);
  } finally {
    await rm(clone, { recursive: true, force: true });
  }
});
