/** Pages that the browser keeps for Back, or loads before anybody visits them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { onlyShell } from "../../browser.ts";
import { pageWith, serveCustomer } from "../customer-page.ts";
import { until } from "../harness.ts";
import { journey } from "./journey.ts";

const MONA = { name: "Mona Adel", phone: "01012345678" };

test(
  "a page with a form is kept for Back as it was left, and sends",
  { skip: onlyShell },
  async () => {
    const form = await journey.open({ target: "sakneen", country: "EG" });
    await form.type(MONA);
    await form.page.evaluate(() => {
      addEventListener("pageshow", ({ persisted }) => Reflect.set(window, "kept", persisted));
    });
    await form.page.goto(`${journey.worker.url}/f/sakneen/thanks`);
    await form.page.goBack();
    assert.equal(await form.page.evaluate(() => Reflect.get(window, "kept")), true);
    assert.equal((await form.values())["name"], MONA.name);
    await form.submit();
    await form.enters("accepted");
    assert.equal(journey.vendors.sakneen.leads().length, 1);
    await form.close();
  },
);

test("a page that is prerendered keeps and tells nothing until it is visited, and then works", async () => {
  const customer = await serveCustomer();
  const context = await journey.browser.createBrowserContext();
  try {
    customer.page("/next", pageWith('lang="en" attribution="session" data-layer="dataLayer"'));
    const rules = { prerender: [{ source: "list", urls: ["/next"], eagerness: "immediate" }] };
    const first = customer.page(
      "/first",
      `<!doctype html><title>First</title><link rel="icon" href="data:,">
<script type="speculationrules">${JSON.stringify(rules)}</script><a href="/next">Next</a>`,
    );
    const page = await context.newPage();
    await page.goto(first);
    await until(() => customer.asked.includes("/lead-form-extras.js"));
    assert.deepEqual(customer.leads, []);
    await Promise.all([page.waitForNavigation(), page.click("a")]);
    await page.waitForSelector("lead-form[status=idle]");
    const found = await page.evaluate(() => ({
      prerendered: performance.getEntriesByType("navigation").some((visit) => {
        return "activationStart" in visit && Number(visit.activationStart) > 0;
      }),
      stored: sessionStorage.length + localStorage.length + document.cookie.length,
      told: Reflect.get(window, "dataLayer") ?? [],
    }));
    assert.deepEqual(found, { prerendered: true, stored: 0, told: [] });
    assert.equal(customer.asked.filter((path) => path === "/next").length, 1);

    for (const [name, text] of Object.entries(MONA))
      await (await page.waitForSelector(`lead-form >>> [name=${name}]`))?.type(text);
    await (await page.waitForSelector("lead-form >>> [part=submit]"))?.click();
    await page.waitForSelector("lead-form[status=accepted]");
    assert.equal(customer.leads.length, 1);
  } finally {
    await context.close();
    await customer.close();
  }
});
