/** Holds the README of the npm package to what is in the package. Needs `npm run build`. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const PACKAGE = "dist/widget";
const readme = readFileSync(join(PACKAGE, "README.md"), "utf8");
const { exports } = JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8")) as {
  exports: Readonly<Record<string, unknown>>;
};

test("names no file that is not there", () => {
  const named = [...readme.matchAll(/`([\w./-]+\.(?:js|ts|tsx|json|md|php))`/g)];
  assert.ok(named.length > 4);
  for (const [, file = ""] of named)
    // A file of the one dependency.
    assert.ok(file.startsWith("lit/") || existsSync(join(PACKAGE, file)), file);
});

test("links to no file that is not there", () => {
  for (const [, file = ""] of readme.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g))
    assert.ok(existsSync(join(PACKAGE, file)), file);
});

test("imports nothing that the package does not export", () => {
  const imported = [...readme.matchAll(/["`]lead-form(\/[\w.-]+)?["`]/g)];
  assert.ok(imported.length > 4);
  for (const [, path = ""] of imported) assert.ok(`.${path}` in exports, path);
});

test("sends nobody to the repository's folders and commands", () => {
  assert.doesNotMatch(readme, /\bnpm (?:run|test|start)\b|\bnode --test\b|UPDATE=1/);
  assert.doesNotMatch(readme, /(?<![\w./-])(?:widget|proxy|demo|test|dist)\//);
});
