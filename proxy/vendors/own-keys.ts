/**
 * Owns the keys that no target may send, whatever its settings say: identity papers and bank cards. Must not know
 * a particular vendor.
 */

/** As words of a key; the longer ones also at its beginning, where nothing marks the next word. */
const FORBIDDEN =
  /(?:^|_)(?:passports?|inn|snils|cards?|cvc|cvv|pan)(?:_|\d|$)|^(?:passport|snils|card)/;

/** Whether a key asks for papers or cards, in any spelling: `passportNo`, `BANK_CARD`, `card-number`. */
export const isForbidden = (key: string): boolean =>
  FORBIDDEN.test(
    key
      .replace(/([a-z\d])([A-Z])/g, "$1_$2")
      .replace(/\W+/g, "_")
      .toLowerCase(),
  );
