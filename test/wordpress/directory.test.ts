/**
 * What WordPress.org asks of a plugin, as a list that is ticked off: the readme, the header, translations, escaping,
 * nothing from outside before a visitor acts, nothing left behind, pictures. Needs `npm run build`; no WordPress.
 * https://developer.wordpress.org/plugins/wordpress-org/detailed-plugin-guidelines/
 */
import assert from "node:assert/strict";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { strFromU8, unzipSync } from "fflate";
import packageJson from "../../package.json" with { type: "json" };
import { VERSIONS } from "./core.ts";

const ZIP = "dist/wordpress/lead-form.zip";
const ASSETS = "widget/wordpress/assets";
/** Of the plugin's folder, and of its text domain. */
const SLUG = "lead-form";

const files = Object.entries(unzipSync(readFileSync(ZIP))).map(
  ([name, content]) => [name.slice(SLUG.length + 1), strFromU8(content)] as const,
);
const read = (name: string): string => files.find(([each]) => each === name)?.[1] ?? "";
/** By name, without comments: those may say what code may not. */
const php = files
  .filter(([name]) => name.endsWith(".php"))
  .map(([name, text]) => [name, text.replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, "")] as const);
/** Ours in the source form; the element itself is held by the tests of the widget. */
const scripts = files.filter(([name]) => name.endsWith(".js") && name !== "lead-form.full.js");

const readme = read("readme.txt");
const header = read("lead-form.php");
const inReadme = (field: string): string =>
  new RegExp(`^${field}: (.+)$`, "m").exec(readme)?.[1] ?? "";
const inHeader = (field: string): string =>
  new RegExp(`^ \\* ${field}: +(.+)$`, "m").exec(header)?.[1] ?? "";
const section = (name: string): string =>
  new RegExp(`^== ${name} ==\n([^]*?)(?=^== |(?![^]))`, "m").exec(readme)?.[1] ?? "";

describe("the readme", () => {
  test("names plugin, authors, tags and versions, in the words that are parsed", () => {
    assert.match(readme, new RegExp(`^=== ${inHeader("Plugin Name")} ===\n`));
    assert.match(inReadme("Contributors"), /^[a-z\d]+(?:, [a-z\d]+)*$/);
    const tags = inReadme("Tags").split(", ");
    assert.ok(tags.length <= 5 && new Set(tags).size === tags.length, tags.join());
    for (const field of ["Requires at least", "Requires PHP"])
      assert.match(inReadme(field), /^\d+\.\d+$/, field);
  });

  test("is stable at the version that ships", () => {
    assert.equal(inReadme("Stable tag"), packageJson.version);
    assert.equal(inHeader("Version"), packageJson.version);
  });

  test("is tested up to the newest WordPress of this suite, and needs the oldest", () => {
    const tested = VERSIONS.toSorted((a, b) => a.localeCompare(b, "en", { numeric: true }));
    // A major version alone: a patch changes nothing for plugins.
    assert.equal(inReadme("Tested up to"), tested.at(-1));
    assert.equal(inReadme("Requires at least"), tested[0]);
  });

  test("names one licence everywhere, and one that goes with the GPL", () => {
    assert.equal(inReadme("License"), "MIT");
    assert.equal(inHeader("License"), packageJson.license);
    assert.equal(inReadme("License URI"), inHeader("License URI"));
    assert.match(read("LICENSE"), /^MIT License/);
  });

  test("begins with one sentence of at most 150 characters without markup", () => {
    const [, short = ""] = readme.split("\n\n");
    assert.ok(short.length > 20 && short.length <= 150, String(short.length));
    assert.doesNotMatch(short, /[*`[\]<>]|https?:/);
  });

  test("has every section with something in it, and is not cut at 10 kB", () => {
    for (const name of [
      "Description",
      "Installation",
      "External services",
      "Privacy",
      "Frequently Asked Questions",
      "Screenshots",
      "Changelog",
    ])
      assert.ok(section(name).trim().length > 40, name);
    assert.ok(Buffer.byteLength(readme) <= 10_000);
    assert.ok(section("Changelog").includes(`= ${packageJson.version} =`));
  });

  test("says which services are asked, what for, and whose terms hold; and where the source of what is built stands", () => {
    const services = section("External services");
    for (const said of [/terms/, /privacy policy/, /sends/, /sakneen\.com/, /brainysoft\.ru/])
      assert.match(services, said);
    assert.match(section("Frequently Asked Questions"), /source of lead-form\.full\.js/);
  });
});

describe("the header", () => {
  test("names a text domain that is the slug, and a folder with the translations", () => {
    assert.equal(inHeader("Text Domain"), SLUG);
    const folder = inHeader("Domain Path").slice(1);
    assert.ok(files.some(([name]) => name.startsWith(`${folder}/`) && name.endsWith(".mo")));
  });

  test("says in at most 140 characters and one sentence more what the plugin is for", () => {
    assert.ok(inHeader("Description").length <= 200);
    assert.equal(inHeader("Plugin Name").includes("WordPress"), false);
  });
});

describe("the code", () => {
  test("asks for each text by a literal, in its own domain", () => {
    let found = 0;
    for (const [name, text] of [...php, ...scripts])
      for (const [call, rest = ""] of text.matchAll(
        /\b(?:esc_(?:html|attr)_)?_[_exn]x?\(([^]*?)\)/g,
      )) {
        if (!/^\s*["']/.test(rest)) continue;
        assert.match(call, /["']lead-form["']/, `${name}: ${call}`);
        found++;
      }
    assert.ok(found > 30, String(found));
    for (const [name, text] of php) assert.doesNotMatch(text, /\b__\(\s*\$/, name);
  });

  /** Pieces between the dots or commas of an expression, outside of brackets and texts. */
  const pieces = (expression: string): string[] => {
    const found: string[] = [];
    let [depth, piece] = [0, ""];
    for (const [token] of expression.matchAll(/'(?:[^'\\]|\\[^])*'|"(?:[^"\\]|\\[^])*"|[^]/g)) {
      if (/^[([]$/.test(token)) depth++;
      if (/^[)\]]$/.test(token)) depth--;
      if (depth === 0 && /^[.,]$/.test(token)) {
        found.push(piece.trim());
        piece = "";
      } else piece += token;
    }
    return [...found, piece.trim()].filter(Boolean);
  };
  const LITERAL = /^(?:'(?:[^'\\]|\\[^])*'|"[^"$]*")$/;
  const ESCAPED = /^(?:esc_(?:html|attr|url)(?:__)?|wp_kses(?:_post)?|absint)(\([^]*\))$/;
  /** A bracket that is closed at the very end: nothing stands behind the call. */
  const isOneCall = (brackets: string): boolean => {
    let depth = 0;
    const tokens = [...brackets.matchAll(/'(?:[^'\\]|\\[^])*'|"(?:[^"\\]|\\[^])*"|[^]/g)];
    return tokens.every(([token], index) => {
      if (token === "(") depth++;
      if (token === ")") depth--;
      return depth > 0 || index === tokens.length - 1;
    });
  };
  const isSafe = (piece: string): boolean => {
    const [, brackets] = ESCAPED.exec(piece) ?? [];
    if (LITERAL.test(piece) || (brackets !== undefined && isOneCall(brackets))) return true;
    const [, yes, no] = /^[^?]+\?(?!\?)([^:]+):([^:]+)$/.exec(piece) ?? [];
    return yes !== undefined && no !== undefined && isSafe(yes.trim()) && isSafe(no.trim());
  };
  /** What is printed as it is. A line with a reason why it may be is looked at by the test below. */
  const unescaped = (text: string): string[] =>
    [
      ...text
        .replace(/^.*phpcs:ignore WordPress\.Security\.EscapeOutput.*$/gm, "")
        .matchAll(/\b(?:echo|print|v?printf)\b\s*([^]*?);[ \t]*\n/g),
    ].flatMap(([, rest = ""]) =>
      pieces(rest.replace(/^\(([^]*)\)$/, "$1")).filter((piece) => !isSafe(piece)),
    );

  test("escapes all that it prints, where it prints it", () => {
    for (const [name, text] of files.filter(([each]) => each.endsWith(".php")))
      assert.deepEqual(unescaped(text), [], name);
    for (const bad of [
      "esc_html( $a ) ?: $b",
      "esc_html( $a ) ? $b : 'c'",
      "$title",
      "get_option( 'x' )",
      "'a' . $b",
      "$c ? $d : 'e'",
    ])
      assert.equal(unescaped(`echo ${bad};\n`).length, 1, bad);
    assert.equal(unescaped("printf( '<b>%s</b>', $x );\n").length, 1);
  });

  test("leaves nothing of phpcs out without a reason", () => {
    const left = php.flatMap(([, text]) => text.match(/phpcs:ignore.*/g) ?? []);
    for (const line of left) assert.match(line, /phpcs:ignore [\w.]+ -- \w/);
    assert.ok(left.length <= 2, left.join("\n"));
  });

  test("reads nothing of a request by itself, but through WordPress, behind a right and a nonce", () => {
    for (const [name, text] of php)
      assert.doesNotMatch(text, /\$_(?:GET|POST|REQUEST|SERVER|COOKIE|FILES)\b/, name);
    for (const [name, text] of php.filter(([, each]) => each.includes("'admin_post_")))
      for (const guard of ["current_user_can(", "check_admin_referer(", "wp_safe_redirect("])
        assert.ok(text.includes(guard), `${name}: ${guard}`);
    assert.match(header + php.map(([, text]) => text).join(""), /'sanitize_callback'/);
  });

  test("runs nothing that is made of text, and calls nobody around WordPress", () => {
    for (const [name, text] of php) {
      assert.doesNotMatch(
        text,
        /\b(?:eval|create_function|base64_decode|gzinflate|exec|shell_exec|system|passthru|popen|proc_open|curl_\w+|fsockopen|file_get_contents|file_put_contents|fopen|unserialize|extract|error_log|var_dump|print_r|goto)\s*\(/,
        name,
      );
      assert.doesNotMatch(text, /<<<|<\?(?!php)|\?>\s*\S/, `${name}: a heredoc or a short tag`);
      // One namespace for all of it: no name can meet another plugin's.
      assert.ok(name === "uninstall.php" || text.includes("namespace LeadForm;"), name);
    }
  });

  test("asks the administrator's own address alone, and only by wp_remote_get in one place", () => {
    const asking = php.flatMap(([name, text]) =>
      (text.match(/\bwp_(?:safe_)?remote_\w+\(/g) ?? []).map((call) => `${name} ${call}`),
    );
    assert.deepEqual(
      asking.filter((call) => !call.includes("wp_remote_retrieve")),
      ["includes/own-fields.php wp_remote_get("],
    );
  });

  test("loads nothing from outside, before a consent or after: its own files, and no address in them", () => {
    for (const [name, text] of php)
      for (const [call] of text.matchAll(
        /\bwp_(?:register|enqueue)_(?:script|style)\(\s*\w+,[^;]*;/g,
      ))
        assert.match(call, /plugins_url\( '[\w./-]+', FILE \)/, `${name}: ${call}`);
    for (const [name, text] of [...php, ...scripts]) {
      const addresses = [...text.matchAll(/https?:\/\/[\w.-]+\.[a-z]{2,}/g)].map(
        ([address]) => address,
      );
      // What a settings page shows as an example is never asked for.
      assert.deepEqual(
        addresses.filter((address) => address !== "https://leads.example.com"),
        [],
        name,
      );
      assert.doesNotMatch(text, /<(?:iframe|img|link|script)\b[^>]*\b(?:src|href)=/i, name);
    }
  });

  test("sets no cookie, shows no credit, and asks for no review", () => {
    for (const [name, text] of [...php, ...scripts])
      assert.doesNotMatch(
        text,
        /setcookie|document\.cookie|powered by|localStorage|leave a review|upgrade to pro/i,
        name,
      );
  });
});

describe("what is left", () => {
  test("after the plugin is deleted is none of its options, on one site and on several", () => {
    const written = new Set(
      php
        .filter(([name]) => name !== "uninstall.php")
        .flatMap(([, text]) =>
          [...text.matchAll(/^const \w*OPTION\s*= '(\w+)';/gm)].map(([, name]) => name),
        ),
    );
    assert.ok(written.size >= 3);
    const removed = (call: string) =>
      new Set(
        [...read("uninstall.php").matchAll(new RegExp(`${call}\\([^']*'(\\w+)'`, "g"))].map(
          ([, name]) => name,
        ),
      );
    assert.deepEqual(removed("\\bdelete_option"), written);
    assert.deepEqual(removed("\\bdelete_blog_option"), written);
    // Kept nowhere else: no table, transient, user or post of its own, no event.
    for (const [name, text] of php)
      assert.doesNotMatch(
        text,
        /\$wpdb|set_transient|update_(?:user|post|site)_\w+\(|wp_schedule_event|wp_insert_post/,
        name,
      );
  });
});

describe("the zip and the pictures", () => {
  test("are what may be uploaded: no hidden file, no archive, less than 10 MB", () => {
    for (const [name] of files)
      assert.doesNotMatch(name, /(?:^|\/)\.|\.(?:zip|tar|gz|phar|exe|sh|map|po|md)$/);
    assert.ok(statSync(ZIP).size < 10_000_000);
  });

  /** https://developer.wordpress.org/plugins/wordpress-org/plugin-assets/ */
  const PICTURES: [name: string, width: number, height: number][] = [
    ["icon-128x128.png", 128, 128],
    ["icon-256x256.png", 256, 256],
    ["banner-772x250.png", 772, 250],
    ["banner-1544x500.png", 1544, 500],
  ];
  for (const [name, width, height] of PICTURES)
    test(`hold ${name}, in that size`, () => {
      const png = readFileSync(join(ASSETS, name));
      assert.equal(png.subarray(1, 4).toString(), "PNG");
      assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [width, height]);
      assert.ok(png.length <= 100_000, String(png.length));
    });

  test("hold a screenshot for each line of the readme", () => {
    const lines = [...section("Screenshots").matchAll(/^\d+\. /gm)];
    const shown = readdirSync(ASSETS).filter((name) => /^screenshot-\d+\.png$/.test(name));
    assert.deepEqual(
      shown.toSorted(),
      lines.map((_, index) => `screenshot-${index + 1}.png`),
    );
  });
});
