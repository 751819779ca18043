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

/** What axe objects to or is not sure of. Every preset and scheme is looked at in test/widget/axe.test.ts. */
const audit = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const tool: unknown = Reflect.get(window, "axe");
    const { violations, incomplete } = await Object(tool).run("#cells", {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      // Many forms of one name stand on this page, and one on a customer's.
      rules: { "landmark-unique": { enabled: false } },
      resultTypes: ["violations", "incomplete"],
    });
    return [...violations, ...incomplete].flatMap((rule) =>
      rule.nodes.map(({ html }: { html: string }) => `${rule.id}: ${html}`),
    );
  });
};

for (const lang of ["en", "ar", "ru"])
  test(`the built script reaches every state, free of barriers: ${lang}`, async () => {
    const viewport = { width: 1400, height: 1000 };
    const { page, missed } = await gallery.open(browser, { lang }, viewport);
    assert.deepEqual(missed, []);
    assert.deepEqual(await audit(page), []);
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
