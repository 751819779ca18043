/**
 * Journeys over networks that cut a connection after 16 KiB, or after 12: page, script, phone
 * rules and lead all come through the relay. On Node, since it is the host for where such networks are,
 * and since `wrangler dev` compresses anew, which neither Cloudflare nor Node does.
 *
 * Chromium keeps connections with and without credentials apart. A classic script without `crossorigin`
 * comes with them; a module script, what is imported and our POST come without, and share theirs.
 */
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { startJourney, until } from "./harness.ts";
import type { FormPage, Journey } from "./harness.ts";
import { Relay } from "./relay.ts";
import type { Connection } from "./relay.ts";

const CLASSIC = (endpoint: string) => `<script src="${endpoint}/lead-form.js" async></script>`;
const MODULE = (endpoint: string) =>
  `<script src="${endpoint}/lead-form.js" type="module"></script>`;
/** As the WordPress plugin and others do who host the script with the page. */
const OWN = () => `<script src="/lead-form.js" async></script>`;

/** What the README shows for pages that must work without the script. */
const plainForm = (endpoint: string) => `<form method="post" action="${endpoint}/v1/leads">
  <input type="hidden" name="target" value="sakneen">
  <label>Name <input name="name"></label> <label>Phone <input name="phone"></label>
  <button>Send</button></form>`;

let tag = CLASSIC;
let journey: Journey;
let pageRelay: Relay;
let relay: Relay;
before(async () => {
  const relays: Relay[] = [];
  journey = await startJourney({
    runtime: "node",
    script: (endpoint) => tag(endpoint),
    children: plainForm,
    reach: async (origin) => {
      const made = await Relay.start(origin);
      relays.push(made);
      return made.url;
    },
  });
  [pageRelay, relay] = relays as [Relay, Relay];
});
after(async () => {
  await journey.close();
  await pageRelay.close();
  await relay.close();
});

let form: FormPage | undefined;
afterEach(() => form?.close());
beforeEach(() => {
  journey.vendors.sakneen.clear();
  form = undefined;
  tag = CLASSIC;
  relay.cut = "reset";
  relay.connections = [];
});

const cutAt = (limit: number): void => {
  pageRelay.limit = relay.limit = limit;
};

const MONA = { name: "Mona Adel", phone: "01012345678" };
const FORM = { target: "sakneen", country: "EG" };

const send = async (attributes: Readonly<Record<string, string>> = FORM): Promise<FormPage> => {
  form = await journey.open(attributes);
  await form.type(MONA);
  await form.submit();
  await form.enters("accepted");
  assert.deepEqual(phones(), ["+201012345678"]);
  return form;
};

const phones = () => journey.vendors.sakneen.leads().map(({ body }) => body["phoneNumber"]);

const on = (line: string): Connection[] =>
  relay.connections.filter(({ requests }) => requests.includes(line));

const SCRIPT = "GET /lead-form.js";
const POST = "POST /v1/leads";

test("16 KiB carry all of it, and the lead does not share the script's connection", async () => {
  cutAt(16_384);
  await send();
  const [script, ...others] = on(SCRIPT);
  assert.equal(others.length, 0);
  assert.deepEqual([script?.requests, script?.cut], [[SCRIPT], false]);
  assert.equal(on(POST).at(-1)?.cut, false);
});

for (const cut of ["reset", "silence"] as const)
  test(`a module script, which shares its connection, gets the lead through 16 KiB too, cut by ${cut}`, async () => {
    cutAt(16_384);
    tag = MODULE;
    relay.cut = cut;
    await send();
    const [script] = on(SCRIPT);
    const asked = script?.requests.slice(1) ?? [];
    // Whatever came after the script on its connection did not fit.
    assert.equal(script?.cut, asked.length > 0);
    assert.equal(on(POST).at(-1)?.cut, false);
  });

test("an answer that is cut off is asked for again on another connection, with the same id", async () => {
  cutAt(16_384);
  relay.cutNextPost(100);
  await send({ ...FORM, target: "stored" });
  const posts = on(POST);
  assert.equal(posts.length, 2);
  assert.equal(posts.filter(({ cut }) => cut).length, 1);
  // Known by its id, the lead is not handed on a second time.
  assert.equal(journey.vendors.sakneen.requests().length, 1);
});

/** Types into the form of a page that got no script, and sends it as a browser does. */
const sendPlain = async (address: string, form = "form"): Promise<void> => {
  const context = await journey.browser.createBrowserContext();
  try {
    const page = await context.newPage();
    await page.goto(address);
    await until(() => relay.connections.some(({ cut }) => cut));
    for (const [name, value] of Object.entries(MONA))
      await page.type(`${form} [name=${name}]`, value);
    await Promise.all([page.waitForNavigation(), page.click(`${form} button`)]);
    assert.equal(new URL(page.url()).pathname, "/f/sakneen/thanks");
    assert.match(await page.$eval("h1", (heading) => heading.textContent), /Thank you/);
    assert.deepEqual(phones(), ["+201012345678"]);
  } finally {
    await context.close();
  }
};

test("8 KiB are too few for the script: the form inside the element carries the lead", async () => {
  cutAt(8192);
  await sendPlain(`${journey.origin}/?${new URLSearchParams(FORM)}`);
  assert.equal(on(SCRIPT)[0]?.cut, true);
});

// Page and script have one origin, and so one connection: both together are more than fits.
test("the hosted page carries the lead through 16 KiB, without its script", async () => {
  cutAt(16_384);
  // The printed form: a page that runs scripts shows no plain one.
  await sendPlain(`${relay.url}/f/sakneen?lang=en`, "lead-form >>> form");
});

test("12 KiB are enough where the page hosts the script", async () => {
  cutAt(12_288);
  pageRelay.limit = Infinity;
  tag = OWN;
  await send();
  assert.deepEqual(on(SCRIPT), []);
  assert.equal(on(POST).at(-1)?.cut, false);
});

test("a lead goes to the fallback endpoint when the first cannot be reached", async () => {
  cutAt(16_384);
  const nowhere = await Relay.start(journey.worker.url);
  const endpoint = nowhere.url;
  await nowhere.close();
  const sent = await send({ ...FORM, endpoint, "fallback-endpoint": relay.url });
  assert.equal(on(POST).length, 1);
  assert.equal(await sent.page.$eval("lead-form", (element) => element.receipt?.status), "created");
});
