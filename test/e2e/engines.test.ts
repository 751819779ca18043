/**
 * What each engine computes for assistive technology: role and name of everything in a form that has
 * something to say. The whole trees are Chromium's alone to tell (accessibility.test.ts).
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import puppeteer from "puppeteer-core";
import type { Browser } from "puppeteer-core";
import { LANGUAGES, type Language } from "../../proxy/shared/contract.ts";
import { CATALOGS } from "../../proxy/shared/messages/index.ts";
import { FIREFOX, chrome, noFirefox } from "../browser.ts";
import { noWebkit, startWebkit } from "../webkit.ts";
import { pageWith, serveCustomer } from "./customer-page.ts";
import type { Customer } from "./customer-page.ts";

/** A form whose empty submit was refused, in reading order. `select` is what the engine calls one. */
const expected = (lang: Language, select: string): [role: string, name: string][] => {
  const t = CATALOGS[lang];
  return [
    ["form", t.heading],
    ["heading", t.heading],
    ["group", t.summary],
    ["link", t.name_missing],
    ["link", t.phone_missing],
    ["link", t.consent_missing],
    ["textbox", t.name],
    ["textbox", t.phone],
    [select, t.country],
    ["textbox", `${t.email} (${t.optional})`],
    [select, `${t.project} (${t.optional})`],
    ["checkbox", t.consent],
    ["button", t.submit],
    ["status", ""],
  ];
};

/** Runs in a page; true once the refused form is drawn. */
const REFUSE = `
  const form = document.querySelector("lead-form");
  if (form.status === "idle" && !form.shadowRoot.querySelector("#summary")) form.reportValidity();
  return Boolean(form.shadowRoot.querySelector("#summary"));`;

let customer: Customer;
const address = (lang: Language): string =>
  customer.page(
    `/${lang}`,
    pageWith(`lang="${lang}" country="EG" consent="checkbox" projects="Nile View"`),
  );
before(async () => {
  customer = await serveCustomer();
});
after(() => customer.close());

const refused = async (look: () => Promise<unknown>): Promise<void> => {
  while (!(await look()));
};

/** Asks the engine for each role and name; what it finds for both is what it tells. */
const asks = async (browser: Browser, lang: Language): Promise<void> => {
  const page = await browser.newPage();
  await page.goto(address(lang));
  await refused(() => page.evaluate(`(() => {${REFUSE}})()`));
  const base = await page.waitForSelector("lead-form >>> [part=base]");
  for (const [role, name] of expected(lang, "combobox")) {
    // A region that says nothing yet has no name to be found by.
    if (name === "") continue;
    const found = (await base?.$$(`aria/${name}[role="${role}"]`)) ?? [];
    assert.equal(found.length, 1, `${role} "${name}"`);
  }
  await page.close();
};

const asksAll = async (browser: Browser): Promise<void> => {
  try {
    for (const lang of LANGUAGES) await asks(browser, lang);
  } finally {
    await browser.close();
  }
};

describe("names and roles", { concurrency: 2 }, () => {
  test("are told by Chromium", async () => {
    await asksAll(await puppeteer.launch(await chrome()));
  });

  test("are told by Firefox", { skip: noFirefox }, async () => {
    await asksAll(await puppeteer.launch({ browser: "firefox", executablePath: FIREFOX! }));
  });

  test("are told by WebKit, in reading order", { skip: noWebkit }, async () => {
    const webkit = await startWebkit();
    const run = (script: string) => webkit.call("POST", "/execute/sync", { script, args: [] });
    const idOf = (reference: unknown): string => String(Object.values(reference as object)[0]);
    try {
      for (const lang of LANGUAGES) {
        await webkit.call("POST", "/url", { url: address(lang) });
        await refused(() => run(REFUSE));
        const css = (value: string) => ({ using: "css selector", value });
        const host = idOf(await webkit.call("POST", "/element", css("lead-form")));
        const root = idOf(await webkit.call("GET", `/element/${host}/shadow`));
        const told = ":is(form,h2,a,input,select,button,[role]):not([aria-hidden] *)";
        const found = await webkit.call("POST", `/shadow/${root}/elements`, css(told));
        const tree = [];
        for (const element of found as unknown[]) {
          const path = `/element/${idOf(element)}/computed`;
          tree.push([
            await webkit.call("GET", `${path}role`),
            await webkit.call("GET", `${path}label`),
          ]);
        }
        // What opens a list is a button here.
        assert.deepEqual(tree, expected(lang, "button"));
      }
    } finally {
      await webkit.stop();
    }
  });
});
