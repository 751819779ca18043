/** What the playground offers: all that the element takes, each with its words in each language. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { LANGUAGES } from "../../../proxy/shared/contract.ts";
import { manifest } from "../../../widget/scripts/manifest.ts";
import { History } from "../../../demo/playground/history.ts";
import { CATALOGS } from "../../../demo/playground/i18n.ts";
import { en } from "../../../demo/playground/texts/en.ts";
import { MODE_TEXTS } from "../../../demo/playground/texts/modes.ts";
import { fromQuery, toForm, toQuery } from "../../../demo/settings/settings.ts";
import { GROUPS, HOSTS, nameOf, SETTINGS } from "../../../demo/settings/table.ts";

const offered = (role: string): string[] =>
  SETTINGS.filter((setting) => setting.role === role)
    .map(nameOf)
    .toSorted();
const names = (entries: readonly { name: string }[]): string[] =>
  entries.map(({ name }) => name).toSorted();

describe("the table of settings", () => {
  test("holds every attribute of the element, and no other", () => {
    assert.deepEqual(offered("attribute"), names(manifest.attributes));
  });

  test("holds every slot", () => {
    assert.deepEqual(offered("slot"), names(manifest.slots));
  });

  test("holds every CSS property", () => {
    assert.deepEqual(offered("property"), names(manifest.cssProperties));
  });

  test("gives each setting a name of its own", () => {
    assert.equal(new Set(SETTINGS.map(({ name }) => name)).size, SETTINGS.length);
  });

  test("offers each value that an attribute knows", () => {
    for (const { name, type } of manifest.attributes) {
      const setting = SETTINGS.find((each) => each.control === "choice" && nameOf(each) === name);
      if (!type.includes(" | ") || !setting) continue;
      const { options = [] } = setting;
      // One of them is the default, which is written as nothing.
      const values = type.split(" | ").filter((value) => !options.includes(value));
      assert.ok(values.length <= 1, `${name} lacks ${values.join()}`);
    }
  });
});

describe("the texts of the playground", () => {
  const drawn = SETTINGS.filter(({ control }) => control !== "made");
  const isNeutral = (value: string): boolean =>
    /^[A-Z]{2}$|\/|^UTC$|^[a-z]{2}(?:-[A-Z]{2})?$/.test(value);

  test("name each control, each choice and each group", () => {
    const needed = [
      ...drawn.map(({ name }) => `label.${name}`),
      ...GROUPS.flatMap((group) => [`group.${group}`, `group.${group}.about`]),
      ...drawn.flatMap(({ section }) => (section ? [`section.${section}`] : [])),
      ...[...drawn, { name: "host", options: HOSTS }].flatMap(({ name, options = [] }) =>
        options
          .filter((value) => !isNeutral(value))
          .map((value) => `option.${name}${value && `.${value}`}`),
      ),
    ];
    assert.deepEqual(
      needed.filter((key) => !Object.hasOwn(en, key)),
      [],
    );
  });

  test("are all used", () => {
    const folder = "demo/playground";
    const source = [
      "demo/index.html",
      ...readdirSync(folder)
        .filter((name) => name.endsWith(".ts"))
        .map((name) => `${folder}/${name}`),
    ]
      .map((path) => readFileSync(path, "utf8"))
      .join("\n");
    // Those that are put together from a name: of the table, of a kind, of a mode's group.
    const built = /^(?:label|option|group|section|snippet|fields|fault)\./;
    const unused = Object.keys(en).filter(
      (key) => !source.includes(`"${key}"`) && !built.test(key),
    );
    assert.deepEqual(unused, []);
  });

  for (const language of LANGUAGES)
    test(`fill in the same places in ${language}, and leave none empty`, () => {
      const places = (text: string): string => (text.match(/\{\w+\}/g) ?? []).toSorted().join();
      for (const [key, text] of Object.entries(en)) {
        const said = CATALOGS[language][key as keyof typeof en];
        assert.equal(places(said), places(text), key);
        assert.ok(said.trim(), key);
      }
    });

  test("are of one script each: no text was left in another language", () => {
    const SCRIPTS = { ar: /\p{Script=Arabic}/u, ru: /\p{Script=Cyrillic}/u };
    // Names that are the same everywhere.
    const NEUTRAL = /^snippet\.(?:react|vue|svelte|npm|gtm)$/;
    for (const [language, script] of Object.entries(SCRIPTS))
      for (const [key, text] of [
        ...Object.entries(CATALOGS[language as "ar"]),
        ...Object.entries(MODE_TEXTS[language as "ar"]),
      ])
        if (!NEUTRAL.test(key)) assert.match(text, script, `${language} ${key}`);
  });
});

describe("a link", () => {
  test("brings back what was set, and keeps where the simulators are", () => {
    const settings = { target: "brainysoft", "slot-footer": "Ваш & наш", accent: "#123456" };
    const query = toQuery(settings, "?sakneen=http://127.0.0.1:9&theme=ink");
    assert.deepEqual(fromQuery(query), settings);
    assert.match(query, /sakneen=http/);
  });

  test("may name another proxy for the snippet, as an origin alone", () => {
    const origin = (endpoint: string) => toForm({ endpoint }, "http://localhost:8787").origin;
    assert.equal(origin("https://leads.example.com/path?x"), "https://leads.example.com");
    for (const wrong of ["javascript:alert(1)", "leads.example.com", "ftp://leads.example.com"])
      assert.equal(origin(wrong), "http://localhost:8787", wrong);
  });
});

describe("a step back", () => {
  test("takes one change at a time, and a typed word as one", () => {
    const history = new History({});
    history.note({ theme: "ink" }, "");
    history.note({ theme: "ink", heading: "C" }, "heading");
    history.note({ theme: "ink", heading: "Call" }, "heading");
    history.note({ theme: "ink", heading: "Call" }, "");
    assert.deepEqual(history.undo(), { theme: "ink" });
    assert.deepEqual(history.undo(), {});
    assert.equal(history.undo(), undefined);
  });

  test("is none while nothing has changed, whatever the order of the settings", () => {
    const history = new History({ a: "1", b: "2" });
    history.note({ b: "2", a: "1" }, "");
    assert.equal(history.canUndo, false);
    history.note({ a: "1" }, "");
    assert.equal(history.canUndo, true);
  });

  test("begins a new word after another control was used", () => {
    const history = new History({});
    history.note({ heading: "A" }, "heading");
    history.note({ heading: "A", project: "B" }, "project");
    history.note({ heading: "AB", project: "B" }, "heading");
    assert.deepEqual(history.undo(), { heading: "A", project: "B" });
  });
});
