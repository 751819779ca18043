/** Any text in any field of a lead: what is stored is well-formed, holds nothing hidden, and is never cut unsaid. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { readLead, readRequest } from "../../../proxy/lead/lead.ts";
import { CAMPAIGN_FIELDS, MAX_EMAIL_LENGTH } from "../../../proxy/shared/contract.ts";
import { readEmail, readName } from "../../../proxy/shared/normalize.ts";
import { anyText, runs } from "../../property.ts";
import { leadOf, ownTarget } from "./own-target.ts";
import { readPhone } from "../../read-phone.ts";

/** Controls, marks and overrides of direction, halves of pairs: what no field may bring to a vendor, a CSV or a page. */
const HIDDEN = /[\p{Cc}\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFC]/u;
const assertClean = (text: string): void => {
  assert.ok(text.isWellFormed(), JSON.stringify(text));
  assert.doesNotMatch(text, HIDDEN, JSON.stringify(text));
};

/** Letters and digits, but for those that nobody sees. */
const letters = (text: string): string =>
  text.normalize("NFD").replace(/[^\p{L}\p{N}]|[\u115F\u1160\u3164\uFFA0]/gu, "");

describe("any name", () => {
  test("is clean, means the same when it is read again, and keeps each of its letters", () =>
    fc.assert(
      fc.property(anyText(300), (typed) => {
        const name = readName(typed);
        assertClean(name);
        assert.equal(readName(name), name);
        assert.equal(name, name.normalize("NFC").replace(/\s+/g, " ").trim());
        assert.equal(letters(name), letters(typed));
      }),
      runs(1_500),
    ));
});

const domain = fc.oneof(
  fc.domain(),
  anyText(20),
  fc.tuple(anyText(6), fc.domain()).map((parts) => parts.join("")),
  fc
    .tuple(
      fc.constantFrom("пример", "مثال", "exämple", "例え"),
      anyText(4),
      fc.constantFrom(".com", ".рф", ".eg"),
      anyText(4),
    )
    .map((parts) => parts.join("")),
);
const email = fc.oneof(
  fc.emailAddress(),
  fc.tuple(fc.oneof(fc.constant("ada"), anyText(70)), domain).map((parts) => parts.join("@")),
);

describe("any e-mail address", () => {
  test("is one of printable letters, means the same when it is read again, or is refused", () =>
    fc.assert(
      fc.property(email, (typed) => {
        const address = readEmail(typed);
        if (address === undefined) return;
        assert.match(address, /^[\x21-\x7E]+@[\w-]+(?:\.[\w-]+)+$/);
        assert.doesNotMatch(address, /[,;:<>()[\]\\"\s]/);
        assert.ok(address.length <= MAX_EMAIL_LENGTH);
        assert.equal(readEmail(address), address);
        const [local, host = ""] = address.split("@");
        assert.ok(typed.includes(`${local}@`) || /[^\x20-\x7E]/.test(typed), address);
        // Of an ASCII domain nothing may change; of another one every label stays a label.
        const written = typed.slice(typed.lastIndexOf("@") + 1).trim();
        if (/^[\x21-\x7E]*$/.test(written)) assert.equal(host, written);
        assert.doesNotMatch(written, /[/?#:%\\]/);
      }),
      runs(1_500),
    ));
});

const FIELDS = [
  "name",
  "phone",
  "email",
  "project",
  "consent",
  "consent_version",
  "page",
  "referrer",
  "x_note",
  "x_story",
];
const NUMBERS = [
  "01012345678",
  "+20 10 1234 5678",
  "010 1234 5678 ext ",
  "01012345678 / ",
  "01012345678 call ",
];
const field = fc.oneof(fc.constantFrom(...FIELDS, ...CAMPAIGN_FIELDS), anyText(6));

describe("any lead", () => {
  const target = ownTarget([
    { name: "note", type: "text", label: "Note" },
    { name: "story", type: "textarea", label: "Story" },
  ]);
  const id = () => leadOf().id;

  test("is one of clean texts, or each mistake has its code", () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(field, anyText(600)), { maxLength: 12 }),
        fc.tuple(fc.constantFrom(...NUMBERS), anyText(12)),
        fc.option(anyText(), { nil: undefined }),
        (given, number, name) => {
          const form = new Map([
            ["target", "t"],
            ["name", name ?? "Mona"],
            ["phone", number.join("")],
            ["phone_confirmed", "1"],
            ...given,
          ]);
          const request = readRequest(form);
          if (!request) return;
          const read = readLead(request, target, { newId: id, now: () => 0, readPhone });
          if ("fields" in read) {
            assert.ok(Object.keys(read.fields).length > 0);
            return;
          }
          const { own, attribution, ...rest } = read.lead;
          for (const text of [...Object.values(rest), ...Object.values(attribution)])
            if (typeof text === "string") assertClean(text);
          const { note = "", story = "", ...unknown } = own ?? {};
          assertClean(note);
          assertClean(story.replace(/[\n\t]/g, " "));
          assert.deepEqual(unknown, {});
        },
      ),
      runs(600),
    ));
});
