/** Owns how a time is said. */

/** `21 seconds`, with the plural form that the language wants, in Latin digits. */
export const formatSeconds = (lang: string, seconds: number): string =>
  new Intl.NumberFormat(`${lang}-u-nu-latn`, {
    style: "unit",
    unit: "second",
    unitDisplay: "long",
  }).format(seconds);
