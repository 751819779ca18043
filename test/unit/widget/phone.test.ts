/** What a typed number means in the widget, before and after the parts for other spellings and the world have come. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readPhone, resolve } from "../../widget-phone.ts";
import type * as PhoneRules from "../../../widget/essentials/phone/index.ts";
import { takeApart } from "../../../widget/essentials/phone/spelling/index.ts";
import { metadata } from "../../../widget/essentials/phone/world/index.ts";
import { PHONES } from "../../phones.ts";

/** Each its own copy: the plans that have come stay. */
const load = (copy: string): Promise<typeof PhoneRules> =>
  import(`../../../widget/essentials/phone/index.ts?${copy}`) as Promise<typeof PhoneRules>;

const small = await load("small");
const whole = await load("whole");
/** Without any other part. */
const bare = await load("bare");
whole.addRules({ metadata });
for (const rules of [small, whole]) rules.addRules({ takeApart });

for (const [when, { readPhone }] of [
  ["with eleven countries", small],
  ["with the whole world", whole],
] as const)
  describe(`a phone number in the widget ${when}`, () => {
    for (const row of PHONES) {
      const { typed, country, home, expected, likely = true, extension, world } = row;
      const isKnown = !world || readPhone === whole.readPhone;
      test(`${JSON.stringify(typed)} in ${country} is ${isKnown ? expected : "let pass"}`, () => {
        const reading = readPhone(typed, country, isKnown ? home : undefined);
        if (!isKnown) {
          assert.equal(reading?.formatted, "", "nothing is claimed");
          return assert.deepEqual([reading.likely, reading.extension], [likely, extension]);
        }
        assert.equal(reading?.e164 ?? "phone_invalid", expected);
        if (!reading) return;
        assert.notEqual(reading.formatted, "", "shown");
        assert.deepEqual([reading.likely, reading.extension], [likely, extension]);
        // The rest of the world comes without its ranges.
        if (likely && !world) assert.equal(reading.mobile, "mobile" in row ? row.mobile : true);
      });
    }
  });

describe("the rest of the world", () => {
  const needed: [string, string, Parameters<typeof small.lacks>[1]][] = [
    ["a typed code from elsewhere", "+44 7400 123456", { home: "EG" }],
    ["a typed code behind a label", "Tel: 0044 7400 123456", { chosen: "RU" }],
    ["a chosen country from elsewhere", "07400 123456", { chosen: "GB" }],
    ["a guessed country where the target's own is not known", "07400 123456", { guess: "GB" }],
    [
      "a guessed country where the target's own does not fit",
      "07400 123456",
      { home: "RU", guess: "GB" },
    ],
    ["a target from elsewhere", "07400 123456", { home: "GB", guess: "EG" }],
    ["a code of no country", "+800 1234 5678", { home: "EG" }],
  ];
  for (const [what, typed, context] of needed)
    test(`is needed for ${what}, and once`, () => {
      assert.equal(small.lacks(typed, context), "world");
      assert.equal(whole.lacks(typed, context), undefined);
      assert.notEqual(whole.resolve(typed, context).reading?.formatted, "");
    });

  const needless: [string, string | null, Parameters<typeof small.lacks>[1]][] = [
    ["nothing typed", "", { chosen: "GB" }],
    ["no text at all", null, { chosen: "GB" }],
    ["a code of the eleven", "+7 916 123-45-67", { guess: "GB" }],
    ["a number of the target's country", "01012345678", { home: "EG", guess: "US" }],
    ...Array.from(
      { length: 11 },
      (_, digits): [string, string, { home: string; guess: string }] => [
        `the first ${digits + 1} digits of a number of the target's`,
        "01012345678".slice(0, digits + 1),
        { home: "EG", guess: "US" },
      ],
    ),
    ["a number of the chosen country", "01012345678", { chosen: "EG" }],
    ["the beginning of a number", "+44 7", { chosen: "EG" }],
    ["a code that does not exist", "+999 1234567", { chosen: "EG" }],
    ["no country", "01012345678", {}],
    ["a country that does not exist", "01012345678", { chosen: "ZZ" }],
  ];
  for (const [what, typed, context] of needless)
    test(`is not asked for because of ${what}`, () => {
      assert.equal(small.lacks(typed, context), undefined);
    });

  test("lets a number of a wrong length be told", () => {
    const typed = "+44 7400 1234";
    assert.ok(small.readPhone(typed, "EG"), "before");
    assert.equal(whole.readPhone(typed, "EG"), undefined);
  });

  test("is read beside the eleven, whose ranges stay", async () => {
    const { addRules, readPhone } = await load("later");
    assert.equal(readPhone("+44 7400 123456", "EG")?.formatted, "");
    addRules({ metadata });
    assert.equal(readPhone("+44 7400 123456", "EG")?.formatted, "+44\u00A0740\u00A0012\u00A03456");
    assert.equal(readPhone("01312345678", "EG")?.likely, false);
  });
});

describe("another spelling", () => {
  test("is read once its part has come, and until then not at all; any other text needs no part", () => {
    for (const { typed, country } of PHONES) {
      const isSpelled = bare.lacks(typed, { chosen: country }) === "spelling";
      assert.deepEqual(
        bare.readPhone(typed, country),
        isSpelled ? undefined : small.readPhone(typed, country),
        typed,
      );
    }
  });

  for (const typed of [
    "01012345678",
    "+20 10 1234 5678",
    "(010) 1234-5678",
    "010.1234.5678",
    "+20 (10) 12345678",
    "٠١٠١٢٣٤٥٦٧٨",
    "8 (916) 123-45-67",
    "8 916 123 45 67",
    "+7 (916) 123 45 67",
    "+77011234567",
    "+971 50 123 4567",
    "+49 1512 345678",
    "+44 7400 123456",
    "+1 (415) 555-2671",
  ])
    test(`is not what somebody types who writes ${typed}, at any key`, () => {
      for (let keys = 0; keys <= typed.length; keys++)
        assert.notEqual(bare.lacks(typed.slice(0, keys), { home: "EG" }), "spelling", typed);
    });

  for (const typed of [
    "0020 10 12345678",
    "+20 0020 10 12345678",
    "8 10 20 10 12345678",
    "+8 916 123 45 67",
    "+52 1 55 1234 5678",
    "Tel: 01012345678",
    "O1012345678",
    "010–12345678",
    "01012345678 ext 5",
    "01012345678 (12)",
    "01012345678 / 01112345678",
    "01012345678 01112345678",
  ])
    test(`is ${typed}`, () => {
      assert.equal(bare.lacks(typed, { home: "RU" }), "spelling");
      assert.notEqual(small.lacks(typed, { home: "RU" }), "spelling");
    });

  test("is asked for before the world, and does not put it off", async () => {
    const later = await load("spelled");
    const typed = "Tel: 0044 7400 123456";
    assert.equal(later.lacks(typed, { home: "EG" }), "spelling");
    later.addRules({ takeApart });
    assert.equal(later.lacks(typed, { home: "EG" }), "world");
    assert.equal(later.readPhone("Tel: 01012345678", "EG")?.e164, "+201012345678");
  });
});

describe("a number", () => {
  test("is parsed once by each country, however often the form asks", () => {
    const context = { home: "EG", guess: "RU", offered: ["EG", "SA"] };
    const first = resolve("0512345678", context);
    assert.equal(first.by, "SA");
    assert.equal(resolve("0512345678", context).reading, first.reading);
    assert.equal(readPhone("01012345678", "EG"), readPhone("01012345678", "EG"));
  });

  test("is forgotten once there are many: a field may be typed in for hours", () => {
    const first = readPhone("01012345678", "EG");
    for (let n = 0; n < 600; n++) readPhone(`0101234${n}`, "EG");
    const again = readPhone("01012345678", "EG");
    assert.notEqual(again, first);
    assert.deepEqual(again, first);
  });
});
