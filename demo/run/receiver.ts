/**
 * Owns the receiver of the demo's alerts on loopback, and what the playground may know of the operator's side. It
 * plays a strange website, too. Must not keep an alert that is signed wrongly.
 */
import { Hono } from "hono";
import { cors } from "hono/cors";
import { Webhook } from "standardwebhooks";
import type { OperatorSide, ReceivedAlert } from "../playground/backend.ts";
import { listen } from "../vendors/server.ts";

export interface AlertReceiver {
  url: string;
  /** What `ALERT_WEBHOOK_SECRET` must say. */
  secret: string;
  close(): Promise<void>;
}

/** A run of the demo rings this often at most before the oldest is forgotten. */
const MAX_ALERTS = 100;

/** Pages of other sites are not to read the token. */
const LOCAL = /^http:\/\/(?:localhost|127\.0\.0\.1):\d+$/;

/** The demo's own pages on this origin, which no target lists: so a tester sees a form where it may not send. */
const mirror = (app: Hono, pages: string): void => {
  for (const path of ["/demo/*", "/:script{lead-form[\\w.-]*\\.js}"])
    app.get(path, async (c) => {
      const { status, headers, body } = await fetch(pages + c.req.path);
      const type = headers.get("content-type");
      return new Response(body, { status, headers: { ...(type && { "content-type": type }) } });
    });
};

const createReceiver = (secret: string, side: Omit<OperatorSide, "alerts">, pages = ""): Hono => {
  const webhook = new Webhook(secret);
  let alerts: ReceivedAlert[] = [];
  const app = new Hono();
  app.use(
    "/_operator",
    cors({ origin: (origin) => (LOCAL.test(origin) ? origin : null), allowMethods: ["GET"] }),
  );
  if (pages) mirror(app, pages);
  app.get("/_operator", (c) => c.json({ ...side, alerts } satisfies OperatorSide));
  app.post("/alerts", async (c) => {
    try {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it was signed by the proxy
      const alert = webhook.verify(await c.req.text(), c.req.header()) as ReceivedAlert;
      alerts = [alert, ...alerts].slice(0, MAX_ALERTS);
      return c.body(null, 204);
    } catch {
      return c.body(null, 401);
    }
  });
  return app;
};

/**
 * @param port 0 for any free one
 * @param pages the origin of the demo, whose pages stand on this one as on a strange website
 */
export const startReceiver = async (
  port: number,
  secret: string,
  side: Omit<OperatorSide, "alerts">,
  pages?: string,
): Promise<AlertReceiver> => {
  const server = await listen(createReceiver(secret, side, pages), port);
  return { url: `${server.url}/alerts`, secret, close: () => server.close() };
};
