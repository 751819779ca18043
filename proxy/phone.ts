/**
 * Owns the reading of phone numbers in the proxy, over the full ("max") metadata of the library.
 * Must not be imported by the browser: that metadata is large.
 */
import parsePhoneNumber from "libphonenumber-js/core/es6";
import type { CountryCode } from "libphonenumber-js/core";
import metadata from "libphonenumber-js/max/metadata";
import { readPhone as readWith, writePhone } from "./shared/phone.ts";
import type { ParsePhone, PhoneReading } from "./shared/phone.ts";

export const isPhoneCountry = (code: string): code is CountryCode =>
  Object.hasOwn(metadata.countries, code);

const parse: ParsePhone = (text, code) => {
  const parsed = parsePhoneNumber(
    text,
    {
      ...(code && isPhoneCountry(code) && { defaultCountry: code }),
      // With extraction on, a letter O for a zero silently truncates to another number.
      extract: false,
    },
    metadata,
  );
  return (
    parsed && {
      number: parsed.number,
      country: parsed.country,
      isPossible: () => parsed.isPossible(),
      isValid: () => parsed.isValid(),
      getType: () => parsed.getType(),
      formatInternational: () => writePhone(parsed.countryCallingCode, parsed.nationalNumber),
    }
  );
};

/** @see readPhone in shared/phone.ts; an unknown country reads as none, so only `+` numbers pass. */
export const readPhone = (raw: string, country: string, home?: string): PhoneReading | undefined =>
  readWith(parse, raw, country, home);
