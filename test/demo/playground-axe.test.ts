/** No barrier that axe can find in the playground: in its languages, light and dark, in three engines. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import axe from "axe-core";
import puppeteer from "puppeteer-core";
import type { Browser } from "puppeteer-core";
import { LANGUAGES } from "../../proxy/shared/contract.ts";
import { FIREFOX, noFirefox } from "../browser.ts";
import { noWebkit, startWebkit } from "../webkit.ts";
import type { Webkit } from "../webkit.ts";
import { BARRIERS, barriers, serveDemo, stage, UNFOLD } from "./demo-page.ts";
import type { Demo } from "./demo-page.ts";

const LOOKS = LANGUAGES.flatMap((ui) => ["light", "dark"].map((scheme) => ({ ui, scheme })));
const named = ({ ui, scheme }: (typeof LOOKS)[number]): string => `${ui}, ${scheme}`;

/** As much as can be in sight: the code, a note of what is left out, own fields, a mistake to come. */
const settingsFor = ({ ui, scheme }: (typeof LOOKS)[number]) => ({
  ui,
  "ui-scheme": scheme,
  snippet: "hosted",
  consent: "notice",
  fields: "name phone budget",
  "slot-footer": "Until 18:00",
});

let demo: Demo;
before(async () => {
  demo = await serveDemo();
});
after(() => demo.close());

const looks = (browser: () => Browser): void => {
  for (const look of LOOKS)
    test(`has no barrier (${named(look)})`, async () => {
      const page = await demo.open(settingsFor(look), browser());
      await page.waitForSelector('[data-field="budget"]');
      await page.waitForSelector("#qr[src]", { visible: true });
      const frame = await stage(page);
      await frame.waitForSelector('lead-form >>> [name="x_budget"]');
      // A lead that was sent and arrived fills the panels.
      await page.click("#fill");
      await (await frame.waitForSelector("lead-form >>> [part~=submit]"))?.click();
      await page.waitForSelector("#vendor-log li");
      await page.waitForSelector("#exchange-log .badge.good");
      await frame.waitForSelector("lead-form[status=accepted]");
      assert.deepEqual(await barriers(page), []);
      await page.close();
    });
};

describe("the playground in Chromium", () => looks(() => demo.browser));

describe("the playground in Firefox", { skip: noFirefox }, () => {
  let firefox: Browser;
  before(async () => {
    firefox = await puppeteer.launch({ browser: "firefox", executablePath: FIREFOX! });
  });
  after(() => firefox.close());
  looks(() => firefox);
});

describe("the playground in WebKit", { skip: noWebkit }, () => {
  let webkit: Webkit;
  before(async () => {
    webkit = await startWebkit();
  });
  after(() => webkit.stop());

  const run = (script: string) => webkit.call("POST", "/execute/sync", { script, args: [] });
  const READY = `return document.querySelector("#vendor-status[data-tone=good]") &&
    document.querySelector('[data-field="budget"]') && document.querySelector("#qr[src]") &&
    Boolean(document.querySelector("#frame").contentDocument
      ?.querySelector("lead-form[status=idle]")?.shadowRoot.querySelector('[name="x_budget"]'))`;

  for (const look of LOOKS)
    test(`has no barrier (${named(look)})`, async () => {
      await webkit.call("POST", "/url", { url: demo.address(settingsFor(look)) });
      while (!(await run(READY)));
      await run(UNFOLD);
      await run(axe.source);
      const frame = await run('return document.querySelector("#frame")');
      await webkit.call("POST", "/frame", { id: frame });
      await run(axe.source);
      await webkit.call("POST", "/frame/parent", {});
      const found = await webkit.call("POST", "/execute/async", {
        script: `const done = arguments[0]; ${BARRIERS}.then(done, (error) => done([String(error)]));`,
        args: [],
      });
      assert.deepEqual(found, []);
    });
});
