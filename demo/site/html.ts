/** Owns the writing of text into HTML. Must not know a page. */

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

export const escapeText = (text: string): string =>
  text.replace(/[&<>"]/g, (each) => ESCAPES[each] ?? each);

const UNESCAPES: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&#x27;": "'",
};

/** Elements that stand within a word or a line of code. */
const INLINE = /<\/?(?:a|b|bdi|code|em|i|small|span|strong)\b[^>]*>/g;

/** Text of a page without its markup. */
export const plainText = (html: string): string =>
  html
    .replace(/<(script|style|svg|template)\b[^]*?<\/\1>/g, " ")
    .replace(INLINE, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/&(?:amp|lt|gt|quot|#39|#x27);/g, (all) => UNESCAPES[all] ?? all)
    .replace(/\s+/g, " ")
    .trim();
