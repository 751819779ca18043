/**
 * Owns the meaning of a typed phone number, for browser and proxy alike. Must not import a phone library: each
 * side passes in its own.
 */
import type { TakeApart } from "./plain-phone.ts";

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

/** `+20 101 234 5678`: spaces that help to compare and break no line, whatever the country's own custom is. */
export const writePhone = (callingCode: string, national: string): string =>
  `+${callingCode} ${national}`.replace(/ |(?<=\d\d)(?=(\d{3})?\d{4}$)/g, "\u00A0");

/** How a typed number was understood. */
export interface PhoneReading {
  /** `+` and up to 15 digits (ITU-T E.164); more only where the country's plan has such numbers. */
  e164: string;
  /** For people, in Latin digits: `+20 10 12345678`. */
  formatted: string;
  /** ISO 3166-1 alpha-2, where the number tells. */
  country: string | undefined;
  /** False: the range is unknown though the length is possible, or a second number was typed. Ask once, then believe. */
  likely: boolean;
  /** Undefined where the numbering plan does not tell. */
  mobile: boolean | undefined;
  /**
   * What was typed behind the number, so that nothing is lost: the digits of an extension ("12"), a
   * second number as it was typed ("011 1234 5678"; the visitor is asked), or a few words ("WhatsApp").
   */
  extension: string | undefined;
}

/** The plus and 15 digits. Germany has longer numbers; Indonesia only calls them possible. */
const MAX_LENGTH = 16;

/**
 * Reads a phone number as typed. A leading `+` or `00` beats the country. Of two numbers the first is
 * read, and the second kept as `extension`; `likely` is false then, so that the visitor is asked.
 * @param takeApart finds what in the text may be a number, the likeliest first
 * @param country ISO code by which a national number is read
 * @param home the target's own country, where it is known
 * @returns undefined if this is no phone number of any length (`phone_invalid`)
 */
export const readPhone = (
  parse: ParsePhone,
  takeApart: TakeApart,
  raw: string,
  country: string | undefined,
  home = country,
): PhoneReading | undefined => {
  let found: PhoneReading | undefined;
  for (const { number, extension, asked } of takeApart(raw, [country, home])) {
    const parsed = parse(number, country);
    if (!parsed?.isPossible()) continue;
    const isValid = parsed.isValid();
    if (!isValid && (found || parsed.number.length > MAX_LENGTH)) continue;
    const type = parsed.getType();
    found = {
      e164: parsed.number,
      formatted: parsed.formatInternational(),
      country: parsed.country,
      likely: isValid && !asked,
      mobile: type?.includes("MOBILE"),
      extension,
    };
    if (isValid) break;
  }
  return found;
};
