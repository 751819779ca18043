/**
 * Owns the thread that sends one submission many times at once, as a defective page would. Must not change
 * the body between requests.
 */
import { parentPort, workerData } from "node:worker_threads";

export interface CrowdOptions {
  url: string;
  origin: string;
  /** Answers to get, and requests that are under way at a time. */
  requests: number;
  concurrency: number;
}

/** Counts by status; 0 for connections that were refused or lost, and tried again. */
export type Answers = Record<number, number>;

const { url, origin, requests, concurrency } = workerData as CrowdOptions;
const body = new URLSearchParams({
  target: "t",
  id: crypto.randomUUID(),
  name: "Visitor",
  phone: "+201012345678",
});

const send = async (): Promise<number> => {
  try {
    const response = await fetch(`${url}/v1/leads`, {
      method: "POST",
      headers: { origin, accept: "application/json" },
      body,
    });
    await response.arrayBuffer();
    // The local runner answers a lost connection with a plain 500; the proxy's own errors are JSON.
    return response.headers.get("content-type")?.includes("json") ? response.status : 0;
  } catch {
    return 0;
  }
};

const answers: Answers = {};
let left = requests;
const visitor = async (): Promise<void> => {
  while (left > 0) {
    left--;
    const status = await send();
    answers[status] = (answers[status] ?? 0) + 1;
    if (status === 0) left++;
  }
};
await Promise.all(Array.from({ length: concurrency }, visitor));
parentPort?.postMessage(answers);
