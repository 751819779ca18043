/**
 * One build on two hosts, told apart by PUBLIC_URL alone: what is printed for either is pasted into a page, and brings
 * its leads to the vendor by way of that host and no other. In both runtimes.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, test } from "node:test";
import puppeteer from "puppeteer-core";
import type { Browser } from "puppeteer-core";
import type { Running } from "../../demo/run/child.ts";
import { freePort } from "../../demo/run/free-port.ts";
import { DEMO_SECRETS, startVendors } from "../../demo/vendors/server.ts";
import type { Vendors } from "../../demo/vendors/server.ts";
import { chrome } from "../browser.ts";
import { startServer } from "../proxy/harness.ts";
import type { Runtime } from "../proxy/harness.ts";
import { FormPage } from "./harness.ts";

let vendors: Vendors;
let site: Server;
let browser: Browser;
let markup = "";
before(async () => {
  vendors = await startVendors();
  site = createServer((request, response) => {
    const head =
      '<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,">';
    response.writeHead(200, { "content-type": "text/html" }).end(head + markup);
  });
  await new Promise<void>((done) => site.listen(0, "127.0.0.1", done));
  browser = await puppeteer.launch(await chrome());
});
after(async () => {
  await browser.close();
  await vendors.close();
  site.closeAllConnections();
  await new Promise((closed) => site.close(closed));
});

const pageOrigin = (): string => `http://127.0.0.1:${(site.address() as AddressInfo).port}`;

const targets = (): string =>
  JSON.stringify({
    tower: {
      vendor: "sakneen",
      baseUrl: vendors.sakneen.baseUrl,
      credential: "SAKNEEN",
      country: "EG",
      origins: [pageOrigin()],
      storage: "none",
    },
  });

interface Host {
  /** As browsers reach it: another name than the server knows itself by when it listens. */
  origin: string;
  server: Running;
}

const startHost = async (runtime: Runtime): Promise<Host> => {
  const port = await freePort();
  const origin = `http://leads.localhost:${port}`;
  const server = await startServer(runtime, {
    port,
    vars: { PUBLIC_URL: origin, TARGETS: targets() },
    secrets: { SAKNEEN_API_KEY: DEMO_SECRETS.SAKNEEN_API_KEY },
  });
  return { origin, server };
};

const printed = (origin: string, ...args: string[]): string => {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ["proxy/scripts/snippet.ts", "--target", "tower", ...args],
    {
      env: { ...process.env, PUBLIC_URL: origin, TARGETS: targets() },
      encoding: "utf8",
      timeout: 30_000,
    },
  );
  assert.equal(status, 0, stderr);
  return stdout;
};

/** Each with a number of its own: the vendor refuses one that it has. */
let sent = 0;

/** Opens a page with this markup and sends a lead. @returns the origins that were asked for anything, but for the page's */
const send = async ({ origin }: Host, snippet: string, name: string): Promise<string[]> => {
  markup = snippet;
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const asked = new Set<string>();
  page.on("request", (request) => asked.add(new URL(request.url()).origin));
  const form = new FormPage(page, context, `${origin}/v1/leads`);
  await page.goto(`${pageOrigin()}/`);
  await form.enters("idle");
  await form.type({ name, phone: `0101234${String(1000 + sent++)}` });
  // Read by the part that knows phones: it came from the same host.
  await page.waitForSelector("lead-form >>> #h-phone");
  await form.submit();
  await form.enters("accepted");
  await context.close();
  return [...asked].filter((each) => each !== pageOrigin() && each !== "null");
};

for (const runtime of ["workerd", "node"] as const)
  describe(`one build on two hosts in ${runtime}`, () => {
    const hosts: Host[] = [];
    before(async () => {
      for (let host = 0; host < 2; host++) hosts.push(await startHost(runtime));
    });
    after(async () => {
      for (const { server } of hosts) await server.close();
    });

    for (const [what, ...args] of [
      ["the snippet"],
      ["the fast snippet", "--fast"],
      ["the fast snippet, pinned,", "--fast", "--pinned"],
    ] as const)
      test(`${what} of either brings a lead to the vendor`, async () => {
        for (const [index, host] of hosts.entries()) {
          const snippet = printed(host.origin, ...args);
          assert.equal(snippet.includes("integrity="), args.includes("--pinned" as never));
          const name = `Mona ${runtime} ${index}${args.join("")}`;
          assert.deepEqual(await send(host, snippet, name), [host.origin]);
          assert.ok(vendors.sakneen.leads().some((lead) => JSON.stringify(lead).includes(name)));
        }
      });

    test("a hash of one host is not that of the other: a page cannot take one for the other", async () => {
      const [first, second] = hosts.map(
        ({ origin }) => /sha384-[^"]+/.exec(printed(origin, "--pinned"))?.[0],
      );
      assert.ok(first && second && first !== second);
    });

    test("the hosted page of either names its own address alone", async () => {
      for (const { origin } of hosts) {
        const page = await browser.newPage();
        await page.goto(`${origin}/f/tower?lang=en`);
        await page.waitForSelector("lead-form[status=idle]");
        assert.equal(await page.$("[role=alert]"), null);
        await page.close();
      }
    });

    test("a page that names the host by the attribute works with a script from elsewhere", async () => {
      const [host, other] = hosts as [Host, Host];
      const attributes = 'target="tower" country="EG"';
      const snippet = `<script src="${other.origin}/lead-form.js" async></script><lead-form ${attributes} endpoint="${host.origin}"></lead-form>`;
      const name = `Mona ${runtime} elsewhere`;
      assert.deepEqual(
        (await send(host, snippet, name)).toSorted(),
        [host.origin, other.origin].toSorted(),
      );
    });
  });
