/** Holds the packed catalogs, which a browser gets, to the readable texts. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ESSENTIAL_CATALOGS } from "../../../widget/essentials/catalogs.generated.ts";
import { EXTRA_CATALOGS } from "../../../widget/extras/catalogs.generated.ts";
import { OWN_CATALOGS } from "../../../widget/own-fields/catalogs.generated.ts";
import { CATALOGS } from "../../../widget/i18n/catalogs.generated.ts";
import { unpack } from "../../../widget/i18n/unpack.ts";
import { LANGUAGES, PROBLEM_CODES } from "../../../proxy/shared/contract.ts";
import { CATALOGS as TEXTS } from "../../../proxy/shared/messages/index.ts";
import { READABLE } from "../../../widget/scripts/pack-catalogs.ts";

for (const [name, packed, readable] of [
  ["the script", CATALOGS, READABLE.script],
  ["the essentials", ESSENTIAL_CATALOGS, READABLE.essentials],
  ["the extras", EXTRA_CATALOGS, READABLE.extras],
] as const)
  for (const lang of LANGUAGES)
    test(`${lang} of ${name} say what the readable texts say`, () =>
      assert.deepEqual(unpack(packed, lang), readable[lang], "run npm run generate"));

test("nothing but ASCII stands in packed letters", () => {
  for (const packed of [CATALOGS, ESSENTIAL_CATALOGS, EXTRA_CATALOGS])
    assert.match(packed.ar + packed.ru, /^[\0-\x7F]+$/);
});

test("with all parts every text is the exact one; a failure without a text is `unavailable`", () => {
  const failures = new Set<string>([...PROBLEM_CODES, "network", "timeout"]);
  for (const lang of LANGUAGES) {
    const texts: Record<string, string> = {
      ...READABLE.script[lang],
      ...READABLE.essentials[lang],
      ...READABLE.extras[lang],
      ...READABLE.own[lang],
    };
    for (const [key, text] of Object.entries(TEXTS[lang]))
      assert.equal(texts[key] ?? (failures.has(key) && texts["unavailable"]), text, key);
  }
});

test("own fields have their four texts in each language, with signs for the limits", () => {
  for (const lang of LANGUAGES) {
    const { field_invalid: i, field_missing: m, field_range: r, field_too_long: t } = TEXTS[lang];
    const pack = (text: string) => text.replace("{min}", "<").replace("{max}", ">");
    assert.deepEqual(OWN_CATALOGS[lang], { i, m, r: pack(r), t: pack(t) }, "run npm run generate");
  }
});
