/** What a typed name, address and number mean in the proxy. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readPhone } from "../../read-phone.ts";
import { isEmail, readEmail, readName, seenName } from "../../../proxy/shared/normalize.ts";
import { readPhone as readInWidget } from "../../widget-phone.ts";
import { PHONES } from "../../phones.ts";

const INVISIBLE: [string, string][] = [
  ["null", "\u0000"],
  ["delete", "\u007F"],
  ["soft hyphen", "\u00AD"],
  ["grapheme joiner", "\u034F"],
  ["Arabic letter mark", "\u061C"],
  ["Mongolian vowel separator", "\u180E"],
  ["zero width space", "\u200B"],
  ["zero width joiner", "\u200D"],
  ["left-to-right mark", "\u200E"],
  ["right-to-left override", "\u202E"],
  ["word joiner", "\u2060"],
  ["invisible plus", "\u2064"],
  ["isolate", "\u2068"],
  ["old format mark", "\u206A"],
  ["Braille blank", "\u2800"],
  ["Hangul filler", "\u3164"],
  ["byte order mark", "\uFEFF"],
  ["half-width filler", "\uFFA0"],
  ["annotation anchor", "\uFFF9"],
  ["object replacement", "\uFFFC"],
  ["tag", "\u{E0041}"],
];

describe("a phone number in the proxy", () => {
  for (const { typed, country, home, expected, likely = true, extension, ...rest } of PHONES)
    test(`${JSON.stringify(typed)} in ${country}${home ? ` for ${home}` : ""} is ${expected}`, () => {
      const reading = readPhone(typed, country, home);
      assert.equal(reading?.e164 ?? "phone_invalid", expected);
      if (!reading) return;
      assert.deepEqual([reading.likely, reading.extension], [likely, extension]);
      if (likely) assert.equal(reading.mobile, "mobile" in rest ? rest.mobile : true);
    });

  test("an extension stands beside the number, not in it", () => {
    assert.equal(
      readPhone("8 916 123-45-67 доб. 12", "RU")?.formatted,
      "+7\u00A0916\u00A0123\u00A04567",
    );
  });
});

describe("a name", () => {
  const cases: [string, string, string][] = [
    ["is trimmed and its white space collapsed", "  Ada \t\n King ", "Ada King"],
    ["is composed", "Сергеи\u0306", "Сергей"],
    [
      "is composed where something hidden kept a letter and its mark apart",
      "Jose\u200B\u0301",
      "José",
    ],
    ["is empty if a sign for the look of a letter is all of it", "\u2800\uFE0F\uFE0F", ""],
    ["loses controls and bidi overrides", "A\u0000d\u202Ea\u2066", "Ada"],
    ["keeps one space where a control stood in white space", "Ada \u0000\t King", "Ada King"],
    ["keeps the joiners that Persian and emoji need", "می\u200Cخواهم 👨‍👩‍👧", "می\u200Cخواهم 👨‍👩‍👧"],
    ["keeps the joiners of Devanagari", "क्\u200Dष", "क्\u200Dष"],
    ["keeps the last joiner of a Malayalam name", "രാജന്\u200D", "രാജന്\u200D"],
    [
      "keeps the colours of an emoji",
      "Ada \u2764\uFE0F \u{1F469}\u{1F3FD}\u200D\u{1F680}",
      "Ada \u2764\uFE0F \u{1F469}\u{1F3FD}\u200D\u{1F680}",
    ],
    ["keeps a joiner between marks that were hidden", "می\u200E\u200Cخواهم", "می\u200Cخواهم"],
    ["loses joiners at the edges of words", "\u200Dمحمد\u200C علي\u200D", "محمد علي"],
    ["loses joiners that its script does not need", "A\u200Dd\u200Ca Ив\u200Dан", "Ada Иван"],
    ["loses a second joiner", "می\u200C\u200Cخواهم", "می\u200Cخواهم"],
    ["is missing if only a variation is left", " \uFE0F ", ""],
    ["is missing if it is a filler", "\u3164\u2800\u115F", ""],
    ["never holds half a character", "Ada \uD83D", "Ada \uFFFD"],
    ["is missing if nothing of it can be seen", " \u200B\u200D\u2060 ", ""],
  ];
  for (const [what, typed, expected] of cases)
    test(what, () => {
      assert.equal(readName(typed), expected);
      assert.equal(seenName(typed) === "", expected === "", "seen by the form");
      assert.ok(seenName(typed).length <= expected.length);
    });

  for (const [what, mark] of INVISIBLE)
    test(`loses a ${what}, as an address and a number do`, () => {
      assert.equal(readName(`${mark}A${mark}da${mark}`), "Ada");
      assert.equal(seenName(`${mark}A${mark}da${mark}`), "Ada");
      assert.equal(isEmail(`${mark}a${mark}da@exam${mark}ple.com${mark}`), true);
      assert.equal(readEmail(`${mark}a${mark}da@exam${mark}ple.com${mark}`), "ada@example.com");
      for (const read of [readPhone, readInWidget])
        assert.equal(read(`${mark}010${mark}12345678${mark}`, "EG")?.e164, "+201012345678");
    });
});

test("a long text of joiners or of digits is read in no time", () => {
  const started = process.cpuUsage();
  for (const text of ["\u200D", "می\u200C", "a\u200D"]) readName(text.repeat(16_000 / text.length));
  for (const text of ["1 ", "8 10 ", "1/", "(", "+1 "])
    readPhone(text.repeat(250 / text.length), "RU");
  const { user } = process.cpuUsage(started);
  assert.ok(user < 1e6, `${user / 1000} ms`);
});

describe("an e-mail address", () => {
  const good: [string, string][] = [
    [" ada@example.com ", "ada@example.com"],
    ["a!b@example.co", "a!b@example.co"],
    ["user@пример.рф", "user@xn--e1afmkfd.xn--p1ai"],
    ["\u200Eada@example.com\u200F", "ada@example.com"],
  ];
  for (const [typed, expected] of good)
    test(`${JSON.stringify(typed)} is ${expected}`, () => {
      assert.equal(readEmail(typed), expected);
      assert.equal(isEmail(typed), true, "by the form");
    });

  const bad = [
    "a@b",
    "a@b.c",
    "a..b@x.com",
    ".a@x.com",
    "a.@x.com",
    "a@-x.com",
    "a@x.com.",
    "a b@x.com",
    "a@b@x.com",
    "юзер@x.com",
    "a@1.2.3.4",
    "a@пример.рф/x.example",
    "a@пример.рф#",
    "a@пример.рф:25",
    "a@при%6Dер.рф",
    "a@при\nмер.рф",
    "@x.com",
    "a@",
    `${"a".repeat(65)}@x.com`,
    `a@${"x".repeat(64)}.com`,
  ];
  for (const typed of bad)
    test(`${JSON.stringify(typed)} is refused`, () => {
      assert.equal(readEmail(typed), undefined);
      assert.equal(isEmail(typed), false, "by the form");
    });
});
