/** Owns how the widget's tests run: in Chromium always, in Firefox and WebKit where they are installed. */
import type { BrowserLauncher } from "@web/test-runner";
import { esbuildPlugin } from "@web/dev-server-esbuild";
import { defaultReporter, type TestRunnerConfig } from "@web/test-runner";
import { chromeLauncher } from "@web/test-runner-chrome";
import puppeteer from "puppeteer-core";
import { FIREFOX, chrome, noFirefox } from "../browser.ts";
import { startWorld } from "../hosts/world.ts";
import { countReporter } from "./count-reporter.ts";
import { noWebkit } from "../webkit.ts";
import { webkitLauncher } from "./webkit-launcher.ts";

const browsers: BrowserLauncher[] = [chromeLauncher({ launchOptions: await chrome() })];

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

const world = await startWorld();

export default {
  files: ["test/widget/**/*.test.ts", "test/hosts/**/*.test.ts"],
  port: world.port,
  middleware: [world.middleware],
  rootDir: ".",
  nodeResolve: true,
  plugins: [
    esbuildPlugin({ ts: true, tsconfig: "./widget/tsconfig.json" }),
    { name: "world", serverStop: () => world.close() },
  ],
  browsers,
  concurrentBrowsers: 3,
  // Firefox needs more than the usual half a minute where other suites are using the machine.
  browserStartTimeout: 90_000,
  testsFinishTimeout: 300_000,
  testFramework: { config: { timeout: "20000" } },
  reporters: [defaultReporter({ reportTestProgress: false }), countReporter()],
  // The development build of Lit says on the console that it is one.
  filterBrowserLogs: ({ args }) => !String(args[0]).includes("Lit is in dev mode"),
} satisfies TestRunnerConfig;
