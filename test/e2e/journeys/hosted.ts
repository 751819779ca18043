/** Journeys over the hosted page: without script, with it, on a network that is slow, in a frame. */
import assert from "node:assert/strict";
import { test } from "node:test";
import axe from "axe-core";
import type { Page } from "puppeteer-core";
import { until } from "../harness.ts";
import { Relay } from "../relay.ts";
import { journey } from "./journey.ts";

const openPage = async (
  path: string,
  prepare?: (page: Page) => Promise<void>,
  address = journey.worker.url,
): Promise<Page> => {
  const context = await journey.browser.createBrowserContext();
  const page = await context.newPage();
  await prepare?.(page);
  // An async script may still be on its way.
  await page.goto(address + path, { waitUntil: "domcontentloaded" });
  return page;
};
const withoutScript = (page: Page) => page.setJavaScriptEnabled(false);

/** A control of the printed form, or of the page that comes back. */
const at = async (page: Page, selector: string) =>
  (await page.$(`lead-form >>> ${selector}`)) ?? (await page.$(selector));
const press = async (page: Page) =>
  Promise.all([page.waitForNavigation(), (await at(page, "button"))?.click()]);
const typeInto = async (page: Page, name: string, text: string) =>
  (await at(page, `[name=${name}]`))?.type(text);
const textOf = async (page: Page): Promise<string> => page.$eval("main", (main) => main.innerText);

test("without script a lead reaches the vendor, and a mistake comes back with everything typed", async () => {
  const page = await openPage("/f/sakneen?lang=en&theme=estate&utm_source=qr", withoutScript);
  const picker = await at(page, "[part=country]");
  assert.equal(await picker?.isVisible(), false, "no place is kept for what never comes");
  await typeInto(page, "name", "Mona Adel");
  await typeInto(page, "phone", "012");
  await typeInto(page, "email", "mona@example.com");
  await (await at(page, "[name=project]"))?.select("Palm Hills");
  await press(page);
  assert.match(await textOf(page), /Check these details[^]*Enter the full phone number/);
  const values = await page.$$eval("#name, #phone, #email, #project", (fields) =>
    fields.map((field) => (field as HTMLInputElement).value),
  );
  assert.deepEqual(values, ["Mona Adel", "012", "mona@example.com", "Palm Hills"]);
  assert.equal(journey.vendors.sakneen.requests().length, 0);

  await page.$eval("#phone", (field) => field.setAttribute("value", ""));
  await page.click("#phone", { count: 3 });
  await page.type("#phone", "01012345678");
  await press(page);
  assert.match(await textOf(page), /Thank you/);
  assert.equal(new URL(page.url()).search, "?lang=en&theme=estate");
  const [lead] = journey.vendors.sakneen.leads();
  assert.equal(lead?.body["phoneNumber"], "+201012345678");
  await page.close();
});

test("at an address that is not the proxy's own it says what to set, with script and without", async () => {
  const relay = await Relay.start(journey.worker.url);
  try {
    const noteOf = (page: Page) =>
      page.$$eval('main > [role="alert"]', (notes) => notes.map((note) => note.textContent));
    const home = await openPage("/f/sakneen");
    assert.deepEqual(await noteOf(home), []);
    await home.close();

    const page = await openPage("/f/sakneen", undefined, relay.url);
    const [note = ""] = await noteOf(page);
    assert.match(note ?? "", /http:\/\/127\.0\.0\.1:\d+, .*set PUBLIC_URL/);
    await page.close();

    const plain = await openPage("/f/sakneen", withoutScript, relay.url);
    await typeInto(plain, "name", "Mona Adel");
    await typeInto(plain, "phone", "01012345678");
    await press(plain);
    assert.match(await textOf(plain), /http:\/\/127\.0\.0\.1:\d+, .*set PUBLIC_URL/);
    assert.equal(journey.vendors.sakneen.leads().length, 0);
    await plain.close();
  } finally {
    await relay.close();
  }
});

test("without script a person fills each kind of own field by keyboard", async () => {
  const page = await openPage("/f/nine?lang=en&unit=A-12", withoutScript);
  // The summary of a mistake leads to its field, the first choice of a group too.
  await press(page);
  await page.click('.summary a[href="#x_purpose"]');
  await page.keyboard.press("Space");
  const fill = async (name: string, text: string) => {
    await page.focus(`#${name}`);
    await page.keyboard.type(text);
  };
  await fill("name", "Mona Adel");
  await fill("phone", "01012345678");
  await fill("x_wishes", "By the sea");
  await fill("x_budget", "٣٬٠٠٠٬٠٠٠");
  await fill("x_rooms", "3");
  await page.focus("#x_visit");
  await page.keyboard.press("Space");
  await press(page);
  assert.match(await textOf(page), /Thank you/);
  const body = journey.vendors.sakneen.leads()[0]?.body ?? {};
  assert.deepEqual(
    [body["secretbudget"], body["secretrooms"], body["secretpurpose"], body["secretvisit"]],
    [3_000_000, "3+", "live", true],
  );
  assert.deepEqual([body["secretwishes"], body["secretunit"]], ["By the sea", "A-12"]);
  await page.close();
});

test("with script the widget takes the form's place, under the page's own strict policy", async () => {
  const faults: string[] = [];
  const page = await openPage("/f/sakneen?lang=ar&project=Palm+Hills", async (fresh) => {
    fresh.on("console", (message) => faults.push(message.text()));
    fresh.on("pageerror", (error) => faults.push(String(error)));
  });
  await page.waitForSelector("lead-form[status=idle]");
  assert.equal(await page.$("main form"), null, "one form alone");
  const type = async (name: string, text: string) =>
    (await page.waitForSelector(`lead-form >>> input[name="${name}"]`))?.type(text);
  await type("name", "منى");
  await type("phone", "٠١٠١٢٣٤٥٦٧٨");
  await (await page.waitForSelector("lead-form >>> [part=submit]"))?.click();
  await page.waitForSelector("lead-form[status=accepted]");
  const bodies = journey.vendors.sakneen.leads().map(({ body }) => JSON.stringify(body));
  assert.equal(bodies.length, 1);
  assert.match(bodies[0]!, /"Palm Hills"/);
  assert.deepEqual(faults, []);
  await page.close();
});

test("what was typed before a late script stays, and so does the caret's field", async () => {
  let letGo = (): void => {};
  const page = await openPage("/f/sakneen?lang=en", async (fresh) => {
    await fresh.setRequestInterception(true);
    const held = new Promise<void>((resolve) => (letGo = resolve));
    fresh.on("request", (request) => {
      const late = request.url().endsWith("/lead-form.js");
      void (late ? held : Promise.resolve()).then(() => request.continue());
    });
  });
  await typeInto(page, "name", "Mona Adel");
  await typeInto(page, "phone", "0101");
  letGo();
  await page.waitForSelector("lead-form[status=idle]");
  await page.waitForSelector("lead-form >>> [name=phone]:focus");
  await page.keyboard.press("End");
  await page.keyboard.type("2345678");
  await (await page.waitForSelector("lead-form >>> [part=submit]"))?.click();
  await page.waitForSelector("lead-form[status=accepted]");
  const [lead] = journey.vendors.sakneen.leads();
  assert.equal(lead?.body["phoneNumber"], "+201012345678");
  await page.close();
});

test("nothing moves when the widget takes over, in each language, look and set of fields", async () => {
  for (const path of [
    "/f/sakneen?lang=en",
    "/f/sakneen?lang=ar&scheme=dark&project=Palm+Hills",
    "/f/brainysoft?lang=ru&theme=estate",
    "/f/nine?lang=en",
  ]) {
    let letGo = (): void => {};
    const page = await openPage(path, async (fresh) => {
      await fresh.setRequestInterception(true);
      const held = new Promise<void>((resolve) => (letGo = resolve));
      fresh.on("request", (request) => {
        const late = request.url().endsWith("/lead-form.js");
        void (late ? held : Promise.resolve()).then(() => request.continue());
      });
    });
    // A picker joins the phone later, in a place that was kept.
    const SEEN =
      "h1, lead-form >>> :is(label, input:not([type=hidden]), select, textarea, button):not(.country *)";
    const places = () =>
      page.$$eval(SEEN, (all) =>
        all.map((each) => {
          const { x, y, width, height } = each.getBoundingClientRect();
          return [each.localName, x, y, width, height].join(" ");
        }),
      );
    const before = await places();
    assert.ok(before.length > 4, path);
    letGo();
    await page.waitForSelector("lead-form >>> wbr", { hidden: true });
    await page.waitForSelector("lead-form[status=idle]");
    assert.deepEqual(await places(), before, path);
    await page.close();
  }
});

test("the pages without script are free of barriers, in each language and look", async () => {
  // The tool is a script itself; so what is kept away is the widget.
  const page = await openPage("/f/sakneen", async (fresh) => {
    await fresh.setRequestInterception(true);
    fresh.on("request", (request) => {
      void (request.url().endsWith(".js") ? request.abort() : request.continue());
    });
  });
  const audit = async (): Promise<string[]> => {
    await page.evaluate(axe.source);
    return page.evaluate(async () => {
      const { violations, incomplete } = await Object(Reflect.get(window, "axe")).run({
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      });
      return [...violations, ...incomplete].flatMap((rule) =>
        rule.nodes.map(({ html }: { html: string }) => `${rule.id}: ${html}`),
      );
    });
  };
  // Words do not change with the looks.
  const looks = ["", "estate", "fintech", "ink"].flatMap((theme) =>
    ["light", "dark"].map((scheme) => ({ lang: "en", theme, scheme })),
  );
  for (const look of [...looks, { lang: "ar" }, { lang: "ru" }]) {
    const where = new URLSearchParams(look).toString();
    await page.goto(`${journey.worker.url}/f/sakneen?${where}`);
    assert.deepEqual(await audit(), [], `blank ${where}`);
    await press(page);
    assert.deepEqual(await audit(), [], `refused ${where}`);
    await page.goto(`${journey.worker.url}/f/sakneen/thanks?${where}`);
    assert.deepEqual(await audit(), [], `thanks ${where}`);
  }
  for (const look of [
    { lang: "en" },
    { lang: "ar", scheme: "dark" },
    { lang: "ru", theme: "ink" },
  ]) {
    const where = new URLSearchParams(look).toString();
    await page.goto(`${journey.worker.url}/f/nine?${where}`);
    assert.deepEqual(await audit(), [], `nine ${where}`);
    await press(page);
    assert.deepEqual(await audit(), [], `nine refused ${where}`);
  }
  await page.close();
});

test("in a frame it tells the page around it how high it is", async () => {
  const context = await journey.browser.createBrowserContext();
  const page = await context.newPage();
  await page.goto(`${journey.origin}/?target=sakneen`);
  const messages: unknown[] = [];
  await page.exposeFunction("note", (data: unknown) => messages.push(data));
  await page.evaluate((src) => {
    addEventListener("message", ({ data }) => Reflect.get(window, "note")(data));
    const frame = document.createElement("iframe");
    frame.src = src;
    document.body.append(frame);
  }, `${journey.worker.url}/f/sakneen?lang=ru`);
  await until(() => messages.length > 0);
  const { sentinel, type, height } = messages[0] as Record<string, unknown>;
  assert.deepEqual([sentinel, type], ["amp", "embed-size"]);
  assert.ok(Number(height) > 300, String(height));
  await page.close();
});
