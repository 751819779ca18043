/** The operator's page in a browser, by keyboard alone: from the token to the lead at the vendor. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import puppeteer from "puppeteer-core";
import type { Browser, Page } from "puppeteer-core";
import { chrome } from "../browser.ts";
import { NINE_FIELDS } from "../own-fields.ts";
import { LEADS, SECRETS, postLead, startProxy, targetsFor, until } from "./harness.ts";
import type { Proxy } from "./harness.ts";

const LEDGER_KEYS = JSON.stringify({ k1: Buffer.alloc(32, 1).toString("base64") });
const OPERATOR_TOKEN = "operator-token-of-the-tests-0123456789";
const READER = "l".repeat(40);

let proxy: Proxy;
let browser: Browser;
let page: Page;
/** What the browser complains about: a breach of the policy above all. */
const complaints: string[] = [];

before(async () => {
  proxy = await startProxy({
    targets: (vendors) => {
      const { sakneen, brainysoft } = targetsFor(vendors);
      const storage = "ledger";
      return {
        sakneen: { ...sakneen, storage },
        lender: { ...brainysoft, storage, stamp: "off", phone: "any", fields: NINE_FIELDS },
      };
    },
    secrets: () => ({
      ...SECRETS,
      LEDGER_KEYS,
      OPERATOR_TOKEN,
      OPERATOR_TOKENS: JSON.stringify({ lena: { token: READER, targets: ["sakneen"] } }),
    }),
  });
  browser = await puppeteer.launch(await chrome());
  page = await browser.newPage();
  page.on("console", (line) => {
    // A refusal is an answer that the page reads, not a fault of it.
    if (!line.text().startsWith("Failed to load resource")) complaints.push(line.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.setViewport({ width: 320, height: 640 });
  await page.goto(`${proxy.url}/operator`);
});
after(async () => {
  await browser.close();
  await proxy.close();
});

const post = async (values: Record<string, string> = {}): Promise<void> => {
  const response = await postLead(proxy, { ...LEADS.sakneen, ...values });
  assert.ok(response.ok);
  await response.body?.cancel();
};
const shows = (text: string) =>
  page.waitForFunction((wanted) => document.body.innerText.includes(wanted), {}, text);
const focused = () =>
  page.evaluate(
    () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent,
  );
/** Tabs to the control of that name, as its user would, and presses it. */
const press = async (name: RegExp): Promise<void> => {
  for (let tabs = 0; tabs < 40; tabs++) {
    if (name.test((await focused()) ?? "")) return page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
  }
  assert.fail(`${name} cannot be reached by keyboard`);
};
const violations = async () => {
  await page.evaluate(readFileSync("node_modules/axe-core/axe.min.js", "utf8"));
  const found = (await page.evaluate("axe.run()")) as { violations: { id: string }[] };
  return found.violations.map(({ id }) => id);
};
const names = () => proxy.vendors.sakneen.leads().map(({ body }) => body["name"]);

test("the page of a token that may read alone shows its target, and offers nothing else", async () => {
  const other = await browser.newPage();
  try {
    await other.goto(`${proxy.url}/operator`);
    await other.type("#token", READER);
    await other.keyboard.press("Enter");
    await other.waitForSelector("#overview:not([hidden]) .target");
    const seen = await other.evaluate(() =>
      [...document.querySelectorAll("h2, button")]
        .filter((element) => element.getClientRects().length > 0)
        .map(({ textContent }) => textContent),
    );
    assert.deepEqual(seen, ["sakneen", "24 hours", "30 days"]);
  } finally {
    await other.close();
    await page.bringToFront();
  }
});

describe("the operator's page", () => {
  test("refuses a wrong token beside its field, and takes the right one", async () => {
    await page.keyboard.type("wrong");
    await page.keyboard.press("Enter");
    await shows("This is not the token");
    assert.equal(await page.$eval("#token", (input) => input.getAttribute("aria-invalid")), "true");
    await page.$eval("#token", (input) => ((input as HTMLInputElement).value = ""));
    await page.keyboard.type(OPERATOR_TOKEN);
    await page.keyboard.press("Enter");
    await shows("Nothing is stuck.");
    assert.equal(new URL(page.url()).search, "");
  });

  test("marks a test lead with what it has shown, and removes it in one press", async () => {
    const sendTest = async () => {
      const response = await proxy.fetch("/v1/leads", {
        method: "POST",
        headers: {
          authorization: `Bearer ${OPERATOR_TOKEN}`,
          "content-type": "application/json",
        },
        body: JSON.stringify({ ...LEADS.sakneen, test: "1" }),
      });
      assert.equal(response.status, 200);
      await response.body?.cancel();
    };
    const items = () =>
      page.$$eval("#tests li", (all) => all.map(({ textContent }) => textContent.slice(0, 60)));
    proxy.vendors.sakneen.setFaults({ mode: "no_form", count: 1 });
    await sendTest();
    await sendTest();
    await page.reload();
    await page.keyboard.type(OPERATOR_TOKEN);
    await page.keyboard.press("Enter");
    await shows("Test leads");
    assert.match((await items()).join("\n"), /^Test ?sakneen: Sakneen knows the address, the key/);
    await shows("Sakneen has no lead form set up for this account.");
    await shows("Nothing is stuck.");
    assert.deepEqual(await violations(), []);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
    await press(/^Remove: the test lead for sakneen, sent /);
    await shows("The test lead is removed.");
    await until(async () => (await items()).length === 1);
    await press(/^Remove: /);
    await until(async () => (await items()).length === 0);
    assert.equal(await focused(), "Nothing is stuck.");
    assert.deepEqual([proxy.vendors.sakneen.leads().length, complaints], [0, []]);
  });

  test("says what is stuck and why, and sends it again on a key press", async () => {
    proxy.vendors.sakneen.setFaults({ mode: "html_200", count: 1 });
    await post();
    await page.reload();
    await page.keyboard.type(OPERATOR_TOKEN);
    await page.keyboard.press("Enter");
    await shows("Sakneen answers with a web page instead of a confirmation");
    await shows("1 lead waits; it waits for your decision.");
    await press(/^Try again now$/);
    await until(() => names().includes("Mona Adel"));
    await shows("Nothing is stuck.");
  });

  test("lets a person correct a lead: a mistake is named at its field, then it goes out", async () => {
    proxy.vendors.sakneen.setFaults({ mode: "html_200", count: 1 });
    await post({ name: "Omar", phone: "01112345678" });
    await page.reload();
    await page.keyboard.type(OPERATOR_TOKEN);
    await page.keyboard.press("Enter");
    await shows("1 lead waits");
    await press(/^Show the lead$/);
    await shows("+20…78");
    await press(/^Look: the lead of \+20…78/);
    await page.waitForSelector("#lead[open] #lead-name:focus");
    const retype = async (text: string) => {
      await page.keyboard.down("Control");
      await page.keyboard.press("a");
      await page.keyboard.up("Control");
      await page.keyboard.type(text);
      await page.keyboard.press("Enter");
    };
    await retype(" ");
    await shows("Enter a name.");
    await retype("Omar Farouk");
    await until(() => names().includes("Omar Farouk"));
    await shows("Nothing is stuck.");
  });

  test("names the key that a vendor's form demands, and what to do", async () => {
    proxy.vendors.brainysoft.setFaults({ mode: "demanded_key", key: "loanPurpose" });
    const own = { x_rooms: "3+", x_visit: "1", x_from: "2090-01-31", x_budget: "5" };
    const lead = { ...LEADS.brainysoft, target: "lender", ...own };
    const response = await postLead(proxy, lead, { origin: "https://loans.example.ru" });
    assert.equal(response.status, 202);
    await page.reload();
    await page.keyboard.type(OPERATOR_TOKEN);
    await page.keyboard.press("Enter");
    await shows("Blocked");
    await shows(
      "Brainysoft’s form has changed: it refuses leads because of the field “loanPurpose” since",
    );
    await shows("1 lead waits; it goes out by itself once the target’s “fields” fit the form.");
    await shows("If the form now asks for the field “loanPurpose”, add a field");
    assert.deepEqual(await violations(), []);
  });

  test("shows and corrects the own fields by their labels, each with its control", async () => {
    await press(/^Show the lead$/);
    await press(/^Look: the lead of \+79…77/);
    await page.waitForSelector("#lead[open] #lead-name:focus");
    const shown = await page.$$eval("#lead [name^=x_]", (controls) =>
      controls.map((control) => {
        const { name, type, value, checked, labels } = control as HTMLInputElement;
        const text = labels?.[0]?.innerText.trim();
        return `${name} ${type} ${type === "checkbox" ? checked : value} ${text}`;
      }),
    );
    assert.deepEqual(shown, [
      "x_district text  District",
      "x_wishes textarea  Wishes",
      "x_budget text 5 Budget, EGP",
      "x_term text  Years",
      "x_rooms select-one 3+ Rooms",
      "x_purpose select-one  Purpose",
      "x_visit checkbox true I want to see it",
      "x_from date 2090-01-31 Move in from",
      "x_unit text  unit",
    ]);
    assert.deepEqual(await violations(), []);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
    const type = async (name: string, text: string) => {
      await page.focus(`#lead-x_${name}`);
      await page.$eval(`#lead-x_${name}`, (input) => (input as HTMLInputElement).select());
      await page.keyboard.type(text);
    };
    await type("budget", "much");
    await page.keyboard.press("Enter");
    await shows("This is not a value of this field.");
    await type("budget", "200 000");
    await type("wishes", "By the sea");
    await page.focus("#lead-x_visit");
    await page.keyboard.press("Space");
    await page.select("#lead-x_purpose", "rent");
    proxy.vendors.brainysoft.setFaults({ mode: "ok" });
    await page.focus("#lead-x_budget");
    await page.keyboard.press("Enter");
    await until(() => proxy.vendors.brainysoft.leads().length === 1);
    const body = proxy.vendors.brainysoft.leads()[0]?.body ?? {};
    const { secretbudget, secretwishes, secretvisit, secretpurpose, secretrooms } = body;
    assert.deepEqual(
      [secretbudget, secretwishes, secretvisit, secretpurpose, secretrooms],
      [200_000, "By the sea", undefined, "rent", "3+"],
    );
    await shows("Nothing is stuck.");
  });

  test("breaks no rule of accessibility and none of its policy, at 320 px and beyond", async () => {
    proxy.vendors.sakneen.setFaults({ mode: "bad_key" });
    await post({ phone: "01212345678" });
    await page.reload();
    await page.keyboard.type(OPERATOR_TOKEN);
    await page.keyboard.press("Enter");
    await shows("Sakneen refuses the API key since");
    await shows("1 lead waits; it goes out by itself once the key is right.");
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
    assert.deepEqual(complaints, []);
    for (const scheme of ["light", "dark"]) {
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      assert.deepEqual(await violations(), [], scheme);
    }
  });

  test("draws the figures of each target, with the same as a table, at 320 px and in both schemes", async () => {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "light" }]);
    await page.reload();
    await page.keyboard.type(OPERATOR_TOKEN);
    await page.keyboard.press("Enter");
    await page.waitForSelector(".figures");
    const words = await page.$$eval("[aria-labelledby=target-sakneen] svg", (pictures) =>
      pictures.map((picture) => `${picture.role} ${picture.getAttribute("aria-label")}`),
    );
    assert.equal(words.length, 3);
    assert.match(
      words[0] ?? "",
      /^img Leads in the last 24 hours: 3 arrived, 2 delivered, 1 waiting/,
    );
    assert.match(words[1] ?? "", /^img The vendor's answer time .* median of \d+ ms/);
    assert.match(
      words[2] ?? "",
      /^img Calls that failed in the last 24 hours: \d+ of \d+, \d+ %\.$/,
    );
    await press(/^30 days$/);
    await shows("Last 30 days");
    assert.match((await focused()) ?? "", /^30 days$/);
    await page.click("[aria-labelledby=target-sakneen] summary");
    const rows = await page.$$eval("[aria-labelledby=target-sakneen] tbody tr", (all) =>
      all.map((row) => [...row.children].map((cell) => cell.textContent)),
    );
    assert.equal(rows.length, 30);
    assert.deepEqual(rows[0]?.slice(1, 3), ["3", "2"]);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
    for (const scheme of ["light", "dark"]) {
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      assert.deepEqual(await violations(), [], scheme);
    }
    assert.deepEqual(complaints, []);
  });

  test("says whose leads an erasure or a file would leave out, and keeps the number", async () => {
    const { BRAINYSOFT_TOKEN } = SECRETS;
    const faulty = await startProxy({
      vendors: proxy.vendors,
      targets: (vendors) => {
        const { sakneen, brainysoft } = targetsFor(vendors);
        const storage = "ledger";
        return { sakneen: { ...sakneen, storage }, brainysoft: { ...brainysoft, storage } };
      },
      secrets: () => ({ BRAINYSOFT_TOKEN, LEDGER_KEYS, OPERATOR_TOKEN }),
    });
    try {
      await page.goto(`${faulty.url}/operator`);
      await page.keyboard.type(OPERATOR_TOKEN);
      await page.keyboard.press("Enter");
      await shows("Nothing is stuck where it can be seen.");
      await press(/^Spreadsheet/);
      await shows(
        "The leads of sakneen cannot be read, since a setting is faulty: the file would be",
      );
      assert.deepEqual(
        await page.$$eval("#export-target option", (all) => all.map(({ text }) => text)),
        ["All targets", "brainysoft"],
      );
      await page.focus("#erase-phone");
      await page.keyboard.type("+20 10 1234 5678");
      await page.keyboard.press("Enter");
      await press(/^Erase$/);
      await shows("Nothing was erased. The leads of sakneen could not be searched");
      assert.match(
        await page.$eval("#erase-left", (left) => left.textContent ?? ""),
        /^The leads of sakneen could not be searched: .* Correct it and erase again\.$/,
      );
      assert.equal(
        await page.$eval("#erase-phone", (input) => (input as HTMLInputElement).value),
        "+20 10 1234 5678",
      );
      assert.deepEqual([await violations(), complaints], [[], []]);
    } finally {
      await faulty.stopWorker();
    }
  });
});
