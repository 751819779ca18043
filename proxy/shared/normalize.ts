/**
 * Owns the meaning of a typed name, e-mail address and phone number, for browser and proxy alike. Must not
 * import a phone library: each side passes in its own.
 */
import { MAX_EMAIL_LENGTH } from "./contract.ts";

/** Marks that reorder or hide text: copied along from chat apps, meaningless in a lead. */
const BIDI_MARKS = /[\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** White space is no control here: a line break stands between two words. */
const CONTROLS = /(?!\s)[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu;

/**
 * The name as it is stored: NFC, well-formed, one space between words, no controls and no bidi
 * overrides. Joiners stay, since Persian names and emoji need them. Empty if nothing visible is left.
 */
export const readName = (raw: string): string => {
  const name = raw
    .normalize("NFC")
    .toWellFormed()
    .replace(CONTROLS, "")
    .replace(/\s+/g, " ")
    .trim();
  return /[^\s\p{Cf}]/u.test(name) ? name : "";
};

const EMAIL_LOCAL = /^(?!\.)(?!.*\.\.)[\w.!#$%&'*+/=?^`{|}~-]{1,64}(?<!\.)$/;
const EMAIL_DOMAIN =
  /^(?=.{1,253}$)(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+(?:[a-z]{2,63}|xn--[a-z\d-]{1,59})$/i;

/** An internationalised domain in its ASCII form (RFC 5891); browsers differ in doing it themselves. */
const toAsciiDomain = (domain: string): string => {
  if (/^[\x21-\x7E]*$/.test(domain)) return domain;
  try {
    return new URL(`http://${domain}`).hostname;
  } catch {
    return "";
  }
};

/**
 * The address as it is stored, or undefined if mail could not reach it: the pattern of HTML's
 * `type=email`, narrowed to what mail servers take (a dotted domain, no stray dots, 64 + 253).
 */
export const readEmail = (raw: string): string | undefined => {
  const text = raw.replace(BIDI_MARKS, "").trim();
  const at = text.lastIndexOf("@");
  const local = text.slice(0, Math.max(at, 0));
  const domain = toAsciiDomain(text.slice(at + 1));
  const address = `${local}@${domain}`;
  return address.length <= MAX_EMAIL_LENGTH && EMAIL_LOCAL.test(local) && EMAIL_DOMAIN.test(domain)
    ? address
    : undefined;
};

/** The part of libphonenumber-js that a reading needs. */
export interface ParsedPhone {
  number: string;
  country?: string | undefined;
  isPossible(): boolean;
  isValid(): boolean;
  getType(): string | undefined;
  formatInternational(): string;
}
export type ParsePhone = (text: string, country: string | undefined) => ParsedPhone | undefined;

/** How a typed number was understood. */
export interface PhoneReading {
  /** `+` and up to 15 digits (ITU-T E.164). */
  e164: string;
  /** For people, in Latin digits: `+20 10 12345678`. */
  formatted: string;
  /** ISO 3166-1 alpha-2, where the number tells. */
  country: string | undefined;
  /** False: the length is possible, the range is unknown. Ask once, then believe. */
  likely: boolean;
  /** Undefined where the numbering plan does not tell. */
  mobile: boolean | undefined;
}

/** Countries of the +7 plan, where people write `+8 916…` for `8 916…`. */
const TRUNK_EIGHT = ["RU", "KZ"];

const HIDDEN = /[\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/g;

/** Arabic-Indic, Persian and full-width digits: in each block the low four bits are the digit. */
const toLatinDigits = (text: string): string =>
  text.replace(/[\u0660-\u0669\u06F0-\u06F9\uFF10-\uFF19]/g, (digit) =>
    String(digit.charCodeAt(0) & 15),
  );

/**
 * The text with everything undone that people and apps put around a number: hidden marks, a `tel:`
 * link, parentheses round the country code, `00` for `+`, and `+8 9…` where it stands for `+7 9…`.
 */
const cleanPhone = (raw: string, countries: readonly (string | undefined)[]): string => {
  const text = toLatinDigits(raw.replace(HIDDEN, ""))
    .trim()
    .replace(/^(?:tel|тел)[.:]*\s*/i, "")
    .replace(/^\(\s*((?:\+|\uFF0B|00)\s*\d+)\s*\)/, "$1 ")
    .replace(/^(?:\uFF0B|00(?=\s*[1-9]))/, "+");
  const slip = /^\+8[\s(-]*(?=9(?:\D*\d){9}$)/;
  return countries.some((c) => TRUNK_EIGHT.includes(c ?? "")) ? text.replace(slip, "+7") : text;
};

/**
 * Reads a phone number as typed. A leading `+` or `00` beats the country.
 * @param country ISO code by which a national number is read
 * @param home the target's own country, where it is known
 * @returns undefined if this is no phone number of any length (`phone_invalid`)
 */
export const readPhone = (
  parse: ParsePhone,
  raw: string,
  country: string | undefined,
  home = country,
): PhoneReading | undefined => {
  const parsed = parse(cleanPhone(raw, [country, home]), country);
  if (!parsed?.isPossible()) return undefined;
  const type = parsed.getType();
  return {
    e164: parsed.number,
    formatted: parsed.formatInternational().replace(/ ext\..*/, ""),
    country: parsed.country,
    likely: parsed.isValid(),
    mobile: type === undefined ? undefined : /MOBILE/.test(type),
  };
};

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
  read: (raw: string, country: string) => PhoneReading | undefined,
  raw: string,
  { chosen, home, guess, offered = [] }: PhoneContext,
): ResolvedPhone => {
  const countries = chosen ? [chosen] : [...new Set([home, guess, ...offered])].filter(Boolean);
  const all = (countries.length > 0 ? (countries as string[]) : [""]).map((by) => ({
    by,
    reading: read(raw, by),
  }));
  return (
    all.find(({ reading }) => reading?.likely) ?? all.find(({ reading }) => reading) ?? all[0]!
  );
};
