/** Owns the text of a waiting time. Must not count it. */

/** Longer than this is said in minutes: "299 seconds" tells nobody how long that is. */
const LONG_S = 90;

/** `21 seconds`, `5 minutes`, with the plural form that the language wants, in Latin digits. */
export const formatWait = (lang: string, seconds: number): string => {
  const long = seconds > LONG_S;
  return new Intl.NumberFormat(`${lang}-u-nu-latn`, {
    style: "unit",
    unit: long ? "minute" : "second",
    unitDisplay: "long",
  }).format(long ? Math.ceil(seconds / 60) : seconds);
};
