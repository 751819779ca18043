/** Owns the step from the digits of any script to Latin ones. Must not read a number. */

/** Arabic-Indic, Persian and other digits: in each block the low four bits count from 0, in Indic ones from 6. */
const toLatinDigit = (digit: string): string => {
  const code = digit.charCodeAt(0);
  return String((code & 15) - (code > 0x0900 && code < 0x0e00 ? 6 : 0));
};

/** With Latin digits, and each letter in its plain form. */
export const toLatinDigits = (text: string): string =>
  text.normalize("NFKC").replace(/(?=\p{Nd})[\u0660-\u1049\u17E0-\u1819]/gu, toLatinDigit);
