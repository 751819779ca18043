/**
 * QA's list, worked through by a browser as a tester does it: each step is set up by its button, done, and
 * looked at by three people. What the page ticks itself is held against that.
 */
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { after, before, describe, test } from "node:test";
import puppeteer from "puppeteer-core";
import type { Browser, Frame, Page } from "puppeteer-core";
import { isMet, judge } from "../../demo/qa/expect.ts";
import type { Act, Seen, Step, VendorName, VisitorMove } from "../../demo/qa/model.ts";
import { STEPS } from "../../demo/qa/steps/index.ts";
import { QA_TARGETS } from "../../demo/qa/targets.ts";
import { startQa } from "./qa-world.ts";
import type { QaWorld } from "./qa-world.ts";
import { chrome } from "../browser.ts";
import { ENGINES } from "./any-engine.ts";

let world: QaWorld;
before(async () => {
  world = await startQa();
});
after(() => world.close());

/** Milliseconds between two looks, and until an act is given up. */
const LOOK_EVERY = 100;
const PATIENCE = 15_000;

const vendorOf = ({ target }: Step): VendorName =>
  target === "nowhere" ? "sakneen" : QA_TARGETS[target].vendor;

/** One tester with a page of the list; two of them work on different vendors. */
class Tester {
  readonly #page: Page;
  readonly #answers: string[] = [];
  #since = 0;
  #typed: Readonly<{ name?: string; phone?: string }> = {};

  constructor(page: Page) {
    this.#page = page;
    page.on("response", async (response) => {
      const request = response.request();
      if (request.method() !== "POST" || new URL(response.url()).pathname !== "/v1/leads") return;
      if (!request.frame()?.parentFrame()) return;
      const { code, status } = Object(await response.json().catch(() => ({})));
      this.#answers.push(`${response.status()} ${code ?? status}`);
    });
  }

  async work(step: Step): Promise<void> {
    const page = this.#page;
    const item = `#step-${step.id}`;
    this.#answers.length = 0;
    await page.evaluate((id) => (location.hash = `step-${id}`), step.id);
    await (await page.waitForSelector(`${item} .set-up`, { visible: true }))?.click();
    await page.waitForSelector(`${item}[data-ready]`);
    // What the set-up itself has sent is not part of the step.
    this.#since = Date.now();
    for (const [at, act] of step.acts.entries()) {
      await this.#do(item, at, act);
      await this.#sees(step, act);
      if (Object.keys(act.sees).length > 0)
        await page.waitForSelector(`${item} .act:nth-child(${at + 1})[data-met]`);
    }
  }

  async #do(item: string, at: number, { move }: Act): Promise<void> {
    if ("visitor" in move) return this.#visit(move.visitor);
    // A tester's finger: the button may be below the fold.
    await this.#page.$eval(`${item} .act:nth-child(${at + 1}) .press`, (button) => {
      if (button instanceof HTMLButtonElement) button.click();
    });
  }

  async #stage(): Promise<Frame> {
    const handle = await this.#page.waitForSelector("#stage");
    const frame = await handle?.contentFrame();
    if (!frame) throw new Error("The visitor's page is missing.");
    return frame;
  }

  async #type(frame: Frame, name: string, text: string): Promise<void> {
    await (await frame.waitForSelector(`lead-form >>> [name=${name}]`))?.focus();
    await this.#page.keyboard.type(text);
  }

  async #visit(move: VisitorMove): Promise<void> {
    const frame = await this.#stage();
    const { keyboard } = this.#page;
    const click = async (selector: string) => {
      const button = await frame.waitForSelector(`lead-form >>> ${selector}`);
      await button?.evaluate((element) => (element as HTMLElement).click());
    };
    const number = `0100${String(Date.now()).slice(-7)}`;
    switch (move) {
      case "look":
        return;
      case "submit":
        this.#typed = await frame.$eval("lead-form", (form) => ({
          ...Reflect.get(form, "values"),
        }));
        // After a refusal the form waits for as long as the proxy says.
        return click("[part~=submit]:not([aria-disabled=true])");
      case "another":
        return click("[part~=success] button");
      case "change":
        await this.#type(frame, "phone", "");
        await keyboard.press("End");
        await keyboard.press("Backspace");
        return keyboard.type(this.#typed.phone?.endsWith("1") ? "2" : "1");
      case "fill":
        // The second time the very same, where the step asks for that.
        await this.#type(frame, "name", this.#typed.name || "Mona Adel");
        return this.#type(frame, "phone", this.#typed.phone || number);
      case "keyboard":
        await this.#type(frame, "name", "Mona Adel");
        await keyboard.press("Tab");
        await keyboard.type(number);
        await keyboard.press("Enter");
    }
  }

  /** With the tester's own eyes: not by what the list reports. */
  async #look(step: Step): Promise<Seen> {
    const frame = await this.#stage();
    const form = await frame.$eval("lead-form", (element) => {
      const root = element.shadowRoot;
      const marked = root?.querySelectorAll("[aria-invalid=true]") ?? [];
      const text = [...(root?.children ?? [])].map((child) => (child as HTMLElement).innerText);
      return {
        status: element.getAttribute("status") ?? "",
        invalid: [...marked].map((field) => field.getAttribute("name") ?? ""),
        text: text.join(" ").replace(/\s+/g, " "),
        dir: root?.querySelector("[dir]")?.getAttribute("dir") ?? "",
      };
    });
    const rows = await this.#page.$$eval("#requests tr:has(td)", (all) =>
      all.map((row) => [...row.querySelectorAll("td")].map((cell) => cell.textContent)),
    );
    const requests = Object.fromEntries(
      rows.map(([wanted = "", got = ""]) => [wanted.split(" ")[1] ?? "", got]),
    );
    const targets = [...new Set([step.target, step.delivers ?? step.target])];
    const leads = await Promise.all(targets.map((target) => world.leads(target)));
    return {
      form,
      answers: this.#answers,
      vendor: await world.held(vendorOf(step)),
      operator: leads.flat().filter(({ created_at }) => Date.parse(created_at) >= this.#since),
      requests,
    };
  }

  async #sees(step: Step, act: Act): Promise<void> {
    const end = Date.now() + PATIENCE;
    for (;;) {
      const seen = await this.#look(step);
      if (isMet(act.sees, seen)) return;
      if (Date.now() > end)
        return assert.fail(JSON.stringify({ wanted: act.sees, met: judge(act.sees, seen), seen }));
      await sleep(LOOK_EVERY);
    }
  }
}

const open = async (browser: Browser): Promise<Page> => {
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  await page.setViewport({ width: 1280, height: 900 });
  await page.goto(world.address);
  await page.waitForSelector(":root[data-ready]");
  return page;
};

/** Milliseconds for all steps, on a machine that is busy. */
const WHOLE_LIST = 240_000;

describe("a tester works through the list", { concurrency: true, timeout: WHOLE_LIST }, () => {
  for (const vendor of ["sakneen", "brainysoft"] as const)
    describe(`with ${vendor}`, { concurrency: 1, timeout: WHOLE_LIST }, () => {
      // One each: a page behind another one draws nothing.
      let browser: Browser;
      let tester: Tester;
      before(async () => {
        browser = await puppeteer.launch(await chrome());
        tester = new Tester(await open(browser));
      });
      after(() => browser.close());

      for (const step of STEPS.filter((each) => vendorOf(each) === vendor))
        test(step.id, () => tester.work(step));
    });
});

/** After the list, since it has the same vendors. */
describe("one step in each other engine", () => {
  for (const { name, skip, start } of ENGINES.filter((engine) => engine.name !== "Chromium"))
    test(name, { skip }, async () => {
      const engine = await start();
      const item = "#step-key";
      const until = async (selector: string) => {
        while (!(await engine.run(`return document.querySelector("${selector}") !== null;`)));
      };
      const press = (selector: string) =>
        engine.run(`document.querySelector("${item} ${selector}").click();`);
      try {
        await engine.goTo(world.address);
        await until(":root[data-ready]");
        await press(".set-up");
        await until(`${item}[data-ready]`);
        await engine.run(
          `document.querySelector("#stage").contentDocument.querySelector("lead-form").requestSubmit();`,
        );
        await until(`${item} .act:nth-child(1)[data-met]`);
        assert.equal((await world.held("sakneen")).length, 0);
        await press(".act:nth-child(2) .press");
        await press(".act:nth-child(3) .press");
        await until(`${item} .act:nth-child(3)[data-met]`);
        assert.equal((await world.held("sakneen")).length, 1);
      } finally {
        await engine.stop();
      }
    });
});
