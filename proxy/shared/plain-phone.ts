/**
 * Owns the numbers that are digits and what groups them, as most people type them. Must not know what else may stand
 * in a text.
 */
/** A typed text, taken apart. */
export interface Typed {
  /** `+`, digits and what groups them. */
  number: string;
  /** What stands behind the number. */
  extension: string | undefined;
  /** The visitor has to say whether the number is right. */
  asked: boolean;
}

/** Takes a text apart. @param countries those by whose custom a number may be dialled */
export type TakeApart = (
  raw: string,
  countries: readonly (string | undefined)[],
) => readonly Typed[];

/** Characters of a typed number, beyond which it is a letter: the library's own limit. */
export const MAX_TYPED = 250;

/** Parentheses round an area code, with few digits before, and none behind the number. */
const GROUPED = /^\s*\+?\s*\(?(?:\d[\s().-]*){0,6}[\d\s).-]*$/;

/**
 * Left out are those that may begin with something else than they say: `00`, `8 10`, `+20 0020`, `+8 9…`, a Mexican 1.
 * More digits may be two numbers.
 */
const PLAIN = /^(?:0?(?!0|810)|\+(?!0|8|521|(\d{1,3})00\1))\d{0,13}$/;

/** Where a calling code was typed twice, as beside a picker: `+20 20 10 …`, `+7 7 916 …`. */
const CODE_TWICE = /^\+(\d{1,3})[\s().-]*\1/;

/** The number, then the same with its calling code once. */
export const withCodeOnce = (typed: Typed): Typed[] => {
  const number = typed.number.replace(CODE_TWICE, "+$1");
  return number === typed.number ? [typed] : [typed, { ...typed, number }];
};

/** Arabic and Persian digits count from 0 in their low four bits. */
const toLatin = (digit: string): string => String(digit.charCodeAt(0) & 15);

/** The number, or undefined where the text may hold something else. With each key the form asks anew. */
export const plainNumbers = (raw: string): Typed[] | undefined => {
  const text = raw.replace(/[\u0660-\u0669\u06F0-\u06F9]/g, toLatin);
  const number = text.replace(/[\s().-]/g, "");
  return text.length <= MAX_TYPED && GROUPED.test(text) && PLAIN.test(number)
    ? withCodeOnce({ number, extension: undefined, asked: false })
    : undefined;
};
