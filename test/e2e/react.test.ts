/**
 * A page that React 19 renders on a server and hydrates in Chromium: which listeners hear, what stays as it
 * was typed, and what a child beside the form may do. The README says the same.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import puppeteer from "puppeteer-core";
import type { Browser, Page } from "puppeteer-core";
import { createElement } from "react";
import { renderToString } from "react-dom/server";
import { build } from "vite";
import { chrome } from "../browser.ts";
import { serveCustomer } from "./customer-page.ts";
import type { Customer } from "./customer-page.ts";
import { APPS } from "./react/apps.ts";
import type { AppName } from "./react/apps.ts";

/** React's development build: the other one does not say which attributes differ. */
const bundle = async (): Promise<string> => {
  const built = await build({
    configFile: false,
    logLevel: "error",
    define: { "process.env.NODE_ENV": '"development"' },
    build: {
      write: false,
      minify: false,
      rolldownOptions: { input: "test/e2e/react/client.ts", output: { format: "iife" } },
    },
  });
  const [output] = [built].flat();
  if (!output || !("output" in output)) throw new Error("Vite watches instead of building.");
  return output.output[0].code.replaceAll("</script", "<\\/script");
};

let customer: Customer;
let browser: Browser;
let client: string;
before(async () => {
  customer = await serveCustomer();
  [client, browser] = await Promise.all([bundle(), chrome().then((how) => puppeteer.launch(how))]);
});
after(async () => {
  await browser.close();
  await customer.close();
});

/** One visit to a page of React. */
class Visit {
  readonly page: Page;
  readonly #name: AppName;
  /** What the page threw, and what React complained of. */
  readonly faults: string[] = [];

  private constructor(page: Page, name: AppName) {
    this.page = page;
    this.#name = name;
    page.on("pageerror", (error) => this.faults.push(String(error)));
    page.on("console", (entry) => {
      if (entry.type() === "error") this.faults.push(entry.text());
    });
  }

  /** @param html what the server rendered */
  static async open(name: AppName, html: string): Promise<Visit> {
    const visit = new Visit(await browser.newPage(), name);
    const url = customer.page(
      `/${name}`,
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Customer</title>
<link rel="icon" href="data:,"></head><body><div id="root">${html}</div><script>${client}</script></body></html>`,
    );
    await visit.page.goto(url);
    return visit;
  }

  /** Lets React take the page over, or draw it. */
  async react(way: "hydrate" | "render"): Promise<void> {
    await this.page.evaluate(`${way}("${this.#name}")`);
    await this.page.waitForSelector("html#ready");
  }

  async script(): Promise<void> {
    await this.page.addScriptTag({ url: `${customer.origin}/lead-form.js` });
  }

  async type(name: string, text: string): Promise<void> {
    const input = await this.page.waitForSelector(`lead-form >>> input[name=${name}]`);
    await input?.type(text);
  }

  /** @returns the lead that arrived */
  async send(): Promise<URLSearchParams | undefined> {
    const button = await this.page.waitForSelector("lead-form >>> [part~=submit]");
    await button?.click();
    await this.page.waitForSelector("lead-form[status=accepted]");
    return customer.leads.pop();
  }

  read(expression: string): Promise<unknown> {
    return this.page.evaluate(expression);
  }
}

const rendered = (name: AppName): string => renderToString(createElement(APPS[name]));

test("the server renders the element with its attributes and without its listener", () => {
  assert.equal(rendered("Contact"), `<lead-form target="sakneen" country="EG"></lead-form>`);
});

// React attaches `onlead-form-…` when it creates the element or changes the listener, not as it hydrates.
for (const [order, way, heard] of [
  ["hydrates what the script has defined", "hydrate", ["ref"]],
  ["hydrates before the script comes", "hydrate", ["ref"]],
  ["draws the page in the browser", "render", ["property", "ref"]],
] as const)
  test(`where React ${order}, a lead is heard by: ${heard.join(", ")}`, async () => {
    const visit = await Visit.open("Contact", way === "render" ? "" : rendered("Contact"));
    if (order === "hydrates before the script comes") {
      await visit.react(way);
      await visit.script();
      await visit.type("name", "Mona Adel");
    } else {
      await visit.script();
      if (way === "hydrate") await visit.type("name", "Mona Adel");
      await visit.react(way);
      if (way === "render") await visit.type("name", "Mona Adel");
    }
    await visit.type("phone", "01012345678");
    const lead = await visit.send();
    // What was typed before React came is still there.
    assert.equal(lead?.get("name"), "Mona Adel");
    assert.deepEqual(await visit.read("heard.toSorted()"), heard);
    // So it is with properties that are no attributes.
    const { heading } = Object(await visit.read("document.querySelector('lead-form').messages"));
    assert.equal(heading, way === "render" ? "Your flat" : undefined);
    assert.deepEqual(await visit.read("mended"), []);
    assert.deepEqual(visit.faults, []);
    await visit.page.close();
  });

/** Takes the child beside the form away and brings it back; the form stays as it is. */
const toggle = async (visit: Visit): Promise<void> => {
  await visit.type("name", "Mona Adel");
  await visit.page.click("main > button");
  await visit.page.waitForFunction(() => !document.querySelector("#offer"));
  await visit.page.click("main > button");
  await visit.page.waitForSelector("#offer");
  await visit.type("phone", "01012345678");
  const lead = await visit.send();
  assert.deepEqual([lead?.get("name"), lead?.get("phone")], ["Mona Adel", "01012345678"]);
  assert.equal(await visit.read("document.querySelectorAll('lead-form').length"), 1);
  assert.deepEqual(visit.faults, []);
  await visit.page.close();
};

test("in a div of React a child may go and come, and what was typed stays", async () => {
  const visit = await Visit.open("Offer", rendered("Offer"));
  await visit.react("hydrate");
  await visit.script();
  assert.deepEqual(await visit.read("mended"), []);
  await toggle(visit);
});

test("a div that had its form before React came is drawn anew, and works", async () => {
  const visit = await Visit.open("Offer", rendered("Offer"));
  await visit.script();
  await visit.page.waitForSelector("lead-form[status=idle]");
  await visit.react("hydrate");
  await toggle(visit);
});
