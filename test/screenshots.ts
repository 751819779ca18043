/**
 * Owns `npm run screenshots`: contact sheets of every state, by language, scheme, width and theme. Must
 * not decide whether a picture is right.
 *
 * An argument draws only the sheets with it in their name.
 */
import { mkdir, rm } from "node:fs/promises";
import puppeteer from "puppeteer-core";
import { chrome } from "./browser.ts";
import { serveGallery } from "./e2e/gallery-page.ts";

const OUT = "node_modules/.cache/lead-form/screenshots";
/** Of a form: the narrowest phone, a usual one, and wider than the form gets. */
const WIDTHS = [288, 400, 640];
const COLUMNS = 4;
/** What the gallery puts around a form, with its gaps. */
const CELL_EXTRA = 50;
const THEMED_STATES = "idle,filled,own_filled,empty,unavailable,sending,accepted";

interface Sheet {
  name: string;
  width: number;
  query: Readonly<Record<string, string>>;
}

const LANGUAGES = ["en", "ar", "ru"];
const SCHEMES = ["light", "dark"];

const plain = LANGUAGES.flatMap((lang) =>
  SCHEMES.flatMap((scheme) =>
    WIDTHS.map((width): Sheet => ({
      name: `${lang}-${scheme}-${width}`,
      width,
      query: { lang, scheme },
    })),
  ),
);
const themed = ["estate", "fintech", "ink"].flatMap((theme) =>
  LANGUAGES.flatMap((lang) =>
    SCHEMES.map((scheme): Sheet => ({
      name: `${theme}-${lang}-${scheme}`,
      width: 400,
      query: { lang, scheme, theme, state: THEMED_STATES },
    })),
  ),
);
const dialogs = LANGUAGES.map((lang): Sheet => ({
  name: `dialog-${lang}`,
  width: 240,
  query: { lang, state: "dialog" },
}));

const gallery = await serveGallery();
const browser = await puppeteer.launch(await chrome());
const wanted = process.argv[2] ?? "";
await rm(OUT, { recursive: true, force: true });
await mkdir(OUT, { recursive: true });
for (const { name, width, query } of [...plain, ...themed, ...dialogs]) {
  if (!name.includes(wanted)) continue;
  const viewport = { width: COLUMNS * (width + CELL_EXTRA) + 16, height: 1000 };
  const { page, missed } = await gallery.open(
    browser,
    { ...query, width: String(width) },
    viewport,
  );
  for (const caption of missed) console.error(`${name}: ${caption} did not get there`);
  if (missed.length > 0) process.exitCode = 1;
  await page.screenshot({ path: `${OUT}/${name}.png`, fullPage: true });
  await page.close();
}
await browser.close();
await gallery.close();
console.log(`Contact sheets are in ${OUT}`);
