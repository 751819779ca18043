/**
 * Owns by which country a typed number is read, and when a visitor is asked: the form and the proxy run
 * the same. Must not parse: each side passes its own reader.
 */
import type { PhoneReading } from "./phone.ts";

/** Reads a typed number by one country: "" for none. */
export type ReadPhone = (raw: string, country: string) => PhoneReading | undefined;

/** What is known about the country of a number that names none. ISO 3166-1 alpha-2 codes in capitals. */
export interface PhoneContext {
  /** Chosen by the visitor or fixed by the page: nothing overrules it. */
  chosen?: string | undefined;
  /** The target's own country. */
  home?: string | undefined;
  /** From the visitor's time zone or languages: never better than a guess. */
  guess?: string | undefined;
  /** Those that the form offers; tried last. */
  offered?: readonly string[] | undefined;
}

export interface ResolvedPhone {
  /** The country by which a national number was read; "" where none is known. */
  by: string;
  /** Undefined if this is no phone number by any of them. */
  reading: PhoneReading | undefined;
}

/**
 * Reads a number by the first country in whose numbering plan it is valid: the chosen one alone, else the
 * target's own, the guess, those offered. Where it is valid in none, the first that reads it at all counts.
 * Both sides run this, so that what the form shows is what the proxy stores.
 */
export const resolvePhone = (
  read: ReadPhone,
  raw: string,
  { chosen, home, guess, offered = [] }: PhoneContext,
): ResolvedPhone => {
  const countries = chosen ? [chosen] : [...new Set([home, guess, ...offered])].filter(Boolean);
  const all = (countries.length > 0 ? (countries as string[]) : [""]).map((by) => ({
    by,
    reading: read(raw, by),
  }));
  // Without a format the plan is not known: a possible shape alone never beats the first country.
  return (
    all.find(({ reading }) => reading?.likely && reading.formatted) ??
    all.find(({ reading }) => reading?.formatted) ??
    all[0]!
  );
};

/** A number that the visitor has to see before it is stored, as the 422 carries it. */
export interface PhoneSuggestion {
  /** E.164 */
  phone: string;
  /** ISO 3166-1 alpha-2: sent as `country` once the visitor has agreed. */
  country: string;
}

export interface PhoneDecision extends ResolvedPhone {
  /** Where the form has shown another number, or none: ask for this one, and store nothing. */
  suggestion?: PhoneSuggestion;
}

/**
 * What the proxy does with a number: read it by the chosen country, else by the target's own, else by the
 * guess. The form has shown the guess's reading, so another one that wins is only suggested. Where the
 * number is valid in neither, the one that the visitor saw counts: a suggestion would be no better.
 * @param context `guess` is `country_guess`: the country by which the form read the number that it shows
 */
export const decidePhone = (
  read: ReadPhone,
  raw: string,
  { chosen, home, guess }: Omit<PhoneContext, "offered">,
): PhoneDecision => {
  const resolved = resolvePhone(read, raw, { chosen, home, guess });
  if (chosen || !guess || !resolved.reading || resolved.by === guess) return resolved;
  const seen = read(raw, guess);
  if (seen && (seen.e164 === resolved.reading.e164 || !resolved.reading.likely))
    return { by: guess, reading: seen };
  const { e164: phone } = resolved.reading;
  return { ...resolved, suggestion: { phone, country: resolved.by } };
};
