/** The two snippets in a customer's page, over a network that brings the script late, or never. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, test } from "node:test";
import type { TestContext } from "node:test";
import puppeteer from "puppeteer-core";
import type { Browser, CDPSession, HTTPRequest, Page } from "puppeteer-core";
import { printer } from "../../widget/print/index.ts";
import { chrome, onlyShell } from "../browser.ts";
import { serveCustomer } from "./customer-page.ts";
import type { Customer } from "./customer-page.ts";

/** A hundredth is what a report shows of it. */
const MOST_LAYOUT_SHIFT = 0.005;

let browser: Browser;
let customer: Customer;

before(async () => {
  [browser, customer] = await Promise.all([
    chrome().then((found) => puppeteer.launch(found)),
    serveCustomer(),
  ]);
});
after(async () => {
  await browser.close();
  await customer.close();
});

type Given = Readonly<Record<string, string>>;
const BASE: Given = { target: "sakneen", country: "EG", lang: "en" };

const tagOf = (given: Given, inside = ""): string => {
  const written = Object.entries({ ...given, endpoint: "{origin}" }).map(
    ([name, value]) => ` ${name}="${value}"`,
  );
  return `<lead-form${written.join("")}>${inside}</lead-form>`;
};

const around = (lang: string, head: string, body: string): string =>
  `<!doctype html><html lang="${lang}" dir="${lang === "ar" ? "rtl" : "ltr"}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Customer</title><link rel="icon" href="data:,">
${head}<script src="{origin}/lead-form.js" async></script></head>
<body><h1>Above</h1>${body}<p id="below">Below</p><p>And more of the page, so that it has a length.</p></body></html>`;

/** The page of either snippet. */
const pageOf = async (kind: "fast" | "one tag", more: Given = {}): Promise<string> => {
  const given = { ...BASE, ...more };
  const lang = given["lang"] ?? "en";
  return kind === "fast"
    ? around(lang, "", tagOf(given, await printer.form(given, "{origin}")))
    : around(lang, printer.place(given), tagOf(given, '<a href="#">Request a call</a>'));
};

let pages = 0;

interface Visit {
  page: Page;
  cdp: CDPSession;
  /** Lets come what is held. */
  release: (pattern?: RegExp) => Promise<void>;
  shift: () => Promise<number>;
}

/** Holds every script until it is released. */
const open = async (html: string, width = 400, headers: Given = {}): Promise<Visit> => {
  const page = await browser.newPage();
  await page.setViewport({ width, height: 900 });
  await page.evaluateOnNewDocument(() => {
    const seen = { shift: 0 };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { hadRecentInput, value } = Object(entry);
        if (!hadRecentInput) seen.shift += value;
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.setRequestInterception(true);
  const held = new Map<HTTPRequest, string>();
  let passing: RegExp[] = [];
  page.on("request", (request) => {
    const isHeld =
      request.url().endsWith(".js") && !passing.some((each) => each.test(request.url()));
    if (isHeld) held.set(request, request.url());
    else void request.continue();
  });
  const url = customer.page(`/fast-${pages++}`, html, headers);
  await page.goto(url, { waitUntil: "domcontentloaded" });
  // It has been painted: what moves from now on is seen to move.
  await page.waitForFunction(() => performance.getEntriesByType("paint").length > 0);
  const release = async (pattern = /./): Promise<void> => {
    passing = [...passing, pattern];
    for (const [request, address] of held)
      if (pattern.test(address)) {
        held.delete(request);
        await request.continue();
      }
  };
  const shift = (): Promise<number> => page.evaluate(() => Object(window).seen.shift);
  return { page, cdp: await page.createCDPSession(), release, shift };
};

const inForm = <Result>(page: Page, selector: string, read: (element: Element) => Result) =>
  page.$eval(`lead-form >>> ${selector}`, read);

/** What a field holds, its caret, and whether it has the focus. */
const stateOf = (page: Page, name: string) =>
  inForm(page, `#f-${name}`, (element) => {
    const { value, selectionStart, selectionEnd } = Object(element);
    const root = Object(element.getRootNode());
    return [value, selectionStart, selectionEnd, root.activeElement === element];
  });

/** With every part, and drawn. */
const isWhole = (page: Page, sheets = 2) =>
  page.waitForFunction(
    (all) => {
      const root = document.querySelector("lead-form[status]")?.shadowRoot;
      return root?.adoptedStyleSheets.length === all && root.querySelector("select[name=country]");
    },
    {},
    sheets,
  );

const LANGS = ["en", "ar", "ru"];
const WIDTHS = [320, 768, 1280];
const FORMS: Readonly<Record<string, Given>> = {
  "a plain form": {},
  "a rich form": {
    consent: "checkbox",
    "privacy-url": "https://example.com/",
    projects: "Tower, Sea",
  },
  "a notice": { consent: "notice", theme: "estate" },
};

describe("the page does not move when the script comes", () => {
  for (const kind of ["fast", "one tag"] as const)
    for (const [what, given] of Object.entries(FORMS))
      test(`to ${what} of the snippet "${kind}", at ${WIDTHS.join(", ")} pixels in three languages`, async (t) => {
        for (const lang of LANGS)
          for (const width of WIDTHS) {
            const visit = await open(await pageOf(kind, { ...given, lang }), width);
            await visit.release(/lead-form\.js/);
            await visit.page.waitForFunction(() => customElements.get("lead-form"));
            await visit.page.evaluate(() => new Promise(requestAnimationFrame));
            await visit.release();
            // The extras are asked for only where a box is to be ticked.
            const isBare = given["consent"] !== "checkbox";
            await isWhole(visit.page, isBare ? 2 : 3);
            await visit.page.evaluate(() => new Promise(requestAnimationFrame));
            await visit.page.evaluate(() => new Promise(requestAnimationFrame));
            const shift = await visit.shift();
            t.diagnostic(`${lang} ${width}: ${shift.toFixed(4)}`);
            assert.ok(shift < MOST_LAYOUT_SHIFT, `${lang} at ${width}: ${shift}`);
            await visit.page.close();
          }
      });
});

describe("a page that comes in pieces", () => {
  /** Serves a page up to here at once, and the rest when the test says so; scripts as the customer's server does. */
  const openCut = async (t: TestContext, html: string, upTo: string) => {
    let rest = () => {};
    let own = "";
    const server = createServer((request, response) => {
      const isPage = request.url === "/";
      response.writeHead(200, { "content-type": isPage ? "text/html" : "text/javascript" });
      if (!isPage)
        return void fetch(customer.origin + request.url)
          .then((script) => script.text())
          .then((script) => response.end(script.replaceAll(customer.origin, own)));
      const text = html.replaceAll("{origin}", own);
      const at = text.indexOf(upTo) + upTo.length;
      assert.ok(at > upTo.length, upTo);
      response.write(text.slice(0, at));
      rest = () => response.end(text.slice(at));
    });
    await new Promise<void>((listens) => server.listen(0, "127.0.0.1", listens));
    own = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const page = await browser.newPage();
    const gone = page.goto(own);
    await page.waitForFunction(
      () => customElements.get("lead-form") && document.querySelector("lead-form")?.shadowRoot,
    );
    t.after(async () => {
      server.closeAllConnections();
      server.close();
      await page.close();
    });
    /** The rest comes once the parts could be there. */
    const come = async (): Promise<void> => {
      await page.evaluate(() => new Promise((idle) => requestIdleCallback(idle)));
      await page.waitForFunction(
        () => performance.getEntriesByName(`${location.origin}/lead-form-phone.js`).length > 0,
      );
      rest();
      await gone;
    };
    return { page, come };
  };

  for (const [what, upTo] of Object.entries({
    "at the beginning of the template": '<template shadowrootmode="open">',
    "in its style": "max-width:480px",
    "between two fields": 'id="f-phone"',
    "before its last element": 'name="footer">',
  }))
    test(`has one form, though the script came ${what}`, async (t) => {
      const { page, come } = await openCut(t, await pageOf("fast"), upTo);
      await come();
      await isWhole(page);
      const counts = await page.$eval("lead-form", ({ shadowRoot: root }) =>
        ["form", "#f-name", "#f-email", ".submit", "style", "wbr", "[type=hidden]"].map(
          (selector) => root?.querySelectorAll(selector).length,
        ),
      );
      assert.deepEqual(counts, [1, 1, 1, 1, 0, 0, 0]);
    });

  test("has one form where the script was there before the tag", async () => {
    const page = await browser.newPage();
    const html = (await pageOf("fast")).replace(" async>", ">");
    await page.goto(customer.page(`/fast-${pages++}`, html));
    await isWhole(page, 2);
    assert.equal(await inForm(page, "form", (form) => form.parentElement?.className), "base");
    assert.equal(
      await page.$eval(
        "lead-form",
        ({ shadowRoot: root }) => root?.querySelectorAll("form").length,
      ),
      1,
    );
    await page.close();
  });
});

describe("before the script", () => {
  test("the form is there, and posts what was typed", async () => {
    const { page } = await open(
      await pageOf("fast", { consent: "checkbox", projects: "Tower, Sea" }),
    );
    const type = async (name: string, text: string) =>
      (await page.waitForSelector(`lead-form >>> #f-${name}`))?.type(text);
    await type("name", "Mona Adel");
    await type("phone", "01012345678");
    await type("project", "Sea");
    await (await page.$("lead-form >>> #f-consent"))?.click();
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    const { name, phone, project, consent, country, target, lf_hp } = Object.fromEntries(
      customer.leads.at(-1) ?? [],
    );
    assert.deepEqual(
      [name, phone, project, consent, country, target, lf_hp],
      ["Mona Adel", "01012345678", "Sea", "on", "EG", "sakneen", ""],
    );
    await page.close();
  });

  test("a policy that forbids its style leaves it readable, and the script gives it its looks", async () => {
    const policy =
      "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; form-action 'self'";
    const { page, release } = await open(await pageOf("fast"), 400, {
      "content-security-policy": policy,
    });
    const ground = () =>
      inForm(page, ".submit", (element) => getComputedStyle(element).backgroundColor);
    assert.notEqual(await ground(), "rgb(31, 86, 216)");
    assert.ok(await inForm(page, "#f-phone", (element) => element.checkVisibility()));
    await (await page.$("lead-form >>> #f-name"))?.type("Mona");
    await release();
    await isWhole(page);
    assert.equal(await ground(), "rgb(31, 86, 216)");
    assert.deepEqual(await stateOf(page, "name"), ["Mona", 4, 4, true]);
    await page.close();
  });
});

describe("a visitor who is typing when the script comes", () => {
  for (const name of ["name", "phone", "email"])
    test(`goes on in the middle of ${name}`, async () => {
      const { page, release } = await open(await pageOf("fast"));
      const field = await page.waitForSelector(`lead-form >>> #f-${name}`);
      await field?.type("010 234");
      for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowLeft");
      const arrived = release().then(() => isWhole(page));
      await page.keyboard.type("1", { delay: 5 });
      await arrived;
      await page.keyboard.type("x");
      assert.equal((await stateOf(page, name))[0], "010 1x234");
      // Undo belongs to the control, too.
      await page.keyboard.press("Backspace");
      assert.equal((await stateOf(page, name))[0], "010 1234");
      await page.close();
    });

  test("keeps an open composition", async () => {
    const { page, cdp, release } = await open(await pageOf("fast"));
    await (await page.waitForSelector("lead-form >>> #f-name"))?.focus();
    await cdp.send("Input.imeSetComposition", { text: "もな", selectionStart: 2, selectionEnd: 2 });
    await release();
    await isWhole(page);
    await cdp.send("Input.imeSetComposition", {
      text: "もなあ",
      selectionStart: 3,
      selectionEnd: 3,
    });
    await cdp.send("Input.insertText", { text: "モナ" });
    assert.deepEqual(await stateOf(page, "name"), ["モナ", 2, 2, true]);
    await page.close();
  });

  test("keeps what the browser filled in", { skip: onlyShell }, async () => {
    const { page, cdp, release } = await open(await pageOf("fast"));
    const field = (name: string, value: string) => ({ name, value });
    const fields = [
      field("NAME_FULL", "Mona Adel"),
      field("EMAIL_ADDRESS", "mona@example.com"),
      field("PHONE_HOME_WHOLE_NUMBER", "+201001234567"),
      field("ADDRESS_HOME_COUNTRY", "EG"),
    ];
    await cdp.send("Autofill.enable");
    await cdp.send("Autofill.setAddresses", { addresses: [{ fields }] });
    const expression = 'document.querySelector("lead-form").shadowRoot.querySelector("#f-name")';
    const { result } = await cdp.send("Runtime.evaluate", { expression });
    const { node } = await cdp.send("DOM.describeNode", { objectId: result.objectId! });
    await cdp.send("Autofill.trigger", { fieldId: node.backendNodeId, address: { fields } });
    const isFilled = () => inForm(page, "#f-phone", (element) => element.matches(":autofill"));
    await page.waitForFunction(() =>
      document.querySelector("lead-form")?.shadowRoot?.querySelector("#f-phone:autofill"),
    );
    await release();
    await isWhole(page);
    assert.equal(await isFilled(), true);
    const { name, phone, email } = await page.$eval("lead-form", (form) => Object(form).values);
    assert.deepEqual([name, phone, email], ["Mona Adel", "+201001234567", "mona@example.com"]);
    await (await page.$("lead-form >>> .submit"))?.click();
    await page.waitForSelector("lead-form[status=accepted]");
    assert.equal(customer.leads.at(-1)?.get("phone"), "+201001234567");
    await page.close();
  });

  test("sends by the script what is sent between it and its parts, without leaving the page", async () => {
    const { page, release } = await open(await pageOf("fast"));
    await (await page.waitForSelector("lead-form >>> #f-name"))?.type("Mona Adel");
    await (await page.$("lead-form >>> #f-phone"))?.type("01012345678");
    await release(/lead-form\.js/);
    await page.waitForFunction(() => customElements.get("lead-form"));
    const before = page.url();
    await page.keyboard.press("Enter");
    await page.waitForSelector("lead-form[status=sending]");
    await release();
    await page.waitForSelector("lead-form[status=accepted]");
    assert.equal(page.url(), before);
    await page.close();
  });
});
