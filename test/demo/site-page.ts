/** Owns the built site behind a server of files, under a path of its own. Must not answer anything but files. */
import { createReadStream, existsSync, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { buildSite } from "../../demo/site/build.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".png": "image/png",
};

/** As on a host that gives each project a folder. */
const BASE = "/any/base";

export interface Site {
  /** Of a page, by its path from the root of the site. */
  address: (path: string) => string;
  /** What was asked for that is not there. */
  missing: string[];
  close: () => Promise<void>;
}

export const serveSite = async (): Promise<Site> => {
  const folder = await mkdtemp(join(tmpdir(), "lead-form-site-"));
  await buildSite(folder);
  const missing: string[] = [];
  const server = createServer(({ url = "/", method }, response) => {
    const { pathname } = new URL(url, "http://localhost");
    const path = join(folder, normalize(decodeURIComponent(pathname.slice(BASE.length))));
    const file = path.endsWith("/") ? join(path, "index.html") : path;
    if (
      method === "GET" &&
      pathname.startsWith(`${BASE}/`) &&
      existsSync(file) &&
      statSync(file).isFile()
    ) {
      const type = TYPES[extname(file)] ?? "application/octet-stream";
      return void createReadStream(file).pipe(response.writeHead(200, { "content-type": type }));
    }
    missing.push(`${method} ${url}`);
    return void response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: (path) => `http://127.0.0.1:${port}${BASE}${path}`,
    missing,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await rm(folder, { recursive: true, force: true });
    },
  };
};
