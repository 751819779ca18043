/**
 * Owns the templates as text: what Lit would draw, written down. Must not know a form.
 *
 * It reads what our templates use: texts, attributes, `?flags`, `@listeners`, lists, templates inside. Lit's
 * own renderer for servers would be a dependency of 60 kB, and would write comments that nobody here reads.
 */
import { type html, nothing } from "lit/html.js";

/** Markup that is written as it stands. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export const escapeText = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** A line break is written as its number: a system of content may make paragraphs of lines. */
export const escapeValue = (text: string): string =>
  escapeText(text).replaceAll('"', "&quot;").replaceAll("\n", "&#10;");

/** `name=`, or `name="` with what stands before the value; the name may begin with a sign of Lit's. */
const OPEN_ATTRIBUTE = /\s([?@]?)([\w-]+)=(?:"[^"]*)?$/;

/** A value as text; `nothing`, null and undefined are empty. */
const textOf = (value: unknown): string =>
  /string|number|boolean/.test(typeof value) ? String(value) : "";

/** What has been written, with the value of an attribute that is open at its end. */
const writeAttribute = (written: string, value: unknown): string => {
  const [open = "", sign, name = ""] = OPEN_ATTRIBUTE.exec(written) ?? [];
  if (open.endsWith(`${name}=`)) {
    const before = written.slice(0, -open.length);
    if (sign === "@" || value === nothing || value === undefined) return before;
    if (sign === "?") return value ? `${before} ${name}` : before;
    return `${written}"${escapeValue(textOf(value))}"`;
  }
  return written + escapeValue(textOf(value));
};

const isTemplate = (value: unknown): value is ReturnType<typeof html> =>
  typeof value === "object" && value !== null && "strings" in value && "values" in value;

const writeTemplate = ({ strings, values }: ReturnType<typeof html>): string => {
  let written = "";
  for (const [i, text] of strings.entries()) {
    written += text
      .replace(/(^|>)\n\s*(?=<)/g, "$1")
      .replace(/\s+/g, " ")
      .replace(/ (\/?>)/g, "$1")
      .replaceAll("/>", ">");
    if (i === values.length) break;
    const value: unknown = values[i];
    const isInTag = written.lastIndexOf("<") > written.lastIndexOf(">");
    written = isInTag ? writeAttribute(written, value) : written + toText(value);
  }
  return written;
};

/** What Lit would draw for a value. */
export const toText = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(toText).join("");
  if (value instanceof Markup) return value.text;
  return isTemplate(value) ? writeTemplate(value) : escapeText(textOf(value));
};
