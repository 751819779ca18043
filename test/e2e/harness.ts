/**
 * Owns a whole journey: a browser on a customer's page, the built script and Worker, both vendors
 * simulated. Must not let two of them share an origin.
 */
import { EventEmitter, once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { Server } from "node:http";
import { setTimeout } from "node:timers/promises";
import puppeteer from "puppeteer-core";
import type { Browser, BrowserContext, HTTPResponse, Page } from "puppeteer-core";
import { startVendors } from "../../demo/vendors/server.ts";
import type { Vendors, VendorSecrets } from "../../demo/vendors/server.ts";
import type { Running } from "../../demo/run/child.ts";
import { freePort } from "../../demo/run/free-port.ts";
import { NINE_FIELDS } from "../own-fields.ts";
import { chrome } from "../browser.ts";
import { startServer } from "../proxy/harness.ts";
import type { Runtime } from "../proxy/harness.ts";

/** Planted credentials: a test looks for them where none may be. */
export const CANARIES: VendorSecrets = {
  SAKNEEN_API_KEY: "canary-sakneen-key-1f0c",
  BRAINYSOFT_TOKEN: "canary-brainysoft-token-77aa",
  BRAINYSOFT_CLIENT_ID: "canary-client-id-9b21",
  BRAINYSOFT_CLIENT_SECRET: "canary-client-secret-4de8",
};

const LEDGER_KEYS = JSON.stringify({ k1: Buffer.alloc(32, 1).toString("base64") });

/** Milliseconds until a wait is given up: longer than two retries take, shorter than a test may. */
const PATIENCE = 20_000;

/** Milliseconds between two checks of what has no event. */
const LOOK_EVERY = 20;

/** Resolves when a condition holds; the test's own time-out ends a wait for nothing. */
export const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await setTimeout(LOOK_EVERY);
};

export type Attributes = Readonly<Record<string, string>>;

/** One request of the form and what came back. */
export interface Posted {
  body: Readonly<Record<string, string>>;
  status: number;
  answer: unknown;
  text: string;
}

/** A page with a form, handled as a visitor does it: by labels' controls, a button, what is shown. */
export class FormPage {
  readonly page: Page;
  readonly posts: Posted[] = [];
  readonly #context: BrowserContext;
  readonly #leadsUrl: string;
  readonly #noted = new EventEmitter();

  constructor(page: Page, context: BrowserContext, leadsUrl: string) {
    this.page = page;
    this.#context = context;
    this.#leadsUrl = leadsUrl;
    page.on("response", (response) => void this.#note(response));
  }

  async #note(response: HTTPResponse): Promise<void> {
    const request = response.request();
    if (response.url() !== this.#leadsUrl || request.method() !== "POST") return;
    const text = await response.text();
    this.posts.push({
      body: Object.fromEntries(new URLSearchParams(await request.fetchPostData())),
      status: response.status(),
      answer: JSON.parse(text),
      text,
    });
    this.#noted.emit("post");
  }

  async type(values: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, value] of Object.entries(values)) {
      const input = await this.page.waitForSelector(`lead-form >>> input[name="${name}"]`);
      await input?.type(value);
    }
  }

  /** Clicks the button; the outcome is waited for with `shows` or `enters`. */
  async submit(): Promise<void> {
    const button = await this.page.waitForSelector("lead-form >>> [part~=submit]");
    await button?.click();
  }

  /** Waits until the reflected status is this. */
  async enters(status: string): Promise<void> {
    await this.page.waitForSelector(`lead-form[status="${status}"]`);
  }

  /** Waits until a part is drawn, and reads it. */
  async shows(part: string): Promise<string> {
    const shown = await this.page.waitForSelector(`lead-form >>> [part~="${part}"]`);
    return (await shown?.evaluate((element) => element.textContent ?? ""))?.trim() ?? "";
  }

  /** What assistive technology reads about a field: its description, in its language. */
  async describes(name: string): Promise<{ text: string; invalid: string | null; lang: string }> {
    const input = await this.page.waitForSelector(
      `lead-form >>> input[name="${name}"][aria-describedby]`,
    );
    if (!input) throw new Error(`The field ${name} has no description.`);
    return input.evaluate((element) => {
      const root = element.getRootNode();
      const ids = element.getAttribute("aria-describedby")?.split(" ") ?? [];
      const find = (id: string) =>
        root instanceof ShadowRoot ? root.getElementById(id)?.textContent : undefined;
      return {
        text: ids.map((id) => find(id)?.trim() ?? "").join(" "),
        invalid: element.getAttribute("aria-invalid"),
        lang: element.closest("[lang]")?.getAttribute("lang") ?? "",
      };
    });
  }

  async values(): Promise<Readonly<Record<string, string>>> {
    return this.page.$eval("lead-form", (element) =>
      "values" in element ? { ...Object(element.values) } : {},
    );
  }

  /** Waits until that many answers came, those of retries included. */
  async answers(count: number): Promise<readonly Posted[]> {
    while (this.posts.length < count) await once(this.#noted, "post");
    return this.posts;
  }

  close(): Promise<void> {
    return this.#context.close();
  }
}

export interface Journey {
  vendors: Vendors;
  worker: Running;
  /** The customer's page. */
  origin: string;
  /** Opens a page with one form in a browser profile of its own. */
  open: (attributes: Attributes, pageLang?: string) => Promise<FormPage>;
  browser: Browser;
  close: () => Promise<void>;
}

const escape = (text: string): string => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");

export interface JourneyOptions {
  runtime?: Runtime;
  /** The way from the browser to a server: the origin to use instead of the server's own. */
  reach?: (origin: string) => Promise<string>;
  /** The tag that brings the script. */
  script?: (endpoint: string) => string;
  /** What stands inside the element before and without the script. */
  children?: (endpoint: string) => string;
}

/** The build under test bakes another port in than the one it is served at. */
export const partsFrom = (origin: string): string =>
  `<script>customElements.whenDefined("lead-form").then((form) => (form.partsOrigin = "${origin}"))</script>`;

const scriptTag = (endpoint: string): string =>
  `<script src="${endpoint}/lead-form.js" async></script>`;

/** The page's own address says which attributes its form has. */
const customerPage = (
  url: URL,
  endpoint: string,
  { script = scriptTag, children = () => "" }: JourneyOptions,
): string => {
  const { lang = "en", ...attributes } = Object.fromEntries(url.searchParams);
  const written = Object.entries({ endpoint, ...attributes })
    .map(([name, value]) => `${name}="${escape(value)}"`)
    .join(" ");
  return `<!doctype html><html lang="${escape(lang)}"><head><meta charset="utf-8"><title>Customer</title>
<link rel="icon" href="data:,">${script(endpoint)}${partsFrom(endpoint)}</head>
<body><lead-form ${written}>${children(endpoint)}</lead-form></body></html>`;
};

const listen = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("The page has no port.");
  return address.port;
};

/** All suites of a process post from one address, and most of them one number. */
const limits = { perAddressPerMinute: 10_000, perTargetPerMinute: 10_000, perPhonePerDay: 1000 };

export const targetsFor = ({ sakneen, brainysoft }: Vendors, origins: readonly string[]) => ({
  sakneen: {
    vendor: "sakneen",
    baseUrl: sakneen.baseUrl,
    country: "EG",
    origins,
    projects: ["Downtown Tower", "Palm Hills"],
    storage: "none",
    limits,
  },
  brainysoft: {
    vendor: "brainysoft",
    baseUrl: brainysoft.baseUrl,
    country: "RU",
    origins,
    storage: "none",
    limits,
    extra: { channel: "LOAN_APPLICATION" },
  },
});

export const startJourney = async (options: JourneyOptions = {}): Promise<Journey> => {
  const { runtime = "workerd", reach = async (url) => url } = options;
  let endpoint = "";
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    // For a page that hosts the script itself.
    if (url.pathname === "/lead-form.js")
      return void response
        .writeHead(200, { "content-type": "text/javascript" })
        .end(readFileSync("dist/widget/lead-form.js"));
    response
      .writeHead(url.pathname === "/" ? 200 : 404, { "content-type": "text/html" })
      .end(url.pathname === "/" ? customerPage(url, endpoint, options) : "");
  });
  // Another host than the Worker's, so that the two are different sites.
  const origin = await reach(`http://localhost:${await listen(server)}`);
  const vendors = await startVendors({ secrets: CANARIES });
  const { SAKNEEN_API_KEY, BRAINYSOFT_TOKEN } = CANARIES;
  const targets = targetsFor(vendors, [origin]);
  // With the ledger, which knows a lead that comes a second time.
  const stored = { ...targets.sakneen, storage: "ledger", credential: "SAKNEEN" };
  const { projects: _, ...others } = targets.sakneen;
  const nine = { ...others, fields: NINE_FIELDS };
  // The hosted page is opened where the browser reaches it: that is its own origin.
  const port = await freePort();
  endpoint = await reach(`http://127.0.0.1:${port}`);
  const [worker, browser] = await Promise.all([
    startServer(runtime, {
      port,
      vars: { PUBLIC_URL: endpoint, TARGETS: JSON.stringify({ ...targets, stored, nine }) },
      secrets: { SAKNEEN_API_KEY, BRAINYSOFT_TOKEN, LEDGER_KEYS },
    }),
    puppeteer.launch(await chrome()),
  ]);
  return {
    vendors,
    worker,
    origin,
    browser,
    open: async (attributes, pageLang = "en") => {
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE);
      const form = new FormPage(page, context, `${endpoint}/v1/leads`);
      await page.goto(`${origin}/?${new URLSearchParams({ ...attributes, lang: pageLang })}`);
      await form.enters("idle");
      return form;
    },
    close: async () => {
      await browser.close();
      await worker.close();
      await vendors.close();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
};
