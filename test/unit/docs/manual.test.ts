/**
 * Holds the manual test sheet to the form's texts: what it prints in bold is a text of the form, and its
 * table has each of them in every language. `UPDATE=1` writes that table.
 */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { describe, test } from "node:test";
import { CATALOGS } from "../../../proxy/shared/messages/index.ts";
import type { MessageKey } from "../../../proxy/shared/messages/en.ts";
import { LANGUAGES } from "../../../proxy/shared/contract.ts";

const SHEET = "test/manual/sheet.md";
const sheet = readFileSync(SHEET, "utf8");

const BOLD = /\*\*([^*]+)\*\*/g;
const TABLE = /(<!-- texts:.*-->\n)([^]*)(\n<!-- end of texts -->)/;

/** The result of a run is printed in bold too. */
const OF_THE_SHEET = ["ok"];

const PLATFORMS = [
  "Safari on macOS",
  "Safari on iOS",
  "Chrome on Android",
  "Samsung Internet",
  "VoiceOver on macOS",
  "VoiceOver on iOS",
  "NVDA",
  "TalkBack",
  "Instagram",
  "Facebook",
  "Telegram",
  "WhatsApp",
];

/** What may be typed stands in place of `{name}` and `{phone}`. */
const saysAs = (written: string, text: string): boolean => {
  const pattern = text.replace(/[.?+()]/g, String.raw`\$&`).replace(/\{\w+\}/g, ".+");
  return new RegExp(`^${pattern}$`).test(written);
};

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of a catalog
const KEYS = Object.keys(CATALOGS.en) as MessageKey[];
/** The longest that fits: "We will call {phone}." is another text without its full stop. */
const keyOf = (written: string): MessageKey | undefined =>
  KEYS.filter((key) => saysAs(written, CATALOGS.en[key])).sort(
    (a, b) => CATALOGS.en[b].length - CATALOGS.en[a].length,
  )[0];

const written = [...sheet.matchAll(BOLD)]
  .map(([, text = ""]) => text)
  .filter((text) => !OF_THE_SHEET.includes(text));

/** Every text that a tester looks or listens for, in the order of the steps. */
const printTexts = (): string => {
  const keys = [...new Set(written.map(keyOf))].filter((key) => key !== undefined);
  const rows = keys.map((key) => LANGUAGES.map((tag) => CATALOGS[tag][key]));
  return [[...LANGUAGES], LANGUAGES.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
};

describe("the manual test sheet", () => {
  test("names texts that the form has", () => {
    assert.ok(written.length > 40, `${written.length} texts`);
    assert.deepEqual(
      written.filter((text) => keyOf(text) === undefined),
      [],
    );
  });

  test("has them in every language", () => {
    const texts = `\n${printTexts()}\n`;
    if (process.env["UPDATE"])
      writeFileSync(
        SHEET,
        sheet.replace(TABLE, (_, begin, __, end) => begin + texts + end),
      );
    assert.equal(TABLE.exec(readFileSync(SHEET, "utf8"))?.[2], texts);
  });

  test("has a row with room for the result of each platform", () => {
    for (const platform of PLATFORMS)
      assert.match(
        sheet,
        new RegExp(`^\\| ${platform}.*\\| [A-C, ]+(?:\\| ){6}\\|$`, "m"),
        platform,
      );
  });

  test("numbers its steps without a gap", () => {
    const steps = [...sheet.matchAll(/^\| ([A-C])(\d+) \|/gm)].map(([, part, n]) => `${part}${n}`);
    const counted = ["A", "B", "C"].flatMap((part) =>
      steps.filter((step) => step.startsWith(part)).map((_, index) => `${part}${index + 1}`),
    );
    assert.deepEqual(steps, counted);
  });
});
