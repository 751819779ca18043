/** Back brings back what was typed, in every engine, and nothing that only the visitor may give. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import puppeteer from "puppeteer-core";
import type { Browser, Page } from "puppeteer-core";
import { FIREFOX, chrome, noFirefox } from "../browser.ts";
import { noWebkit, startWebkit } from "../webkit.ts";
import type { Webkit } from "../webkit.ts";
import { pageWith, serveCustomer } from "./customer-page.ts";
import type { Customer } from "./customer-page.ts";

let customer: Customer;
let form = "";
let elsewhere = "";
before(async () => {
  customer = await serveCustomer();
  form = customer.page("/form", pageWith('consent="checkbox"'));
  elsewhere = customer.page("/elsewhere", "<!doctype html><title>Elsewhere</title>");
});
after(() => customer.close());

/** Runs in the page. As a visitor types, ticks, and a machine fills the trap. */
const TYPE = `
  const root = document.querySelector("lead-form").shadowRoot;
  const enter = (name, value) => {
    const control = root.querySelector("[name=" + name + "]");
    if (control.type === "checkbox") control.click();
    else {
      control.value = value;
      control.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
  };
  enter("name", "Mona Adel");
  enter("phone", "01012345678");
  enter("email", "mona@example.com");
  enter("consent");
  enter("lf_hp", "trap");`;
const READ = `
  const root = document.querySelector("lead-form")?.shadowRoot;
  const read = (name) => {
    const control = root?.querySelector("[name=" + name + "]");
    return control?.type === "checkbox" ? String(control.checked) : control?.value ?? null;
  };
  return ["name", "phone", "email", "consent", "lf_hp"].map(read);`;
const RESTORED = ["Mona Adel", "01012345678", "mona@example.com", "false", ""];

/** Looks again until it is so; the test's own time-out is the limit. */
const settles = async (look: () => Promise<unknown>, expected: unknown): Promise<void> => {
  const wanted = JSON.stringify(expected);
  let seen = "";
  for (let tries = 0; seen !== wanted && tries < 200; tries++) seen = JSON.stringify(await look());
  assert.equal(seen, wanted);
};

const inPage = (page: Page, code: string): Promise<unknown> => page.evaluate(`(() => {${code}})()`);

const journey = async (browser: Browser): Promise<void> => {
  const page = await browser.newPage();
  await page.goto(form);
  await settles(() => inPage(page, READ), ["", "", "", "false", ""]);
  await inPage(page, TYPE);
  await page.goto(elsewhere);
  await page.goBack();
  await settles(() => inPage(page, READ), RESTORED);
};

/** A page that the browser keeps alive is not restored, it is still there; so each engine is set to keep none. */
describe("Back to a page that is loaded again", { concurrency: true }, () => {
  test("restores the draft in Chromium, without consent and trap", async () => {
    const browser = await puppeteer.launch({
      ...(await chrome()),
      args: [...(await chrome()).args, "--disable-features=BackForwardCache"],
    });
    await journey(browser).finally(() => browser.close());
  });

  test("restores the draft in Firefox, without consent and trap", { skip: noFirefox }, async () => {
    const browser = await puppeteer.launch({
      browser: "firefox",
      executablePath: FIREFOX!,
      extraPrefsFirefox: { "browser.sessionhistory.max_total_viewers": 0 },
    });
    await journey(browser).finally(() => browser.close());
  });

  test("restores the draft in WebKit, without consent and trap", { skip: noWebkit }, async () => {
    const webkit: Webkit = await startWebkit();
    const run = (script: string) => webkit.call("POST", "/execute/sync", { script, args: [] });
    try {
      const uncached = { "cache-control": "no-store" };
      const url = customer.page("/uncached", pageWith('consent="checkbox"'), uncached);
      await webkit.call("POST", "/url", { url });
      await settles(() => run(READ), ["", "", "", "false", ""]);
      await run(TYPE);
      await webkit.call("POST", "/url", { url: elsewhere });
      await webkit.call("POST", "/back", {});
      await settles(() => run(READ), RESTORED);
    } finally {
      await webkit.stop();
    }
  });
});
