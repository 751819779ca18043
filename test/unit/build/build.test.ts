/** Whether the build works from nothing, as `npm start` runs it in a fresh clone, and twice alike. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { test } from "node:test";
import { makeClone } from "../../clone.ts";

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
  const clone = await makeClone();
  try {
    const { status, output } = await clone.build();
    assert.equal(status, 0, output);
    const built = await hashes(join(clone.folder, "dist"));
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
    await clone.remove();
  }
});
