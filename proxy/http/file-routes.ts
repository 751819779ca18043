/**
 * Owns the routes of built files: the script and its parts, their hashes, and on a developer's machine the demo.
 * Must not serve any other file.
 */
import { Hono } from "hono/tiny";
import type { Config } from "../config/config.ts";
import { BAKED_ORIGIN } from "../config/baked.ts";
import { isLoopback } from "../vendors/loopback.ts";
import { demoHeaders } from "./headers.ts";
import { createScripts } from "./script-files.ts";

/** A script, as Hono reads a part of a path. */
const SCRIPT = String.raw`:script{lead-form[\w.-]*\.js}`;

/** Where the scripts of one version stay as they are. */
const VERSION_FOLDER = String.raw`/v/:version{[\w.+-]+}`;

/** What a proxy in front writes. Each is enough: not every proxy writes all of them. */
const FORWARDED =
  /^(?:forwarded|via|cdn-loop|true-client-ip|(?:cf|x)-(?:connecting-ip|visitor|ray|forwarded-.+|real-ip|client-ip|cluster-client-ip|original-.+))$/;

/** The local runner of a Worker names the machine itself in the header of Cloudflare. */
const ITSELF = /^(?:127\.|::1$|::ffff:127\.)/;

/**
 * Whether a developer may have sent this request from the own machine. `Host` alone says nothing: a name that leads
 * here by DNS stands in it, or whatever a program writes.
 */
const isAtHome = ({ url, headers }: Request): boolean =>
  isLoopback(new URL(url).hostname) &&
  ![...headers].some(
    ([name, value]) => FORWARDED.test(name) && !(name === "cf-connecting-ip" && ITSELF.test(value)),
  );

interface FileDeps {
  config: Pick<Config, "publicUrl">;
  /** The host can be reached from its own machine only. */
  isLocal: boolean;
  /** A built file by its path, or an answer that is not ok. */
  asset: (path: string) => Promise<Response>;
}

export const createFiles = ({ config: { publicUrl }, isLocal, asset }: FileDeps): Hono => {
  const scripts = createScripts({ asset, baked: BAKED_ORIGIN, origin: publicUrl });
  const routes = new Hono();

  for (const [path, versioned] of [
    [`/${SCRIPT}`, false],
    [`${VERSION_FOLDER}/${SCRIPT}`, true],
  ] as const)
    routes.get(path, async function script(c) {
      return (await scripts.serve(c.req.raw, c.req.path, versioned)) ?? c.notFound();
    });
  routes.get(`${VERSION_FOLDER}/integrity.json`, async function integrity(c) {
    return (await scripts.integrity(c.req.path)) ?? c.notFound();
  });

  // A proxy with a public address of its own is no developer's.
  if (!isLocal || (publicUrl !== undefined && !isLoopback(new URL(publicUrl).hostname)))
    return routes;

  routes.get("/", (c) => (isAtHome(c.req.raw) ? c.redirect("/demo/", 302) : c.notFound()));
  routes.get("/demo/*", async function demo(c) {
    if (!isAtHome(c.req.raw)) return c.notFound();
    // As it was typed: a folder of the demo ends with a slash.
    const path = new URL(c.req.url).pathname;
    const file = await asset(path);
    if (!file.ok) return file.status < 400 ? file : c.notFound();
    const type = file.headers.get("content-type");
    const headers = { ...demoHeaders(path), ...(type && { "content-type": type }) };
    return new Response(file.body, { headers });
  });

  return routes;
};
