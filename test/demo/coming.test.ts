/**
 * The code of the site's guides, letter for letter as each language prints it: a visitor's lead arrives, and whoever
 * else listens on the page hears of it once, with the receipt and without the visitor's data.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import puppeteer from "puppeteer-core";
import type { Browser, Page } from "puppeteer-core";
import { LANGUAGES } from "../../demo/site/languages.ts";
import { ALIAS_ATTRIBUTES } from "../../widget/element/attributes.ts";
import { FIREFOX, chrome, noFirefox } from "../browser.ts";
import { noWebkit, startWebkit } from "../webkit.ts";
import { serveCustomer } from "../e2e/customer-page.ts";
import type { Customer } from "../e2e/customer-page.ts";
import {
  PERSONAL,
  REPEAT,
  SEND,
  TOLD,
  VISITOR,
  bodyWith,
  codeOf,
  isBefore,
  isRun,
  pageWithCode,
} from "./guide-code.ts";
import type { Code } from "./guide-code.ts";

let customer: Customer;
let browser: Browser;
before(async () => {
  customer = await serveCustomer();
  for (const path of ["/thanks", "/thanks/"])
    customer.page(path, bodyWith("en", "<h1>Thank you</h1>"));
  browser = await puppeteer.launch(await chrome());
});
after(async () => {
  await browser.close();
  await customer.close();
});

const HTML = codeOf("html");
const nameOf = ({ lang, guide, number }: Code): string => `${lang}/${guide}, block ${number}`;

/** The same code in two languages is run once. */
const isFirst = ({ text }: Code, i: number, all: readonly Code[]): boolean =>
  all.findIndex((other) => other.text === text) === i;

type Told = readonly [tool: string, ...given: unknown[]];

interface Visit {
  page: Page;
  faults: string[];
  close: () => Promise<void>;
}

/** In a browser profile of its own. */
const visit = async (path: string, html: string): Promise<Visit> => {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    const isOurs = request.url().startsWith(customer.origin) || request.url().startsWith("data:");
    return void (isOurs ? request.continue() : request.abort());
  });
  await page.goto(customer.page(path, html));
  return { page, faults, close: () => context.close() };
};

const toldIn = (page: Page): Promise<Told[]> => page.evaluate(TOLD) as Promise<Told[]>;

/** What the tools that a code names shall hear of a lead. */
const expected = (text: string, receipt: string, target: string): Told[] => [
  ...(/data-layer=|generate_lead/.test(text)
    ? [["dataLayer", { event: "generate_lead", target, receipt }] as const]
    : []),
  ...(text.includes("reachGoal")
    ? [["ym", 12_345_678, "reachGoal", "lead", { receipt }] as const]
    : []),
  ...(text.includes("fbq(") ? [["fbq", "track", "Lead", {}, { eventID: receipt }] as const] : []),
];

const isConversion = ([tool, entry]: Told): boolean =>
  tool !== "dataLayer" || (entry as { event: string }).event === "generate_lead";

/** Sends a lead from a page with the code, and compares what everybody got. */
const send = async (code: Pick<Code, "lang" | "text">, path: string): Promise<void> => {
  const { page, faults, close } = await visit(path, pageWithCode(code, customer.origin));
  await page.evaluate(SEND);
  const leaves = /success-url|location = /.test(code.text);
  const isOver = leaves
    ? 'location.pathname.startsWith("/thanks")'
    : 'sessionStorage.getItem("receipt")';
  await page.waitForFunction(isOver);
  const lead = customer.leads.at(-1);
  assert.ok(lead);
  const receipt = lead.get("id") ?? "";
  const target = lead.get("target") ?? "";
  assert.equal(lead.get("name"), VISITOR.name);
  assert.equal(await page.evaluate('sessionStorage.getItem("receipt")'), receipt);

  if (!leaves) await page.evaluate(REPEAT);
  const told = await toldIn(page);
  assert.deepEqual(told.filter(isConversion), expected(code.text, receipt, target));
  assert.doesNotMatch(JSON.stringify(told), PERSONAL);
  assert.deepEqual(faults, []);
  await close();
};

describe("the code of the guides", () => {
  for (const code of HTML.filter(isRun).filter(isFirst))
    test(`sends a lead: ${nameOf(code)}`, () => send(code, `/${code.guide}-${code.number}`));

  // How the plugin reads a shortcode is held by test/wordpress.
  for (const code of codeOf("").filter(isFirst))
    test(`sends a lead by a shortcode: ${nameOf(code)}`, async () => {
      const [, inside = ""] = /^\[lead_form( [^\]]*)\]$/.exec(code.text) ?? [];
      const given = [...inside.matchAll(/ (\w+)="([^"]*)"/g)].map(
        ([, name = "", value = ""]) => [name.replaceAll("_", "-"), value] as const,
      );
      assert.ok(given.length > 0);
      for (const [name] of given) assert.ok(ALIAS_ATTRIBUTES.includes(name), name);
      const target = given.some(([name]) => name === "target") ? "" : ' data-target="sakneen"';
      const attributes = given.map(([name, value]) => ` data-${name}="${value}"`).join("");
      const text = `<div data-lead-form${target}${attributes}></div>`;
      await send({ lang: code.lang, text }, `/${code.guide}-${code.number}`);
    });

  test("is of one kind in each language", () => {
    const shapes = LANGUAGES.map((lang) =>
      HTML.filter((code) => code.lang === lang).map(
        (code) => `${code.guide} ${code.number} ${isRun(code)} ${isBefore(code)}`,
      ),
    );
    assert.deepEqual(shapes[1], shapes[0]);
    assert.deepEqual(shapes[2], shapes[0]);
  });

  test("tells a server's event of Meta by the name and the id of the pixel's", () => {
    const events = codeOf("json").filter(({ guide }) => guide === "meta-pixel");
    assert.equal(events.length, LANGUAGES.length);
    for (const { text } of events) {
      const event = JSON.parse(text);
      assert.equal(event.event_name, "Lead");
      assert.match(
        event.event_id,
        /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
      );
    }
  });
});

describe("a chat after the lead", () => {
  for (const code of HTML.filter(({ guide }) => guide === "whatsapp").filter(isFirst))
    test(`opens by a link without the visitor's data: ${nameOf(code)}`, async () => {
      const { page, close } = await visit("/chat", pageWithCode(code, customer.origin));
      await page.evaluate(SEND);
      const link = await page.waitForSelector('lead-form [slot="success"] a', { visible: true });
      const href = (await link?.evaluate((a) => (a as HTMLAnchorElement).href)) ?? "";
      const receipt = customer.leads.at(-1)?.get("id") ?? "";
      assert.match(href, /^https:\/\/(?:wa\.me\/[1-9]\d{6,14}|t\.me\/\w+)(?:\?text=[^&]+)?$/);
      assert.equal(href.includes(receipt), code.text.includes("detail.receipt"));
      assert.doesNotMatch(href, PERSONAL);
      await close();
    });
});

/** How the other form tells its page of a success. */
const ANNOUNCED: Readonly<Record<string, string>> = {
  "from-hubspot": 'window.dispatchEvent(new Event("hs-form-event:on-submission:success"))',
  "from-contact-form-7": 'document.dispatchEvent(new CustomEvent("wpcf7mailsent"))',
  "from-wpforms": 'document.dispatchEvent(new Event("wpformsAjaxSubmitSuccess"))',
  "from-tilda": 'document.dispatchEvent(new Event("tildaform:aftersuccess"))',
};

describe("the code of another form, which a guide replaces", () => {
  for (const code of HTML.filter(isBefore).filter(isFirst))
    test(`counts by its own event, or has none: ${nameOf(code)}`, async () => {
      const { page, faults, close } = await visit("/before", bodyWith(code.lang, code.text));
      const announced = ANNOUNCED[code.guide];
      if (announced) {
        await page.evaluate(announced);
        await page.waitForFunction('sessionStorage.getItem("told")');
        assert.deepEqual(await toldIn(page), [["dataLayer", { event: "generate_lead" }]]);
      } else {
        const fields = await page.$eval("form", (form) => [...new FormData(form).keys()]);
        for (const name of ["oid", "retURL", "last_name", "company"])
          assert.ok(fields.includes(name));
      }
      assert.deepEqual(faults, []);
      await close();
    });
});

/** One of them in the other engines: the listener that tells the pixel. */
const smoke = (): string => {
  const code = HTML.find(({ lang, guide }) => lang === "ru" && guide === "meta-pixel");
  assert.ok(code);
  return customer.page("/smoke", pageWithCode(code, customer.origin));
};
const HEARD = `(async () => {
  await ${SEND};
  while (!sessionStorage.getItem("receipt")) await new Promise(requestAnimationFrame);
  return ${TOLD};
})()`;
const assertHeard = (told: unknown): void =>
  assert.deepEqual(told, [
    ["fbq", "track", "Lead", {}, { eventID: customer.leads.at(-1)?.get("id") }],
  ]);

test("works in Firefox", { skip: noFirefox }, async () => {
  const firefox = await puppeteer.launch({ browser: "firefox", executablePath: FIREFOX! });
  try {
    const page = await firefox.newPage();
    await page.goto(smoke());
    assertHeard(await page.evaluate(HEARD));
  } finally {
    await firefox.close();
  }
});

test("works in WebKit", { skip: noWebkit }, async () => {
  const webkit = await startWebkit();
  try {
    await webkit.call("POST", "/url", { url: smoke() });
    const script = `const done = arguments[0]; ${HEARD}.then(done, String);`;
    assertHeard(await webkit.call("POST", "/execute/async", { script, args: [] }));
  } finally {
    await webkit.stop();
  }
});
