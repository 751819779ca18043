/**
 * Owns a vendor for crash tests: it commits at a random moment before it answers. Must not stop when the
 * caller is gone.
 *
 * It counts how often each phone number was created.
 */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout } from "node:timers/promises";

export interface CrashVendorOptions {
  /** Milliseconds that an answer takes. */
  delay: readonly [min: number, max: number];
  /** Refuses a phone number that it holds, as Sakneen does. */
  dedupe?: boolean;
  /** Share of requests that are turned away with 503, 0 to 1. */
  failing?: number;
}

export interface CrashVendor {
  url: string;
  /** Times that each phone number was created. */
  created: ReadonlyMap<string, number>;
  /**
   * Calls that came over connections of a caller that died at that moment, and whose answer it cannot
   * have taken in: not sent by then, or sent in the last instant before.
   * @param killedAt of `performance.now()`
   */
  cutOff: (killedAt: number) => number;
  close: () => Promise<void>;
}

/** Milliseconds in which an answer is on the wire, or taken in but not on the caller's disk. */
const INSTANT = 100;

const read = async (request: AsyncIterable<Buffer>): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
};

export const startCrashVendor = async (options: CrashVendorOptions): Promise<CrashVendor> => {
  const { delay: span, dedupe = false, failing = 0 } = options;
  const created = new Map<string, number>();
  const calls: { connectedAt: number; answeredAt: number }[] = [];
  const counted = new Set<object>();
  const connectedAt = new WeakMap<Socket, number>();

  const answer = async (body: string): Promise<[number, object]> => {
    if (Math.random() < failing) return [503, { statusCode: 503, message: "Service Unavailable" }];
    const { phoneNumber } = JSON.parse(body) as { phoneNumber: string };
    const delay = span[0] + Math.random() * (span[1] - span[0]);
    const commitAt = Math.random() * delay;
    await setTimeout(commitAt);
    const times = created.get(phoneNumber) ?? 0;
    const known = dedupe && times > 0;
    if (!known) created.set(phoneNumber, times + 1);
    await setTimeout(delay - commitAt);
    return known
      ? [400, { statusCode: 400, message: ["Phone number already exists for this organization"] }]
      : [201, { newLead: { _id: `id-${phoneNumber}`, leadId: created.size } }];
  };

  const server = createServer((request, response) => {
    const call = { connectedAt: connectedAt.get(request.socket) ?? 0, answeredAt: Infinity };
    calls.push(call);
    void read(request)
      .then(answer)
      .then(([status, body]) => {
        response.writeHead(status, { "content-type": "application/json" });
        response.end(JSON.stringify(body));
        // The caller is gone: this answer does not count.
        if (!request.socket.destroyed) call.answeredAt = performance.now();
      })
      .catch(() => response.destroy());
  });
  server.on("connection", (socket) => connectedAt.set(socket, performance.now()));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    created,
    cutOff: (killedAt) =>
      calls.filter(
        (call) =>
          call.connectedAt <= killedAt &&
          call.answeredAt > killedAt - INSTANT &&
          !counted.has(call) &&
          counted.add(call),
      ).length,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
};
