/**
 * Owns what a piece of work costs a server: retired instructions where `perf` can count them, else CPU time. Must
 * not mix the two in one run.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpuOf } from "./cpu.ts";

export interface Meter {
  /** The heading of the column. */
  unit: "CPU, µs" | "thousand instructions";
  /** @returns of the process group, in thousands of instructions or in microseconds, and what the work gave */
  measure: <T>(group: number, work: () => Promise<T>) => Promise<{ cost: number; result: T }>;
}

/** User and kernel: the sockets are part of the work. */
const PERF = ["stat", "-x,", "-e", "instructions"] as const;

const readPerf = (text: string): number | undefined => {
  const count = /^(\d+),/m.exec(text)?.[1];
  return count === undefined ? undefined : Number(count) / 1_000;
};

const cpuMeter: Meter = {
  unit: "CPU, µs",
  measure: async (group, work) => {
    const before = cpuOf(group);
    const result = await work();
    return { cost: (cpuOf(group) - before) * 1_000, result };
  },
};

/** @returns thousands of instructions that these processes retired while the work was done, and what it gave */
export const countInstructions = async <T>(
  pids: readonly number[],
  work: () => Promise<T>,
): Promise<{ cost: number; result: T }> => {
  const perf = spawn("perf", [...PERF, "-p", pids.join()], { stdio: ["ignore", "ignore", "pipe"] });
  let text = "";
  perf.stderr.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  await once(perf, "spawn");
  const result = await work();
  perf.kill("SIGINT");
  await once(perf, "close");
  return { cost: readPerf(text) ?? Number.NaN, result };
};

const perfMeter: Meter = {
  unit: "thousand instructions",
  // The leader of the group is the server itself: none of these has a child.
  measure: (group, work) => countInstructions([group], work),
};

/** A virtual machine seldom lets its instructions be counted: then perf says `<not supported>`. */
export const chooseMeter = (): Meter => {
  const { stderr, error } = spawnSync("perf", [...PERF, "true"], { encoding: "utf8" });
  return !error && readPerf(stderr) !== undefined ? perfMeter : cpuMeter;
};
