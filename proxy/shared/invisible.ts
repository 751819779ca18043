/** Owns the list of characters that nobody sees, for name, address and number alike. Must not change any other. */

/**
 * Without characters that nobody sees. Joiners that a script or an emoji needs stay.
 *
 * Printable ASCII, of which most numbers and many names are made, has none of them. The patterns stand where they are
 * used: each names classes of Unicode, which cost a millisecond to prepare.
 */
export const stripInvisible = (text: string): string =>
  !/[^ -~]/.test(text)
    ? text
    : text
        // Controls but white space, and what Unicode ignores by default: format and bidi marks, soft hyphen, word
        // joiner, zero width space, byte order mark, Hangul fillers, tags. Beside them annotation marks, the
        // object replacement that dictation leaves behind, and the blank of Braille.
        .replace(/(?!\s)\p{Cc}|(?!\u200C|\u200D|[\uFE00-\uFE0F])[\p{DI}\uFFF9-\uFFFC\u2800]/gu, "")
        // They choose the look of the character before them, so they need one that is seen.
        .replace(/(?<![\p{L}\p{M}\p{N}\p{P}\p{S}])[\uFE00-\uFE0F]+/gu, "")
        // Joiners one after another. They go first, so that each has only its neighbours to look at.
        .replace(/(?<=[\u200C\u200D])[\u200C\u200D]/g, "")
        // Joiners belong between letters of Persian, Indic and other scripts without capitals, and between the
        // parts of an emoji. After a Bengali or Malayalam virama one may end the word.
        .replace(
          /[\u200C\u200D](?![\p{Lo}\p{M}\p{S}])(?<![\u09CD\u0D4D]\u200D)|(?<![\p{Lo}\p{M}\p{S}])[\u200C\u200D]/gu,
          "",
        );

/** What is seen of a text: enough for a check, and not to be stored, since joiners are missing, too. */
export const seenOf = (text: string): string =>
  /[^ -~]/.test(text) ? text.replace(/(?!\s)\p{Cc}|[\p{DI}\uFFF9-\uFFFC\u2800]/gu, "") : text;

/** The same, well-formed and composed: last, since what was hidden between a letter and its mark kept them apart. */
export const cleanText = (raw: string): string =>
  stripInvisible(raw.toWellFormed()).normalize("NFC");

/** At most so many UTF-16 units, and no half of a pair. */
export const cutText = (text: string, length: number): string =>
  text.slice(0, length).replace(/[\uD800-\uDBFF]$/, "");
