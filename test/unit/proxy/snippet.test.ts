/** What an embedder gets to paste for a target. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import packageJson from "../../../package.json" with { type: "json" };
import { readConfig } from "../../../proxy/config/config.ts";
import { factsOf } from "../../../proxy/scripts/known-settings.ts";
import type { Language } from "../../../proxy/shared/contract.ts";
import { fastSnippetFor, snippetFor } from "../../../proxy/shared/snippet.ts";
import { printer } from "../../../widget/print/index.ts";

const ORIGIN = "https://leads.estate.test";
const SAKNEEN = {
  vendor: "sakneen",
  baseUrl: "https://app.sakneen.example",
  origins: ["https://www.estate.test"],
  storage: "none",
};

const factsFrom = (settings: object) => {
  const { targets, faults } = readConfig({
    TARGETS: { tower: { ...SAKNEEN, ...settings } },
    SAKNEEN_API_KEY: "k",
    BRAINYSOFT_TOKEN: "k",
  });
  const target = targets.get("tower");
  assert.ok(target, JSON.stringify(faults));
  return factsOf(target);
};

/** Without the style that keeps its place, which has a test of its own. */
const snippetOf = (settings: object, lang?: Language): string =>
  snippetFor(factsFrom(settings), { origin: ORIGIN, lang }, printer).replace(
    /^<style>[^]*<\/style>\n/,
    "",
  );
/** The form alone, on one line. */
const formOf = (...args: Parameters<typeof snippetOf>): string =>
  snippetOf(...args)
    .replace(/^<script src="https:\/\/leads\.estate\.test\/lead-form\.js" async><\/script>\n/, "")
    .replace(/\s+/g, " ")
    .replace(" >", ">");

describe("the snippet of a target", () => {
  test("is the script and the form, without a default", () => {
    assert.equal(
      snippetOf({}),
      '<script src="https://leads.estate.test/lead-form.js" async></script>\n' +
        '<lead-form target="tower" country="EG"></lead-form>',
    );
  });

  const shown: [what: string, settings: object, expected: string][] = [
    ["its country", { country: "AE" }, '<lead-form target="tower" country="AE"></lead-form>'],
    [
      "its projects, whose select comes by itself",
      { projects: ["Palm Hills", "Tower"], required: ["project"] },
      '<lead-form target="tower" country="EG" projects="Palm Hills, Tower" required="name phone project"></lead-form>',
    ],
    [
      "a project that is typed",
      { required: ["project", "email"] },
      '<lead-form target="tower" country="EG" fields="name phone email project" required="name phone project email"></lead-form>',
    ],
    [
      "a box to be ticked",
      { consent: "required" },
      '<lead-form target="tower" country="EG" consent="checkbox"></lead-form>',
    ],
    [
      "the same box, asked for as a field",
      { required: ["consent"] },
      '<lead-form target="tower" country="EG" consent="checkbox"></lead-form>',
    ],
    [
      "names that mean something in HTML",
      { projects: ["<b>\"A\" & 'B'</b>", "C&amp;D"] },
      `<lead-form target="tower" country="EG" projects='&lt;b>"A" &amp; &#39;B&#39;&lt;/b>, C&amp;amp;D'></lead-form>`,
    ],
  ];
  for (const [what, settings, expected] of shown)
    test(`names ${what}`, () => assert.equal(formOf(settings), expected));

  test("names a language that was asked for, and no other", () => {
    assert.equal(formOf({}, "ar"), '<lead-form target="tower" lang="ar" country="EG"></lead-form>');
  });

  test("is a link where a project's name holds a comma", () => {
    const projects = ["Palm Hills, Phase 2"];
    assert.equal(
      snippetOf({ projects }, "ru"),
      '<a href="https://leads.estate.test/f/tower?lang=ru">Заказать звонок</a>',
    );
  });
});

describe("the place that a snippet keeps", () => {
  const styleOf = (settings: object, lang?: Language): string =>
    /^<style>([^]*)<\/style>\n<script/.exec(
      snippetFor(factsFrom(settings), { origin: ORIGIN, lang }, printer),
    )?.[1] ?? "";

  test("is that of its form, until that is drawn", () => {
    assert.match(
      styleOf({}, "ru"),
      /^lead-form\[target="tower"\]:not\(\[status\]\)\{[^]*"Заказать звонок"/,
    );
    assert.match(styleOf({ consent: "required" }, "en"), /"I agree that you contact me\."/);
    assert.match(
      styleOf({ projects: ["A"] }, "en"),
      /"Project\\2009  \(optional\)|"Project \(optional\)/,
    );
  });

  test("has the texts of every language where the page chooses", () => {
    const style = styleOf({});
    for (const heading of ["Request a call", "اطلب مكالمة", "Заказать звонок"])
      assert.ok(style.includes(`"${heading}"`), heading);
    assert.match(style, /:lang\(ar\)/);
    assert.doesNotMatch(styleOf({}, "ar"), /:lang/);
  });
});

describe("the fast snippet of a target", () => {
  const fastOf = (settings: object, lang?: Language): Promise<string> =>
    fastSnippetFor(factsFrom(settings), { origin: ORIGIN, lang }, printer);

  test("is the script, and the tag with its form inside, in a language that the tag names", async () => {
    assert.match(
      await fastOf({}),
      /^<script src="https:\/\/leads\.estate\.test\/lead-form\.js" async><\/script>\n<lead-form target="tower" lang="en" country="EG"><template shadowrootmode="open"><style>[^\n]*Request a call[^\n]*<\/template><\/lead-form>$/,
    );
    assert.match(await fastOf({}, "ru"), /lang="ru"[^]*Заказать звонок/);
  });

  test("posts to the proxy, as its target asks for it", async () => {
    const markup = await fastOf({ consent: "required", projects: ["<A>", "B"] });
    assert.match(markup, /<form method="post" action="https:\/\/leads\.estate\.test\/v1\/leads"/);
    assert.match(markup, /<input type="hidden" name="target" value="tower">/);
    assert.match(markup, /name="consent" type="checkbox"/);
    assert.match(markup, /<option>&lt;A&gt;<\/option>/);
  });

  test("is a link where a project's name holds a comma", async () => {
    assert.equal(
      await fastOf({ projects: ["A, B"] }, "ru"),
      '<a href="https://leads.estate.test/f/tower?lang=ru">Заказать звонок</a>',
    );
  });

  test("is the same at each time, at most 7 kB, and 2.3 compressed", async () => {
    const settings = { consent: "required", projects: ["A", "B"] };
    const [first, second] = await Promise.all([fastOf(settings), fastOf(settings)]);
    assert.equal(first, second);
    const packed = brotliCompressSync(first).length;
    assert.ok(first.length <= 7000 && packed <= 2300, `${first.length} ${packed}`);
  });

  test("brings the rules of its own language and direction alone", async () => {
    const [english, arabic] = await Promise.all([fastOf({}, "en"), fastOf({}, "ar")]);
    assert.doesNotMatch(english, /\[dir=rtl|:lang\(ar|id\^=h-x/);
    assert.match(arabic, /\[dir=rtl][^]*:lang\(ar\)|:lang\(ar\)[^]*\[dir=rtl]/);
  });
});

describe("a target's own fields", () => {
  const fields = [
    {
      name: "rooms",
      type: "select",
      as: "canary_key",
      label: { en: "Rooms", ar: "عدد الغرف" },
      hint: { en: "How many?", ru: "Сколько?" },
      options: ["1", { value: "3+", label: { en: "3 or more", ar: "3 أو أكثر" } }],
      fallback: "1",
    },
    { name: "unit", type: "hidden", from: "query:unit" },
  ];
  const definitionsOf = (lang?: Language) => {
    const [, json = ""] = /definitions='([^']*)'/.exec(snippetOf({ fields }, lang)) ?? [];
    return JSON.parse(json.replaceAll("&lt;", "<").replaceAll("&amp;", "&")) as {
      version: string;
      fields: unknown[];
    };
  };

  test("stand in its form, and what they are in every language", () => {
    assert.match(formOf({ fields }), /fields="name phone email rooms unit"/);
    const { version, fields: defined } = definitionsOf();
    assert.ok(version);
    assert.deepEqual(defined, [
      {
        name: "rooms",
        type: "select",
        label: { en: "Rooms", ar: "عدد الغرف" },
        hint: { en: "How many?", ru: "Сколько?" },
        options: [{ value: "1" }, { value: "3+", label: { en: "3 or more", ar: "3 أو أكثر" } }],
      },
      { name: "unit", type: "hidden", from: "query:unit", label: {} },
    ]);
    assert.doesNotMatch(snippetOf({ fields }), /canary|fallback/);
  });

  test("have the texts of the chosen language alone, and the same version", () => {
    const { version, fields: defined } = definitionsOf("ar");
    assert.equal(version, definitionsOf().version);
    assert.deepEqual(defined[0], {
      name: "rooms",
      type: "select",
      label: { ar: "عدد الغرف" },
      hint: { ar: "How many?" },
      options: [{ value: "1" }, { value: "3+", label: { ar: "3 أو أكثر" } }],
    });
  });
});

describe("npm run snippet", () => {
  const run = (args: readonly string[], env: object = {}) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["proxy/scripts/snippet.ts", ...args],
      {
        env: {
          ...process.env,
          LEAD_FORM_ENDPOINT: ORIGIN,
          TARGETS: JSON.stringify({ tower: SAKNEEN, bad: { ...SAKNEEN, colour: "red" } }),
          TARGETS_NORTH: JSON.stringify({ ...SAKNEEN, country: "AE" }),
          ...env,
        },
        encoding: "utf8",
        timeout: 30_000,
      },
    );
    return { status, stdout, stderr };
  };

  test("prints the snippet of one target, from any source", () => {
    const { status, stdout } = run(["--target", "north", "--lang", "ar"]);
    assert.equal(status, 0);
    assert.equal(
      stdout.replace(/^<style>[^]*<\/style>\n/, ""),
      '<script src="https://leads.estate.test/lead-form.js" async></script>\n' +
        '<lead-form target="north" lang="ar" country="AE"></lead-form>\n',
    );
  });

  test("prints the form too, where that is asked for", () => {
    const { status, stdout } = run(["--target", "north", "--lang", "ar", "--fast"]);
    assert.equal(status, 0);
    assert.match(stdout, /<lead-form [^]*<template shadowrootmode="open">[^]*اطلب مكالمة/);
  });

  test("names the origin that the server is told, before the one that is baked in", () => {
    const { stdout } = run(["--target", "north"], { PUBLIC_URL: "https://other.estate.test/" });
    assert.match(stdout, /<script src="https:\/\/other\.estate\.test\/lead-form\.js" async>/);
  });

  test("pins the script as that server hands it out, where that is asked for", () => {
    const PUBLIC_URL = "https://other.estate.test";
    const { stdout } = run(["--target", "north", "--pinned"], { PUBLIC_URL });
    const built = readFileSync("dist/widget/lead-form.full.js", "utf8");
    assert.ok(built.endsWith("(`http://localhost:8787`);"));
    const served = built.replace("http://localhost:8787`);", `${PUBLIC_URL}\`);`);
    const hash = createHash("sha384").update(served).digest("base64");
    const { version } = packageJson;
    assert.ok(
      stdout.includes(
        `<script src="${PUBLIC_URL}/v/${version}/lead-form.full.js" integrity="sha384-${hash}" crossorigin async></script>`,
      ),
    );
  });

  for (const [setting, value] of [
    ["PUBLIC_URL", "https://leads.estate.test/form"],
    ["PUBLIC_URL", "https://leads.estate.test "],
    ["LEAD_FORM_ENDPOINT", "leads.estate.test"],
  ] as const)
    test(`prints nothing for ${setting}=${JSON.stringify(value)}, and says why`, () => {
      const { status, stdout, stderr } = run(["--target", "north"], { [setting]: value });
      assert.deepEqual([status, stdout], [1, ""]);
      assert.match(
        stderr,
        new RegExp(`^${setting} (?:is not an origin|must not hold white space)`),
      );
    });

  const refused: [args: string[], said: RegExp][] = [
    [["--target", "south"], /There is no target "south"\. Known: tower, bad, north\./],
    [["--target", "toString"], /There is no target "toString"/],
    [[], /Name a target.*Known: tower, bad, north\./],
    [["--target", "tower", "--lang", "fr"], /There is no language "fr"\. Known: en, ar, ru\./],
    [["--target", "bad"], /The target "bad" cannot work:\nTARGETS\.bad\.colour is not a known key/],
  ];
  test("says which source could not be read", () => {
    const { stderr } = run(["--target", "tower"], { TARGETS: "{", TARGETS_FILE: "/nowhere.json" });
    assert.match(
      stderr,
      /Known: north\.\nTARGETS is not JSON\nTARGETS_FILE names a file that does not exist$/m,
    );
  });

  for (const [args, said] of refused)
    test(`says what is wrong with "${args.join(" ")}"`, () => {
      const { status, stdout, stderr } = run(args);
      assert.deepEqual([status, stdout], [1, ""]);
      assert.match(stderr, said);
    });
});
