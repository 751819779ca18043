/** Owns a receiver of alerts on loopback. Must not keep one that is signed wrongly. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";

const SECRET = `whsec_${Buffer.alloc(24, 3).toString("base64")}`;

export interface ReceivedAlert {
  /** Its repeat, after an answer that was lost, has the same. */
  id: string;
  type: string;
  data: Record<string, unknown>;
  /** As it came. */
  body: string;
}

export const startReceiver = async () => {
  const alerts: ReceivedAlert[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
    request.once("end", () => {
      const headers = request.headers as Record<string, string>;
      const alert = new Webhook(SECRET).verify(body, headers) as ReceivedAlert;
      alerts.push({ ...alert, id: headers["webhook-id"] ?? "", body });
      response.writeHead(204).end();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    /** The settings of a proxy that is to send its alerts here. */
    secrets: {
      ALERT_WEBHOOK_URL: `http://127.0.0.1:${port}/`,
      ALERT_WEBHOOK_SECRET: SECRET,
    },
    /** Oldest first. */
    of: (target: string, type: string): ReceivedAlert[] =>
      alerts.filter((alert) => alert.type === type && alert.data["target"] === target),
    close: (): void => {
      server.closeAllConnections();
      server.close();
    },
  };
};
export type Receiver = Awaited<ReturnType<typeof startReceiver>>;
