/**
 * The built scripts beside what pages have in their globals: module loaders, libraries that replace what
 * is native, names that hide parts of the document, combiners, and other copies of the script. The full
 * one above all; test/hosts has pages for the other.
 */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import puppeteer from "puppeteer-core";
import type { Browser } from "puppeteer-core";
import packageJson from "../../package.json" with { type: "json" };
import { chrome } from "../browser.ts";
import { servePage } from "./static-page.ts";

let browser: Browser;
before(async () => {
  browser = await puppeteer.launch(await chrome());
});
after(() => browser.close());

const script = (name: string) => readFile(`dist/widget/${name}`, "utf8");

const MONA = { name: "Mona Adel", phone: "01012345678" };
const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

/** Opens a page, sends a lead from its first form, and looks at what arrived and at what went wrong. */
const visit = async (
  html: string,
  files: Readonly<Record<string, string>> = {},
  look: () => unknown = () => null,
) => {
  const site = await servePage(async (name) => (name === "index.html" ? html : files[name]));
  // Each site has a port, and with it an origin of its own.
  const page = await browser.newPage();
  try {
    page.setDefaultTimeout(10_000);
    const errors: unknown[] = [];
    page.on("pageerror", (error) => errors.push(error));
    await page.goto(site.url);
    await page.$$eval(
      "lead-form",
      (forms, endpoint) => {
        for (const form of forms) form.setAttribute("endpoint", endpoint);
      },
      site.url,
    );
    for (const [name, value] of Object.entries(MONA)) {
      const input = await page.waitForSelector(`lead-form >>> input[name=${name}]`);
      await input?.type(value);
    }
    const button = await page.waitForSelector("lead-form >>> [part~=submit]");
    await button?.click();
    await page.waitForSelector("lead-form[status=accepted]").catch((error: unknown) => {
      throw new AggregateError([error, ...errors], "No lead was sent.");
    });
    assert.deepEqual(errors, []);
    assert.equal(site.posts.length, 1);
    const { id = "", stamp, ...lead } = site.posts[0] ?? {};
    assert.match(id, UUID);
    return { lead, stamp, seen: await page.evaluate(look) };
  } finally {
    await page.close();
    await site.close();
  }
};

const FORM = `<lead-form target="sakneen" country="EG"></lead-form>`;

const SENT = {
  ...MONA,
  target: "sakneen",
  country: "EG",
  lang: "en",
};

const PAGES: readonly [what: string, head: string, body?: string][] = [
  [
    "module loaders",
    `<script>
      const fail = () => { throw new Error("called") };
      window.define = Object.assign(fail, { amd: {} });
      window.require = fail;
      window.module = { exports: {} };
      window.exports = module.exports;
    </script>`,
  ],
  [
    "Prototype.js 1.6",
    `<script>
      window.$A = (iterable) => {
        if (!iterable) return [];
        if (iterable.toArray) return iterable.toArray();
        let length = iterable.length || 0;
        const results = new Array(length);
        while (length--) results[length] = iterable[length];
        return results;
      };
      Array.from = $A;
      Array.prototype.toJSON = function () { return "[" + this.join(", ") + "]" };
      Array.prototype.toArray = Array.prototype.entries = function () { return [].concat(this) };
      Array.prototype.find = Array.prototype.detect = function (test) { for (let i = 0; i < this.length; i++) if (test(this[i], i)) return this[i] };
      Array.prototype.reduce = function () { return this.length > 1 ? this : this[0] };
      String.prototype.toJSON = function () { return '"' + this + '"' };
      const apply = Function.prototype.apply;
      Function.prototype.bind = function () {
        if (arguments.length < 2 && arguments[0] === undefined) return this;
        const method = this, args = $A(arguments), object = args.shift();
        return function () { return method.apply(object, args.concat($A(arguments))) };
      };
      window.Element = function (tag) { return document.createElement(tag) };
    </script>`,
  ],
  [
    "MooTools",
    `<script>
      Array.from = (item) => item == null ? [] : typeof item === "object" && "length" in item && typeof item !== "string" ? Array.prototype.slice.call(item) : [item];
      Function.prototype.bind = function (bind) {
        const self = this, args = arguments.length > 1 ? Array.prototype.slice.call(arguments, 1) : null;
        return function () { return self.apply(bind, args ? args.concat(Array.prototype.slice.call(arguments)) : arguments) };
      };
      Object.prototype.foo = "enumerable";
      Array.prototype.each = Array.prototype.forEach;
      String.prototype.contains = String.prototype.includes;
      window.Event = function () {};
    </script>`,
  ],
  [
    "enumerable additions to what everything inherits",
    `<script>Object.prototype.foo = "x"; Object.prototype.bar = () => "x"; Array.prototype.last = () => 1; Function.prototype.extra = 1; String.prototype.more = 1</script>`,
  ],
  [
    "names that hide parts of the document",
    "",
    `<img name="currentScript" src="data:,"><img name="body"><img name="head"><img name="activeElement">
     <form id="customElements"></form><form id="trustedTypes"></form><a id="URL"></a><a id="ENDPOINT"></a>
     <form name="documentElement"><input name="baseURI"><input name="elements"></form>`,
  ],
];

const expectLead = async (name: string, head: string, body: string): Promise<void> => {
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8">${head}</head><body>${body}
    <script src="/script.js"></script>${FORM}</body></html>`;
  const { lead } = await visit(html, { "script.js": await script(name) });
  const { page: _, ...sent } = lead;
  assert.deepEqual(sent, SENT);
};

describe("lead-form.full.js shows the form and posts the right fields beside", () => {
  for (const [what, head, body = ""] of PAGES)
    test(what, () => expectLead("lead-form.full.js", head, body));
});

test("lead-form.js does so beside all of them at once", async () => {
  const all = PAGES.map(([, head]) => head).join("\n");
  const bodies = PAGES.map(([, , body = ""]) => body).join("\n");
  await expectLead("lead-form.js", all, bodies);
});

test("in a combined file it harms neither what is before it nor what is after", async () => {
  const before = `window.early = (function () { return "early" })`;
  const after = `(function () { window.late = "late" })()`;
  const combined = [before, await script("lead-form.full.js"), after].join("");
  const html = `<!doctype html><html lang="en"><script src="/all.js" defer></script>${FORM}`;
  const { seen } = await visit(html, { "all.js": combined }, () => [
    typeof Reflect.get(window, "early"),
    Reflect.get(window, "late"),
  ]);
  assert.deepEqual(seen, ["function", "late"]);
});

test("two versions on one page, in both orders: the first serves, the second does no harm", async () => {
  const own = await script("lead-form.js");
  const other = own.replaceAll(packageJson.version, "9.9.9");
  assert.notEqual(own, other);
  const html = `<!doctype html><html lang="en"><script src="/1.js"></script><script src="/2.js"></script>
    <script src="/2.js" type="module"></script><script src="/1.js" async></script>${FORM}`;
  for (const [one, two, version] of [
    [own, other, packageJson.version],
    [other, own, "9.9.9"],
  ] as const) {
    const { seen } = await visit(html, { "1.js": one, "2.js": two }, () =>
      Reflect.get(customElements.get("lead-form") ?? {}, "version"),
    );
    assert.equal(seen, version);
  }
});
