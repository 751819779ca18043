/** Owns the Worker entry: bindings in, `createApp()` out. Settings are read once, at start. */
import { env, waitUntil } from "cloudflare:workers";
import { createApp } from "./app.ts";
import { readConfig } from "./config.ts";
import type { Environment } from "./config.ts";
import { consoleLog } from "./log.ts";

interface Bindings {
  /** The built files beside the Worker: the script, and the demo. */
  ASSETS: { fetch: (request: Request) => Promise<Response> };
}
const bindings = env as unknown as Bindings & Environment;

const config = readConfig(bindings);
if (config.faults.length > 0) consoleLog("error", { event: "config", faults: config.faults });

const app = createApp({
  config,
  fetch: (url, init) => fetch(url, init),
  now: () => Date.now(),
  log: consoleLog,
  newId: () => crypto.randomUUID(),
  // The host of the URL is not looked at by the assets binding.
  asset: (path) => bindings.ASSETS.fetch(new Request(new URL(path, "https://assets.invalid"))),
  waitUntil,
});

export default { fetch: (request: Request) => app.fetch(request) };
