/** Owns the demo as `npm start` serves it, in a browser, for tests. Must not hold what a tester does there. */
import axe from "axe-core";
import puppeteer from "puppeteer-core";
import type { Browser, Frame, Page } from "puppeteer-core";
import { startReceiver } from "../../demo/run/receiver.ts";
import { demoTargets } from "../../demo/run/targets.ts";
import { startWorker } from "../../demo/run/worker.ts";
import { DEMO_SECRETS, startVendors } from "../../demo/vendors/server.ts";
import type { Vendors } from "../../demo/vendors/server.ts";
import { chrome } from "../browser.ts";

export const OPERATOR_TOKEN = "demo-test-operator-token-0123456789";
const ALERT_SECRET = `whsec_${Buffer.alloc(24, 5).toString("base64")}`;

type Settings = Readonly<Record<string, string>>;

export interface Demo {
  vendors: Vendors;
  browser: Browser;
  /** The proxy's address, which serves the pages. */
  url: string;
  /** Of the playground with these settings. */
  address: (settings: Settings) => string;
  /** The playground with everything unfolded, once its vendor has answered. @param of another browser */
  open: (settings: Settings, of?: Browser) => Promise<Page>;
  close: () => Promise<void>;
}

/** What is folded away is looked at, too. Runs in a page. */
export const UNFOLD = `document.querySelectorAll("#settings details").forEach((each) => (each.open = true))`;

export const serveDemo = async (): Promise<Demo> => {
  const vendors = await startVendors();
  const { SAKNEEN_API_KEY, BRAINYSOFT_TOKEN } = DEMO_SECRETS;
  const { sakneen, brainysoft } = vendors;
  const baseUrls = {
    sakneen: sakneen.baseUrl,
    north: sakneen.baseUrl,
    brainysoft: brainysoft.baseUrl,
  };
  const origins = ["https://www.example.com"];
  // A free port: the page is told of it by its address.
  const receiver = await startReceiver(0, ALERT_SECRET, {
    url: "/operator",
    token: OPERATOR_TOKEN,
  });
  const [worker, browser] = await Promise.all([
    startWorker({
      vars: { TARGETS: JSON.stringify(demoTargets({ baseUrls, origins })) },
      secrets: {
        SAKNEEN_API_KEY,
        BRAINYSOFT_TOKEN,
        OPERATOR_TOKEN,
        LEDGER_KEYS: JSON.stringify({ k1: Buffer.alloc(32, 1).toString("base64") }),
        ALERT_WEBHOOK_URL: receiver.url,
        ALERT_WEBHOOK_SECRET: receiver.secret,
      },
    }),
    puppeteer.launch(await chrome()),
  ]);
  const address = (settings: Settings): string => {
    const query = new URLSearchParams({
      sakneen: vendors.sakneen.url,
      brainysoft: vendors.brainysoft.url,
      receiver: new URL(receiver.url).port,
      ...settings,
    });
    return `${worker.url}/demo/?${query}`;
  };
  return {
    vendors,
    browser,
    url: worker.url,
    address,
    open: async (settings, of = browser) => {
      const page = await of.newPage();
      await page.goto(address(settings));
      await page.waitForSelector('#vendor-status[data-tone="good"]');
      await page.evaluate(UNFOLD);
      return page;
    },
    close: async () => {
      await browser.close();
      await worker.close();
      await receiver.close();
      await vendors.close();
    },
  };
};

/** The page with the form, once it can be used. */
export const stage = async (page: Page): Promise<Frame> => {
  const handle = await page.waitForSelector("#frame");
  const frame = await handle?.contentFrame();
  if (!frame) throw new Error("The page with the form did not load.");
  await frame.waitForSelector("lead-form[status=idle]");
  return frame;
};

export const text = (page: Page, selector: string): Promise<string> =>
  page
    .waitForSelector(selector)
    .then((found) => (found ? found.evaluate((element) => element.textContent ?? "") : ""));

/** Neither violations nor what axe is not sure of, the page in the frame included. Runs in a page. */
export const BARRIERS = `axe
  .run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    resultTypes: ["violations", "incomplete"],
    // A frame of a busy machine may answer late.
    pingWaitTime: 20000,
  })
  .then(({ violations, incomplete }) =>
    [...violations, ...incomplete].map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)].join("\\n")),
  )`;

export const barriers = async (page: Page): Promise<string[]> => {
  await Promise.all(page.frames().map((frame) => frame.evaluate(axe.source)));
  return (await page.evaluate(BARRIERS)) as string[];
};
