/** Owns random valid numbers of a country, from its numbering plan. Must not use a clock or a true dice: a run repeats. */
import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { CountryCode } from "libphonenumber-js/max";
import metadata from "libphonenumber-js/max/metadata";

/** mulberry32: 32 bits of state, enough for a series. */
export const seeded = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Places in a row of the plan: the types of number, and what is dialled before one. */
const TYPES = 11;
const TRUNK = 5;

interface Plan {
  /** What is dialled before a national number: 0, 8, or nothing. */
  trunk: string;
  /** A regular expression for each of landline and mobile, with the lengths that it has. */
  types: { pattern: RegExp; lengths: number[] }[];
}

const planOf = (country: CountryCode): Plan => {
  const rows = metadata.countries as unknown as Record<string, unknown[]>;
  const row = rows[country]!;
  const types = (row[TYPES] as [string, number[]?][]).slice(0, 2);
  return {
    trunk: (row[TRUNK] as string) || "",
    types: types.map(([pattern, lengths]) => ({
      pattern: new RegExp(`^(?:${pattern})$`),
      lengths: lengths ?? (row[3] as number[]),
    })),
  };
};

/** Random digits until they fit. */
const draw = (random: () => number, { pattern, lengths }: Plan["types"][number]): string => {
  for (;;) {
    const length = lengths[Math.floor(random() * lengths.length)]!;
    const digits = Array.from({ length }, () => Math.floor(random() * 10)).join("");
    if (pattern.test(digits)) return digits;
  }
};

export interface TypedNumber {
  /** As it is dialled at home. */
  typed: string;
  e164: string;
}

/** Landlines and mobiles in turn, each valid by the whole numbering plan. */
export const randomNumbers = (
  country: CountryCode,
  count: number,
  random: () => number,
): TypedNumber[] => {
  const { trunk, types } = planOf(country);
  const numbers: TypedNumber[] = [];
  while (numbers.length < count) {
    const national = draw(random, types[numbers.length % 2]!);
    const parsed = parsePhoneNumberFromString(national, country);
    if (parsed?.isValid() && parsed.country === country)
      numbers.push({ typed: trunk + national, e164: parsed.number });
  }
  return numbers;
};
