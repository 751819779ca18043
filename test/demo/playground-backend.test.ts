/** The playground with nobody behind it but the page itself, as a static site has it. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "node:test";
import puppeteer from "puppeteer-core";
import { build } from "vite";
import { chrome } from "../browser.ts";
import { serveCustomer } from "../e2e/customer-page.ts";
import { text } from "./demo-page.ts";

/** Vendors that the page plays: what they are told is remembered, and shown as what they received. */
const ENTRY = `
import { startPlayground } from ${JSON.stringify(resolve("demo/playground/workbench.ts"))};
const requests = [];
const vendor = {
  place: "this page",
  setFaults: async (faults) => void requests.push({
    at: "2026-11-26T00:00:00Z", method: "PUT", path: "/played", headers: {}, body: JSON.stringify(faults),
    answer: { status: 200, body: "{}" },
  }),
  look: async () => ({ requests, leads: [] }),
  clear: async () => void requests.splice(0),
};
startPlayground({
  origin: location.origin,
  servesPages: false,
  definitionsOf: async () => ({
    version: "v1",
    fields: [{ name: "budget", type: "number", label: { en: "Budget", ar: "الميزانية", ru: "Бюджет" } }],
  }),
  vendors: { sakneen: vendor, brainysoft: vendor },
  operator: async () => undefined,
});`;

const bundle = async (): Promise<string> => {
  const id = "\0played";
  const built = await build({
    configFile: false,
    logLevel: "error",
    plugins: [
      {
        name: "played",
        resolveId: (name) => (name === "played" ? id : undefined),
        load: (name) => (name === id ? ENTRY : undefined),
      },
    ],
    build: {
      write: false,
      minify: false,
      rolldownOptions: { input: "played", output: { format: "iife" } },
    },
  });
  const [output] = [built].flat();
  if (!output || !("output" in output)) throw new Error("Vite watches instead of building.");
  return output.output[0].code.replaceAll("</script", "<\\/script");
};

test("the playground needs no proxy: it asks nobody but the backend that it is given", async () => {
  const customer = await serveCustomer();
  const browser = await puppeteer.launch(await chrome());
  try {
    customer.page("/demo/stage.html", readFileSync("dist/worker/public/demo/stage.html", "utf8"));
    const script = await bundle();
    const html = readFileSync("demo/index.html", "utf8")
      .replace(/<script[^]*?<\/script>|<link rel="stylesheet"[^>]*>/g, "")
      .replace("</body>", () => `<script>${script}</script></body>`);
    const url = customer.page("/demo/", html);
    const page = await browser.newPage();
    await page.goto(url);
    await page.waitForSelector('#vendor-status[data-tone="good"]');
    assert.match(await text(page, "#vendor-status"), /this page/);
    assert.match(await text(page, "#vendor-log"), /"mode": "ok"/);
    await page.waitForSelector('[data-field="budget"]');
    assert.deepEqual(
      await page.$$eval("[data-of-proxy]", (links) =>
        links.filter((link) => link.checkVisibility()),
      ),
      [],
    );

    const handle = await page.waitForSelector("#frame");
    const frame = await handle?.contentFrame();
    assert.ok(frame);
    await frame.waitForSelector("lead-form[status=idle]");
    await page.click("#fill");
    await (await frame.waitForSelector("lead-form >>> [part~=submit]"))?.click();
    await frame.waitForSelector("lead-form[status=accepted]");
    assert.match(await text(page, "#exchange-log .badge.good"), /201/);
    // Files, and the form's own lead: nothing of the playground's.
    const asked = customer.asked.filter((path) => !/\.(?:js|css|html)$|^\/demo\/$/.test(path));
    assert.deepEqual(asked, ["/v1/leads"]);
  } finally {
    await browser.close();
    await customer.close();
  }
});
