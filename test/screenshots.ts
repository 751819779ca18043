/**
 * `npm run screenshots`: contact sheets of every state, for each language, scheme and width, and for
 * each theme, to be looked at by people. Needs `npm run build`; goes over no network but loopback.
 */
import { createReadStream, existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import puppeteer from "puppeteer-core";
import { chrome } from "./browser.ts";

const PUBLIC = "dist/worker/public";
const OUT = "node_modules/.cache/lead-form/screenshots";
/** Of a form: the narrowest phone, a usual one, and wide enough for two columns. */
const WIDTHS = [288, 400, 640];
const COLUMNS = 4;
/** What the gallery puts around a form, with its gaps. */
const CELL_EXTRA = 50;

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
};

interface Sheet {
  name: string;
  width: number;
  query: Readonly<Record<string, string>>;
}

const sheets = (): Sheet[] => {
  const plain = ["en", "ar", "ru"].flatMap((lang) =>
    ["light", "dark"].flatMap((scheme) =>
      WIDTHS.map((width) => ({
        name: `${lang}-${scheme}-${width}`,
        width,
        query: { lang, scheme },
      })),
    ),
  );
  const themed = ["estate", "fintech", "ink"].flatMap((theme) =>
    ["en", "ar", "ru"].flatMap((lang) =>
      ["light", "dark"].map((scheme) => ({
        name: `${theme}-${lang}-${scheme}`,
        width: 400,
        query: { lang, scheme, theme, state: "idle,filled,empty,unavailable,sending,accepted" },
      })),
    ),
  );
  return [...plain, ...themed];
};

if (!existsSync(join(PUBLIC, "demo/gallery.html"))) {
  console.error(`${PUBLIC}/demo/gallery.html is missing: run npm run build first.`);
  process.exit(1);
}
const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  const file = join(PUBLIC, normalize(pathname));
  if (!existsSync(file) || !extname(file)) return void response.writeHead(404).end();
  response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
  createReadStream(file).pipe(response);
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const address = server.address();
const port = typeof address === "object" && address ? address.port : 0;

await rm(OUT, { recursive: true, force: true });
await mkdir(OUT, { recursive: true });
const browser = await puppeteer.launch(await chrome());
let missed = 0;
const only = process.argv[2];
for (const { name, width, query } of sheets().filter(
  (sheet) => !only || sheet.name.includes(only),
)) {
  const page = await browser.newPage();
  await page.setViewport({ width: COLUMNS * (width + CELL_EXTRA) + 16, height: 1000 });
  const address = new URLSearchParams({ ...query, width: String(width), bare: "" });
  await page.goto(`http://127.0.0.1:${port}/demo/gallery.html?${address}`);
  await page.waitForSelector(":root[data-ready]");
  const lost = await page.$$eval("[data-missed] figcaption", (captions) =>
    captions.map((caption) => caption.textContent),
  );
  missed += lost.length;
  for (const caption of lost) console.error(`${name}: ${caption} did not get there`);
  await page.screenshot({ path: `${OUT}/${name}.png`, fullPage: true });
  await page.close();
}
await browser.close();
server.closeAllConnections();
server.close();
console.log(`Contact sheets are in ${OUT}`);
process.exitCode = missed > 0 ? 1 : 0;
