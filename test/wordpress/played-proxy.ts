/** Owns a made-up proxy that tells own fields, and notes who asked. Must not take a lead. */
import { createServer } from "node:http";
import type { ServerResponse } from "node:http";

/** What it does with a question: an answer, or none at all. */
export type Play = { status: number; body: string } | "silent";

export interface PlayedProxy {
  origin: string;
  /** Paths that were asked for, in their order. */
  asked: string[];
  /** By target; any other target is unknown. */
  plays: Map<string, Play>;
  close: () => Promise<void>;
}

export const playProxy = async (): Promise<PlayedProxy> => {
  const asked: string[] = [];
  const plays = new Map<string, Play>();
  const answer = (path: string, response: ServerResponse): void => {
    asked.push(path);
    const target = /^\/v1\/fields\/([\w-]+)$/.exec(path)?.[1] ?? "";
    const play = plays.get(target) ?? { status: 404, body: '{"code":"unknown_target"}' };
    if (play !== "silent")
      response.writeHead(play.status, { "content-type": "application/json" }).end(play.body);
  };
  const server = createServer(({ url = "" }, response) => answer(url, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("The proxy has no port.");
  return {
    origin: `http://localhost:${address.port}`,
    asked,
    plays,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
};
