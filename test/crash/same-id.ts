/**
 * Owns the run of one submission that is sent thousands of times at once. Must not share its thread with
 * the crowd, or the vendor would be slow.
 */
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { startServer } from "../proxy/harness.ts";
import type { Runtime } from "../proxy/harness.ts";
import type { Answers, CrowdOptions } from "./crowd.ts";
import { ORIGIN, SECRETS, readWaiting } from "./chaos.ts";
import { startCrashVendor } from "./vendor.ts";

/** Returns how often the vendor created the lead once nothing waits any more, and the answers. */
export const runSameId = async (
  runtime: Runtime,
  requests: number,
  concurrency: number,
): Promise<{ created: number; answers: Answers }> => {
  const vendor = await startCrashVendor({ delay: [500, 500] });
  const limits = { perAddressPerMinute: 1e6, perTargetPerMinute: 1e6 };
  const TARGETS = JSON.stringify({
    t: { vendor: "sakneen", baseUrl: vendor.url, origins: [ORIGIN], limits },
  });
  const server = await startServer(runtime, { vars: { TARGETS }, secrets: SECRETS });
  const workerData: CrowdOptions = { url: server.url, origin: ORIGIN, requests, concurrency };
  try {
    const crowd = new Worker(new URL("./crowd.ts", import.meta.url), { workerData });
    const [answers] = (await once(crowd, "message")) as [Answers];
    while ((await readWaiting(server.url)).size > 0) await setTimeout(200);
    return { created: [...vendor.created.values()].reduce((a, b) => a + b, 0), answers };
  } finally {
    await server.close();
    await vendor.close();
  }
};
