/** What a typed name, address and number mean in the proxy. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readPhone } from "../../../proxy/phone.ts";
import { readEmail, readName } from "../../../proxy/shared/normalize.ts";
import { PHONES } from "../../phones.ts";

describe("a phone number in the proxy", () => {
  for (const { typed, country, home, expected, likely = true, ...rest } of PHONES)
    test(`${JSON.stringify(typed)} in ${country}${home ? ` for ${home}` : ""} is ${expected}`, () => {
      const reading = readPhone(typed, country, home);
      assert.equal(reading?.e164 ?? "phone_invalid", expected);
      if (!reading) return;
      assert.equal(reading.likely, likely);
      if (likely) assert.equal(reading.mobile, "mobile" in rest ? rest.mobile : true);
    });

  test("an extension is neither sent nor shown", () => {
    assert.equal(readPhone("8 916 123-45-67 доб. 12", "RU")?.formatted, "+7 916 123 45 67");
  });
});

describe("a name", () => {
  const cases: [string, string, string][] = [
    ["is trimmed and its white space collapsed", "  Ada \t\n King ", "Ada King"],
    ["is composed", "Сергеи\u0306", "Сергей"],
    ["loses controls and bidi overrides", "A\u0000d\u202Ea\u2066", "Ada"],
    ["keeps one space where a control stood in white space", "Ada \u0000\t King", "Ada King"],
    ["keeps the joiners that Persian and emoji need", "می\u200Cخواهم 👨‍👩‍👧", "می\u200Cخواهم 👨‍👩‍👧"],
    ["never holds half a character", "Ada \uD83D", "Ada \uFFFD"],
    ["is missing if nothing of it can be seen", " \u200B\u200D\u2060 ", ""],
  ];
  for (const [what, typed, expected] of cases)
    test(what, () => assert.equal(readName(typed), expected));
});

describe("an e-mail address", () => {
  const good: [string, string][] = [
    [" ada@example.com ", "ada@example.com"],
    ["a!b@example.co", "a!b@example.co"],
    ["user@пример.рф", "user@xn--e1afmkfd.xn--p1ai"],
    ["\u200Eada@example.com\u200F", "ada@example.com"],
  ];
  for (const [typed, expected] of good)
    test(`${JSON.stringify(typed)} is ${expected}`, () => assert.equal(readEmail(typed), expected));

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
    "@x.com",
    "a@",
    `${"a".repeat(65)}@x.com`,
    `a@${"x".repeat(64)}.com`,
  ];
  for (const typed of bad)
    test(`${JSON.stringify(typed)} is refused`, () => assert.equal(readEmail(typed), undefined));
});
