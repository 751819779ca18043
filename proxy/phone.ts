/**
 * Owns the reading of phone numbers in the proxy, over the full ("max") metadata of the library.
 * Must not be imported by the browser: that metadata is large.
 */
import { isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { CountryCode } from "libphonenumber-js/max";
import { readPhone as readWith } from "./shared/phone.ts";
import type { PhoneReading } from "./shared/phone.ts";

export const isPhoneCountry = (code: string): code is CountryCode => isSupportedCountry(code);

/** @see readPhone in rules.ts; an unknown country reads as none, so only `+` numbers pass. */
export const readPhone = (raw: string, country: string, home?: string): PhoneReading | undefined =>
  readWith(
    (text, code) =>
      parsePhoneNumberFromString(text, {
        ...(code && isPhoneCountry(code) && { defaultCountry: code }),
        // With extraction on, a letter O for a zero silently truncates to another number.
        extract: false,
      }),
    raw,
    country,
    home,
  );
