/** Every state of the form in the gallery: reached by the public interface, and without a barrier. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import axe from "axe-core";
import puppeteer from "puppeteer-core";
import type { Browser, Page } from "puppeteer-core";
import { chrome } from "../browser.ts";
import { serveGallery } from "./gallery-page.ts";
import type { Gallery } from "./gallery-page.ts";

let gallery: Gallery;
let browser: Browser;
before(async () => {
  gallery = await serveGallery();
  browser = await puppeteer.launch(await chrome());
});
after(async () => {
  await browser.close();
  await gallery.close();
});

/** What axe objects to, and how many things it leaves for people to look at. */
const audit = async (page: Page): Promise<{ violations: string[]; open: string[] }> => {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const tool: unknown = Reflect.get(window, "axe");
    const result = await Object(tool).run("#cells", {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      // Many forms of one name stand on this page, and one on a customer's.
      rules: { "landmark-unique": { enabled: false } },
      resultTypes: ["violations", "incomplete"],
    });
    const nodes = (rules: { id: string; nodes: { html: string }[] }[]) =>
      rules.flatMap((rule) => rule.nodes.map(({ html }) => `${rule.id}: ${html}`));
    return { violations: nodes(result.violations), open: nodes(result.incomplete) };
  });
};

/** Those that differ in colour; the others show the same parts in another arrangement. */
const COLOURFUL = "filled,disabled,empty,sending,unavailable,accepted";

/** Every value of each setting; all combinations are for the eyes, see `npm run screenshots`. */
const SETS = [
  ["en", "default", "light", "all"],
  ["ar", "estate", "dark", COLOURFUL],
  ["ru", "fintech", "light", COLOURFUL],
  ["en", "ink", "dark", COLOURFUL],
] as const;

for (const [lang, theme, scheme, state] of SETS)
  test(`states are reached and free of barriers: ${lang}, ${theme}, ${scheme}`, async (t) => {
    const viewport = { width: 1400, height: 1000 };
    const query = { lang, theme, scheme, ...(state !== "all" && { state }) };
    const { page, missed } = await gallery.open(browser, query, viewport);
    assert.deepEqual(missed, []);
    const { violations, open } = await audit(page);
    assert.deepEqual(violations, []);
    if (open.length > 0) t.diagnostic(`axe leaves ${open.length} to people, first ${open[0]}`);
    await page.close();
  });

test("no state makes a form wider than the narrowest phone", async () => {
  const viewport = { width: 320, height: 640 };
  // Russian has the longest words.
  const { page } = await gallery.open(browser, { lang: "ru", width: "256" }, viewport);
  const wide = await page.$$eval("figure", (figures) =>
    figures
      .filter((figure) => figure.scrollWidth > figure.clientWidth)
      .map((figure) => figure.textContent),
  );
  assert.deepEqual(wide, []);
  await page.close();
});
