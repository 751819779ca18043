/**
 * Owns how the widget's tests run: in Chromium always, in Firefox and WebKit where they are installed.
 * Must not hold a test.
 *
 * `TEST_ENGINES` names the engines (test/browser.ts). `TEST_SEED=7` runs files and tests in the order
 * of that seed, `TEST_SEED=random` in a new one; the closing lines name it.
 */
import { globSync } from "node:fs";
import type { BrowserLauncher } from "@web/test-runner";
import { esbuildPlugin } from "@web/dev-server-esbuild";
import { defaultReporter, type TestRunnerConfig } from "@web/test-runner";
import { chromeLauncher } from "@web/test-runner-chrome";
import puppeteer from "puppeteer-core";
import { FIREFOX, chrome, isAsked, noFirefox } from "../browser.ts";
import { startWorld } from "../hosts/world.ts";
import { shuffle } from "../shuffle.ts";
import { countReporter } from "./count-reporter.ts";
import { noWebkit } from "../webkit.ts";
import { webkitLauncher } from "./webkit-launcher.ts";

const browsers: BrowserLauncher[] = [];
if (isAsked("chromium") || isAsked("npm"))
  browsers.push(chromeLauncher({ launchOptions: await chrome() }));

if (FIREFOX)
  browsers.push(
    chromeLauncher({
      // The types are those of the launcher's own puppeteer, which is the same at run time.
      puppeteer: puppeteer as never,
      launchOptions: { browser: "firefox", executablePath: FIREFOX },
    }),
  );
else console.log(`${noFirefox}: its tests are left out.`);

if (noWebkit) console.log(`${noWebkit}: its tests are left out.`);
else browsers.push(webkitLauncher());

const asked = process.env["TEST_SEED"];
const seed = asked === "random" ? Math.floor(Math.random() * 1e6) : asked && Number(asked);
if (Number.isNaN(seed)) throw new Error(`TEST_SEED is a number or "random", not ${asked}.`);

const found = globSync(["test/widget/**/*.test.ts", "test/hosts/**/*.test.ts"]).toSorted();
const files = typeof seed === "number" ? shuffle(found, seed) : found;

/** The page of one test file; `order.ts` reads the seed. */
const testPage = (framework: string): string =>
  `<!doctype html><body><script>window.testSeed = ${seed ?? "undefined"}</script>` +
  `<script type="module" src="${framework}"></script></body>`;

const world = await startWorld();

export default {
  files,
  port: world.port,
  middleware: [world.middleware],
  rootDir: ".",
  nodeResolve: true,
  plugins: [
    // As in the script; a test that compares has Lit itself.
    {
      name: "templates",
      resolveImport: ({ source, context }) =>
        source === "lit/html.js" && context.path.startsWith("/widget/")
          ? "/widget/element/html.ts"
          : undefined,
    },
    esbuildPlugin({ ts: true, tsconfig: "./widget/tsconfig.json" }),
    { name: "world", serverStop: () => world.close() },
  ],
  testRunnerHtml: testPage,
  browsers,
  concurrentBrowsers: 3,
  // Firefox needs more than the usual half a minute where other suites are using the machine.
  browserStartTimeout: 90_000,
  testsFinishTimeout: 300_000,
  testFramework: { config: { timeout: "20000" } },
  reporters: [defaultReporter({ reportTestProgress: false }), countReporter(seed)],
  // The development build of Lit warns on the console.
  filterBrowserLogs: ({ args }) => !String(args[0]).includes("Lit is in dev mode"),
} satisfies TestRunnerConfig;
