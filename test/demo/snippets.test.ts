/**
 * Every kind of snippet on a customer's page, letter for letter as the playground prints it: what was set arrives at the
 * form, and a lead at the proxy. The WordPress kinds run in test/wordpress, the hosted link in demo.test.ts.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import puppeteer from "puppeteer-core";
import type { Browser, ConsoleMessage, Page } from "puppeteer-core";
import { SNIPPETS } from "../../demo/snippets/index.ts";
import type { Form, SnippetName } from "../../demo/snippets/index.ts";
import { printer } from "../../widget/print/index.ts";
import { chrome } from "../browser.ts";
import { serveCustomer } from "../e2e/customer-page.ts";
import type { Customer } from "../e2e/customer-page.ts";
import { bundle } from "./snippets/bundle.ts";

/** Nothing that somebody types may be read as more than text. */
const WORDS = `Say "hi" & <b>{x} {{y}}</b> [1] \\ 'z'`;

let customer: Customer;
let browser: Browser;
before(async () => {
  customer = await serveCustomer();
  browser = await puppeteer.launch(await chrome());
});
after(async () => {
  await browser.close();
  await customer.close();
});

const plain = (): Form => ({
  origin: customer.origin,
  attributes: [
    ["target", "sakneen"],
    ["country", "EG"],
  ],
});

/** With something of each kind that can be set. */
const full = (): Form => ({
  origin: customer.origin,
  lang: "ru",
  attributes: [
    ["target", "sakneen"],
    ["project", "Palm Hills"],
    ["fields", "name phone budget"],
    ["required", "budget name phone"],
    ["country", "EG"],
    ["without-country-select", true],
    ["theme", "estate"],
    ["lang", "ru"],
    ["heading", WORDS],
    ["submit-label", "Жду звонка"],
    ["field-unit", "A-12"],
  ],
  properties: [
    ["--lead-form-accent", "#0a7d5a"],
    ["--lead-form-font", 'Georgia, "Times New Roman", serif'],
  ],
  slots: [
    ["description", WORDS],
    ["footer", "Until 18:00"],
  ],
  listens: true,
  definitions: {
    version: "v1",
    fields: [
      { name: "budget", type: "number", label: { en: "Budget", ru: "Бюджет" } },
      { name: "unit", type: "hidden", label: {} },
    ],
  },
});

const page = (body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Customer</title>
<link rel="icon" href="data:,"></head><body><main id="root">${body}</main></body></html>`;

/** How a page takes each kind over, if not as its HTML. */
const IN_PAGE: Readonly<Partial<Record<SnippetName, (text: string) => Promise<string> | string>>> =
  {
    // The tag manager makes the nodes anew, in a page that has loaded.
    gtm: (text) => `<script>addEventListener("load", function () {
    var box = document.createElement("div");
    box.innerHTML = ${JSON.stringify(text).replaceAll("<", "\\u003c")};
    box.querySelectorAll("script").forEach(function (old) {
      var script = document.createElement("script");
      script.text = old.text;
      document.body.appendChild(script);
    });
  });</script>`,
  };

interface Visit {
  page: Page;
  faults: string[];
  said: string[];
}

const visit = async (name: SnippetName, form: Form): Promise<Visit> => {
  const kind = SNIPPETS[name];
  const { text } = await kind.print(form, printer);
  const body =
    kind.language === "html"
      ? await (IN_PAGE[name] ?? ((same: string) => same))(text)
      : `<script>addEventListener("DOMContentLoaded", function () {${await bundle(kind.language, text)}});</script>`;
  const opened = await browser.newPage();
  const faults: string[] = [];
  const said: string[] = [];
  opened.on("pageerror", (error) => faults.push(String(error)));
  opened.on("console", (message: ConsoleMessage) => {
    if (message.type() === "log") said.push(message.text());
    else if (message.type() !== "info") faults.push(message.text());
  });
  await opened.goto(customer.page(`/${name}`, page(body)));
  if (name === "link") {
    await opened.waitForSelector("lead-form[data-for-link]");
    await opened.click("a[data-lead-form]");
  }
  await opened.waitForSelector("lead-form[status=idle]");
  return { page: opened, faults, said };
};

const attributesOf = ({ page: at }: Visit): Promise<Record<string, string>> =>
  at.$eval("lead-form", (form) =>
    Object.fromEntries([...form.attributes].map(({ name, value }) => [name, value])),
  );

/** As a visitor does. @returns the lead that the proxy got */
const send = async ({ page: at }: Visit): Promise<URLSearchParams> => {
  await at.$eval("lead-form", (form) =>
    Object.assign(form, { values: { name: "Mona", phone: "01001234567", budget: "5" } }),
  );
  const button = await at.waitForSelector("lead-form >>> [part~=submit]", { visible: true });
  await button?.click();
  await at.waitForSelector("lead-form[status=accepted]");
  const lead = customer.leads.at(-1);
  assert.ok(lead);
  return lead;
};

const NAMES = (Object.keys(SNIPPETS) as SnippetName[]).filter(
  (name) => !["shortcode", "block", "hosted"].includes(name),
);

/** Those that stand for the element, which take what an author may say. */
const ALIASES: readonly SnippetName[] = ["div", "link"];

for (const name of NAMES)
  describe(`the snippet ${name}`, () => {
    test("sends a lead from a customer's page, without a word on the console", async () => {
      const opened = await visit(name, plain());
      const lead = await send(opened);
      assert.equal(lead.get("target"), "sakneen");
      assert.equal(lead.get("phone"), "01001234567");
      assert.deepEqual([opened.faults, opened.said], [[], []]);
      await opened.page.close();
    });

    test("brings along all that was set", async () => {
      const form = full();
      const opened = await visit(name, form);
      const isAlias = ALIASES.includes(name);
      const found = await attributesOf(opened);
      const { left } = await SNIPPETS[name].print(form, printer);
      for (const [attribute, value] of form.attributes.filter(([each]) => !left.includes(each)))
        if (value === true) assert.notEqual(found[attribute], undefined, attribute);
        else assert.equal(found[attribute], value, attribute);
      assert.match(found["definitions"] ?? "", /"ru":"Бюджет"/);
      assert.doesNotMatch(found["definitions"] ?? "", /"en"/);

      const [accent, slots] = await opened.page.$eval("lead-form", (element) => [
        getComputedStyle(element).getPropertyValue("--lead-form-accent").trim(),
        [...element.children].map((child) => [child.slot, child.textContent]),
      ]);
      assert.equal(accent, left.includes("--lead-form-accent") ? "" : "#0a7d5a");
      if (!isAlias)
        assert.deepEqual(slots, [
          ["description", WORDS],
          ["footer", "Until 18:00"],
        ]);

      const heard = new Promise((resolve) => opened.page.once("console", resolve));
      const lead = await send(opened);
      await heard;
      assert.equal(lead.get("x_unit"), "A-12");
      assert.equal(lead.get("x_budget"), "5");
      assert.equal(lead.get("project"), "Palm Hills");
      assert.deepEqual(opened.said, [`lead ${lead.get("id")}`]);
      assert.deepEqual(opened.faults, []);
      await opened.page.close();
    });
  });
