/**
 * Owns the meaning of a typed name and e-mail address, for browser and proxy alike. Must not read a phone
 * number: those rules are a part that the browser loads later.
 */
import { MAX_EMAIL_LENGTH } from "./contract.ts";
import { cleanText, seenOf, stripInvisible } from "./invisible.ts";

/**
 * The name as it is stored: NFC, well-formed, one space between words, nothing invisible but the joiners
 * that Persian names and emoji need. Empty if nothing visible is left.
 */
export const readName = (raw: string): string => cleanText(raw).replace(/\s+/g, " ").trim();

const EMAIL_LOCAL = /^(?!\.)(?!.*\.\.)[\w.!#$%&'*+/=?^`{|}~-]{1,64}(?<!\.)$/;
const EMAIL_DOMAIN =
  /^(?=.{1,253}$)(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+(?:[a-z]{2,63}|xn--[a-z\d-]{1,59})$/i;

/** An internationalised domain in its ASCII form (RFC 5891); browsers differ in doing it themselves. */
const toAsciiDomain = (domain: string): string => {
  if (/^[\x21-\x7E]*$/.test(domain)) return domain;
  // Here an address ends, or is decoded: what is left would be another domain.
  if (/[\s/?#:%\\]/.test(domain)) return "";
  try {
    return new URL(`http://${domain}`).hostname;
  } catch {
    return "";
  }
};

/**
 * The address, or undefined if mail could not reach it: the pattern of HTML's `type=email`, narrowed to what mail
 * servers take (a dotted domain, no stray dots, 64 + 253).
 */
const readAddress = (text: string): string | undefined => {
  const at = text.lastIndexOf("@");
  const local = text.slice(0, Math.max(at, 0));
  const domain = toAsciiDomain(text.slice(at + 1));
  const address = `${local}@${domain}`;
  return address.length <= MAX_EMAIL_LENGTH && EMAIL_LOCAL.test(local) && EMAIL_DOMAIN.test(domain)
    ? address
    : undefined;
};

/** As it is stored. */
export const readEmail = (raw: string): string | undefined =>
  readAddress(stripInvisible(raw).trim());

/** Whether mail could reach it, and what is seen of a name: the form stores neither. */
export const isEmail = (raw: string): boolean => Boolean(readAddress(seenOf(raw).trim()));
export const seenName = (raw: string): string =>
  seenOf(raw).normalize("NFC").replace(/\s+/g, " ").trim();
