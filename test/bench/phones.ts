/**
 * Owns `npm run bench:phones`: what becomes of national numbers where the browser says the wrong country.
 * Must not send anything: it runs the form's rules and the proxy's in one process.
 *
 * Each number is typed as it is dialled at home, under twelve languages, in a form that knows the target's
 * country ("told") and in one that does not:
 * a) in the right time zone, for any target;
 * b) in a wrong one, for a target of the number's country;
 * c) in a wrong one, for a target of another country.
 * Wrong is a zone of another country, and one that says nothing, so that the language decides.
 */
import { WORLD_ZONES } from "../../widget/essentials/phone/world/zones.ts";
import { guessCountryBy } from "../../widget/essentials/guess-country.ts";
import { randomNumbers, seeded } from "./phone-numbers.ts";
import { type Visit, visit } from "./phone-visit.ts";

const SEED = 11;
const COUNT = Number(process.argv[2] ?? 2000);

const ZONES = {
  EG: "Africa/Cairo",
  RU: "Europe/Moscow",
  KZ: "Asia/Almaty",
  SA: "Asia/Riyadh",
  AE: "Asia/Dubai",
} as const;
type Country = keyof typeof ZONES;
const COUNTRIES = Object.keys(ZONES) as Country[];

const LANGUAGES = "en-US en-GB it-IT en-IN ar-EG ru-RU ar-SA de-DE fr-FR tr-TR kk-KZ zh-CN".split(
  " ",
);

const NO_ZONE = "Etc/UTC";

interface Counts {
  visits: number;
  otherThanSeen: number;
  unseen: number;
  refused: number;
  asked: number;
  misread: number;
}
const none = (): Counts => ({
  visits: 0,
  otherThanSeen: 0,
  unseen: 0,
  refused: 0,
  asked: 0,
  misread: 0,
});

const add = (counts: Counts, { stored, seen, questions, misread }: Visit): void => {
  counts.visits++;
  if (!stored) counts.refused++;
  else if (seen === undefined) counts.unseen++;
  else if (seen !== stored) counts.otherThanSeen++;
  if (questions > 0) counts.asked++;
  if (misread) counts.misread++;
};

/** A case, and whether the form has been told the target's country. */
type Row = `${"a" | "b" | "c"} ${"told" | "untold"}`;

const run = (country: Country): Map<Row, Counts> => {
  const others = COUNTRIES.filter((other) => other !== country);
  const rows = new Map<Row, Counts>();
  for (const [index, number] of randomNumbers(country, COUNT, seeded(SEED)).entries()) {
    const other = others[index % others.length]!;
    const elsewhere = others[(index >> 2) % others.length]!;
    // Most languages lead to the same guess.
    const known = new Map<string, Visit>();
    for (const [scenario, home, zones] of [
      ["a", COUNTRIES[index % COUNTRIES.length]!, [ZONES[country]]],
      ["b", country, [ZONES[elsewhere], NO_ZONE]],
      ["c", other, [ZONES[elsewhere], NO_ZONE]],
    ] as const)
      for (const language of LANGUAGES)
        for (const zone of zones)
          for (const isHomeKnown of [true, false]) {
            const guess = guessCountryBy(zone, [language], WORLD_ZONES) || undefined;
            if (scenario !== "a" && guess === country) continue;
            const key = `${home} ${guess} ${isHomeKnown}`;
            if (!known.has(key))
              known.set(key, visit(number, country, { home, isHomeKnown, guess }));
            const row: Row = `${scenario} ${isHomeKnown ? "told" : "untold"}`;
            if (!rows.has(row)) rows.set(row, none());
            add(rows.get(row)!, known.get(key)!);
          }
  }
  return rows;
};

console.log(
  `${COUNT} numbers each, landlines and mobiles, ${LANGUAGES.length} languages, seed ${SEED}`,
);
const COLUMNS = ["visits", "otherThanSeen", "unseen", "refused", "asked", "misread"] as const;
console.log(`country case    ${COLUMNS.map((name) => name.padStart(14)).join("")}`);
let faults = 0;
for (const country of COUNTRIES)
  for (const [row, counts] of run(country)) {
    const cells = COLUMNS.map((name) => String(counts[name]).padStart(14)).join("");
    console.log(`${country.padEnd(8)}${row.padEnd(8)}${cells}`);
    faults += counts.otherThanSeen + counts.unseen + (row.startsWith("c") ? 0 : counts.refused);
  }
console.log(
  faults === 0 ? "none stored unseen or as another number" : `${faults} must not have happened`,
);
if (faults > 0) process.exitCode = 1;
