/** Holds that no template uses a feature of Lit that the script's own renderer does not have. */
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const sources = readdirSync("widget", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !/^(?:scripts|print)\b/.test(name))
  .map((name) => [name, readFileSync(join("widget", name), "utf8")] as const);

const LEFT_OUT: [what: string, pattern: RegExp, example: string][] = [
  [
    "a directive",
    /lit(?:-html)?\/(?:async-)?directive|lit\/directives/,
    `from "lit/directives/ref.js"`,
  ],
  ["svg or MathML", /\b(?:svg|mathml)`/, "svg`<path>`"],
  ["a part of a property", /\s\.\w+=\$\{/, "html`<p .title=${a}>`"],
  ["a part of an element", /<[\w-]+\s+\$\{/, "html`<p ${a}>`"],
  ["a comment", /html`[^`]*<!--/, "html`<p><!-- a --></p>`"],
  [
    "a part inside raw text",
    /<(?:textarea|title|style|script)\b[^>]*>[^<]*\$\{/,
    "html`<title>${a}`",
  ],
  ["the mark of a value", /html`[^`]*[^$]\{\}/, "html`<p>{}</p>`"],
  [
    "a sign of a tag in a text or a value",
    /html`[^`]*="[^"]*[<>][^"]*"/,
    'html`<p title="a > b">`',
  ],
  ["a value at the slash of a tag", /=\$\{[^}]*\}\//, "html`<input class=${a}/>`"],
  ["a style as a value: a policy may forbid it", /\sstyle=["$]/, "html`<p style=${a}>`"],
];

for (const [what, pattern, example] of LEFT_OUT)
  test(`no template uses ${what}`, () => {
    assert.match(example, pattern);
    for (const [name, text] of sources) assert.doesNotMatch(text, pattern, name);
  });
