/**
 * Owns what the benchmarks share: a vendor with a fixed delay, and the figures of a series. Must not
 * print.
 */
import { startCrashVendor } from "../crash/vendor.ts";
import type { CrashVendor } from "../crash/vendor.ts";

/** @param ms that every answer takes */
export const startVendorOf = (ms: number): Promise<CrashVendor> =>
  startCrashVendor({ delay: [ms, ms] });

export const summary = (values: readonly number[]): { p50: number; p95: number } => {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95) };
};
