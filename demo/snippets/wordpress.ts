/** Owns the snippets for the WordPress plugin, which knows the proxy's address itself. Must not touch the DOM. */
import { isCarried, leftOf } from "./builders.ts";
import type { Form, Kind } from "./form.ts";

const PRESET = "field-";

const carried = ({ attributes }: Form): (readonly [string, string])[] =>
  attributes
    .filter(([name, value]) => value !== true && isCarried(name))
    .map(([name, value]) => [name, String(value)]);

/** A bracket would end the shortcode, and WordPress strips what looks like a tag. */
const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "[": "&#91;",
  "]": "&#93;",
};

export const shortcode: Kind = {
  language: "text",
  print: (form) => {
    const written = carried(form).map(
      ([name, value]) =>
        ` ${name.replaceAll("-", "_")}="${value.replace(/[&<>"[\]]/g, (sign) => ENTITIES[sign] ?? sign)}"`,
    );
    return { text: `[lead_form${written.join("")}]`, left: leftOf(form) };
  },
};

/** `submit-label` as block.json has it: `submitLabel`. */
const toCamel = (name: string): string =>
  name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/** As WordPress writes a block's attributes into a comment (serialize_block_attributes). */
const inComment = (json: string): string =>
  json
    .replaceAll("--", "\\u002d\\u002d")
    .replaceAll("<", "\\u003c")
    .replaceAll(">", "\\u003e")
    .replaceAll("&", "\\u0026")
    .replaceAll('\\"', "\\u0022");

/** Pasted into the editor, in its code view. */
export const block: Kind = {
  language: "html",
  print: (form) => {
    const all = carried(form);
    const presets = all
      .filter(([name]) => name.startsWith(PRESET))
      .map(([name, value]) => `${name.slice(PRESET.length)}=${value}`);
    const given = {
      ...Object.fromEntries(
        all
          .filter(([name]) => !name.startsWith(PRESET))
          .map(([name, value]) => [toCamel(name), value]),
      ),
      ...(presets.length > 0 && { presets: presets.join("\n") }),
    };
    return {
      text: `<!-- wp:lead-form/form ${inComment(JSON.stringify(given))} /-->`,
      left: leftOf(form),
    };
  },
};
