/** Holds the packed catalogs, which a browser gets, to the readable texts. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { EXTRA_CATALOGS } from "../../../widget/extras/catalogs.generated.ts";
import { CATALOGS } from "../../../widget/i18n/catalogs.generated.ts";
import { unpack } from "../../../widget/i18n/unpack.ts";
import { READABLE } from "../../../widget/scripts/pack-catalogs.ts";

const CATALOGS_BY_NAME = { CATALOGS, EXTRA_CATALOGS };

for (const [name, packed] of Object.entries(CATALOGS_BY_NAME)) {
  test(`${name} say what the readable texts say`, () => {
    for (const lang of ["en", "ar", "ru"] as const)
      for (const [key, text] of Object.entries(unpack(packed, lang)))
        assert.equal(text, READABLE[lang]![key], `${lang}: ${key}; run npm run generate`);
  });

  test(`nothing but ASCII stands in the packed letters of ${name}`, () => {
    assert.match(packed.ar + packed.ru, /^[\0-\x7F]+$/);
  });
}

test("no text is left out", () => {
  const keys = Object.values(CATALOGS_BY_NAME).flatMap((packed) =>
    Object.keys(unpack(packed, "en")),
  );
  assert.deepEqual(keys.toSorted(), Object.keys(READABLE["en"]!).toSorted());
});
