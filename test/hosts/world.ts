/**
 * Owns the servers around the host pages: pages, built script, the Worker on its own origin, both vendors
 * simulated. Must not start a second server for pages: the test runner's own serves them.
 */
import { readFile } from "node:fs/promises";
import { DEMO_SECRETS, startVendors } from "../../demo/vendors/server.ts";
import { relayTargets } from "../../demo/run/targets.ts";
import { freePort } from "../../demo/run/free-port.ts";
import { startWorker } from "../../demo/run/worker.ts";
import packageJson from "../../package.json" with { type: "json" };

const { version } = packageJson;

/** A request to the test runner's server, as far as it is used here. */
export interface Exchange {
  path: string;
  querystring: string;
  body: unknown;
  type: string;
  set: (name: string, value: string) => void;
}

/** What the built script calls back to; a deployment has its own there. */
const BUILT_ENDPOINT = "http://localhost:8787";

export const startWorld = async () => {
  const port = await freePort();
  const [vendors, others] = await Promise.all([startVendors(), startVendors()]);
  const { sakneen, brainysoft } = vendors;
  /** Whose address each target has: a routed lead arrives at another one. */
  const vendorOf = { sakneen, brainysoft, north: others.sakneen };
  const origins = [`http://localhost:${port}`];
  // Every engine posts from one address.
  const limits = { perAddressPerMinute: 10_000, perTargetPerMinute: 10_000, perPhonePerDay: 1000 };
  const baseUrls = {
    sakneen: sakneen.baseUrl,
    brainysoft: brainysoft.baseUrl,
    north: others.sakneen.baseUrl,
  };
  const targets = Object.fromEntries(
    Object.entries(relayTargets({ baseUrls, origins })).map(([key, target]) => [
      key,
      { ...target, limits },
    ]),
  );
  const { SAKNEEN_API_KEY, BRAINYSOFT_TOKEN } = DEMO_SECRETS;
  const worker = await startWorker({
    vars: { TARGETS: JSON.stringify(targets) },
    secrets: { SAKNEEN_API_KEY, BRAINYSOFT_TOKEN },
  });
  const built = await readFile("dist/widget/lead-form.js", "utf8");
  const script = built.replaceAll(BUILT_ENDPOINT, worker.url);
  if (script === built) throw new Error("The built script does not know its endpoint.");

  /** Variants of the script, by the query that asks for one. */
  const variants: Readonly<Record<string, string>> = {
    "another-version": script.replaceAll(version, "99.0.0"),
    // The runner's own server has no parts.
    "without-parts": built.replaceAll(BUILT_ENDPOINT, `http://localhost:${port}`),
  };

  /** Answers before the test runner sees the request, since that writes into every page. */
  const middleware = async (exchange: Exchange, next: () => Promise<unknown>): Promise<unknown> => {
    const { path, querystring } = exchange;
    const reply = (type: string, body: unknown): void => {
      exchange.set("content-type", type);
      exchange.body = body;
    };
    if (path === "/lead-form.js")
      return reply(
        querystring === "without-charset" ? "text/javascript" : "text/javascript; charset=utf-8",
        Buffer.from(variants[querystring] ?? script),
      );
    if (path === "/_leads") {
      const received = Object.entries(vendorOf).flatMap(([target, vendor]) =>
        vendor.leads().map(({ body }) => ({ target, body })),
      );
      return reply("application/json", Buffer.from(JSON.stringify(received)));
    }
    const page = /^\/(?:hosts|recipes)\/[\w-]+\.html$/.exec(path)?.[0];
    // The page itself declares windows-1251.
    if (page) return reply("text/html", await readFile(`demo${page}`));
    return next();
  };

  const close = async (): Promise<void> => {
    await worker.close();
    await Promise.all([vendors.close(), others.close()]);
  };
  return { port, middleware, close };
};
