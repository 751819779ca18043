/** Holds the guess of a visitor's country: the time zone first, then regions, then what a language implies. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { TestContext } from "node:test";
import { guessCountryBy } from "../../../widget/essentials/guess-country.ts";
import { WORLD_ZONES } from "../../../widget/essentials/phone/world/zones.ts";
import { callingCodes } from "../../../proxy/shared/plans.ts";

const CASES: [string, string, string[], string][] = [
  ["an English browser in Cairo", "Africa/Cairo", ["en-US", "en"], "EG"],
  ["a British one in Moscow", "Europe/Moscow", ["en-GB"], "RU"],
  ["a Russian one in Dubai", "Asia/Dubai", ["ru-RU"], "AE"],
  ["the old name of a zone", "Asia/Calcutta", ["en-GB"], "IN"],
  ["the new name of a zone", "Asia/Kolkata", ["en-GB"], "IN"],
  ["a zone of three parts", "America/Indiana/Knox", ["ar-EG"], "US"],
  ["no time zone but UTC", "UTC", ["en-US", "ar-EG"], "US"],
  ["a zone that names no place", "Etc/GMT-3", ["ar-SA"], "SA"],
  ["a zone that the table lacks", "Pacific/Apia", ["ru-KZ"], "KZ"],
  ["a language without a region", "UTC", ["ru"], "RU"],
  ["a region behind a language without", "UTC", ["ar", "ar-AE"], "AE"],
  ["English without a region", "UTC", ["en"], ""],
  ["English before another language", "UTC", ["en", "kk"], "KZ"],
  ["a tag that is none", "UTC", ["c", "ar-JO"], "JO"],
  ["nothing at all", "", [], ""],
];

for (const [what, zone, languages, country] of CASES)
  test(`${what} is ${country || "no guess"}`, () =>
    assert.equal(guessCountryBy(zone, languages, WORLD_ZONES), country));

/** Zones of the IANA database. */
const zonesOf = (country: string): string[] => {
  const locale = new Intl.Locale(`und-${country}`) as Intl.Locale & {
    getTimeZones?: () => string[];
    timeZones?: string[];
  };
  // Both +7 and +380 are called from Simferopol.
  return (locale.getTimeZones?.() ?? locale.timeZones ?? []).filter(
    (zone) => !zone.endsWith("/Simferopol"),
  );
};

const LISTED =
  "EG RU KZ SA AE KW QA BH OM JO LB IN PK BD PH LK NP ID SY SD YE IQ PS TN MA DZ LY IR TR ET KE NG ZA GB US CA FR DE IT ES UA UZ KG TJ TM AZ AM GE BY MD CN KR AU IL NL CH AT SE GR CY PL".split(
    " ",
  );

describe("the zones of", () => {
  for (const country of LISTED)
    test(`${country} are all known`, () => {
      const zones = zonesOf(country);
      assert.ok(zones.length > 0, "this Node knows no zones");
      for (const zone of zones) assert.equal(guessCountryBy(zone, [], WORLD_ZONES), country, zone);
    });

  test("every other country say nothing, though they are known by their first letters", () => {
    const others = Object.keys(callingCodes).filter((country) => !LISTED.includes(country));
    const zones = others.flatMap(zonesOf);
    assert.ok(zones.length > 150, String(zones.length));
    for (const zone of zones) assert.equal(guessCountryBy(zone, [], WORLD_ZONES), "", zone);
  });
});

describe("before the zones of the world have come", () => {
  const before = (zone: string, languages: string[]) => guessCountryBy(zone, languages);

  test("a home country is known by its zone", () => {
    for (const country of LISTED.slice(0, 11))
      for (const zone of zonesOf(country)) assert.equal(before(zone, ["de-DE"]), country, zone);
  });

  test("nothing is said of a place elsewhere, whatever the languages say", () => {
    for (const zone of ["Europe/Berlin", "Asia/Calcutta", "America/Indiana/Knox", "Pacific/Apia"])
      assert.equal(before(zone, ["ru-RU", "ar-EG"]), undefined, zone);
  });

  test("languages tell where no zone names a place", () => {
    for (const zone of ["UTC", "", "Etc/GMT-3", "GMT"])
      assert.equal(before(zone, ["ru-RU"]), "RU", zone);
    assert.equal(before("UTC", ["en"]), "");
  });
});

describe("the guess of a page", () => {
  let copies = 0;
  /** A page of its own, and how often it asks for the time zone by either way. */
  const openPage = async (t: TestContext, languages: string[], zone?: string) => {
    const { guessCountry } = (await import(
      `../../../widget/essentials/guess-country.ts?${copies++}`
    )) as { guessCountry: () => string };
    const byIntl = t.mock.method(Intl, "DateTimeFormat", () => ({
      resolvedOptions: () => ({ timeZone: "UTC" }),
    }));
    t.mock.getter(globalThis.navigator, "languages", () => languages);
    const had = Object.getOwnPropertyDescriptor(globalThis, "Temporal");
    t.after(() => {
      Reflect.deleteProperty(globalThis, "Temporal");
      if (had) Object.defineProperty(globalThis, "Temporal", had);
    });
    Object.defineProperty(globalThis, "Temporal", {
      configurable: true,
      value: zone && { Now: { timeZoneId: () => zone } },
    });
    return { guessCountry, asked: () => byIntl.mock.callCount() };
  };

  test("asks `Intl` for nothing where there is Temporal: it would read every language first", async (t) => {
    const { guessCountry, asked } = await openPage(t, ["en"], "Africa/Cairo");
    assert.equal(guessCountry(), "EG");
    assert.equal(asked(), 0);
  });

  test("is worked out once, also where there is none", async (t) => {
    const { guessCountry, asked } = await openPage(t, ["en"]);
    assert.deepEqual([guessCountry(), guessCountry()], ["", ""]);
    assert.equal(asked(), 1);
  });
});
