/**
 * Owns the CPU time of a server and its children, as Linux counts it. Must not count this process.
 *
 * Retired instructions repeat better, but a virtual machine seldom lets `perf` count them; CPU time is fair where two
 * builds take turns in one run.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";

/** Clock ticks in a second. */
const HERTZ = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));

/** proc_pid_stat(5): after the name, which may hold anything, the state is the third field. */
const [STATE, GROUP, USER, SYSTEM] = [3, 5, 14, 15] as const;

const readStat = (pid: string): number[] => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat
      .slice(stat.lastIndexOf(")") + 2)
      .split(" ")
      .map(Number);
  } catch {
    // It has ended meanwhile.
    return [];
  }
};

/** @returns milliseconds of all processes of a group so far */
export const cpuOf = (group: number): number => {
  let ticks = 0;
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    const stat = readStat(pid);
    if (stat[GROUP - STATE] === group)
      ticks += (stat[USER - STATE] ?? 0) + (stat[SYSTEM - STATE] ?? 0);
  }
  return (ticks / HERTZ) * 1_000;
};
