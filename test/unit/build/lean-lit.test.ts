/** Holds that no template of the widget uses a feature of lit-html that the build leaves out. */
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { leanLit } from "../../../widget/scripts/lean-lit.ts";

const sources = readdirSync("widget", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !/^(?:scripts|print)\b/.test(name))
  .map((name) => [name, readFileSync(join("widget", name), "utf8")] as const);

const LEFT_OUT: [string, RegExp][] = [
  ["a directive", /lit(?:-html)?\/(?:async-)?directive|lit\/directives/],
  ["svg or MathML", /\b(?:svg|mathml)`/],
  ["a part of a property", /\s\.\w+=\$\{/],
  ["a part of an element", /<[\w-]+\s+\$\{/],
  ["a part of a comment", /<!--[^>]*\$\{/],
  ["a part inside raw text", /<(?:textarea|title|style|script)\b[^>]*>[^<]*\$\{/],
];

for (const [what, pattern] of LEFT_OUT)
  test(`no template uses ${what}`, () => {
    for (const [name, text] of sources) assert.doesNotMatch(text, pattern, name);
  });

test("another lit-html than the one that was cut fails the build", () => {
  assert.throws(() => leanLit("export const html = 1;"), /lit-html no longer holds its policy/);
});
