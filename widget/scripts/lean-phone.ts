/**
 * Owns the stand-ins for what the build leaves out of libphonenumber-js. Must not change how a number is read.
 *
 * `proxy/shared/typed-phone.ts` hands the library digits, a plus and what groups them: extensions, links,
 * other scripts' digits and stray text are already gone. The library's code for these, and for writing a
 * number in its country's custom, costs 2 kB (brotli) of the phone rules. A test holds that what is built
 * reads the whole table of numbers as the library does.
 */

/** By the file in the library: what takes its place. */
const STAND_INS: Readonly<Record<string, string>> = {
  "helpers/extension/extractExtension.js": "export default () => ({})",
  "helpers/isViablePhoneNumber.js":
    "export default (text) => /\\d\\D*\\d/.test(text); export const isViablePhoneNumberStart = () => false",
  "helpers/extractFormattedPhoneNumberFromPossibleRfc3966NumberUri.js":
    "export default (text) => text",
  "parseIncompletePhoneNumber.js":
    "export default (text) => text.replace(/[^+\\d]/g, ''); export const parsePhoneNumberCharacter = 0",
  "format.js": "export default () => ''; export const chooseFormatForNumber = 0",
};

const FOLDER = "/libphonenumber-js/es6-modern/";

/** The library's files that have a stand-in; a build that misses one fails. */
export const LEAN_PHONE_FILES = Object.keys(STAND_INS).map((file) => FOLDER + file);

/** @param id the path of a module @returns its stand-in, or undefined where it stays as it is */
export const leanPhone = (id: string): string | undefined => {
  const [, file = ""] = id.split(FOLDER);
  return Object.hasOwn(STAND_INS, file) ? STAND_INS[file] : undefined;
};
