/**
 * Owns a page with files beside it, and a made-up proxy that accepts every lead. Must not read a file by
 * itself: the test passes the reader in.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface StaticPage {
  url: string;
  /** Every lead that was posted, by field. */
  posts: Record<string, string>[];
  close: () => Promise<void>;
}

/** @param read a file by its name; undefined where there is none */
export const servePage = async (
  read: (name: string) => Promise<string | undefined>,
): Promise<StaticPage> => {
  const posts: Record<string, string>[] = [];
  const server = createServer(async (request, response) => {
    if (request.method === "POST") {
      const lead = Object.fromEntries(new URLSearchParams(await text(request)));
      posts.push(lead);
      return response
        .writeHead(201, { "content-type": "application/json" })
        .end(JSON.stringify({ receipt: lead["id"], status: "created" }));
    }
    const name = request.url === "/" ? "index.html" : (request.url ?? "").slice(1);
    const file = await read(name);
    const type = name.endsWith(".js") ? "text/javascript" : "text/html";
    return response.writeHead(file === undefined ? 404 : 200, { "content-type": type }).end(file);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    posts,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
};
