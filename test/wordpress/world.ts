/**
 * Owns the whole way of a lead: two WordPresses, the built Worker, both vendors simulated, a browser. Must
 * not install the plugin but as an administrator does: the zip, uploaded.
 */
import puppeteer from "puppeteer-core";
import type { Browser, BrowserContext, Page } from "puppeteer-core";
import { startVendors } from "../../demo/vendors/server.ts";
import type { Vendors } from "../../demo/vendors/server.ts";
import { freePort } from "../../demo/run/free-port.ts";
import { startWorker } from "../../demo/run/worker.ts";
import { chrome } from "../browser.ts";
import { NINE_FIELDS } from "../own-fields.ts";
import { CANARIES, targetsFor } from "../e2e/harness.ts";
import { VERSIONS } from "./core.ts";
import { startDatabase } from "./database.ts";
import { PASSWORD, startSite } from "./site.ts";
import type { Role, Site } from "./site.ts";

const ZIP = "dist/wordpress/lead-form.zip";

/** Milliseconds until a wait is given up; PHP with a cold cache is slow. */
const PATIENCE = 30_000;

export interface World {
  vendors: Vendors;
  /** The proxy's origin. */
  endpoint: string;
  sites: readonly Site[];
  browser: Browser;
  close: () => Promise<void>;
}

/** WordPress's own pages ask for avatars and fonts from elsewhere; here they get no answer. */
const launchBrowser = async (): Promise<Browser> => {
  const { args, ...options } = await chrome();
  const loopback = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1";
  return puppeteer.launch({ ...options, args: [...args, loopback] });
};

export const startWorld = async (): Promise<World> => {
  const [database, vendors, browser, ports] = await Promise.all([
    startDatabase(),
    startVendors({ secrets: CANARIES }),
    launchBrowser(),
    Promise.all(VERSIONS.map(() => freePort())),
  ]);
  const { SAKNEEN_API_KEY, BRAINYSOFT_TOKEN } = CANARIES;
  const origins = ports.map((port) => `http://localhost:${port}`);
  const targets = targetsFor(vendors, origins);
  const { projects: _, ...others } = targets.sakneen;
  const [worker, ...sites] = await Promise.all([
    startWorker({
      vars: {
        TARGETS: JSON.stringify({ ...targets, nine: { ...others, fields: NINE_FIELDS } }),
      },
      secrets: { SAKNEEN_API_KEY, BRAINYSOFT_TOKEN },
    }),
    ...VERSIONS.map((version, index) => startSite(version, database, ports[index] ?? 0)),
  ]);
  return {
    vendors,
    endpoint: worker.url,
    sites,
    browser,
    close: async () => {
      await browser.close();
      await Promise.all(sites.map((site) => site.close()));
      await Promise.all([database.close(), worker.close(), vendors.close()]);
    },
  };
};

export interface Visit {
  page: Page;
  close: () => Promise<void>;
}

/** A browser profile of its own, for a visitor or for a user who has logged in. */
export const visit = async ({ browser }: World, site: Site, role?: Role): Promise<Visit> => {
  const context: BrowserContext = await browser.createBrowserContext();
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  if (role) {
    await page.goto(`${site.origin}/wp-login.php`);
    await page.$eval("#user_login", (input, login) => input.setAttribute("value", login), role);
    await page.$eval("#user_pass", (input, pass) => input.setAttribute("value", pass), PASSWORD);
    await Promise.all([page.waitForNavigation(), page.click("#wp-submit")]);
  }
  return { page, close: () => context.close() };
};

/** Uploads the zip under Plugins > Add New, and activates it. */
export const installPlugin = async (page: Page, site: Site): Promise<void> => {
  await page.goto(`${site.origin}/wp-admin/plugin-install.php?tab=upload`);
  const input = await page.waitForSelector('input[name="pluginzip"]');
  if (!input?.toElement) throw new Error("There is no field for a file.");
  await (await input.toElement("input")).uploadFile(ZIP);
  await Promise.all([page.waitForNavigation(), page.click("#install-plugin-submit")]);
  const activate = await page.waitForSelector('a.button-primary[href*="action=activate"]');
  await Promise.all([page.waitForNavigation(), activate?.click()]);
};

/** Saves the settings page, and reads what WordPress says about it. */
export const saveSettings = async (
  page: Page,
  site: Site,
  settings: Readonly<Partial<Record<"endpoint" | "target" | "country", string>>>,
): Promise<string[]> => {
  await page.goto(`${site.origin}/wp-admin/options-general.php?page=lead-form`);
  for (const [name, value] of Object.entries(settings))
    await page.$eval(
      `#lead-form-${name}`,
      (input, typed) => Object.assign(input, { type: "text", value: typed }),
      value,
    );
  await Promise.all([page.waitForNavigation(), page.click("#submit")]);
  return page.$$eval(".notice, .settings-error", (notices) =>
    notices.map(({ textContent }) => textContent?.trim() ?? ""),
  );
};

let leads = 0;

/** Types a lead as a visitor does, with a number of its own, and waits until the form thanks for it. */
export const sendLead = async (page: Page): Promise<{ name: string; phone: string }> => {
  leads += 1;
  const lead = { name: "Layla Hassan", phone: `+2010012345${String(leads).padStart(2, "0")}` };
  for (const [field, value] of Object.entries(lead)) {
    const input = await page.waitForSelector(`lead-form >>> input[name="${field}"]`, {
      visible: true,
    });
    await input?.type(value);
  }
  const button = await page.waitForSelector("lead-form >>> [part~=submit]");
  await button?.click();
  await page.waitForSelector('lead-form[status="accepted"]');
  return lead;
};
