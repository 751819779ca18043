/**
 * Holds the packed catalogs, which the browser gets, to the readable ones. `UPDATE=1` writes them anew.
 * Packed they cost 0.7 kB less of the script's twelve: no keys but once, and one byte for one letter.
 */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { KEYS, PACKED, unpack } from "../../widget/catalogs.ts";
import * as ar from "../../widget/messages/ar.ts";
import * as en from "../../widget/messages/en.ts";
import * as ru from "../../widget/messages/ru.ts";

const READABLE: Record<string, Record<string, string>> = {
  en: { ...en.labels, ...en.answers },
  ar: { ...ar.labels, ...ar.answers },
  ru: { ...ru.labels, ...ru.answers },
};

/** What stands for itself in a packed text lies before "?"; letters lie behind it. */
const TOKENS = ["…", "{phone}", "{name}", "{time}", "name@example.com", "ё", "?", "،", "؟", "—"];
const FIRST_LETTER: Record<string, number> = { ar: 0x621, ru: 0x410 };

const pack = (lang: string, text: string): string => {
  const first = FIRST_LETTER[lang];
  if (!first) return text;
  const tokens = TOKENS.reduce((rest, token, i) => rest.replaceAll(token, `${i}`), text);
  return tokens.replace(/[^\0-\x7F]/g, (letter) => {
    const code = letter.charCodeAt(0) - first + 63;
    assert.ok(code >= 63 && code < 127, `${lang}: ${letter} cannot be packed`);
    return String.fromCharCode(code);
  });
};

/** Keys with the same text in every language share a place. */
const groups = Map.groupBy(Object.keys(READABLE["en"]!), (key) =>
  Object.values(READABLE)
    .map((texts) => texts[key])
    .join("\n"),
);
const keys = [...groups.values()].map((group) => group.join(" ")).join(";");
const packed = Object.entries(READABLE).map(([lang, texts]) => [
  lang,
  [...groups.values()].map(([key]) => pack(lang, texts[key!]!)).join(";"),
]);

const file = new URL("../../widget/catalogs.ts", import.meta.url);

if (process.env["UPDATE"]) {
  const source = readFileSync(file, "utf8");
  const data = [
    `export const KEYS =\n  ${JSON.stringify(keys)};`,
    `export const PACKED = {\n${packed.map(([lang, text]) => `  ${lang}: ${JSON.stringify(text)},`).join("\n")}\n};`,
  ].join("\n\n");
  writeFileSync(
    file,
    source.replace(/export const KEYS[^]*?\n\};/, () => data),
  );
}

test("the packed catalogs say what the readable ones say", () => {
  assert.equal(KEYS, keys, "run UPDATE=1 node test/unit/widget-catalogs.test.ts");
  for (const [lang, texts] of Object.entries(READABLE))
    assert.deepEqual(unpack(lang as keyof typeof PACKED), texts);
});

test("nothing in a packed catalog needs an escape in ASCII", () => {
  assert.match(JSON.stringify([KEYS, PACKED.ar, PACKED.ru]), /^[\0-\x7F]+$/);
});
