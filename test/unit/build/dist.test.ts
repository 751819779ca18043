/** What the build ships: its size, and what must never be inside. Needs `npm run build`. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { Script } from "node:vm";
import { describe, test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import packageJson from "../../../package.json" with { type: "json" };
import { pageOf, type Subject } from "../../bench/widget-pages.ts";
import { isScript, measure, readSizes } from "../../../widget/scripts/sizes.ts";

const WIDGET = "dist/widget";
const integrity: unknown = JSON.parse(readFileSync(join(WIDGET, "integrity.json"), "utf8"));

/**
 * Bytes by which a size may differ from the record. The order of two imports alone moves it by that much,
 * and a clean-up must not be red.
 */
const TOLERANCE = 64;

/** The Worker is no page's to wait for: a hundredth, so that a change of a few lines needs no record. */
const toleranceOf = (name: string, bytes: number): number =>
  isScript(name) ? TOLERANCE : bytes / 100;

/**
 * The limit of `lead-form.js` is 12 KiB. A first flight of TCP is ten segments, about 14 kB (RFC 6928), and
 * some networks in Russia cut a connection after 16 KB; headers and the TLS handshake take the rest. Those of the
 * Worker keep its start short: an isolate reads all of it before its first answer.
 */
describe("the size of", () => {
  for (const [name, { bytes, limit }] of Object.entries(readSizes()))
    test(`${name} is within its limit, and what test/sizes.json says`, () => {
      const actual = measure(name);
      assert.ok(
        actual <= limit,
        `${name} is ${actual} bytes, its limit ${limit}: remove work, or load it later as an extra`,
      );
      assert.ok(
        Math.abs(actual - bytes) <= toleranceOf(name, bytes),
        `${name} is ${actual} bytes, test/sizes.json says ${bytes}: if that is meant, run npm run generate`,
      );
    });
});

/** Bytes (brotli) of all that a visit loads until it has sent. */
const UNTIL_SENT = 22_000;

/** By its name alone a build may be so much larger or smaller. */
const BY_CHANCE = 50;

/** No asset is larger: one flight of TCP. */
const ONE_FLIGHT = 14_000;

/** Bytes (brotli) of a page with a form beyond those of the page alone. */
const markupOf = async (subject: Subject): Promise<number> => {
  const [alone = 0, whole = 0] = await Promise.all(
    (["page alone", subject] as const).map(
      async (each) => brotliCompressSync(await pageOf(each, "https://leads.example.com")).length,
    ),
  );
  return whole - alone;
};

describe("a visit", () => {
  test("loads the script and one part until it has sent, which this table shows", async (t) => {
    const sizes = Object.entries(readSizes());
    for (const [name, { limit, when }] of sizes)
      t.diagnostic(`${name.padEnd(25)} ${String(measure(name)).padStart(6)} of ${limit}: ${when}`);
    const total = measure("lead-form.js") + measure("lead-form-phone.js");
    t.diagnostic(`until sent ${total} of ${UNTIL_SENT}`);
    const fast = total + (await markupOf("fast snippet"));
    t.diagnostic(`with the markup of a fast snippet ${fast} of ${UNTIL_SENT}`);
    assert.ok(fast <= UNTIL_SENT + BY_CHANCE, String(fast));
    for (const [name] of sizes)
      if (isScript(name) && name !== "lead-form.full.js")
        assert.ok(measure(name) < ONE_FLIGHT, name);
  });
});

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile());

describe("what a browser gets", () => {
  const scripts = filesOf(WIDGET).filter((file) => file.endsWith(".js"));
  const forbidden: [string, RegExp][] = [
    ["zod", /ZodError|\bzod\b|invalid_type/i],
    [
      "the name of a secret",
      /API_KEY|BRAINYSOFT_|SAKNEEN_|LEDGER_KEYS|OPERATOR_TOKEN|bsauth|api-key/,
    ],
    ["the address of a vendor", /sakneen\.com|brainysoft\.(?:ru|kz)|external\/apis|main\/leads/i],
    ["a character beyond ASCII", /[^\0-\x7F]/],
    ["a reading of its own address", /currentScript|import\.meta/],
    ["a map that is not there", /sourceMappingURL/],
    ["a text node between two tags, of which each form would have twenty", />\s+<[a-z/]/],
    // It would die of a page that has added to Object.prototype.
    ["a namespace made by a loop", /Symbol\.toStringTag/],
  ];
  for (const [what, pattern] of forbidden)
    test(`holds no trace of ${what}`, () => {
      for (const file of scripts) assert.doesNotMatch(readFileSync(file, "utf8"), pattern, file);
    });

  test("is valid as a classic script too, and leaks no name", () => {
    for (const name of ["lead-form.js", "lead-form.full.js"]) {
      const text = readFileSync(join(WIDGET, name), "utf8");
      // The parser of classic scripts refuses import and export; the wrapper is one expression.
      assert.doesNotThrow(() => new Script(text), name);
      assert.match(text, /^;\(function\([\w$]+\)\{[^]*\}\)\(`http:\/\/localhost:8787`\);$/, name);
    }
  });

  test("names its origin at its end alone, where a server may replace it", () => {
    for (const file of filesOf("dist/worker/public").filter((each) =>
      /lead-form[^/]*\.js$/.test(each),
    ))
      assert.equal(
        readFileSync(file, "utf8").split("http://localhost:8787").length - 1,
        /lead-form(?:\.full)?\.js$/.test(file) ? 1 : 0,
        file,
      );
  });
});

describe("the hashes for script tags", () => {
  const pinned = Object.entries(integrity as Record<string, { url: string; integrity: string }>);

  test("are those of both files", () => {
    assert.deepEqual(
      pinned.map(([name]) => name),
      ["lead-form.js", "lead-form.full.js"],
    );
    for (const [name, { integrity: said }] of pinned) {
      const hash = createHash("sha384").update(readFileSync(join(WIDGET, name)));
      assert.equal(said, `sha384-${hash.digest("base64")}`, name);
    }
  });

  test("stand beside an address under which the file never changes, and where it is", () => {
    for (const [name, { url }] of pinned) {
      const { pathname } = new URL(url);
      assert.equal(pathname, `/v/${packageJson.version}/${name}`);
      const served = readFileSync(join("dist/worker/public", pathname));
      assert.ok(served.equals(readFileSync(join(WIDGET, name))), name);
    }
  });
});

describe("the build", () => {
  test("holds no secret and no path of this machine", () => {
    for (const file of filesOf("dist")) {
      const text = readFileSync(file, "utf8");
      assert.ok(!text.includes(process.cwd()), `${file} holds the path of this checkout`);
      assert.doesNotMatch(file, /\.dev\.vars|\.env/);
    }
  });

  test("runs with a compatibility date that honours the port of Brainysoft's address", () => {
    const { compatibility_date } = JSON.parse(readFileSync("dist/worker/wrangler.json", "utf8"));
    assert.ok(compatibility_date >= "2024-09-02", compatibility_date);
  });
});
