/**
 * Owns a copy of this repository without what is made in it, and its build. Must not change the
 * repository.
 */
import { spawn } from "node:child_process";
import { cp, mkdtemp, readdir, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** What a clone does not have: what was installed or made in it. */
const MADE = new Set(["node_modules", "dist", ".tsc", ".git", ".wrangler"]);

export interface Clone {
  folder: string;
  /** Runs the build, and returns how it ended and all that it printed. */
  build: (env?: NodeJS.ProcessEnv) => Promise<{ status: number | null; output: string }>;
  remove: () => Promise<void>;
}

export const makeClone = async (): Promise<Clone> => {
  const folder = await mkdtemp(join(tmpdir(), "lead-form-clone-"));
  for (const name of await readdir("."))
    if (!MADE.has(name)) await cp(name, join(folder, name), { recursive: true });
  await symlink(resolve("node_modules"), join(folder, "node_modules"), "junction");
  return {
    folder,
    build: async (env = {}) => {
      const child = spawn(process.execPath, ["node_modules/vite/bin/vite.js", "build"], {
        cwd: folder,
        env: { ...process.env, NO_COLOR: "1", ...env },
        stdio: ["ignore", "pipe", "pipe"],
      });
      let output = "";
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding("utf8").on("data", (text: string) => (output += text));
      const status = await new Promise<number | null>((done) => child.once("close", done));
      return { status, output };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};
