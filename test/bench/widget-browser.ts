/**
 * Owns a browser's page for one visit of the benchmark: a cold cache, a slow processor, a slow network, and
 * what the page notes about itself. Must not type.
 */
import puppeteer from "puppeteer-core";
import type { Browser, CDPSession, Page } from "puppeteer-core";
import { chrome } from "../browser.ts";
import { chooseMeter, countInstructions } from "./cost.ts";
import { HOSTS } from "./widget-pages.ts";
import { BLANK } from "./widget-server.ts";

/** As the developer tools of Chromium define them: each request has its latency whole. */
export const NETWORKS = {
  "Slow 4G": { latency: 562.5, downloadThroughput: 1.44e6 / 8, uploadThroughput: 675e3 / 8 },
  "Fast 4G": { latency: 165, downloadThroughput: 8.1e6 / 8, uploadThroughput: 1.35e6 / 8 },
} as const;
export type Network = keyof typeof NETWORKS;

/** A middling phone beside a desktop computer. */
export const CPU_SLOWDOWN = 4;

export interface Noted {
  /** Of the last form, painted. */
  visible: number;
  lcp: number;
  shift: number;
  /** Milliseconds of each. */
  longTasks: number[];
  requests: { path: string; end: number; bytes: number }[];
}

/** What `Performance.getMetrics` counts. */
export interface Counts {
  /** Milliseconds of the main thread, by its own clock. */
  cpu: number;
  heap: number;
  nodes: number;
}

const canCount = chooseMeter().unit === "thousand instructions";

/** Of what a page does, as `cost` counts it. */
export const COST_UNIT = canCount ? "million instructions" : "main thread, ms";

export interface BenchPage {
  page: Page;
  cdp: CDPSession;
  /** Goes to an address; settled when all its forms are painted. */
  open: (address: string, forms: number) => Promise<void>;
  noted: () => Promise<Noted>;
  count: () => Promise<Counts>;
  cost: (work: () => Promise<void>) => Promise<number>;
  collectGarbage: () => Promise<void>;
  close: () => Promise<void>;
}

export const launch = async (): Promise<Browser> => puppeteer.launch(await chrome());

/** Runs in the page before anything else. */
const watch = (hosts: string): void => {
  const seen = { visible: 0, lcp: 0, shift: 0, longTasks: [] as number[], forms: 0 };
  Object.assign(window, { seen });
  const observe = (type: string, take: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({
      type,
      buffered: true,
    });
  observe("largest-contentful-paint", ({ startTime }) => (seen.lcp = startTime));
  observe("longtask", ({ duration }) => seen.longTasks.push(duration));
  observe("layout-shift", (entry) => {
    const { hadRecentInput, value } = Object(entry);
    if (!hadRecentInput) seen.shift += value;
  });
  const fields = (): Element[] => [
    ...document.querySelectorAll("[name=phone]"),
    ...[...document.querySelectorAll(hosts)].flatMap(({ shadowRoot }) => [
      ...(shadowRoot?.querySelectorAll("[name=phone]") ?? []),
    ]),
  ];
  const painted = new MessageChannel();
  painted.port1.onmessage = () => {
    seen.visible = performance.now();
    Object(window).benchVisible("");
  };
  const look = (): void => {
    if (fields().length < Number(sessionStorage.getItem("forms"))) requestAnimationFrame(look);
    else painted.port2.postMessage("");
  };
  requestAnimationFrame(look);
};

const read = (): Noted => ({
  ...Object(window).seen,
  requests: performance
    .getEntriesByType("resource")
    .map((entry) => entry as PerformanceResourceTiming)
    .map(({ name, responseEnd, encodedBodySize }) => ({
      path: new URL(name).pathname,
      end: responseEnd,
      bytes: encodedBodySize,
    }))
    .filter(({ path }) => path.endsWith(".js")),
});

const renderersOf = async (browser: Browser): Promise<number[]> => {
  const session = await browser.target().createCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  return processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id);
};

const countOf = async (cdp: CDPSession): Promise<Counts> => {
  const { metrics } = await cdp.send("Performance.getMetrics");
  const of = Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  return {
    cpu: (of["TaskDuration"] ?? 0) * 1000,
    heap: of["JSHeapUsedSize"] ?? 0,
    nodes: of["Nodes"] ?? 0,
  };
};

export const openPage = async (
  browser: Browser,
  origin: string,
  network?: Network,
): Promise<BenchPage> => {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  await page.setViewport({ width: 1000, height: 900 });
  const cdp = await page.createCDPSession();
  // In the process of the visit, so that what is counted begins at a known point.
  await page.goto(`${origin}${BLANK}`);
  await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: CPU_SLOWDOWN });
  await cdp.send("Network.enable");
  if (network)
    await cdp.send("Network.emulateNetworkConditions", { offline: false, ...NETWORKS[network] });
  await cdp.send("Runtime.enable");
  await cdp.send("Runtime.addBinding", { name: "benchVisible" });
  await page.evaluateOnNewDocument(watch, HOSTS);
  return {
    page,
    cdp,
    open: async (address, forms) => {
      await page.evaluate((count) => sessionStorage.setItem("forms", String(count)), forms);
      const visible = new Promise((resolve) => cdp.once("Runtime.bindingCalled", resolve));
      await cdp.send("Page.navigate", { url: address });
      await visible;
    },
    noted: () => page.evaluate(read),
    count: () => countOf(cdp),
    cost: async (work) => {
      if (canCount) {
        const { cost } = await countInstructions(await renderersOf(browser), work);
        return cost / 1000;
      }
      const { cpu } = await countOf(cdp);
      await work();
      return (await countOf(cdp)).cpu - cpu;
    },
    collectGarbage: async () => {
      // The second takes what the first has let go of.
      await cdp.send("HeapProfiler.collectGarbage");
      await cdp.send("HeapProfiler.collectGarbage");
    },
    close: () => context.close(),
  };
};
