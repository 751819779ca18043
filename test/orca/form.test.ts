/**
 * What a person hears who fills in the form with Orca: in two browsers and three languages, held against
 * `<browser>.<language>.golden.txt`. `UPDATE=1` writes them anew; read the difference before you commit.
 */
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import puppeteer from "puppeteer-core";
import type { Browser, LaunchOptions } from "puppeteer-core";
import { LANGUAGES } from "../../proxy/shared/contract.ts";
import type { Language } from "../../proxy/shared/contract.ts";
import { CATALOGS } from "../../proxy/shared/messages/index.ts";
import { chrome, FIREFOX, isAsked, noFirefox, onlyShell } from "../browser.ts";
import { serveCustomer } from "../e2e/customer-page.ts";
import type { Customer } from "../e2e/customer-page.ts";
import { missing, startDesktop } from "./desktop.ts";
import type { Desktop } from "./desktop.ts";
import { listenTo } from "./speech.ts";
import type { Listener } from "./speech.ts";
import { stepsFor, walk } from "./walk.ts";

const PAGE = readFileSync("test/manual/page.html", "utf8");
/** The words of the page's own link, which opens the second form. */
const OPENS_DIALOG = "2";

interface Engine {
  name: string;
  skip: string | false;
  options: () => Promise<LaunchOptions>;
}

const ENGINES: readonly Engine[] = [
  {
    name: "chromium",
    skip: missing || onlyShell || (!isAsked("chromium") && "Chromium is not in TEST_ENGINES"),
    options: async () => {
      const settings = await chrome();
      return { ...settings, args: [...settings.args, "--force-renderer-accessibility"] };
    },
  },
  {
    name: "firefox",
    skip: missing || noFirefox,
    options: async () => ({
      browser: "firefox",
      ...(FIREFOX && { executablePath: FIREFOX }),
      extraPrefsFirefox: { "accessibility.force_disabled": -1 },
    }),
  },
];

/**
 * What was said twice after one key. The chosen country is left out: Chromium tells of it again when its list
 * is built, as it does for any select.
 */
const repeated = (transcript: string): string[] =>
  transcript
    .split(/\n(?! )/)
    .flatMap((step) => step.split("\n").filter((line, index, all) => all.indexOf(line) < index))
    .filter((line) => !line.includes("(+20)"));

for (const { name, skip, options } of ENGINES)
  describe(`with Orca in ${name}`, { skip }, () => {
    let site: Customer;
    let desktop: Desktop;
    let ear: Listener;
    let browser: Browser;
    before(async () => {
      site = await serveCustomer();
      desktop = await startDesktop();
      ear = listenTo(desktop.debugFile);
      await ear.hear("Screen reader on.");
      browser = await puppeteer.launch({
        ...(await options()),
        headless: false,
        env: { ...desktop.env },
      });
    });
    after(async () => {
      await browser?.close();
      await desktop?.stop();
      await site?.close();
    });

    const fillIn = async (language: Language): Promise<string> => {
      const texts = CATALOGS[language];
      const url = site.page("/page", PAGE.replaceAll("https://leads.example.com", "{origin}"));
      const page = await browser.newPage();
      await page.goto(`${url}?lang=${language}`);
      await page.waitForSelector("lead-form >>> select[name=country]");
      await page.bringToFront();
      await ear.hear(texts.heading);
      const passing = [texts.sending, `form ${texts.heading}`];
      const transcript = await walk(desktop, ear, stepsFor(texts, OPENS_DIALOG), passing);
      await page.close();
      return transcript;
    };

    for (const language of LANGUAGES)
      test(`the form is heard as it should be in ${language}`, async () => {
        const leads = site.leads.length;
        const transcript = await fillIn(language);
        const golden = new URL(`${name}.${language}.golden.txt`, import.meta.url);
        if (process.env["UPDATE"]) writeFileSync(golden, transcript);
        assert.equal(transcript, existsSync(golden) ? readFileSync(golden, "utf8") : "");
        assert.deepEqual(repeated(transcript), [], "said twice");
        assert.equal(site.leads.length, leads + 1, "a lead arrived");
      });
  });
