/** Journeys of a tester through the demo page, as `npm start` serves it. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import jsQR from "jsqr";
import type { Frame, Page } from "puppeteer-core";
import { barriers, OPERATOR_TOKEN, serveDemo, stage, text } from "./demo-page.ts";
import type { Demo } from "./demo-page.ts";

let demo: Demo;
before(async () => {
  demo = await serveDemo();
});
after(() => demo.close());

const open = (settings: Readonly<Record<string, string>>): Promise<Page> => demo.open(settings);

test("a tester sends a lead and reads beside it what the vendor received", async () => {
  const page = await open({ target: "brainysoft" });
  const frame = await stage(page);
  await page.click("#fill");
  await (await frame.waitForSelector("lead-form >>> [part~=submit]"))?.click();
  await frame.waitForSelector("lead-form[status=accepted]");
  assert.match(await text(page, "#vendor-log details[open]"), /"mobilePhone": "79776200777"/);
  assert.match(await text(page, "#exchange-log .badge.good"), /201/);
  assert.match(await text(page, "#events-log"), /lead-form-success/);
  await page.close();
});

test("a tester sees a lead wait, an alert arrive, the key mended and the lead go out", async () => {
  const page = await open({ target: "sakneen", mode: "bad_key" });
  const frame = await stage(page);
  await page.click("#fill");
  await (await frame.waitForSelector("lead-form >>> [part~=submit]"))?.click();
  await frame.waitForSelector("lead-form[status=accepted]");
  assert.match(await text(page, "#exchange-log .badge.good"), /202/);
  const alert = await text(page, "#operator-log li");
  assert.match(alert, /breaker\.opened · target: sakneen · reason: key_refused/);
  assert.equal(demo.vendors.sakneen.leads().length, 0);
  assert.equal(await text(page, "#operator-token"), OPERATOR_TOKEN);

  await page.click('input[name="mode"][value="ok"]');
  await page.waitForFunction(() => !location.search.includes("mode="));
  // What "Try again" on the operator's page does.
  const replayed = await fetch(`${demo.url}/operator/leads/replay`, {
    method: "POST",
    headers: { authorization: `Bearer ${OPERATOR_TOKEN}`, "content-type": "application/json" },
    body: JSON.stringify({ target: "sakneen", state: "held" }),
  });
  assert.equal(replayed.status, 200);
  await page.waitForFunction(() =>
    document.querySelector("#operator-log li")?.textContent?.includes("breaker.closed"),
  );
  assert.equal(demo.vendors.sakneen.leads().length, 1);
  demo.vendors.sakneen.clear();
  await page.close();
});

test("a tester may have the proxy store nothing", async () => {
  const page = await open({ target: "sakneen", mode: "bad_key", storage: "none" });
  const frame = await stage(page);
  await page.click("#fill");
  await (await frame.waitForSelector("lead-form >>> [part~=submit]"))?.click();
  await frame.waitForSelector("lead-form[status=error]");
  assert.match(await text(page, "#exchange-log .badge.bad"), /503/);
  await page.click('input[name="mode"][value="ok"]');
  await page.close();
});

test("a link brings the settings along, and the vendor is told", async () => {
  const page = await open({ mode: "no_form", theme: "estate", lang: "ar", fields: "phone name" });
  const frame = await stage(page);
  assert.match(
    (await text(page, "#snippet")).replace(/\s+/g, " "),
    /<lead-form target="sakneen" fields="phone name" country="EG" theme="estate" lang="ar" ?><\/lead-form>/,
  );
  assert.equal(await frame.$eval("lead-form", (form) => form.getAttribute("theme")), "estate");
  const told = await (await fetch(`${demo.vendors.sakneen.url}/_faults`)).json();
  assert.equal(Object(told).mode, "no_form");
  await page.click('input[name="mode"][value="ok"]');
  assert.doesNotMatch(page.url(), /mode=/);
  await page.close();
});

test("the snippet keeps the form's place, and holds the form where a tester chooses that", async () => {
  const page = await open({ target: "brainysoft" });
  const shows = (part: string) =>
    page.waitForFunction(
      (wanted) => document.querySelector("#snippet")?.textContent?.includes(wanted),
      {},
      part,
    );
  await shows('lead-form[target="brainysoft"]:not([status])');
  await page.click('input[name="snippet"][value="fast"]');
  await shows('<template shadowrootmode="open">');
  assert.match(await text(page, "#snippet"), /lang="en"[^]*action="[^"]*\/v1\/leads"/);
  assert.match(page.url(), /snippet=fast/);
  await page.click('input[name="snippet"][value="script"]');
  await shows('lead-form[target="brainysoft"]:not([status])');
  await page.close();
});

/** What a phone's camera reads from the code. */
const scan = async (page: Page): Promise<string | undefined> => {
  const { pixels, size } = await page.$eval("#qr", async (element) => {
    const image = element as HTMLImageElement;
    await image.decode();
    const size = 360;
    const canvas = Object.assign(document.createElement("canvas"), { width: size, height: size });
    const context = canvas.getContext("2d");
    context?.drawImage(image, 0, 0, size, size);
    return { pixels: [...(context?.getImageData(0, 0, size, size).data ?? [])], size };
  });
  return jsQR(Uint8ClampedArray.from(pixels), size, size)?.data;
};

test("the hosted link is read from its code, and a lead goes from its page to the vendor", async () => {
  const page = await open({ snippet: "hosted", lang: "ar", project: "Nile View", theme: "estate" });
  const link = await page.waitForFunction(() => {
    const text = document.querySelector("#snippet")?.textContent ?? "";
    return text.includes("/f/") && text;
  });
  await page.waitForSelector("#qr[src]", { visible: true });
  const address = await scan(page);
  assert.equal(address, await link.jsonValue());
  assert.ok(address);
  const saved = await page.$eval("#qr-save", (a) => (a as HTMLAnchorElement).href);
  assert.match(decodeURIComponent(saved), /^data:image\/svg\+xml,<svg/);

  await page.goto(address);
  assert.equal(await page.$eval("html", (html) => html.lang), "ar");
  await page.waitForSelector("lead-form[status=idle]");
  await (await page.waitForSelector("lead-form >>> input[name=name]"))?.type("Mona Adel");
  await (await page.waitForSelector("lead-form >>> input[name=phone]"))?.type("+20 100 765 4321");
  await page.keyboard.press("Enter");
  await page.waitForSelector("lead-form[status=accepted]");
  const lead = demo.vendors.sakneen.leads().at(-1)?.body;
  assert.equal(lead?.["phoneNumber"], "+201007654321");
  assert.equal(lead?.["project"], "Nile View");
  demo.vendors.sakneen.clear();
  await page.close();
});

const tickOf = (name: string, part = "fields"): string =>
  `#field-rows [data-field="${name}"] [data-part="${part}"]`;

const query = (page: Page): Record<string, string> =>
  Object.fromEntries(new URL(page.url()).searchParams);

/** Waits until the newest request that the vendor received, with its answer, holds this. */
const receives = async (page: Page, part: string): Promise<void> => {
  await page.waitForFunction(
    (wanted) => document.querySelector("#vendor-log details[open]")?.textContent?.includes(wanted),
    {},
    part,
  );
};

/** The own fields come a moment after the page. */
const drawn = (frame: Frame, name: string) =>
  frame.waitForSelector(`lead-form >>> [name="x_${name}"]`);

test("without a tick the target's own fields change nothing, and nobody asks for them", async () => {
  const page = await open({});
  const frame = await stage(page);
  await page.waitForSelector(tickOf("budget"));
  const names = await frame.$eval("lead-form", (form) => form.getAttributeNames());
  assert.deepEqual(names.toSorted(), ["endpoint", "status", "target"]);
  assert.doesNotMatch(await text(page, "#snippet"), /fields|definitions/);
  assert.equal(await page.$("#exchange-log li"), null);
  await page.close();
});

test("a tester ticks a field of the target's own, and follows it to the vendor", async () => {
  const page = await open({ lang: "ar" });
  const frame = await stage(page);
  await (await page.waitForSelector(tickOf("budget")))?.click();
  await page.click(tickOf("budget", "required"));
  await (await page.waitForSelector('input[name="field-unit"]'))?.type("A-12");
  await drawn(frame, "budget");
  const { fields, required, "field-unit": unit } = query(page);
  assert.deepEqual(
    [fields, required, unit],
    ["name phone email budget", "budget name phone", "A-12"],
  );

  const snippet = await text(page, "#snippet");
  const [, written = ""] = /definitions='(.*)'/.exec(snippet) ?? [];
  const { fields: defined } = JSON.parse(written) as { fields: { name: string; label: object }[] };
  assert.deepEqual(defined.find(({ name }) => name === "budget")?.label, {
    ar: "الميزانية بالجنيه",
  });
  assert.match(snippet, / field-unit="A-12"/);
  assert.doesNotMatch(snippet, /"as"/);
  const given = await frame.$eval("lead-form", (form) => form.getAttribute("definitions"));
  assert.ok(given?.includes("Budget, EGP"));

  await page.click("#fill");
  await (await frame.waitForSelector("lead-form >>> [part~=submit]"))?.click();
  await frame.waitForSelector("lead-form[status=accepted]");
  await receives(page, '"budget": 550000');
  await receives(page, '"unit": "A-12"');
  assert.match(await text(page, "#exchange-log"), /x_budget = 550000/);
  await page.close();
});

test("a link brings own fields, their order and presets; another target has its own", async () => {
  const page = await open({ fields: "rooms name phone", "field-unit": "B-7", required: "phone" });
  const frame = await stage(page);
  await drawn(frame, "rooms");
  await page.waitForSelector(tickOf("budget"));
  assert.equal(query(page)["fields"], "rooms name phone");
  assert.equal(query(page)["field-unit"], "B-7");
  const first = await page.$eval("#field-rows tr", (row) => row.dataset["field"]);
  assert.equal(first, "rooms");

  await page.click('input[name="target"][value="brainysoft"]');
  await page.waitForSelector(tickOf("amount"));
  assert.equal(await page.$(tickOf("rooms")), null);
  assert.deepEqual([query(page)["fields"], query(page)["field-unit"]], ["name phone", undefined]);
  await page.click(tickOf("amount"));
  await drawn(frame, "amount");
  await page.click("#defaults");
  await page.waitForFunction(() => location.search.match(/fields|target/) === null);
  await frame.waitForFunction(
    () => document.querySelector("lead-form")?.hasAttribute("definitions") === false,
  );
  await page.close();
});

test("a tester lets the vendor demand a key, which a ticked field then fills", async () => {
  const page = await open({ mode: "demanded_key", key: "rooms", storage: "none" });
  const frame = await stage(page);
  await page.click("#fill");
  await (await frame.waitForSelector("lead-form >>> [part~=submit]"))?.click();
  await receives(page, "rooms field is missing");
  await page.click("#reset");
  await (await page.waitForSelector(tickOf("rooms")))?.click();
  await drawn(frame, "rooms");
  await page.click("#fill");
  await (await frame.waitForSelector("lead-form >>> [part~=submit]"))?.click();
  await frame.waitForSelector("lead-form[status=accepted]");
  await receives(page, '"rooms": "3+"');
  await page.close();
});

test("a missing simulator is named, with the command that starts it", async () => {
  const page = await demo.browser.newPage();
  await page.goto(`${demo.url}/demo/?sakneen=http://127.0.0.1:9`);
  assert.match(await text(page, '#vendor-status[data-tone="bad"]'), /npm run vendors.*npm start/);
  await page.close();
});

test("the recipes are served as they are written, and their own scripts may run", async () => {
  const page = await demo.browser.newPage();
  const refused: string[] = [];
  page.on("console", (message) => refused.push(message.text()));
  await page.goto(`${demo.url}/demo/recipes/index.html`);
  const links = await page.$$eval("li a", (all) => all.map(({ href }) => href));
  assert.ok(links.length >= 5);
  for (const link of links) {
    await page.goto(link);
    await page.waitForSelector("lead-form[status=idle]");
    const size = await page.$eval("body", (body) => getComputedStyle(body).maxWidth);
    assert.equal(size, "544px", link);
    assert.deepEqual(await barriers(page), [], link);
  }
  assert.deepEqual(
    refused.filter((text) => /Content Security Policy/.test(text)),
    [],
  );
  await page.close();
});
