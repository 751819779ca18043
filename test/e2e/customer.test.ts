/** What a customer's page has of the built form, where only Chromium's own tools can tell. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import puppeteer from "puppeteer-core";
import type { Browser, CDPSession, Page } from "puppeteer-core";
import { chrome, onlyShell } from "../browser.ts";
import { pageWith, RESERVED, serveCustomer } from "./customer-page.ts";
import type { Customer } from "./customer-page.ts";

/** Of one visit, without what follows at once upon a visitor's own doing (web.dev/cls). */
const MOST_LAYOUT_SHIFT = 0.005;
const PHONE = { width: 400, height: 800 };

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

/** A page with the form and all of its parts. */
const open = async (
  url: string,
  launched = browser,
  prepare?: (page: Page) => Promise<void>,
): Promise<{ page: Page; cdp: CDPSession }> => {
  const page = await launched.newPage();
  await prepare?.(page);
  await page.setViewport(PHONE);
  await page.evaluateOnNewDocument(() => {
    const seen = { violations: [] as string[], shift: 0 };
    Object.assign(window, { seen });
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
      seen.violations.push(`${violatedDirective} ${blockedURI}`),
    );
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { hadRecentInput, value } = Object(entry);
        if (!hadRecentInput) seen.shift += value;
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(url);
  // Each part brings a sheet of its own; the extras come where there is a box to tick.
  await page.waitForFunction(() => {
    const root = document.querySelector("lead-form")?.shadowRoot;
    return root && root.adoptedStyleSheets.length > (root.querySelector(".tick") ? 2 : 1);
  });
  return { page, cdp: await page.createCDPSession() };
};

/** The script comes once the page has been painted, as over a slow network: else nothing could jump. */
const openSlowly = async (url: string): Promise<Page> => {
  const slow = async (page: Page): Promise<void> => {
    await page.setRequestInterception(true);
    page.on("request", (request) => {
      const painted = request.url().endsWith("/lead-form.js")
        ? page.waitForFunction(() => performance.getEntriesByType("paint").length > 0)
        : Promise.resolve();
      void painted.then(() => request.continue());
    });
  };
  return (await open(url, browser, slow)).page;
};

const seen = (page: Page): Promise<{ violations: string[]; shift: number }> =>
  page.evaluate(() => Object(window).seen);

const inForm = <Result>(page: Page, selector: string, read: (element: Element) => Result) =>
  page.$eval(`lead-form >>> ${selector}`, read);

const type = async (page: Page, name: string, text: string): Promise<void> => {
  const input = await page.waitForSelector(`lead-form >>> input[name="${name}"]`);
  await input?.type(text);
};

const press = async (page: Page, selector = ".submit"): Promise<void> => {
  const button = await page.waitForSelector(`lead-form >>> ${selector}`);
  await button?.click();
};

test(
  "the browser fills in name, number and address from what it has saved",
  { skip: onlyShell },
  async () => {
    const { page, cdp } = await open(customer.page("/autofill", pageWith()));
    await cdp.send("Autofill.enable");
    const field = (name: string, value: string) => ({ name, value });
    const address = {
      fields: [
        field("NAME_FULL", "Mona Adel"),
        field("EMAIL_ADDRESS", "mona@example.com"),
        field("PHONE_HOME_WHOLE_NUMBER", "+201001234567"),
        field("ADDRESS_HOME_COUNTRY", "EG"),
      ],
    };
    await cdp.send("Autofill.setAddresses", { addresses: [address] });
    const expression = 'document.querySelector("lead-form").shadowRoot.querySelector("#f-name")';
    const { result } = await cdp.send("Runtime.evaluate", { expression });
    const { node } = await cdp.send("DOM.describeNode", { objectId: result.objectId! });
    await cdp.send("Autofill.trigger", { fieldId: node.backendNodeId, address });
    await page.waitForFunction(
      () => document.querySelector("lead-form")?.shadowRoot?.querySelector("#h-phone") !== null,
    );
    const values = await page.$eval("lead-form", (form) => Object(form).values);
    assert.equal(values.name, "Mona Adel");
    assert.equal(values.email, "mona@example.com");
    assert.equal(values.phone, "+201001234567");
    assert.equal(await inForm(page, "[name=country]", (select) => Object(select).value), "EG");
    await press(page);
    await page.waitForSelector("lead-form[status=accepted]");
    assert.equal(customer.leads.at(-1)?.get("phone"), "+201001234567");
    await page.close();
  },
);

test("the page does not jump when the script comes, nor above the form later", async (t) => {
  const page = await openSlowly(customer.page("/shift", pageWith()));
  const above = () => page.$eval("h1", (heading) => heading.getBoundingClientRect().y + scrollY);
  const before = await above();
  const atFirst = (await seen(page)).shift;
  await press(page);
  await page.waitForSelector("lead-form >>> #summary");
  assert.equal(await above(), before);
  await type(page, "name", "Mona Adel");
  await type(page, "phone", "01012345678");
  await press(page);
  await page.waitForSelector("lead-form >>> #success");
  assert.equal(await above(), before);
  const { shift } = await seen(page);
  t.diagnostic(`layout shift ${atFirst.toFixed(4)} at first, ${shift.toFixed(4)} in all`);
  assert.ok(atFirst <= MOST_LAYOUT_SHIFT, `${atFirst} at first`);
  await page.close();
});

test("without the reserved height the page would jump: the measure can tell", async () => {
  const page = await openSlowly(customer.page("/unreserved", pageWith("", "")));
  assert.ok((await seen(page)).shift > MOST_LAYOUT_SHIFT);
  await page.close();
});

test("a strict policy is broken by nothing, from the first look to the thanks", async () => {
  const policy =
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src data:; " +
    "require-trusted-types-for 'script'; trusted-types lead-form";
  const html = pageWith('consent="checkbox" theme="estate"', "");
  const url = customer.page("/strict", html, { "content-security-policy": policy });
  const { page } = await open(url);
  await press(page);
  await type(page, "name", "Mona Adel");
  await type(page, "phone", "01012345678");
  await page.click("lead-form >>> #f-consent");
  await press(page);
  await page.waitForSelector("lead-form >>> #success");
  assert.deepEqual((await seen(page)).violations, []);
  await page.close();
});

test("nobody but the endpoint is asked for anything, and nothing is stored", async () => {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(customer.page("/quiet", pageWith('attribution="page"')));
  await type(page, "name", "Mona Adel");
  await type(page, "phone", "01012345678");
  await page.waitForSelector("lead-form >>> #h-phone");
  const parts = ["/quiet", "/lead-form.js", "/lead-form-phone.js"];
  assert.deepEqual(
    new Set(asked.filter((url) => !url.startsWith("data:"))),
    new Set(parts.map((path) => customer.origin + path)),
  );
  const kept = () =>
    page.evaluate(async () => [
      document.cookie,
      localStorage.length,
      sessionStorage.length,
      (await indexedDB.databases()).length,
      (await caches.keys()).length,
    ]);
  assert.deepEqual(await kept(), ["", 0, 0, 0, 0]);
  await press(page);
  await page.waitForSelector("lead-form >>> #success");
  assert.deepEqual(await kept(), ["", 0, 0, 0, 0]);
  assert.equal(asked.at(-1), `${customer.origin}/v1/leads`);
  await context.close();
});

for (const mode of ["page", "session"])
  test(`a single-page application that replaces its address keeps the campaign: ${mode}`, async () => {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    const address = customer.page(`/campaign-${mode}`, pageWith(`attribution="${mode}"`));
    await page.goto(`${address}?utm_source=news&utm_term=villa&token=secret`);
    await page.waitForSelector("lead-form[status=idle]");
    await page.evaluate(() => history.replaceState(null, "", "?utm_source=later"));
    await type(page, "name", "Mona Adel");
    await type(page, "phone", "01012345678");
    await press(page);
    await page.waitForSelector("lead-form >>> #success");
    const lead = customer.leads.at(-1);
    assert.deepEqual(
      ["utm_source", "utm_term", "token"].map((name) => lead?.get(name) ?? null),
      // The later of two wins, and what is no campaign is not read.
      ["later", "villa", null],
    );
    await context.close();
  });

test("two hundred forms that came and went leave no node and no listener", async (t) => {
  const { page, cdp } = await open(customer.page("/leak", pageWith()));
  await cdp.send("Performance.enable");
  await cdp.send("HeapProfiler.enable");
  const count = async () => {
    // A second round, for what the first one has let go of.
    for (const _ of [1, 2]) await cdp.send("HeapProfiler.collectGarbage");
    const { metrics } = await cdp.send("Performance.getMetrics");
    const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? NaN;
    return { nodes: of("Nodes"), listeners: of("JSEventListeners") };
  };
  const comeAndGo = (times: number) =>
    page.evaluate(async (rounds) => {
      for (let round = 0; round < rounds; round++) {
        const form = document.createElement("lead-form");
        form.setAttribute("target", "sakneen");
        form.setAttribute("presentation", round % 2 ? "dialog" : "inline");
        form.setAttribute("data-layer", "layer");
        document.body.append(form);
        await Object(form).updateComplete;
        if (round % 20) {
          form.remove();
          continue;
        }
        // Typing has a stamp worked out, which takes a while.
        const input = form.shadowRoot!.querySelector("input")!;
        input.value = "Mona";
        input.dispatchEvent(new InputEvent("input", { bubbles: true }));
        await Object(form).updateComplete;
        form.remove();
      }
    }, times);
  // What is made once for the page is made here.
  await comeAndGo(20);
  const before = await count();
  await comeAndGo(200);
  const after = await count();
  t.diagnostic(`before ${JSON.stringify(before)}, after ${JSON.stringify(after)}`);
  // Less than a node for each of them; one form has more than fifty.
  assert.ok(after.nodes - before.nodes < 100, `${before.nodes} nodes, then ${after.nodes}`);
  assert.ok(after.listeners - before.listeners < 100, `${before.listeners}, ${after.listeners}`);
  await page.close();
});

test("forced colours leave edges where the form's own colours made them", async () => {
  const { page, cdp } = await open(customer.page("/forced", pageWith('theme="estate"')));
  const features = [{ name: "forced-colors", value: "active" }];
  await cdp.send("Emulation.setEmulatedMedia", { features });
  await press(page);
  await page.waitForSelector("lead-form >>> #e-name");
  const edge = (element: Element) => {
    const { borderTopStyle, borderTopColor, backgroundColor } = getComputedStyle(element);
    return borderTopStyle === "solid" && borderTopColor !== backgroundColor;
  };
  for (const selector of [".submit", "#f-name", ".country", "#summary"])
    assert.equal(await inForm(page, selector, edge), true, selector);
  const outline = (element: Element) => getComputedStyle(element).outlineStyle;
  assert.equal(await inForm(page, "#f-name", outline), "solid");
  await page.close();
});

test("reduced motion stops the transitions and slows the spinner", async () => {
  const { page } = await open(customer.page("/motion", pageWith()));
  const duration = () =>
    inForm(page, ".submit", (button) => getComputedStyle(button).transitionDuration);
  assert.equal(await duration(), "0.15s");
  await page.emulateMediaFeatures([{ name: "prefers-reduced-motion", value: "reduce" }]);
  const still = await inForm(
    page,
    ".submit",
    (button) => getComputedStyle(button).transitionProperty,
  );
  assert.equal(still, "none");
  await page.close();
});

test("on paper stands what was typed, dark on white, without a button", async () => {
  const { page } = await open(customer.page("/print", pageWith('theme="ink"')));
  await type(page, "name", "Mona Adel");
  await page.emulateMediaType("print");
  const shown = (selector: string) =>
    inForm(page, selector, (element) => {
      const { display, color, backgroundColor } = getComputedStyle(element);
      return { display, color, backgroundColor };
    });
  assert.equal((await shown(".submit")).display, "none");
  const { color, backgroundColor } = await shown("#f-name");
  assert.deepEqual([color, backgroundColor], ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]);
  assert.equal(await inForm(page, "#f-name", (input) => Object(input).value), "Mona Adel");
  await page.close();
});

test("text of twice the size fits on a phone, with nothing cut off", async () => {
  const settings = await chrome();
  const large = await puppeteer.launch({
    ...settings,
    args: [...settings.args, "--blink-settings=defaultFontSize=32"],
  });
  try {
    const html = pageWith('lang="ru" consent="checkbox" projects="Downtown Tower"', RESERVED);
    const { page } = await open(customer.page("/large", html), large);
    await press(page);
    await page.waitForSelector("lead-form >>> #summary");
    const size = await inForm(page, "form", (form) => getComputedStyle(form).fontSize);
    assert.equal(size, "32px");
    const wide = await page.$eval("lead-form", (form) =>
      [...form.shadowRoot!.querySelectorAll<HTMLElement>(".base, .input, .submit, p, label")]
        .filter((element) => element.scrollWidth > element.clientWidth + 1)
        .map((element) => element.outerHTML.slice(0, 80)),
    );
    assert.deepEqual(wide, []);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= PHONE.width);
  } finally {
    await large.close();
  }
});

test("a page that names its language after the form was drawn has a form in that language", async () => {
  // A framework writes `lang` when it has started: the parts, which watch the page, come after that.
  const late = `<script>addEventListener("lead-form-ready", () => (document.documentElement.lang = "ar"));</script>`;
  const { page } = await open(customer.page("/late-language", pageWith("", late)));
  await page.waitForSelector('lead-form >>> [lang="ar"][dir="rtl"] h2', { timeout: 5000 });
  await page.close();
});
