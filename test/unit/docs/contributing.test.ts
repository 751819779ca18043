/** Holds every path and command that the pages name to the repository. Needs `npm run build`. */
import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import packageJson from "../../../package.json" with { type: "json" };

const PAGES = [
  "CONTRIBUTING.md",
  "README.md",
  "SECURITY.md",
  "proxy/README.md",
  "test/manual/sheet.md",
  "widget/README.md",
  "widget/wordpress/README.md",
];

/** Paths from the root: what begins with one of its folders, and with no address before it. */
const PATH = /(?<![\w./-])(?:widget|proxy|demo|test|dist|\.ci|\.githooks)\/[\w./*{},-]*/g;
const ROOT_FILE = /`((?:[\w-]+\.)+(?:md|ts|json))`/g;
const LINK = /\]\((?!https?:|#)([^)#\s]+)/g;
const NPM = /(?:`|^|&& )npm (?:run )?([a-z][a-z\d:]*[a-z\d])/gm;

/** Of npm itself. */
const BUILT_IN = ["ci", "install", "package", "publish", "run"];

/** Files that a reader makes, or that lie in another place than the root. */
const ELSEWHERE = ["custom-elements.json", "integrity.json", "targets.json"];

/** A folder that an operator makes. */
const OF_OPERATORS = "proxy/targets/";

const exists = (path: string): boolean => existsSync(path) || globSync(path).length > 0;

for (const page of PAGES)
  describe(page, () => {
    const text = readFileSync(page, "utf8");

    test("names no path that is not there", () => {
      const named = [...text.matchAll(PATH)].map(([path]) => path.replace(/[.,]+$/, ""));
      assert.deepEqual(
        named.filter((path) => path !== OF_OPERATORS && !exists(path)),
        [],
      );
    });

    test("names no file at the root that is not there", () => {
      const named = [...text.matchAll(ROOT_FILE)].map(([, name = ""]) => name);
      const here = (name: string) => exists(name) || exists(join(dirname(page), name));
      assert.deepEqual(
        named.filter((name) => !ELSEWHERE.includes(name) && !here(name)),
        [],
      );
    });

    test("links to nothing that is not there", () => {
      const linked = [...text.matchAll(LINK)].map(([, path = ""]) => join(dirname(page), path));
      assert.deepEqual(
        linked.filter((path) => !existsSync(path)),
        [],
      );
    });

    test("names no command that npm does not know", () => {
      const named = [...text.matchAll(NPM)].map(([, name = ""]) => name);
      assert.deepEqual(
        named.filter((name) => !BUILT_IN.includes(name) && !(name in packageJson.scripts)),
        [],
      );
    });
  });

test("the page for contributors names enough paths for this test to mean something", () => {
  const paths = readFileSync("CONTRIBUTING.md", "utf8").match(PATH) ?? [];
  assert.ok(paths.length > 60, `${paths.length} paths`);
});
