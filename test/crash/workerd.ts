/**
 * Owns the orderly end of workerd under `wrangler dev`. Must not signal its parent, which kills workerd at
 * once.
 *
 * On SIGTERM workerd drains, as before a deploy. Linux's /proc is needed to find it.
 */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { until } from "../proxy/harness.ts";

/**
 * The processes of a group that run the Worker itself; wrangler runs another workerd before it, which
 * has no inspector. `/proc/<pid>/stat` is `pid (name) state parent group …`.
 */
const find = (group: number): number[] =>
  readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => {
      try {
        const [, of] =
          /\(workerd\) \S \d+ (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
        return (
          Number(of) === group &&
          readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("--inspector-addr")
        );
      } catch {
        return false;
      }
    })
    .map(Number);

/** Lets requests finish, and ends when they have. The parent, which would start another, is killed then. */
export const endWorkerd = async ({ pid, kill }: { pid: number; kill: () => Promise<void> }) => {
  const running = find(pid);
  if (running.length === 0) throw new Error("There is no workerd to end.");
  for (const one of running) process.kill(one, "SIGTERM");
  await until(() => !running.some((one) => existsSync(`/proc/${one}`)));
  await kill();
};
