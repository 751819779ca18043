/** The site in a browser: its live form, its search, its languages, and no barrier in three engines. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import axe from "axe-core";
import puppeteer from "puppeteer-core";
import type { Browser, Page } from "puppeteer-core";
import { FIREFOX, chrome, noFirefox } from "../browser.ts";
import { noWebkit, startWebkit } from "../webkit.ts";
import { serveSite } from "./site-page.ts";
import type { Site } from "./site-page.ts";

let site: Site;
let browser: Browser;
before(async () => {
  const settings = await chrome();
  [site, browser] = await Promise.all([serveSite(), puppeteer.launch(settings)]);
});
after(async () => {
  await browser.close();
  await site.close();
});

const FRONTS = ["/", "/ar/", "/ru/"];
const GUIDE = "/ar/guide/consent/";
const DOCUMENT = "/docs/proxy/";

/** A page that says what went wrong in it. */
const openPage = async (path: string, prepare?: (page: Page) => Promise<void>) => {
  const page = await browser.newPage();
  const faults: string[] = [];
  const asked: string[] = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("request", (request) => asked.push(`${request.method()} ${request.url()}`));
  // What is pressed must not be on its way elsewhere.
  await page.emulateMediaFeatures([{ name: "prefers-reduced-motion", value: "reduce" }]);
  await prepare?.(page);
  await page.goto(site.address(path));
  return { page, faults, asked };
};

const fill = async (page: Page, name: string, phone: string): Promise<void> => {
  // Until the script has it, a press would post as any form does, which the policy of the site forbids.
  await page.waitForSelector("lead-form[status]");
  for (const [field, text] of Object.entries({ name, phone })) {
    const input = await page.waitForSelector(`lead-form >>> input[name="${field}"]`);
    await input?.type(text);
  }
  await (await page.waitForSelector('lead-form >>> button[part~="submit"]'))?.click();
};

const textOf = (page: Page, selector: string): Promise<string> =>
  page.$eval(selector, (element) => element.textContent ?? "");

describe("the live form", () => {
  test("is seen without any script", async () => {
    for (const path of FRONTS) {
      const { page } = await openPage(path, (each) => each.setJavaScriptEnabled(false));
      const input = await page.waitForSelector('lead-form >>> input[name="phone"]', {
        visible: true,
      });
      assert.ok(input, path);
      await page.close();
    }
  });

  for (const [path, name, phone, kept] of [
    ["/", "Mona Adel", "01001234567", '"phoneNumber": "+201001234567"'],
    ["/ar/", "منى عادل", "٠١٠٠١٢٣٤٥٦٧", '"phoneNumber": "+201001234567"'],
    ["/ru/", "Анна", "89161234567", '"firstName": "Анна"'],
  ] as const)
    test(`sends by the proxy's own rules, and nothing leaves the page: ${path}`, async () => {
      const { page, faults, asked } = await openPage(path);
      await fill(page, name, phone);
      await page.waitForSelector('lead-form[status="accepted"]');
      await page.waitForSelector("[data-stop=got] .good");
      assert.match(await textOf(page, "[data-stop=sent] .found"), /POST \/v1\/leads/);
      assert.match(await textOf(page, "[data-stop=sent] .found"), /201/);
      const got = await textOf(page, "[data-stop=got] .found");
      assert.ok(got.includes(kept), got);
      assert.doesNotMatch(got, /the-vendors-key/);
      const foreign = asked.filter((each) => !each.startsWith(`GET ${site.address("/")}`));
      assert.deepEqual(
        foreign.filter((each) => !each.startsWith("GET data:")),
        [],
      );
      assert.deepEqual(faults, []);
      await page.close();
    });

  test("keeps a lead while the CRM is down, and sends it once it is back", async () => {
    const { page } = await openPage("/");
    await page.click('input[value="unavailable_503"]');
    await fill(page, "Mona Adel", "01001234567");
    await page.waitForSelector('lead-form[status="accepted"]');
    await page.waitForSelector(".kept.waiting");
    const kept = await textOf(page, "[data-stop=kept]");
    assert.ok(!kept.includes("Mona") && !kept.includes("01001234567"), kept);
    await page.click('input[value="ok"]');
    await page.waitForSelector(".kept.delivered");
    await page.waitForSelector("[data-stop=got] .good");
    await page.close();
  });
});

test("the front page loads the proxy and the search only once they are wanted, and nothing moves", async () => {
  const { page, asked } = await openPage("/", async (each) => {
    await each.evaluateOnNewDocument(`
      window.moved = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.moved += entry.value;
      }).observe({ type: "layout-shift", buffered: true });`);
  });
  await page.waitForSelector("lead-form:defined");
  await page.waitForFunction("!document.querySelector('.search').hidden");
  assert.equal(await page.evaluate("window.moved"), 0);
  assert.deepEqual(
    asked.filter((address) => /assets\/(?:proxy|search)/.test(address)),
    [],
  );
  await page.close();
});

describe("the search", () => {
  test("is reached by a key, and leads by the keyboard to a section", async () => {
    const { page, faults } = await openPage("/docs/");
    await page.waitForFunction("!document.querySelector('.search').hidden");
    await page.keyboard.press("/");
    await page.keyboard.type("own fields");
    await page.waitForSelector("#results:not([hidden]) a");
    assert.match(await textOf(page, ".search [role=status]"), /\d/);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowDown");
    const href = await page.evaluate("document.activeElement.href");
    assert.ok(String(href).startsWith(site.address("/docs/")), String(href));
    await page.keyboard.press("Escape");
    assert.equal(await page.evaluate("document.activeElement.type"), "search");
    assert.ok(await page.$("#results[hidden]"));
    await page.keyboard.type(" ");
    await page.waitForSelector("#results:not([hidden]) a");
    // The results are pages of this very document: no load follows.
    await page.keyboard.press("Enter");
    await page.waitForFunction("location.hash === '#own-fields'");
    assert.deepEqual(faults, []);
    await page.close();
  });

  test("finds Arabic words, and says where there are none", async () => {
    const { page } = await openPage("/ar/");
    await page.waitForFunction("!document.querySelector('.search').hidden");
    await page.type(".search input", "الموافقه");
    await page.waitForSelector("#results a");
    const [first] = await page.$$eval("#results a", (links) =>
      links.map(({ href, dir }) => ({ href, dir })),
    );
    assert.deepEqual(first, { href: site.address(GUIDE), dir: "rtl" });
    await page.type(".search input", "قققققق");
    await page.waitForSelector("#results .none");
    assert.match(await textOf(page, ".search [role=status]"), /لا نتائج/);
    await page.close();
  });
});

test("each language leads to the same page in the others", async () => {
  const { page } = await openPage(GUIDE);
  assert.equal(await page.evaluate("document.dir"), "rtl");
  await Promise.all([page.waitForNavigation(), page.click('.languages a[lang="ru"]')]);
  assert.equal(page.url(), site.address("/ru/guide/consent/"));
  assert.equal(await page.evaluate("document.documentElement.lang + document.dir"), "rultr");
  await page.close();
});

test("code is copied as it stands", async () => {
  await browser.defaultBrowserContext().setPermission(new URL(site.address("/")).origin, {
    permission: { name: "clipboard-write" },
    state: "granted",
  });
  const { page } = await openPage("/guide/consent/");
  await page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }");
  await page.waitForSelector(".copy");
  await page.$eval(".copy", (button) => (button as HTMLButtonElement).click());
  assert.match(String(await page.evaluate("window.copied")), /^<lead-form\n {2}target="sakneen"/);
  await page.waitForSelector(".copy.done");
  await page.close();
});

test("code in a text from right to left keeps the order of its signs", async () => {
  const { page } = await openPage("/ar/guide/from-tilda/");
  const directions = await page.$$eval("article :not(pre) > code", (all) =>
    all.map((code) => {
      const { direction, unicodeBidi } = getComputedStyle(code);
      return `${direction} ${unicodeBidi}`;
    }),
  );
  assert.deepEqual([...new Set(directions)], ["ltr isolate"]);
  await page.close();
});

test("no page is wider than a phone of 320 pixels", async () => {
  const { page } = await openPage("/");
  await page.setViewport({ width: 320, height: 640 });
  const texts = ["/guide/builders/", "/ru/guide/from-contact-form-7/", "/docs/contributing/"];
  for (const path of [...FRONTS, GUIDE, DOCUMENT, ...texts]) {
    await page.goto(site.address(path));
    assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 320, path);
  }
  await page.close();
});

describe("the playground on the site", () => {
  test("sends its form's lead to the proxy inside the page, and shows what the vendor got", async () => {
    const { page, faults, asked } = await openPage("/playground/?country=EG");
    assert.match(await textOf(page, "#vendor-status"), /are played in this page/);
    const stage = await page.waitForFrame((frame) => frame.url().includes("stage.html"));
    for (const [field, text] of Object.entries({ name: "Mona Adel", phone: "01001234567" }))
      await (await stage.waitForSelector(`lead-form >>> input[name="${field}"]`))?.type(text);
    await (await stage.waitForSelector('lead-form >>> button[part~="submit"]'))?.click();
    await stage.waitForSelector('lead-form[status="accepted"]');
    await page.waitForFunction("document.body.innerText.includes('+201001234567')");
    assert.ok(!(await textOf(page, "body")).includes("the-vendors-key"));
    assert.deepEqual(
      asked.filter(
        (each) =>
          !/^GET (?:data:|blob:)/.test(each) && !each.startsWith(`GET ${site.address("/")}`),
      ),
      [],
    );
    assert.deepEqual(faults, []);
    await page.close();
  });

  test("has a page with the form that works alone, too", async () => {
    const { page, asked } = await openPage(
      "/playground/stage.html?country=EG&fields=name+phone+rooms",
    );
    await page.waitForSelector('lead-form >>> select[name="x_rooms"]');
    await fill(page, "Mona Adel", "01001234567");
    await page.waitForSelector('lead-form[status="accepted"]');
    assert.deepEqual(
      asked.filter((each) => /^POST|\/v1\//.test(each)),
      [],
    );
    await page.close();
  });

  test("asks the proxy inside the page for the target's own fields", async () => {
    const { page } = await openPage("/playground/");
    await page.waitForFunction("document.body.innerText.includes('Budget, EGP')");
    await page.close();
  });
});

test("a recipe sends with the own fields of its target", async () => {
  const { page, asked, faults } = await openPage("/docs/recipes/");
  await fill(page, "Anna", "89161234567");
  await page.waitForSelector('lead-form[target="brainysoft"][status="accepted"]');
  assert.deepEqual(
    asked.filter((each) => /^POST|\/v1\//.test(each)),
    [],
  );
  assert.deepEqual(faults, []);
  await page.close();
});

test("the gallery on the site reaches its states", async () => {
  const { page, faults } = await openPage("/playground/gallery.html?state=accepted,empty&lang=ru");
  await page.waitForSelector(":root[data-ready]");
  assert.equal((await page.$$("[data-missed]")).length, 0);
  assert.deepEqual(faults, []);
  await page.close();
});

test("QA's list is there to be read, and asks nobody", async () => {
  const { page, asked, faults } = await openPage("/playground/qa.html?lang=ar");
  await page.waitForSelector("#steps button");
  assert.match(await textOf(page, "#status"), /npm start/);
  const links = await page.$$eval("#nav a", (all) => all.map((link) => link.pathname));
  assert.equal(links.length, 3);
  assert.deepEqual(
    asked.filter(
      (each) => !each.startsWith("GET data:") && !each.startsWith(`GET ${site.address("/")}`),
    ),
    [],
  );
  assert.deepEqual(faults, []);
  await page.close();
});

/** What axe objects to or is not sure of; runs in a page. */
const AUDIT = `axe.run({
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  resultTypes: ["violations", "incomplete"],
}).then(({ violations, incomplete }) => [...violations, ...incomplete].flatMap(
  (rule) => rule.nodes.map(({ html }) => rule.id + ": " + html.slice(0, 200))))`;
/**
 * The page's colours follow its scheme, whatever the system says. Settled once the form is the script's, and no colour
 * is on its way to another.
 */
const settle = (scheme: string): string => `(async () => {
  document.documentElement.style.colorScheme = "${scheme}";
  const form = document.querySelector("lead-form");
  while (form && !form.hasAttribute("status")) await new Promise(requestAnimationFrame);
  await form?.updateComplete;
  await new Promise(requestAnimationFrame);
  const moving = [document, form?.shadowRoot].flatMap((root) => root?.getAnimations() ?? []);
  await Promise.allSettled(moving.map(({ finished }) => finished));
})()`;

/** Front pages in both schemes, and a page of text. */
const LOOKS = [
  ...FRONTS.flatMap((path) => ["light", "dark"].map((scheme) => [path, scheme] as const)),
  [DOCUMENT, "light"] as const,
];

const auditIn = async (engine: Browser, looks: typeof LOOKS = LOOKS): Promise<void> => {
  const page = await engine.newPage();
  await page.setViewport({ width: 1280, height: 900 });
  for (const [path, scheme] of looks) {
    await page.goto(site.address(path));
    await page.evaluate(axe.source);
    await page.evaluate(settle(scheme));
    assert.deepEqual(await page.evaluate(AUDIT), [], `${path} ${scheme}`);
  }
  await page.close();
};

describe("there is no barrier", { concurrency: 2 }, () => {
  test("in Chromium", () =>
    auditIn(browser, [...LOOKS, [GUIDE, "dark"], ["/docs/recipes/", "light"]]));

  test("in Firefox", { skip: noFirefox }, async () => {
    const firefox = await puppeteer.launch({ browser: "firefox", executablePath: FIREFOX! });
    try {
      await auditIn(firefox);
    } finally {
      await firefox.close();
    }
  });

  test("in WebKit", { skip: noWebkit }, async () => {
    const webkit = await startWebkit();
    try {
      for (const [path, scheme] of LOOKS) {
        await webkit.call("POST", "/url", { url: site.address(path) });
        const script = `${axe.source}; const done = arguments[0]; ${settle(scheme)}.then(() => ${AUDIT}).then(done, String);`;
        const found = await webkit.call("POST", "/execute/async", { script, args: [] });
        assert.deepEqual(found, [], `${path} ${scheme}`);
      }
    } finally {
      await webkit.stop();
    }
  });
});

test("nothing was asked for that is not there", () => {
  assert.deepEqual(site.missing, []);
});
