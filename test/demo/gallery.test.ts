/** The gallery: every state of the form, reached by the public interface, linkable, silent and without a barrier. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import axe from "axe-core";
import puppeteer from "puppeteer-core";
import type { Browser, Page } from "puppeteer-core";
import { STATES } from "../../demo/gallery/states.ts";
import { chrome } from "../browser.ts";
import { audit as auditPage, ENGINES } from "./any-engine.ts";
import { serveGallery } from "../e2e/gallery-page.ts";
import type { Gallery } from "../e2e/gallery-page.ts";

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

test("each form has an anchor of its own, and a link to itself alone", async () => {
  const page = await browser.newPage();
  await page.goto(
    gallery.address("gallery", { lang: "ar,ru", scheme: "dark", state: "own_date,begun" }),
  );
  await page.waitForSelector(":root[data-ready]");
  const links = await page.$$eval("figcaption a", (all) => all.map(({ href }) => href));
  const anchors = await page.$$eval("figure", (all) => all.map(({ id }) => id));
  const wanted = ["begun", "own_date"].map((state) => `${state}-ar-default-dark`);
  assert.deepEqual(
    anchors.toSorted(),
    [...wanted, ...wanted.map((id) => id.replace("-ar-", "-ru-"))].toSorted(),
  );
  await page.goto(`${links[0]}#${anchors[0]}`);
  await page.waitForSelector(":root[data-ready]");
  assert.deepEqual(await page.$$eval("figure", (all) => all.map(({ id }) => id)), [anchors[0]]);
  assert.equal(await page.$eval("figure:target", ({ id }) => id), anchors[0]);
  // The choice shows what is there, so that a tester goes on from it.
  const chosen = await page.$$eval("#filter :checked", (all) =>
    all.map((box) => box.getAttribute("value")),
  );
  assert.deepEqual(chosen, ["ar", "default", "dark", "begun"]);
  await page.close();
});

test("the states stand in groups, and every one can be chosen", async () => {
  const page = await browser.newPage();
  await page.goto(gallery.address("gallery", { state: "idle" }));
  await page.waitForSelector(":root[data-ready]");
  const offered = await page.$$eval("#states input", (all) =>
    all.map((box) => box.getAttribute("value")),
  );
  assert.deepEqual(offered, Object.keys(STATES));
  await page.click('#states input[value="tokens"]');
  await Promise.all([page.waitForNavigation(), page.click("#filter button")]);
  await page.waitForSelector(":root[data-ready]");
  assert.deepEqual(
    await page.$$eval("main h2, main figcaption", (all) => all.map((each) => each.textContent)),
    ["Before it is sent", "idle · en · default · light", "Looks", "tokens · en · default · light"],
  );
  await page.close();
});

for (const { name, skip, start } of ENGINES)
  test(
    `the whole page says nothing on the console and has no barrier: ${name}`,
    { skip },
    async () => {
      const engine = await start();
      try {
        // The dialog is modal: it stands alone.
        for (const state of ["", "dialog"]) {
          await engine.goTo(gallery.address("gallery", state ? { state } : {}));
          const look = "return document.documentElement.dataset.ready ?? null;";
          while ((await engine.run(look)) === null);
          assert.deepEqual(await engine.run("return said;"), []);
          // Many forms of one name stand on this page, and one on a customer's.
          if (!state)
            assert.deepEqual(
              await auditPage(engine, { "landmark-unique": { enabled: false } }),
              [],
            );
        }
      } finally {
        await engine.stop();
      }
    },
  );
