/**
 * Owns the name of a build, which its script and its parts hold: a hash of what browsers get. Must not
 * change with anything that they do not get, as a server's code: a size would change with it.
 */
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Stands for the name until the name is known; as long as it is. */
export const UNNAMED = "~unnamed";

/** Names what was built into a folder. */
export const nameBuild = (folder: string): void => {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".js"))
    .sort()
    .map((name) => ({ name, path: join(folder, name) }))
    .map(({ name, path }) => ({ name, path, text: readFileSync(path, "utf8") }));
  const hash = createHash("sha256");
  for (const { name, text } of files) hash.update(JSON.stringify([name, text]));
  const build = hash.digest("base64url").slice(0, UNNAMED.length);
  for (const { path, text } of files)
    if (text.includes(UNNAMED)) writeFileSync(path, text.replaceAll(UNNAMED, build));
};
