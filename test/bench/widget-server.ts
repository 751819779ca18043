/**
 * Owns a server for the benchmark of the widget: the pages, the built scripts as the proxy serves them, and
 * an answer to every lead. Must not compress while a visit is measured.
 */
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { brotliCompressSync } from "node:zlib";
import { encodeScript } from "../../proxy/scripts/encode-script.ts";
import { HAND_WRITTEN, pageOf } from "./widget-pages.ts";
import type { Subject } from "./widget-pages.ts";

/** What `npm run build` bakes in, unless `LEAD_FORM_ENDPOINT` says otherwise. */
const BUILT_ENDPOINT = process.env["LEAD_FORM_ENDPOINT"] ?? "http://localhost:8787";
const BUILT = "dist/widget";

/** Address of a page without anything, from which a visit starts. */
export const BLANK = "/blank";

const HTML = { "content-type": "text/html; charset=utf-8" };
const SCRIPT = { "content-type": "text/javascript; charset=utf-8" };

export interface BenchServer {
  origin: string;
  addressOf: (subject: Subject, forms?: number) => Promise<string>;
  /** Bytes of a page as it travels. */
  sizeOf: (address: string) => number;
  /** Settled when the next lead is there. */
  nextLead: () => Promise<URLSearchParams>;
  close: () => Promise<void>;
}

/** Brotli at its best: what is served is built once. */
const pack = (body: string): Buffer => brotliCompressSync(body);

export const startBenchServer = async (): Promise<BenchServer> => {
  if (!existsSync(join(BUILT, "lead-form.js")))
    throw new Error(`${BUILT}/lead-form.js is missing: run npm run build first.`);
  const bodies = new Map<string, Buffer>([["/hand-written.js", pack(HAND_WRITTEN)]]);
  const takeLead = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const lead = new URLSearchParams(await text(request));
    // A plain form stays on its page, so that this can be read afterwards.
    if (request.headers["sec-fetch-mode"] === "navigate") response.writeHead(204).end();
    else
      response
        .writeHead(201, { "content-type": "application/json" })
        .end(JSON.stringify({ receipt: lead.get("id"), status: "created" }));
    server.emit("lead", lead);
  };
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    if (request.method === "POST") return void takeLead(request, response);
    const body = bodies.get(path);
    if (!body) return void response.writeHead(path === BLANK ? 200 : 404, HTML).end();
    response
      .writeHead(200, {
        ...(path.endsWith(".js") ? SCRIPT : HTML),
        "content-length": body.length,
        "content-encoding": "br",
        "cache-control": "public, max-age=300",
      })
      .end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const part of ["", "-phone", "-extras", "-fields", "-phone-spelling", "-phone-world"]) {
    const name = `lead-form${part}.js`;
    const script = readFileSync(join(BUILT, name), "utf8");
    const own = Buffer.from(script.replaceAll(BUILT_ENDPOINT, origin));
    bodies.set(`/${name}`, Buffer.from(encodeScript(own, origin).br));
  }
  return {
    origin,
    addressOf: async (subject, forms = 1) => {
      const path = `/${subject.replaceAll(" ", "-")}-${forms}`;
      if (!bodies.has(path)) bodies.set(path, pack(await pageOf(subject, origin, forms)));
      return origin + path;
    },
    sizeOf: (address) => bodies.get(new URL(address).pathname)?.length ?? 0,
    nextLead: async () => ((await once(server, "lead")) as [URLSearchParams])[0],
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
};
