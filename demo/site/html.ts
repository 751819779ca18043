/** Owns the writing of text into HTML. Must not know a page. */

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

export const escapeText = (text: string): string =>
  text.replace(/[&<>"]/g, (each) => ESCAPES[each] ?? each);

/** Text of a page without its markup. */
export const plainText = (html: string): string =>
  html
    .replace(/<(script|style|svg)\b[^]*?<\/\1>/g, " ")
    .replace(/<[^>]*>/g, " ")
    .replace(/&(amp|lt|gt|quot|#39);/g, (all) => UNESCAPES[all] ?? all)
    .replace(/\s+/g, " ")
    .trim();

const UNESCAPES: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
};
