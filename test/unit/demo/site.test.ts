/**
 * The built site: every link leads somewhere under any path, nothing comes from elsewhere, no script stands before
 * the form's, and the languages say the same.
 */
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { after, describe, test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import MiniSearch from "minisearch";
import { SEARCH } from "../../../demo/site/client/terms.ts";
import { buildSite } from "../../../demo/site/build.ts";
import { DOCUMENTS } from "../../../demo/site/documents.ts";
import { linkFrom } from "../../../demo/site/languages.ts";
import { slugOf } from "../../../demo/site/markdown.ts";
import { TEXTS } from "../../../demo/site/texts/index.ts";
import { LANGUAGES } from "../../../proxy/shared/contract.ts";

const out = mkdtempSync(join(tmpdir(), "lead-form-site-"));
after(() => rmSync(out, { recursive: true, force: true }));
// As the command names it: from where it is called.
await buildSite(relative(".", out));

const files = readdirSync(out, { recursive: true, encoding: "utf8" }).map((name) =>
  name.replaceAll("\\", "/"),
);
const read = (path: string): string => readFileSync(join(out, path), "utf8");
/** By path from the root, without the templates of printed forms: those are no content of the page. */
const pages = new Map(
  files.filter((path) => path.endsWith(".html")).map((path) => [path, read(path)]),
);
const attributes = (html: string, pattern: RegExp): string[] =>
  [...html.matchAll(pattern)].map(([, value = ""]) => value.replaceAll("&amp;", "&"));
const idsOf = (html: string): string[] => attributes(html, /\sid="([^"]*)"/g);

/** Where it leads, from the root; undefined for another site. */
const resolve = (from: string, href: string): URL | undefined => {
  const url = new URL(href, `https://site.invalid/any/base/${from}`);
  return url.host === "site.invalid" ? url : undefined;
};

describe("each page of the site", () => {
  test("is there: front page, guides, documents", () => {
    for (const lang of LANGUAGES) {
      const prefix = lang === "en" ? "" : `${lang}/`;
      assert.ok(pages.has(`${prefix}index.html`), lang);
      assert.ok(pages.has(`${prefix}guide/index.html`), lang);
    }
    for (const { url } of DOCUMENTS) assert.ok(pages.has(`${url.slice(1)}index.html`), url);
  });

  test("leads to pages, files and headings that exist, under any path", () => {
    const lost: string[] = [];
    for (const [path, html] of pages)
      for (const href of attributes(html, /\s(?:href|src|data-index)="([^"]*)"/g)) {
        if (/^(?:mailto|tel|data):/.test(href)) continue;
        const url = resolve(path, href);
        if (!url) continue;
        const inside = decodeURIComponent(url.pathname).replace(/^\/any\/base\//, "");
        const file = inside === "" || inside.endsWith("/") ? `${inside}index.html` : inside;
        const target = pages.get(file);
        const anchor = decodeURIComponent(url.hash.slice(1));
        if (!existsSync(join(out, file)) || !url.pathname.startsWith("/any/base/"))
          lost.push(`${path}: ${href}`);
        else if (anchor && !idsOf(target ?? "").includes(anchor)) lost.push(`${path}: ${href}`);
      }
    assert.deepEqual(lost, []);
  });

  test("loads nothing from elsewhere, and its policy forbids it", () => {
    for (const [path, html] of pages) {
      const loaded = [
        ...attributes(html, /<(?:script|img|iframe|source)[^>]*\ssrc="([^"]*)"/g),
        ...attributes(html, /<link[^>]*\shref="([^"]*)"/g),
        ...attributes(html, /url\(['"]?([^'")]*)/g),
      ];
      assert.deepEqual(
        loaded.filter((address) => /^(?:[a-z]+:)?\/\//i.test(address)),
        [],
        path,
      );
      assert.ok(!html.includes("@import"), path);
      assert.ok(
        /Content-Security-Policy" content="default-src 'self';[^"]*form-action 'none'/.test(html),
        path,
      );
    }
    for (const path of files.filter((name) => /^assets\/.*\.css$/.test(name)))
      assert.ok(!/url\(|@import/.test(read(path)), path);
  });

  test("has one heading of the first level, a title, a description, and no id twice", () => {
    for (const [path, html] of pages) {
      // The demo's own pages, which others hold.
      if (path.startsWith("playground/")) continue;
      assert.equal(html.match(/<h1[\s>]/g)?.length, 1, path);
      assert.ok(/<title>[^<]{5,}<\/title>/.test(html), path);
      assert.ok(/<meta name="description" content="[^"]{5,}/.test(html), path);
      const ids = idsOf(html.replace(/<template[^]*?<\/template>/g, ""));
      assert.deepEqual(
        ids.filter((id, i) => ids.indexOf(id) !== i),
        [],
        path,
      );
    }
  });

  test("has no script in its text, and none before the form's", () => {
    for (const [path, html] of pages) {
      const scripts = [...html.matchAll(/<script([^>]*)>([^]*?)<\/script>/g)];
      assert.deepEqual(
        scripts.filter(([, , inside]) => inside !== "").map(([tag]) => tag),
        [],
        path,
      );
      if (!html.includes("<lead-form")) continue;
      const [, first = ""] = scripts[0] ?? [];
      assert.match(first, /src="[./]*lead-form\.js" async/, path);
      const others = scripts.slice(1).map(([, given = ""]) => given);
      assert.deepEqual(
        others.filter((given) => !given.includes('type="module"')),
        [],
        path,
      );
    }
  });

  test("shows code as it is written, with no note to its author", () => {
    const html = pages.get("docs/index.html") ?? "";
    assert.ok(html.includes("&lt;!-- which fields, in which order --&gt;"));
    assert.ok(!html.includes("<!-- table"));
    const raw = [...pages].filter(([, page]) => /```|\]\(/.test(page));
    assert.deepEqual(
      raw.map(([path]) => path),
      [],
    );
  });
});

describe("the playground and the gallery", () => {
  test("are there, with the proxy inside, and lead to nothing that only a proxy serves", () => {
    for (const name of ["index.html", "gallery.html", "qa.html", "stage.html"]) {
      const html = pages.get(`playground/${name}`) ?? "";
      // Two have none: the form is in their frame.
      const hasForm = name === "gallery.html" || name === "stage.html";
      assert.equal(html.includes('src="../lead-form.js"'), hasForm, name);
      assert.deepEqual(html.match(/(?:href|src)="\/[^"]*"/g) ?? [], [], name);
    }
    assert.ok(pages.get("index.html")?.includes('href="playground/"'));
    assert.ok(pages.get("index.html")?.includes('href="playground/gallery.html"'));
    assert.ok(pages.get("ar/index.html")?.includes('href="../playground/?ui=ar"'));
  });
});

describe("the languages", () => {
  const guides = (prefix: string): string[] =>
    [...pages.keys()]
      .filter((path) => path.startsWith(`${prefix}guide/`))
      .map((path) => path.slice(prefix.length))
      .sort();

  test("have the same guides, and a front page of the same parts", () => {
    const [english, ...others] = LANGUAGES.map((lang) => guides(lang === "en" ? "" : `${lang}/`));
    assert.ok((english ?? []).length > 5);
    for (const other of others) assert.deepEqual(other, english);
    const parts = LANGUAGES.map((lang) => {
      const html = pages.get(lang === "en" ? "index.html" : `${lang}/index.html`) ?? "";
      return attributes(html, /<section(?: id="([^"]*)")?/g);
    });
    assert.deepEqual(parts[1], parts[0]);
    assert.deepEqual(parts[2], parts[0]);
  });

  test("lead to one another on each page that they share", () => {
    for (const lang of LANGUAGES) {
      const prefix = lang === "en" ? "" : `${lang}/`;
      const path = `${prefix}guide/consent/index.html`;
      const links = [
        ...(pages.get(path) ?? "").matchAll(/<a href="([^"]*)" lang="(\w+)" hreflang/g),
      ];
      assert.equal(links.length, LANGUAGES.length);
      for (const [, href = "", to] of links)
        assert.equal(
          resolve(path, href)?.pathname,
          `/any/base/${to === "en" ? "" : `${to}/`}guide/consent/`,
        );
    }
  });

  test("say nothing that no page shows", () => {
    for (const lang of LANGUAGES) {
      const shown = [...pages]
        .filter(([path]) => path.startsWith(lang === "en" ? "" : `${lang}/`))
        .map(([, html]) => html.replaceAll("&quot;", '"'))
        // Pictures hold their words, too.
        .map((html) => html.replace(/data:image[^" ]*/g, (image) => decodeURIComponent(image)))
        .join("\n");
      const unused = Object.entries(TEXTS[lang]).filter(
        ([key, text]) =>
          !text.split(/\{\d\}/).every((each) => shown.includes(each)) &&
          !(lang === "en" && key === "in_english"),
      );
      assert.deepEqual(unused, [], lang);
    }
  });

  test("leave no place in a text unfilled", () => {
    for (const lang of LANGUAGES) {
      const html = pages.get(lang === "en" ? "index.html" : `${lang}/index.html`) ?? "";
      // What the page's script fills in stands in such attributes.
      const shown = html.replace(/\sdata-[\w-]+="[^"]*"/g, "");
      assert.deepEqual(shown.match(/\{\d\}|undefined|NaN/), null, lang);
    }
  });
});

describe("the search", () => {
  const find = (lang: string, words: string): string[] =>
    MiniSearch.loadJSON(read(`assets/search-${lang}.json`), SEARCH)
      .search(words)
      .map(({ url }) => String(url));

  for (const [lang, words, url] of [
    ["en", "consent", "/guide/consent/"],
    ["en", "own fields", "/docs/#own-fields"],
    ["en", "ledger_keys", "/docs/proxy/"],
    ["ar", "الموافقة", "/ar/guide/consent/"],
    ["ar", "الموافقه", "/ar/guide/consent/"],
    ["ru", "согласие", "/ru/guide/consent/"],
    ["ru", "wordpres", "/ru/guide/wordpress/"],
    ["ru", "turnstile", "/docs/proxy/#turnstile"],
  ] as const)
    test(`finds “${words}” in ${lang}`, () => {
      assert.ok(
        find(lang, words)
          .slice(0, 6)
          .some((found) => found.startsWith(url)),
        find(lang, words).slice(0, 6).join(" "),
      );
    });

  test("shows text as it is read, and no file of code", () => {
    const shown = MiniSearch.loadJSON(read("assets/search-en.json"), SEARCH).search("consent");
    assert.ok(shown.length > 5);
    for (const { url, excerpt } of shown) {
      assert.ok(!String(url).includes("/files/"), String(url));
      assert.doesNotMatch(String(excerpt), /&\w+;|&#|< \w/, String(url));
    }
  });

  test("finds nothing for nonsense, and no page of another language", () => {
    assert.deepEqual(find("en", "qqzzxx"), []);
    assert.deepEqual(
      find("ru", "consent").filter((url) => url.startsWith("/guide/")),
      [],
    );
  });
});

describe("the weight", () => {
  const compressed = (path: string): number =>
    brotliCompressSync(readFileSync(join(out, path))).length;

  test("of a page of text is small: page, style and script", () => {
    const page = compressed("guide/consent/index.html");
    assert.ok(page + compressed("assets/site.css") + compressed("assets/site.js") < 12_000);
  });

  test("of the front page, its form in it, stays below 24 kB before the form's script", () => {
    const parts = ["index.html", "assets/site.css", "assets/site.js", "assets/live.js"];
    const bytes = parts.map(compressed).reduce((sum, each) => sum + each, 0);
    assert.ok(bytes < 24_000, String(bytes));
  });

  test("of the proxy and of the search is paid by whoever uses them", () => {
    for (const path of pages.keys())
      assert.ok(!/assets\/(?:proxy|es|terms)\.js/.test(read(path)), path);
  });
});

describe("the scripts of the form", () => {
  test("look for their parts beside themselves, and are else as they were built", () => {
    const pinned = JSON.parse(readFileSync("dist/widget/integrity.json", "utf8"));
    const { origin } = new URL(pinned["lead-form.js"].url);
    const scripts = files.filter((path) => /^lead-form.*\.js$/.test(path));
    assert.ok(scripts.length >= 6, scripts.join(" "));
    for (const name of scripts) {
      const built = readFileSync(join("dist/widget", name), "utf8");
      assert.ok(read(name) === built.replace(`\`${origin}\``, "`.`"), name);
    }
    assert.ok(read("lead-form.js").includes("`.`"));
  });
});

describe("an anchor", () => {
  for (const [text, slug] of [
    ["What is stored, where, how long", "what-is-stored-where-how-long"],
    ["The operator's calls", "the-operators-calls"],
    ["`<lead-form>`", "lead-form"],
    ["Always, ask first, never", "always-ask-first-never"],
    ["Ключ «API»", "ключ-api"],
    ["ماذا يحدث؟", "ماذا-يحدث"],
    ["snake_case – dash", "snake_case--dash"],
  ] as const)
    test(`of “${text}” is ${slug}, as on GitHub`, () => {
      assert.equal(slugOf(text, new Map()), slug);
    });

  test("gets a number where it is there already", () => {
    const seen = new Map<string, number>();
    assert.deepEqual(
      ["Why", "Why", "Why"].map((text) => slugOf(text, seen)),
      ["why", "why-1", "why-2"],
    );
  });
});

test("a link is relative, whatever the depth of its page", () => {
  assert.equal(linkFrom("/", "/docs/"), "docs/");
  assert.equal(linkFrom("/docs/proxy/", "/docs/#wire"), "../../docs/#wire");
  assert.equal(linkFrom("/docs/", "/docs/#wire"), "#wire");
  assert.equal(linkFrom("/ar/", "/"), "../");
  assert.equal(linkFrom("/", "/"), "./");
});
