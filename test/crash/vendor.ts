/**
 * Owns a vendor for crash tests: it takes its time, commits at a random moment before it answers, and
 * does not care whether anybody still listens. Counts how often each phone number was created.
 */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
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
  /** Calls that have not been answered yet. */
  inFlight: () => number;
  close: () => Promise<void>;
}

const read = async (request: AsyncIterable<Buffer>): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
};

export const startCrashVendor = async (options: CrashVendorOptions): Promise<CrashVendor> => {
  const { delay: span, dedupe = false, failing = 0 } = options;
  const created = new Map<string, number>();
  let inFlight = 0;

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
    inFlight++;
    void read(request)
      .then(answer)
      .then(([status, body]) =>
        response
          .writeHead(status, { "content-type": "application/json" })
          .end(JSON.stringify(body)),
      )
      .catch(() => response.destroy())
      .finally(() => inFlight--);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    created,
    inFlight: () => inFlight,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
};
