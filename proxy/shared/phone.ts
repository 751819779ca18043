/**
 * Owns what a typed phone number means, for browser and proxy alike. Must not import a phone library: each
 * side passes in its own.
 */
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
