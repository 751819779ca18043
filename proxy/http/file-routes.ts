/**
 * Owns the routes of built files: the script and its parts, and on a developer's machine the demo.
 * Must not serve any other file.
 */
import { Hono } from "hono/tiny";
import { demoHeaders } from "./headers.ts";
import { createScripts } from "./script-files.ts";

/** A script by its path; the first group is its version. */
export const SCRIPT = /^\/(v\/[\w.+-]+\/)?lead-form[\w.-]*\.js$/;

const isLoopback = (url: string): boolean =>
  /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(new URL(url).hostname);

/** @param asset a built file by its path, or an answer that is not ok */
export const createFiles = (asset: (path: string) => Promise<Response>): Hono => {
  const scripts = createScripts(asset);
  const routes = new Hono();

  routes.get("*", async function files(c) {
    // As it was typed: a folder of the demo ends with a slash.
    const path = new URL(c.req.url).pathname;
    const script = SCRIPT.exec(path);
    const demo = isLoopback(c.req.url) && path.startsWith("/demo/");
    if (path === "/" && isLoopback(c.req.url)) return c.redirect("/demo/", 302);
    if (script) return (await scripts(c.req.raw, path, script[1] !== undefined)) ?? c.notFound();
    if (!demo) return c.notFound();
    const file = await asset(path);
    if (!file.ok) return file.status < 400 ? file : c.notFound();
    const headers = new Headers(file.headers);
    for (const [name, value] of Object.entries(demoHeaders(path))) headers.set(name, value);
    return new Response(file.body, { headers });
  });

  return routes;
};
