/** Holds the tables of the README against the code that they restate. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { TARGET_KEYS } from "../../proxy/config.ts";
import { STATUSES } from "../../proxy/reply.ts";
import sizes from "../sizes.json" with { type: "json" };

const readme = readFileSync("README.md", "utf8");

/** The rows of the table that follows a comment, cell by cell. */
const tableAfter = (comment: string): string[][] => {
  const start = readme.indexOf(`<!-- table: ${comment}`);
  assert.ok(start >= 0, comment);
  const [, , , ...rows] = readme.slice(start).split("\n\n")[0]!.split("\n");
  return rows.map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll("`", "")),
  );
};

test("the README explains every key of a target and no other", () => {
  const listed = tableAfter("target keys").map(([key]) => key);
  assert.deepEqual(new Set(listed), new Set(TARGET_KEYS));
});

test("the README lists every problem with its status", () => {
  const listed = tableAfter("statuses").map(([status, code]) => `${status} ${code}`);
  const coded = Object.entries(STATUSES).map(([code, status]) => `${status} ${code}`);
  assert.deepEqual(new Set(listed), new Set([...coded, "201 created", "202 accepted"]));
});

test("the widget's README says of each file at most how large it is", () => {
  const widget = readFileSync("widget/README.md", "utf8");
  for (const [file, { limit }] of Object.entries(sizes))
    assert.ok(widget.includes(`| \`${file}\` | at most ${limit.toLocaleString("en")} |`), file);
});

test("the README's first screen is the snippet", () => {
  assert.ok(readme.split("\n").findIndex((line) => line.includes("<lead-form target")) < 15);
});
