/** QA's list as a page: results and notes are kept, undone and reported; three languages, no barrier. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import puppeteer from "puppeteer-core";
import type { Browser, Page } from "puppeteer-core";
import { STEPS } from "../../demo/qa/steps/index.ts";
import { TEXTS } from "../../demo/qa/texts/index.ts";
import { LANGUAGES } from "../../proxy/shared/contract.ts";
import { freePort } from "../../demo/run/free-port.ts";
import { chrome } from "../browser.ts";
import { audit, ENGINES } from "./any-engine.ts";
import { serveGallery } from "../e2e/gallery-page.ts";
import type { Gallery } from "../e2e/gallery-page.ts";

let demo: Gallery;
let browser: Browser;
let nobody: number;
before(async () => {
  nobody = await freePort();
  demo = await serveGallery();
  browser = await puppeteer.launch(await chrome());
});
after(async () => {
  await browser.close();
  await demo.close();
});

/** Nobody plays the vendors here: the receiver is looked for where none listens. */
const addressOf = (lang = "en"): string => demo.address("qa", { lang, receiver: String(nobody) });

const open = async (lang?: string): Promise<Page> => {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.goto(addressOf(lang));
  await page.waitForSelector(":root[data-ready]");
  return page;
};

const text = (page: Page, selector: string): Promise<string> =>
  page.$eval(selector, (element) => element.textContent?.trim() ?? "");

const radio = (step: string, value: string) => `#step-${step} input[value=${value}]`;

test("results and notes outlive the page, and come back after they were removed", async () => {
  const page = await open();
  await page.click(radio("look", "passed"));
  await page.click("#step-look .next");
  await page.waitForSelector("#step-keyboard h3 button:focus");
  assert.equal(await text(page, "#progress"), `1 as described, 0 not, ${STEPS.length - 1} open`);
  await page.click(radio("keyboard", "failed"));
  await page.type("#step-keyboard textarea", "No ring around the button");

  await page.reload();
  await page.waitForSelector(":root[data-ready]");
  assert.equal(await text(page, "#step-look .mark"), TEXTS.en.ui.passed);
  assert.equal(
    await page.$eval("#step-keyboard textarea", ({ value }) => value),
    "No ring around the button",
  );

  await page.click("#reset");
  assert.equal(await text(page, "#progress"), `0 as described, 0 not, ${STEPS.length} open`);
  assert.equal(await page.$eval("#step-keyboard textarea", ({ value }) => value), "");
  await page.click("#undo");
  assert.equal(await text(page, "#progress"), `1 as described, 1 not, ${STEPS.length - 2} open`);
  assert.equal(await text(page, ":focus"), TEXTS.en.ui.reset);
  await page.browserContext().close();
});

test("the report names version, browser and each step, and is copied", async () => {
  const page = await open();
  const { origin } = new URL(page.url());
  const context = page.browserContext();
  await context.setPermission(origin, {
    permission: { name: "clipboard-write" },
    state: "granted",
  });
  await context.setPermission(origin, { permission: { name: "clipboard-read" }, state: "granted" });
  await page.bringToFront();
  await page.click(radio("look", "failed"));
  await page.type("#step-look textarea", "cut | off");
  await page.click("#copy");
  await page.waitForFunction(
    (copied) => document.querySelector("#status")?.textContent === copied,
    {},
    TEXTS.en.ui.copied,
  );
  const report = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(await page.$eval("textarea#report-text", ({ value }) => value), report);
  assert.match(report, /^# Lead Form: QA report\n/);
  assert.match(report, /- Browser: .*Chrome/);
  assert.match(report, /1\. ❌ The form stands \(Not as described\): cut \\\| off\n/);
  for (const { id } of STEPS)
    assert.ok(report.includes(TEXTS.en.steps[id as keyof typeof TEXTS.en.steps].title), id);
  await context.close();
});

test("where the demo does not run, the list says so and how to start it", async () => {
  const page = await open("ru");
  assert.equal(await text(page, "#status"), TEXTS.ru.ui.no_demo);
  await page.click("#step-look .set-up");
  assert.equal(await text(page, "#status"), TEXTS.ru.ui.no_demo);
  await page.browserContext().close();
});

for (const lang of LANGUAGES)
  test(`the list is whole, and as wide as the narrowest phone: ${lang}`, async () => {
    const page = await open(lang);
    await page.setViewport({ width: 320, height: 640 });
    const root = await page.$eval("html", ({ lang: tag, dir }) => [tag, dir]);
    assert.deepEqual(root, [lang, lang === "ar" ? "rtl" : "ltr"]);
    for (const { id } of STEPS) {
      await page.evaluate((step) => (location.hash = `step-${step}`), id);
      await page.waitForSelector(`#step-${id} h3 [aria-expanded=true]`);
      const [content, screen] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        innerWidth,
      ]);
      assert.equal(content, screen, id);
    }
    assert.deepEqual(
      await page.$$eval(".title .number", (all) => all.map((each) => each.textContent)),
      STEPS.map((_, at) => String(at + 1)),
    );
    await page.browserContext().close();
  });

test("on paper each step is whole, with its result", async () => {
  const page = await open();
  await page.emulateMediaType("print");
  const hidden = await page.$$eval(".body", (all) =>
    all.filter((body) => body.getBoundingClientRect().height === 0).map(({ id }) => id),
  );
  assert.deepEqual(hidden, []);
  await page.browserContext().close();
});

for (const { name, skip, start } of ENGINES)
  test(`the list has no barrier, in any language or scheme: ${name}`, { skip }, async () => {
    const engine = await start();
    try {
      for (const lang of LANGUAGES)
        for (const scheme of ["light", "dark"]) {
          await engine.goTo(addressOf(lang));
          while (!(await engine.run(`return "ready" in document.documentElement.dataset;`)));
          await engine.run(`
            document.documentElement.style.colorScheme = "${scheme}";
            document.querySelector("#step-doubt h3 button").click();
            document.querySelector("#step-doubt input").click();
            document.querySelector("#copy").click();
            await new Promise(requestAnimationFrame);`);
          assert.deepEqual(await audit(engine), [], `${lang} ${scheme}`);
        }
    } finally {
      await engine.stop();
    }
  });
