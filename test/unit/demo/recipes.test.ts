/** Holds the recipes to the settings that the demo and the tests run them with, and the lists that name them. */
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { describe, test } from "node:test";
import { DEMO_TARGETS } from "../../../demo/recipes/settings.ts";
import { RELAY, demoTargets } from "../../../demo/run/targets.ts";
import { readConfig } from "../../../proxy/config/config.ts";

const FOLDER = "demo/recipes";
const recipes = readdirSync(FOLDER).filter((name) => /(?<!^index)\.html$/.test(name));

const read = (name: string): string => readFileSync(`${FOLDER}/${name}`, "utf8");
const titleOf = (html: string): string => /<h1>(.*)<\/h1>/.exec(html)?.[1] ?? "";
const flat = (text: string): string => text.replace(/\s+/g, " ");

/** Which part of which target's settings a page shows. */
const shownIn = (html: string): { target: string; settings: Record<string, unknown> } => {
  const [, target = "", text = ""] =
    /<pre tabindex="0" data-target="(\w+)">([^<]+)<\/pre>/.exec(html) ?? [];
  return { target, settings: JSON.parse(text) as Record<string, unknown> };
};

interface Field {
  name: string;
}

const USUAL = ["name", "phone", "email", "project"];

test("there are recipes, and each says what it is for", () => {
  assert.ok(recipes.length >= 5);
  for (const name of recipes) assert.match(read(name), /<h1>[^<]+<\/h1>\s+<p>\s*For /, name);
});

test("the settings of the demo have no fault", () => {
  const nowhere = "http://127.0.0.1:1";
  const baseUrls = { sakneen: nowhere, north: nowhere, brainysoft: nowhere };
  const targets = demoTargets({ baseUrls, origins: [nowhere] });
  assert.deepEqual(
    Object.entries(targets).filter(([key, target]) =>
      key.endsWith(RELAY) ? Object(target).storage !== "none" : Object(target).storage !== "ledger",
    ),
    [],
  );
  const { faults, warnings } = readConfig({
    TARGETS: targets,
    LEDGER_KEYS: JSON.stringify({ k1: Buffer.alloc(32, 1).toString("base64") }),
    SAKNEEN_API_KEY: "a",
    BRAINYSOFT_TOKEN: "b",
  });
  assert.deepEqual([faults, warnings], [[], []]);
});

for (const name of recipes)
  describe(name, () => {
    const html = read(name);
    const { target, settings } = shownIn(html);
    const known = Object(DEMO_TARGETS)[target] as Record<string, unknown> | undefined;

    test("shows the settings that it runs with", () => {
      assert.ok(known, target);
      assert.ok(Object.keys(settings).length > 0);
      for (const [key, shown] of Object.entries(settings)) {
        const all: unknown = known[key];
        if (key !== "fields") assert.deepEqual(shown, all, key);
        else
          for (const field of shown as Field[])
            assert.deepEqual(
              field,
              (all as Field[]).find((each) => each.name === field.name),
            );
      }
    });

    test("its form names that target, and no field that the page leaves out", () => {
      const [tag = ""] = /<lead-form\s[^>]*>/.exec(html) ?? [];
      assert.match(tag, new RegExp(`\\starget="${target}"`));
      const tokens = /\sfields="([^"]*)"/.exec(tag)?.[1]?.split(" ") ?? [];
      const own = tokens.filter((token) => !USUAL.includes(token));
      const shown = (settings["fields"] as Field[] | undefined)?.map((field) => field.name) ?? [];
      assert.deepEqual(
        own.filter((token) => !shown.includes(token)),
        [],
      );
      assert.equal(own.length > 0, shown.length > 0);
    });

    test("is listed, under its title, beside the others and in the README", () => {
      assert.ok(read("index.html").includes(`<a href="${name}">${titleOf(html)}</a>`));
      assert.ok(
        flat(readFileSync("README.md", "utf8")).includes(`[${titleOf(html)}](${FOLDER}/${name})`),
      );
    });
  });
