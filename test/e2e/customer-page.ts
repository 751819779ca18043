/**
 * Owns a customer's page without a Worker: the built script, a made-up proxy, and the markup and headers
 * of a test. Must not refuse a lead.
 */
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join, normalize } from "node:path";
import { printer } from "../../widget/print/index.ts";

/** What `npm run build` bakes in. */
const BUILT_ENDPOINT = "http://localhost:8787";

const PUBLIC = "dist/worker/public";

/** As a snippet of one tag keeps the height of its form. */
export const RESERVED = printer.place({ target: "sakneen", lang: "en" });

export interface Customer {
  origin: string;
  /** Leads that were posted, in their order. */
  leads: URLSearchParams[];
  /** Every address that was asked for, in its order. */
  asked: string[];
  /** Puts a page at a path. `{origin}` in it is replaced. @returns its address */
  page: (path: string, html: string, headers?: Readonly<Record<string, string>>) => string;
  close: () => Promise<void>;
}

const read = async (request: IncomingMessage): Promise<string> => {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk;
  return text;
};

const serveFile = (path: string, origin: string, response: ServerResponse): void => {
  const file = join(PUBLIC, normalize(path));
  if (!file.endsWith(".js") || !existsSync(file)) return void response.writeHead(404).end();
  // As it would be built for this origin: the parts come from the one that is baked in.
  const script = readFileSync(file, "utf8").replaceAll(BUILT_ENDPOINT, origin);
  response.writeHead(200, { "content-type": "text/javascript; charset=utf-8" }).end(script);
};

export const serveCustomer = async (): Promise<Customer> => {
  if (!existsSync(join(PUBLIC, "lead-form.js")))
    throw new Error(`${PUBLIC}/lead-form.js is missing: run npm run build first.`);
  const pages = new Map<string, { html: string; headers: Readonly<Record<string, string>> }>();
  const leads: URLSearchParams[] = [];
  const asked: string[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    asked.push(pathname);
    const page = pages.get(pathname);
    if (page) {
      const type = { "content-type": "text/html; charset=utf-8" };
      response.writeHead(200, { ...type, ...page.headers }).end(page.html);
    } else if (pathname === "/v1/leads") {
      const lead = new URLSearchParams(await read(request));
      leads.push(lead);
      const body = JSON.stringify({ receipt: lead.get("id"), status: "created" });
      response.writeHead(201, { "content-type": "application/json" }).end(body);
    } else serveFile(pathname, origin, response);
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("The page has no port.");
  const origin = `http://127.0.0.1:${address.port}`;
  return {
    origin,
    leads,
    asked,
    page: (path, html, headers = {}) => {
      pages.set(path, { html: html.replaceAll("{origin}", origin), headers });
      return origin + path;
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
};

/** A whole page with one form. */
export const pageWith = (attributes = "", head = RESERVED): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Customer</title>
<link rel="icon" href="data:,">${head}<script src="{origin}/lead-form.js" async></script></head>
<body><h1>Above</h1><lead-form target="sakneen" country="EG" endpoint="{origin}" ${attributes}></lead-form>
<p id="below">Below</p></body></html>`;
