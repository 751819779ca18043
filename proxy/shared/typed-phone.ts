/**
 * Owns the ways in which people and apps write a number down: what stands before and behind it. Must not know a
 * numbering plan.
 */
import { toLatinDigits } from "./digits.ts";
import { stripInvisible } from "./invisible.ts";
import {
  MAX_TYPED,
  plainNumbers,
  withCodeOnce,
  type TakeApart,
  type Typed,
} from "./plain-phone.ts";

/** Characters of the first of two numbers: each place where it may end is tried. */
const MAX_NUMBER = 40;

/** Digits from which on what stands behind a number is a number itself. */
const SECOND = 7;

/** Countries of the +7 plan, where people write `+8 916…` for `8 916…`. */
const TRUNK_EIGHT = ["RU", "KZ"];

/** With a space behind it the 8 cannot be the beginning of a code, such as Vietnam's 84. */
const TRUNK_SLIP = /^\+8(?:(?=9(?:\D*\d){9}$)|[\s(-]+(?=[3-9](?:\D*\d){9}$))/;

/** `8 10` before a number abroad, dialled from that plan; no area code begins with 10. */
const ABROAD = /^8[\s(-]*10[\s)-]*(?=[1-9](?:\D*\d){9})/;

/** A 1 before Mexican mobile numbers, which chat apps still write; it is dialled no more since 2019. */
const MEXICAN_ONE = /^\+52[\s-]*1[\s-]*(?=\d(?:\D*\d){9}$)/;

const countDigits = (text: string): number => text.replace(/\D/g, "").length;

/**
 * In Latin digits, with plain hyphens, without what is hidden (a keycap is a digit with two marks) or
 * encoded for an address.
 */
const simplify = (raw: string): string =>
  stripInvisible(toLatinDigits(raw.replace(/\u2116/g, " ")))
    .replace(/[\uFE0F\u20E3]/g, "")
    .replace(/[\p{Pd}\u2212\u30FB\u00B7\u2022'\u2019]/gu, "-")
    .replace(/%2b/gi, "+")
    .replace(/%20/g, " ")
    .trim();

/**
 * Zeros that are letters, or a one: with them the digits that are left would be another number. Most texts have no
 * such letter; the classes of all letters take a while to prepare.
 */
const hasLetterDigit = (text: string): boolean =>
  /[OoОоQIl]/.test(text) && /[OoОоQ]\d|\d[OoОоQ]|(?<!\p{L})[OoОоQIl]+(?!\p{L})/u.test(text);

/** What people put before the digits, undone: `00`, parentheses round a code, a plus at the wrong end, a code typed twice. */
const mendPrefix = (text: string): string =>
  text
    .replace(/^([^+]*\d)[\s).-]*\+$/, "+$1")
    .replace(/^\+?\d{1,3}[\s().-]*(?=\+)/, "")
    .replace(/^\(\s*((?:\+|00)\s*\d+)\s*\)/, "$1 ")
    .replace(/^\+[\s+(]*(\d+)\)/, "+$1 ")
    .replace(/^\+(\d{1,3})[\s().-]*(?=00\1)/, "")
    .replace(/^[\s+]*\+\s*(?=\d|\()/, "+")
    // No calling code begins with 0: after it comes 00 or the number as it is dialled at home.
    .replace(/^\+(?=0)/, "")
    .replace(/^00(?=\s*[1-9])/, "+");

/** What stands behind a number; undefined if it can only be a slip. */
const readRest = (rest: string): Omit<Typed, "number"> | undefined => {
  // `доб. 12`, `ext 5`, `x12`, `#12`, `;ext=12`, a pause: what stands before an extension, in several languages.
  const text =
    rest &&
    rest.replace(
      /^[\s;,.(]*(?:(?:доб|вн|ext|int|dahili|poste|durchw|anexo|ішкі|تحويل|داخلي|الداخلي|فرعي)[\p{L}.]*|[xх#p,;])[\s.:=№#-]*(?=\d)/iu,
      "",
    );
  const marked = text !== rest;
  const extension = text && text.replace(/^[^\p{L}\d+]+|[^\p{L}\d]+$/gu, "");
  if (!extension) return { extension: undefined, asked: false };
  const digits = countDigits(extension);
  if (digits >= SECOND) return { extension: extension.replace(/^[^\d+]+/, ""), asked: true };
  // Letters right behind the digits are a slip, unless they mark an extension.
  if (!marked && (/^[\p{L}_]/u.test(rest) || hasLetterDigit(extension))) return undefined;
  return { extension, asked: !marked && !/\p{L}/u.test(extension) };
};

/**
 * A typed text without what stands around the number: labels (`тел.:`, `Mob:`, `رقم`), links, emoji.
 * @returns undefined if there is no number in it
 */
const splitPhone = (raw: string, countries: readonly (string | undefined)[]): Typed | undefined => {
  const text = simplify(raw)
    // `https://wa.me/2010…`, `…whatsapp.com/send?phone=2010…`: these hold a country code, with or without plus.
    .replace(/^.*(?:wa\.me\/|[?&](?:phone|number)=)\D*([1-9]\d+)[^]*$/i, "+$1")
    // A local number with its context (RFC 3966): `tel:010-1234;phone-context=+20`.
    .replace(/^(?:tel:)?\/*(\d[^;]*)(.*?);phone-context=(\+[\d-]+).*/i, "$3 $1$2")
    .replace(/;(?!ext)[a-z-]+=[^;]*/gi, "");
  const [label] = /^[^\d+]*?(?=[\s(]*(?:\d|\+[\s(]*[\d+]|$))/.exec(text) ?? [""];
  if (hasLetterDigit(label + text.charAt(label.length))) return undefined;
  const mended = mendPrefix(text.slice(label.length).trim());
  const [grouped] = /^\(?\+?[\d\s()./-]*/.exec(mended) ?? [""];
  const written = grouped.replace(/[\s(./-]+$/, "");
  const rest = readRest(mended.slice(written.length));
  const eight = countries.some((country) => TRUNK_EIGHT.includes(country ?? ""));
  const dialled = eight ? written.replace(ABROAD, "+").replace(TRUNK_SLIP, "+7 ") : written;
  return rest && { number: dialled.replace(MEXICAN_ONE, "+52 "), ...rest };
};

/**
 * The ways in which a text may be a number, the plainest first: as it stands, with its calling code once,
 * or with something behind it that is not marked. That is a second number after a slash, a line break or a
 * space, other last digits (`…67/68`), or an extension in parentheses.
 */
const candidates = (typed: Typed): Typed[] => {
  const { number, extension } = typed;
  const splits = [...number.matchAll(/\s*[\s/]\s*|\s*\((?=\d{1,6}\)?$)/g)].flatMap(
    ({ 0: mark, index }) => {
      const behind = number.slice(index + mark.length).replace(/\)$/, "");
      return index < MAX_NUMBER && (countDigits(behind) >= SECOND || mark.trim())
        ? [
            {
              number: number.slice(0, index),
              extension: extension ? `${behind}, ${extension}` : behind,
              asked: true,
            },
          ]
        : [];
    },
  );
  return [...withCodeOnce(typed), ...splits];
};

/** What may be a number in a text that is not plain, the likeliest first. */
export const spelledNumbers: TakeApart = (raw, countries) => {
  const typed = raw.length > MAX_TYPED ? undefined : splitPhone(raw, countries);
  return typed ? candidates(typed) : [];
};

/** What in a typed text may be a number, the likeliest first. */
export const numbersIn: TakeApart = (raw, countries) =>
  plainNumbers(raw) ?? spelledNumbers(raw, countries);
