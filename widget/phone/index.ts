/**
 * Owns the reading of phone numbers in the browser, by the plans of eleven countries. Must not have the
 * last word: the proxy knows every country.
 */
import parsePhoneNumber from "libphonenumber-js/core/es6";
import {
  type ParsedPhone,
  type ParsePhone,
  type PhoneReading,
  readPhone as read,
} from "../../proxy/shared/phone.ts";
import { CALLING_CODES, METADATA } from "./metadata.generated.ts";

/** Calling codes without `+`, by ISO code. */
export const callingCodes = Object.fromEntries(
  [...CALLING_CODES.matchAll(/(\d+)(\D+)/g)].flatMap(([, code, countries]) =>
    countries!.match(/../g)!.map((country) => [country, code!]),
  ),
);

/**
 * A number of a country whose plan is not here: taken as it is, so that nobody is locked out, and
 * not shown as understood. With a plus it has 8 to 15 digits (E.164), else at least five.
 */
const readShape = (text: string): ParsedPhone | undefined => {
  const digits = text.replace(/\D/g, "");
  const international = text.startsWith("+");
  if (!/^\+?[\d\s().\u2010-\u2015-]+$/.test(text) || digits.length > 15) return undefined;
  if (digits.length < (international ? 8 : 5)) return undefined;
  return {
    number: international ? `+${digits}` : digits,
    country: international
      ? Object.keys(callingCodes).find((country) => digits.startsWith(callingCodes[country]!))
      : undefined,
    isPossible: () => true,
    isValid: () => true,
    getType: () => undefined,
    formatInternational: () => "",
  };
};

/** Whether the plan that a number belongs to is one of the eleven. */
const isOurs = (text: string, country: string | undefined): boolean =>
  text.startsWith("+")
    ? Object.keys(METADATA.country_calling_codes).some((code) =>
        text.replace(/\D/g, "").startsWith(code),
      )
    : Object.hasOwn(METADATA.countries, country ?? "");

/** `+20 101 234 5678`: spaces that help to compare and break no line, whatever the country's own custom is. */
const format = (callingCode: string, national: string): string =>
  `+${callingCode} ${national}`.replace(/ |(?<=\d\d)(?=(\d{3})?\d{4}$)/g, "\u00A0");

const parse: ParsePhone = (text, country) => {
  if (!isOurs(text, country)) return readShape(text);
  const parsed = parsePhoneNumber(
    text,
    { defaultCountry: country as "EG", extract: false },
    METADATA,
  );
  return (
    parsed && {
      number: parsed.number,
      country: parsed.country,
      isPossible: () => parsed.isPossible(),
      isValid: () => parsed.isValid(),
      getType: () => parsed.getType(),
      formatInternational: () => format(parsed.countryCallingCode, parsed.nationalNumber),
    }
  );
};

/** Undefined if this is no phone number, nor any text: a page may set what its own data lacks. A country of "" stands for "not known". */
export const readPhone = (raw: string | null, country: string): PhoneReading | undefined =>
  read(parse, raw || "", country || undefined);
