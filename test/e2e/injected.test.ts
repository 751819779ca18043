/**
 * Markup that a stranger got into a page whose policy is strict (`strict-dynamic`): it may send a lead elsewhere, as a
 * form of its own could, but it runs no script of elsewhere. Parts come from the origin that was baked in alone.
 */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import puppeteer from "puppeteer-core";
import type { Browser } from "puppeteer-core";
import { chrome } from "../browser.ts";

const BUILT_ENDPOINT = "http://localhost:8787";
const POLICY =
  "default-src 'none'; script-src 'nonce-page' 'strict-dynamic'; connect-src *; base-uri 'none'";
/** What a foreign script would do. Each part of the widget is a module with a `BUILD`. */
const FOREIGN = "globalThis.hit = true; export const BUILD = 'x'; export default 1;";

interface Site {
  url: string;
  asked: string[];
  close: () => Promise<void>;
}

const serve = async (
  answer: (path: string) => Promise<{ type: string; body: string | Buffer; policy?: string }>,
): Promise<Site> => {
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://x").pathname;
    asked.push(path);
    answer(path).then(
      ({ type, body, policy }) =>
        response
          .writeHead(200, {
            "content-type": type,
            "access-control-allow-origin": "*",
            ...(policy && { "content-security-policy": policy }),
          })
          .end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  };
  return { url: `http://127.0.0.1:${port}`, asked, close };
};

let browser: Browser;
let stranger: Site;
let own: Site;
let html = "";
before(async () => {
  browser = await puppeteer.launch(await chrome());
  stranger = await serve((path) =>
    Promise.resolve(
      path.endsWith(".js")
        ? { type: "text/javascript", body: FOREIGN }
        : { type: "application/json", body: '{"version":"1","fields":[]}' },
    ),
  );
  own = await serve(async (path) => {
    if (path === "/") return { type: "text/html; charset=utf-8", body: html, policy: POLICY };
    const file = await readFile(`dist/widget${path}`, "utf8");
    return { type: "text/javascript", body: file.replaceAll(BUILT_ENDPOINT, own.url) };
  });
});
after(async () => {
  await browser.close();
  await stranger.close();
  await own.close();
});

/** Every name by which somebody may hope to say where parts come from. */
const placesOf = (prefix: string): string =>
  ["endpoint", "fallback-endpoint", "parts-origin", "partsorigin", "src", "origin", "base", "href"]
    .map((name) => `${prefix}${name}="${stranger.url}"`)
    .join(" ");

const INJECTED: Readonly<Record<string, () => string>> = {
  element: () =>
    `<lead-form target="t" fields="name phone unit" theme="estate" country="DE" ${placesOf("")} ${placesOf("data-")}></lead-form>`,
  "div alias": () =>
    `<div data-lead-form data-target="t" data-theme="estate" ${placesOf("")} ${placesOf("data-")}></div>`,
  "link alias": () =>
    `<a data-lead-form data-target="t" data-theme="estate" ${placesOf("data-")} href="#">Call</a>`,
  "names that the script might look up": () =>
    `<a id="ENDPOINT" href="${stranger.url}"></a><a id="partsOrigin" href="${stranger.url}"></a>
     <form id="parts"><input name="origin" value="${stranger.url}"></form><lead-form target="t" theme="estate"></lead-form>`,
};

for (const [what, injected] of Object.entries(INJECTED))
  for (const when of ["before the script", "later"] as const)
    test(`an injected ${what}, there ${when}, runs nothing from elsewhere`, async () => {
      own.asked.length = 0;
      stranger.asked.length = 0;
      const markup = injected();
      const early = when === "before the script";
      html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>A strict page</title>
        <link rel="icon" href="data:,"><div id="hole">${early ? markup : ""}</div>
        <script nonce="page" src="/lead-form.js"></script>`;
      const page = await browser.newPage();
      page.setDefaultTimeout(20_000);
      const parts = page.waitForResponse((answer) => answer.url().includes("/lead-form-extras.js"));
      await page.goto(own.url);
      if (!early) await page.$eval("#hole", (hole, text) => void (hole.innerHTML = text), markup);
      if (what === "link alias") await page.click("a[data-lead-form]");
      // A foreign number needs every part that there is.
      const phone = await page.waitForSelector("lead-form >>> input[name=phone]", {
        visible: true,
      });
      const world = page.waitForResponse((answer) =>
        answer.url().includes("/lead-form-phone-world.js"),
      );
      await phone?.type("+37120123456");
      await (await page.waitForSelector("lead-form >>> [part~=submit]"))?.click();
      assert.equal(new URL((await parts).url()).origin, own.url);
      assert.equal(new URL((await world).url()).origin, own.url);
      assert.equal(await page.evaluate(() => Reflect.get(globalThis, "hit")), undefined);
      assert.deepEqual(
        stranger.asked.filter((path) => path.endsWith(".js")),
        [],
      );
      await page.close();
    });
