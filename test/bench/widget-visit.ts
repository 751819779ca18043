/**
 * Owns one visit of the benchmark of the widget: the page comes, the visitor types and sends. Must not
 * compare.
 */
import { setTimeout } from "node:timers/promises";
import type { Browser } from "puppeteer-core";
import { summary } from "./measure.ts";
import { openPage } from "./widget-browser.ts";
import type { BenchPage, Network } from "./widget-browser.ts";
import type { Subject } from "./widget-pages.ts";
import type { BenchServer } from "./widget-server.ts";
import { readTrace, TRACED } from "./widget-trace.ts";

const NAME = "Mona Adel";
const PHONE = "01012345678";
const EMAIL = "mona@example.com";

/** Milliseconds between two keys of a fast typist. */
const KEY_MS = 60;

/** Milliseconds after the last key, for what a form has put off until then. */
const PUT_OFF_MS = 300;

/** Typed one after another in one visit. */
const NUMBERS = 5;

/** Without a request, a long wait or a drawing for so long, a page has come to rest. */
const REST_MS = 400;

export type Values = Record<string, number>;

const type = async ({ page }: BenchPage, name: string, text: string): Promise<void> => {
  const field = await page.waitForSelector(`>>> [name=${name}]`);
  await field?.focus();
  await page.keyboard.type(text, { delay: KEY_MS });
};

const fillIn = async (opened: BenchPage): Promise<void> => {
  await type(opened, "name", NAME);
  await type(opened, "phone", PHONE);
  await type(opened, "email", EMAIL);
};

/** Enter, until the answer is shown. */
const send = async ({ page }: BenchPage, server: BenchServer): Promise<void> => {
  const lead = server.nextLead();
  await page.keyboard.press("Enter");
  const phone = (await lead).get("phone") ?? "";
  if (!phone.endsWith(PHONE.slice(1))) throw new Error("The lead lost what was typed.");
  await setTimeout(REST_MS);
};

const rest = async ({ page, count }: BenchPage): Promise<void> => {
  const requests = () => page.evaluate(() => performance.getEntriesByType("resource").length);
  for (let last = -1, cpu = -1; ;) {
    const now = await requests();
    const { cpu: taken } = await count();
    // To ask costs some milliseconds, too.
    if (now === last && taken - cpu < REST_MS / 20) return;
    [last, cpu] = [now, taken];
    await setTimeout(REST_MS);
  }
};

/** Over a network, from the address to the lead, as a visitor who begins to type at once. */
export const visitOver = async (
  browser: Browser,
  server: BenchServer,
  subject: Subject,
  network: Network,
): Promise<Values> => {
  const isAlone = subject === "page alone";
  const address = await server.addressOf(subject);
  const opened = await openPage(browser, server.origin, network);
  await opened.open(address, isAlone ? 0 : 1);
  const { visible } = await opened.noted();
  if (isAlone) await rest(opened);
  else {
    await fillIn(opened);
    await send(opened, server);
  }
  const { lcp, shift, longTasks, requests } = await opened.noted();
  await opened.close();
  const inline = server.sizeOf(address) - server.sizeOf(await server.addressOf("page alone"));
  const early = requests.filter(({ end }) => end <= visible);
  const sum = (all: typeof requests) => all.reduce((total, { bytes }) => total + bytes, inline);
  return {
    visible,
    lcp,
    shift,
    longTasks: longTasks.length,
    longTaskMs: longTasks.reduce((total, ms) => total + ms, 0),
    requestsFirst: early.length,
    requestsSent: requests.length,
    bytesFirst: sum(early),
    bytesSent: sum(requests),
  };
};

/** Without a slow network, step by step: what each costs the main thread. */
export const workOf = async (
  browser: Browser,
  server: BenchServer,
  subject: Subject,
): Promise<Values> => {
  const isAlone = subject === "page alone";
  const address = await server.addressOf(subject);
  const opened = await openPage(browser, server.origin);
  const { page, count, cost, collectGarbage } = opened;
  await page.tracing.start({ categories: TRACED });
  const load = await cost(async () => {
    await opened.open(address, isAlone ? 0 : 1);
    await rest(opened);
  });
  if (!isAlone) await fillIn(opened);
  await collectGarbage();
  const { heap } = await count();
  if (!isAlone) await send(opened, server);
  const trace = readTrace(await page.tracing.stop());
  await opened.close();
  return { load, heap, ...trace };
};

/**
 * A key in the phone field, with what it has the form do later. No trace is kept: scripts pay most of its price. Nor
 * is the processor slowed down: the browser plays that by spinning, and spins for what other programs take, too.
 */
export const keysOf = async (
  browser: Browser,
  server: BenchServer,
  subject: Subject,
): Promise<Values> => {
  const opened = await openPage(browser, server.origin);
  const { page, cdp, count } = opened;
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  await opened.open(await server.addressOf(subject), 1);
  await rest(opened);
  await type(opened, "name", NAME);
  // The focus and the first key belong to the field, not to typing; so does the proof of work, which they begin.
  await type(opened, "phone", PHONE.slice(0, 1));
  const keys = PHONE.slice(1);
  const costs: number[] = [];
  while (costs.length < NUMBERS) {
    await rest(opened);
    const { cpu } = await count();
    await page.keyboard.type(keys, { delay: KEY_MS });
    await setTimeout(PUT_OFF_MS);
    costs.push(((await count()).cpu - cpu) / keys.length);
    for (let left = keys.length; left > 0; left--) await page.keyboard.press("Backspace");
  }
  await opened.close();
  return { key: summary(costs).p50 };
};

/** Many forms on one page, without a slow network. */
export const manyOf = async (
  browser: Browser,
  server: BenchServer,
  subject: Subject,
  forms: number,
): Promise<Values> => {
  const address = await server.addressOf(subject, forms);
  const opened = await openPage(browser, server.origin);
  const cost = await opened.cost(async () => {
    await opened.open(address, forms);
    await rest(opened);
  });
  const { visible } = await opened.noted();
  await opened.collectGarbage();
  const { heap, nodes } = await opened.count();
  await opened.close();
  return { visible, cost, heap, nodes };
};
