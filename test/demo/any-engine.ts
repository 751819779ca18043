/**
 * Owns one page in any of the three engines, driven by scripts alone, and axe's word on it. Must not know
 * which page it is.
 */
import axe from "axe-core";
import puppeteer from "puppeteer-core";
import type { Browser } from "puppeteer-core";
import { FIREFOX, chrome, noFirefox } from "../browser.ts";
import { noWebkit, startWebkit } from "../webkit.ts";

export interface Engine {
  goTo: (address: string) => Promise<void>;
  /** Runs the body of a function there, which may wait. @returns what it returns, as JSON has it */
  run: (body: string) => Promise<unknown>;
  stop: () => Promise<void>;
}

const driven = async (browser: Browser): Promise<Engine> => {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 900 });
  return {
    goTo: async (address) => void (await page.goto(address)),
    run: (body) => page.evaluate(`(async () => {${body}})()`),
    stop: () => browser.close(),
  };
};

const byWebDriver = async (): Promise<Engine> => {
  const webkit = await startWebkit();
  return {
    goTo: async (url) => void (await webkit.call("POST", "/url", { url })),
    run: (body) =>
      webkit.call("POST", "/execute/async", {
        script: `const done = arguments[arguments.length - 1];
          (async () => {${body}})().then(done, (error) => done(String(error)));`,
        args: [],
      }),
    stop: () => webkit.stop(),
  };
};

/** Each with the reason why it cannot run here, or false. */
export const ENGINES: readonly {
  name: string;
  skip: string | false;
  start: () => Promise<Engine>;
}[] = [
  {
    name: "Chromium",
    skip: false,
    start: async () => driven(await puppeteer.launch(await chrome())),
  },
  {
    name: "Firefox",
    skip: noFirefox,
    start: async () =>
      driven(await puppeteer.launch({ browser: "firefox", executablePath: FIREFOX! })),
  },
  { name: "WebKit", skip: noWebkit, start: byWebDriver },
];

const OPTIONS = {
  iframes: false,
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  resultTypes: ["violations", "incomplete"],
};

/**
 * What axe objects to on the whole page, and what it is not sure of.
 * @param rules left out, each by its name
 */
export const audit = async (
  engine: Engine,
  rules: Readonly<Record<string, { enabled: false }>> = {},
): Promise<unknown> => {
  await engine.run(`${axe.source}; return true;`);
  return engine.run(`
    const options = ${JSON.stringify({ ...OPTIONS, rules })};
    const { violations, incomplete } = await axe.run(document, options);
    return [...violations, ...incomplete].flatMap(({ id, nodes }) =>
      nodes.map(({ html, any }) => [id, html, any[0]?.message ?? ""].join(": ")));`);
};
