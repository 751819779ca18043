/** Holds every list of languages that no compiler sees to the one of the contract. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { LANGUAGES } from "../../../proxy/shared/contract.ts";

/** Each list by its file, and how its entries are written there. */
const LISTS: [file: string, list: RegExp, entry: RegExp][] = [
  ["widget/wordpress/includes/element.php", /const LANGUAGES = array\((.*?)\)/s, /'(\w\w)'/g],
  [
    "widget/wordpress/block/edit.js",
    /__\("Language", "lead-form"\),(.*?)\n {8}\)/s,
    /\["(\w\w)",/g,
  ],
  ["demo/gallery.html", /([^]*)/, /name="lang" value="(\w\w)"/g],
  ["demo/gallery/gallery.ts", /lang: \[(.*?)\]/, /"(\w\w)"/g],
  ["test/screenshots.ts", /const LANGUAGES = \[(.*?)\]/, /"(\w\w)"/g],
];

for (const [file, list, entry] of LISTS)
  test(`${file} lists the languages of proxy/shared/contract.ts`, () => {
    const text = list.exec(readFileSync(file, "utf8"))?.[1] ?? "";
    const found = [...text.matchAll(entry)].map(([, language]) => language ?? "");
    assert.deepEqual(found.toSorted(), LANGUAGES.toSorted());
  });
