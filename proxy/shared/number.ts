/** Owns the reading of a number as people write amounts. Must not know a limit. */
import { toLatinDigits } from "./digits.ts";

/** `3,000,000`, `30.00.000,50`, `٣٬٠٠٠`: groups of three, or of two and three as in India. */
const GROUPED =
  /^(-?)([1-9]\d{0,2}([,.'\u066C\u060C])(?:\d\d\d?\3)*\d{3})(?:(?!\3)[.,\u066B](\d*))?$/;
const PLAIN = /^(-?)(\d*)()(?:[.,\u066B](\d*))?$/;

/**
 * A number as people write amounts, in the digits of any script. One separator before exactly three digits
 * groups, unless a 0 or nothing stands before it. Undefined if it is none.
 */
export const readNumber = (raw: string): number | undefined => {
  const text = toLatinDigits(raw).replace(/[\s\p{Sc}\p{Cf}]/gu, "");
  const [, sign = "", whole = "", , fraction] = GROUPED.exec(text) ?? PLAIN.exec(text) ?? [];
  const digits = whole.replace(/\D/g, "") + (fraction ? `.${fraction}` : "");
  return digits ? Number(sign + digits) : undefined;
};
