/**
 * Owns `npm run dev`: restarts the demo after each change of a source. Must not build or serve, which
 * start.ts does. Arguments are passed on to it.
 *
 * `node --watch-path` would do, but on Linux it sees only the first of several saves of an editor that
 * replaces the file (measured with Node 24.21). A watcher of the folder sees all of them.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, watch } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { onParentGone } from "./parent.ts";

const ROOTS = ["widget", "proxy", "demo"];

/** An editor writes a file in several steps, and a branch is many files. */
const SETTLE_MS = 150;

/** Written by the build itself, or part of no build. */
const isIgnored = (name: string): boolean =>
  /\.generated\.(?:ts|json)$|\.md$|~$|^\.|^4913$/.test(name);

const watched = new Set<string>();
let changed: string | undefined;

const watchFolder = (folder: string): void => {
  if (watched.has(folder)) return;
  watched.add(folder);
  watch(folder, (_, name) => {
    if (name && isIgnored(name)) return;
    changed = join(folder, name ?? "");
  }).on("error", () => watched.delete(folder));
};

/** Also those that are new since the last time. */
const watchAll = (): void => {
  for (const root of ROOTS) {
    watchFolder(root);
    for (const entry of readdirSync(root, { recursive: true, withFileTypes: true }))
      if (entry.isDirectory()) watchFolder(join(entry.parentPath, entry.name));
  }
};

const start = (): ChildProcess =>
  spawn(process.execPath, ["demo/run/start.ts", ...process.argv.slice(2)], { stdio: "inherit" });

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  await once(child, "exit");
};

let running = start();
let stopped = false;
const stop = (): void => {
  stopped = true;
};
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, stop);
onParentGone(stop);

watchAll();
while (!stopped) {
  await setTimeout(SETTLE_MS);
  if (changed === undefined) continue;
  const file = changed;
  changed = undefined;
  await setTimeout(SETTLE_MS);
  // Still being written.
  if (changed !== undefined) continue;
  console.log(`\n${file} has changed.`);
  await end(running);
  watchAll();
  running = start();
}
await end(running);
// The watchers would keep the process.
process.exit();
