/**
 * Owns the gallery as tests and screenshots open it: the built files on loopback, and other pages of the demo that
 * need no more. Must not start a Worker.
 */
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import type { Browser, Page } from "puppeteer-core";

const PUBLIC = "dist/worker/public";
const GALLERY = "demo/gallery.html";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
};

/** Gathers what a page says on the console from its first moment, and what it throws. */
const LISTEN = `<script>
  window.said = [];
  for (const level of ["error", "warn"]) {
    const say = console[level];
    console[level] = (...args) => { said.push(level + ": " + args.join(" ")); say(...args); };
  }
  for (const name of ["error", "unhandledrejection", "securitypolicyviolation"])
    addEventListener(name, (event) => said.push(name + ": " + (event.message ?? event.reason)));
</script>`;

export interface Gallery {
  /** A page of the demo. What it has said since it began to load is its global `said`. */
  address: (page: "gallery" | "qa", query?: Readonly<Record<string, string>>) => string;
  /** Opens the forms that the query asks for, each in its state; returns those that did not reach it. */
  open: (
    browser: Browser,
    query: Readonly<Record<string, string>>,
    viewport: { width: number; height: number },
  ) => Promise<{ page: Page; missed: string[] }>;
  close: () => Promise<void>;
}

export const serveGallery = async (): Promise<Gallery> => {
  if (!existsSync(join(PUBLIC, GALLERY)))
    throw new Error(`${PUBLIC}/${GALLERY} is missing: run npm run build first.`);
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const file = join(PUBLIC, normalize(pathname));
    const type = TYPES[extname(file)];
    if (!type || !existsSync(file)) return void response.writeHead(404).end();
    const content = readFileSync(file);
    const page = file.endsWith(".html") && String(content).replace("<head>", `<head>${LISTEN}`);
    response.writeHead(200, { "content-type": type }).end(page || content);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("The gallery has no port.");
  const origin = `http://127.0.0.1:${address.port}`;
  const addressOf: Gallery["address"] = (page, query = {}) =>
    `${origin}/demo/${page}.html?${new URLSearchParams(query)}`;
  return {
    address: addressOf,
    open: async (browser, query, viewport) => {
      const page = await browser.newPage();
      await page.setViewport(viewport);
      await page.goto(addressOf("gallery", { ...query, bare: "" }));
      await page.waitForSelector(":root[data-ready]");
      // A form that nobody sees is drawn with no part.
      await page.evaluate(async () => {
        for (const form of document.querySelectorAll("lead-form")) {
          form.scrollIntoView();
          for (const _ of [1, 2]) await new Promise(requestAnimationFrame);
        }
        scrollTo(0, 0);
      });
      // Each part brings a sheet of its own. Idle forms ask for the essentials when there is time, those with
      // a mistake, a failure, a box or a dialog for the extras too. A form leaves a moment after the thanks came.
      await page.waitForFunction(() =>
        [...document.querySelectorAll("lead-form")].every(
          ({ shadowRoot }) =>
            shadowRoot &&
            shadowRoot.adoptedStyleSheets.length >
              (shadowRoot.querySelector("[aria-invalid],#failure,.tick,dialog") ? 2 : 1) &&
            !shadowRoot.querySelector(".own, form.sr"),
        ),
      );
      const missed = await page.$$eval("[data-missed] figcaption", (captions) =>
        captions.map((caption) => caption.textContent),
      );
      return { page, missed };
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
};
