/** Any text: the fields that `URLSearchParams` finds in it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readUrlencoded } from "../../../proxy/http/urlencoded.ts";
import { anyText, runs } from "../../property.ts";

/** What the syntax is made of: whole and broken escapes, UTF-8 that is cut short, overlong or a surrogate. */
const piece = fc.oneof(
  fc.constantFrom("&", "=", "+", "%", "?", "%2", "%zz", "%41", "%2B", "%26", "%C3", "%A9", "%00"),
  fc.constantFrom("%D0%90", "%d9%85", "%ED%A0%80", "%C0%AF", "%F0%9F%98%80", "%EF%BB%BF", "%FF"),
  fc.constantFrom("__proto__", "name", "name=", "a=b=c", "&&", "a"),
  anyText(4).map((text) => text.toWellFormed()),
);

test("a form's body has the fields that the platform reads in it", () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const text = pieces.join("");
      const wanted = [...new Map(new URLSearchParams(`?${text}`))];
      assert.deepEqual([...readUrlencoded(text)], wanted);
    }),
    runs(3_000),
  );
});

test("what a browser sends is read back, in each language", () => {
  const fields = new Map([
    ["name", "منى عادل"],
    ["phone", "+20 101 234 5678"],
    ["note", "100 % & more = “да”\r\n?"],
    ["empty", ""],
  ]);
  assert.deepEqual(readUrlencoded(new URLSearchParams([...fields]).toString()), fields);
});
