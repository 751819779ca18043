/**
 * Holds the packed catalogs, which the browser gets, to the readable ones. `UPDATE=1` writes them anew.
 * Packed they cost 0.7 kB less of the script's twelve: no keys but once, and one byte for one letter.
 */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { CATALOGS } from "../../../widget/i18n/catalogs.generated.ts";
import { EXTRA_CATALOGS } from "../../../widget/extras/catalogs.generated.ts";
import * as ar from "../../../proxy/shared/messages/ar.ts";
import * as en from "../../../proxy/shared/messages/en.ts";
import * as ru from "../../../proxy/shared/messages/ru.ts";
import { type Packed, unpack } from "../../../widget/i18n/unpack.ts";

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

/** What is said only where the extras are there to have it said. */
const EXTRA_KEYS = ["understood", "offline", "cancel", "wait", "close"];

const packAll = (wanted: (key: string) => boolean): Packed => {
  const keys = Object.keys(READABLE["en"]!).filter(wanted);
  // Keys with the same text in every language share a place.
  const textsOf = (key: string) => Object.values(READABLE).map((texts) => texts[key]);
  const groups = [...Map.groupBy(keys, (key) => textsOf(key).join("\n")).values()];
  const texts = (lang: string) =>
    groups.map(([key]) => pack(lang, READABLE[lang]![key!]!)).join(";");
  return {
    keys: groups.map((group) => group.join(" ")).join(";"),
    en: texts("en"),
    ar: texts("ar"),
    ru: texts("ru"),
  };
};

const SUBJECTS = [
  ["i18n/catalogs", CATALOGS, packAll((key) => !EXTRA_KEYS.includes(key))],
  ["extras/catalogs", EXTRA_CATALOGS, packAll((key) => EXTRA_KEYS.includes(key))],
] as const;

if (process.env["UPDATE"])
  for (const [name, , packed] of SUBJECTS) {
    const file = new URL(`../../../widget/${name}.generated.ts`, import.meta.url);
    const entries = Object.entries(packed).map(
      ([key, text]) => `  ${key}:\n    ${JSON.stringify(text)},`,
    );
    const source = readFileSync(file, "utf8");
    writeFileSync(
      file,
      source.replace(/: Packed = \{[^]*\};/, () => `: Packed = {\n${entries.join("\n")}\n};`),
    );
  }

for (const [name, actual, expected] of SUBJECTS) {
  test(`${name} say what the readable ones say`, () => {
    assert.deepEqual(actual, expected, "run UPDATE=1 node test/unit/widget/catalogs.test.ts");
    for (const lang of ["en", "ar", "ru"] as const)
      for (const [key, text] of Object.entries(unpack(actual, lang)))
        assert.equal(text, READABLE[lang]![key]);
  });

  test(`nothing but ASCII stands in the packed letters of ${name}`, () => {
    assert.match(actual.ar + actual.ru, /^[\0-\x7F]+$/);
  });
}

test("no text is left out", () => {
  const packed = SUBJECTS.flatMap(([, actual]) => Object.keys(unpack(actual, "en")));
  assert.deepEqual(packed.toSorted(), Object.keys(READABLE["en"]!).toSorted());
});
