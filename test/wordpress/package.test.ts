/** The zip as it is built, without a WordPress. Needs `npm run build`; what needs PHP says so. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { homedir } from "node:os";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { strFromU8, unzipSync } from "fflate";
import { mo, po } from "gettext-parser";
import packageJson from "../../package.json" with { type: "json" };

const SOURCE = "widget/wordpress";
const zip = unzipSync(readFileSync("dist/wordpress/lead-form.zip"));
const names = Object.keys(zip);
const read = (name: string): string => {
  const content = zip[`lead-form/${name}`];
  if (!content) throw new Error(`There is no ${name} in the zip.`);
  return strFromU8(content);
};

/** As interface.md names them: what an author may set. */
const ALLOWED =
  "target project projects fields definitions country countries lang theme scheme presentation heading submit-label success-message consent consent-version privacy-url contact-phone".split(
    " ",
  );
const kebab = (name: string): string => name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);

describe("the plugin's zip", () => {
  test("holds what WordPress needs, and nothing else", () => {
    assert.deepEqual(names, [
      "lead-form/LICENSE",
      "lead-form/block/block.json",
      "lead-form/block/edit.js",
      "lead-form/block/transforms.js",
      "lead-form/includes/block.php",
      "lead-form/includes/content.php",
      "lead-form/includes/element.php",
      "lead-form/includes/markup.php",
      "lead-form/includes/own-fields-page.php",
      "lead-form/includes/own-fields.php",
      "lead-form/includes/printed.php",
      "lead-form/includes/scripts.php",
      "lead-form/includes/settings-page.php",
      "lead-form/includes/settings.php",
      "lead-form/includes/shortcode.php",
      "lead-form/languages/lead-form-ar-lead-form-edit.json",
      "lead-form/languages/lead-form-ar.mo",
      "lead-form/languages/lead-form-ru_RU-lead-form-edit.json",
      "lead-form/languages/lead-form-ru_RU.mo",
      "lead-form/lead-form.full.js",
      "lead-form/lead-form.php",
      "lead-form/open.js",
      "lead-form/readme.txt",
      "lead-form/uninstall.php",
    ]);
  });

  test("names the version of package.json wherever one is asked for", () => {
    const { version } = packageJson;
    assert.match(read("lead-form.php"), new RegExp(`^ \\* Version: +${version}$`, "m"));
    assert.match(read("lead-form.php"), new RegExp(`^const VERSION = '${version}';$`, "m"));
    assert.match(read("readme.txt"), new RegExp(`^Stable tag: ${version}$`, "m"));
    assert.match(read("readme.txt"), new RegExp(`^= ${version} =$`, "m"));
    assert.equal(JSON.parse(read("block/block.json")).version, version);
    for (const name of names) assert.ok(!strFromU8(zip[name]!).includes("__VERSION__"), name);
  });

  test("holds the very script that the build made", () => {
    assert.equal(read("lead-form.full.js"), readFileSync("dist/widget/lead-form.full.js", "utf8"));
  });

  test("holds nothing that tells when or where it was made", () => {
    const bytes = readFileSync("dist/wordpress/lead-form.zip");
    const entry = bytes.indexOf("PK\u0003\u0004");
    // 1980-01-01, 00:00, in the format of DOS.
    assert.deepEqual([...bytes.subarray(entry + 10, entry + 14)], [0, 0, 0x21, 0]);
    for (const name of names)
      for (const place of [process.cwd(), homedir()].filter((path) => path.length > 1))
        assert.ok(!strFromU8(zip[name]!).includes(place), `${name} holds ${place}`);
  });

  test("lets an author set the same things in a block, in PHP and in the sidebar", () => {
    const { apiVersion, attributes } = JSON.parse(read("block/block.json"));
    assert.equal(apiVersion, 3);
    // The plugin itself asks for the definitions; a block holds no name that is not fixed.
    const inBlock = ALLOWED.map((name) => (name === "definitions" ? "presets" : name));
    assert.deepEqual(Object.keys(attributes).map(kebab), inBlock);
    const php = /const ATTRIBUTES = array\(([^)]*)\)/.exec(read("includes/element.php"))?.[1] ?? "";
    assert.deepEqual(
      [...php.matchAll(/'([a-z-]+)'/g)].map(([, name]) => name),
      ALLOWED,
    );
    const sidebar = [...read("block/edit.js").matchAll(/\b(?:text|choice)\(\s*"([A-Za-z]+)"/g)];
    assert.deepEqual(sidebar.map(([, name]) => kebab(name ?? "")).toSorted(), inBlock.toSorted());
  });

  test("the readme says what the header says, and names the outside services", () => {
    const header = read("lead-form.php");
    const readme = read("readme.txt");
    for (const field of ["Requires at least", "Requires PHP", "License", "License URI"]) {
      const value = new RegExp(`^ \\* ${field}: +(.+)$`, "m").exec(header)?.[1];
      assert.ok(value, field);
      assert.ok(readme.includes(`\n${field}: ${value}\n`), field);
    }
    assert.match(readme, /\n== External services ==\n/);
    assert.match(readme, /\n== Privacy ==\n/);
  });

  test("every PHP file refuses to be called by itself", () => {
    for (const name of names.filter((each) => each.endsWith(".php")))
      assert.match(
        strFromU8(zip[name]!),
        /\ndefined\( '(?:ABSPATH|WP_UNINSTALL_PLUGIN)' \) \|\| exit;/,
      );
  });

  const php = spawnSync("php", ["-v"]).error ? "there is no PHP" : false;
  test("PHP can read every file", { skip: php }, () => {
    for (const name of names.filter((each) => each.endsWith(".php"))) {
      const input = zip[name]!;
      const { status, stdout } = spawnSync("php", ["-l"], { input, encoding: "utf8" });
      assert.equal(status, 0, `${name}: ${stdout}`);
    }
  });
});

describe("the translations", () => {
  const textsOf = (file: string): string[] =>
    [
      ...strFromU8(zip[file]!).matchAll(
        /\b(?:esc_html)?__\(\s*(?:'((?:[^'\\]|\\.)*)'|"([^"]*)"),\s*["']lead-form["']/g,
      ),
    ].map(([, single, double]) => (single ?? double ?? "").replaceAll("\\'", "'"));
  const inPhp = names.filter((name) => name.endsWith(".php")).flatMap(textsOf);
  const inEditor = textsOf("lead-form/block/edit.js");

  for (const locale of ["ru_RU", "ar"]) {
    const catalog = po.parse(readFileSync(join(SOURCE, `languages/lead-form-${locale}.po`)));
    const entries = Object.values(catalog.translations)
      .flatMap((context) => Object.values(context))
      .filter(({ msgid }) => msgid !== "");

    test(`${locale}: every text of the plugin is translated, and no other`, () => {
      const block = JSON.parse(read("block/block.json"));
      const description = / \* Description: +(.+)/.exec(read("lead-form.php"))?.[1] ?? "";
      const expected: string[] = [
        ...inPhp,
        ...inEditor,
        block.title,
        block.description,
        ...block.keywords,
        description,
      ];
      assert.deepEqual(
        [...new Set(entries.map(({ msgid }) => msgid))].toSorted(),
        [...new Set(expected)].toSorted(),
      );
      for (const { msgid, msgstr } of entries) assert.ok(msgstr[0], msgid);
    });

    test(`${locale}: the compiled files say the same`, () => {
      const compiled = mo.parse(Buffer.from(zip[`lead-form/languages/lead-form-${locale}.mo`]!));
      for (const { msgctxt, msgid, msgstr } of entries)
        assert.deepEqual(compiled.translations[msgctxt ?? ""]?.[msgid]?.msgstr, msgstr, msgid);
      const { locale_data } = JSON.parse(
        read(`languages/lead-form-${locale}-lead-form-edit.json`),
      ) as { locale_data: { messages: Record<string, string[]> } };
      assert.deepEqual(
        Object.keys(locale_data.messages).toSorted(),
        ["", ...new Set(inEditor)].toSorted(),
      );
    });
  }
});
