/**
 * Owns `npm run bench`: the form first, then the proxy, and with `--write` their tables in the README, with the date.
 * Must not measure: each half is a command of its own.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { joinReports, putBetween, toMarkdown } from "./report.ts";
import type { Report } from "./report.ts";

const HALVES = ["bench:widget", "bench:proxy"];
const README = "README.md";
/** `--visits 3` is for the one half, `--rounds 3` for the other: each reads its own. */
const passed = process.argv.slice(2).filter((arg) => arg !== "--write");

const folder = mkdtempSync(join(tmpdir(), "lead-form-bench-"));
try {
  const reports = HALVES.flatMap((script): Report[] => {
    const file = join(folder, "rows.json");
    rmSync(file, { force: true });
    const args = ["run", "--if-present", script, "--", "--json", file, ...passed];
    const { status } = spawnSync("npm", args, { stdio: "inherit" });
    if (status !== 0) throw new Error(`${script} failed.`);
    return existsSync(file) ? [JSON.parse(readFileSync(file, "utf8")) as Report] : [];
  });
  if (process.argv.includes("--write")) {
    const tables = toMarkdown(joinReports(reports));
    writeFileSync(README, putBetween(readFileSync(README, "utf8"), "bench", tables));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
