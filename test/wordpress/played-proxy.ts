/**
 * Owns a made-up proxy that tells own fields and prints forms, and notes who asked. Must not take a lead itself: what it
 * does not play goes on to a real one.
 *
 * PHP without cURL reads until the connection ends, and workerd on this machine leaves it open.
 */
import { createServer, request } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";

/** What it does with a question: an answer, or none at all. */
export type Play = { status: number; body: string } | "silent" | "forward";

export interface PlayedProxy {
  origin: string;
  /** Questions about fields, in their order. */
  asked: string[];
  /** By target; any other target is unknown. */
  plays: Map<string, Play>;
  /** Questions about forms, in their order, and what it does with them. */
  printed: string[];
  printing: Play;
  close: () => Promise<void>;
}

const UNKNOWN = { status: 404, body: '{"code":"unknown_target"}' };

/** @param upstream origin of the real proxy */
export const playProxy = async (upstream: string): Promise<PlayedProxy> => {
  const asked: string[] = [];
  const plays = new Map<string, Play>();
  const printed: string[] = [];
  let printing: Play = "forward";
  const forward = (incoming: IncomingMessage, response: ServerResponse): void => {
    const { method, headers, url = "" } = incoming;
    const onward = request(new URL(url, upstream), { method, headers }, (answer) => {
      const { connection: _, ...kept } = answer.headers;
      answer.pipe(response.writeHead(answer.statusCode ?? 502, kept));
    });
    incoming.pipe(onward);
  };
  const answer = (incoming: IncomingMessage, response: ServerResponse): void => {
    const { url = "" } = incoming;
    const target = /^\/v1\/fields\/(.*)$/.exec(url)?.[1];
    if (target !== undefined) asked.push(url);
    const isPrinting = url.startsWith("/v1/markup/");
    if (isPrinting) printed.push(url);
    const other = isPrinting ? printing : "forward";
    const play = target === undefined ? other : (plays.get(target) ?? UNKNOWN);
    if (play === "forward") forward(incoming, response);
    else if (play !== "silent")
      response.writeHead(play.status, { "content-type": "application/json" }).end(play.body);
  };
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("The proxy has no port.");
  return {
    origin: `http://localhost:${address.port}`,
    asked,
    plays,
    printed,
    get printing() {
      return printing;
    },
    set printing(play) {
      printing = play;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
};
