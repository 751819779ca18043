/**
 * Owns the form that a snippet prints, and what all kinds of snippets write alike. Must not touch the DOM or know a
 * kind.
 */
import type { Language } from "../../proxy/shared/contract.ts";
import type { Definitions } from "../../proxy/shared/own-fields.ts";
import { inLanguage } from "../../proxy/shared/snippet.ts";
import type { MarkupAttribute, Printer } from "../../proxy/shared/snippet.ts";

export interface Form {
  /** Of the proxy, without a slash at the end: its public address. */
  origin: string;
  /** `target` first; neither `endpoint` nor `definitions`, which each kind writes in its way. */
  attributes: readonly MarkupAttribute[];
  /** Else the form speaks the language of its page. */
  lang?: Language | undefined;
  /** Custom properties by their whole name. */
  properties?: readonly (readonly [name: string, value: string])[];
  /** Plain text by the name of its slot; "" is what stands there without a script. */
  slots?: readonly (readonly [name: string, text: string])[];
  /** Whether the page hears of a success. */
  listens?: boolean;
  /** Where the form names one of the target's own fields. */
  definitions?: Definitions | undefined;
}

export interface Snippet {
  text: string;
  /** Attributes, properties and slots that this kind cannot carry, by their names. */
  left: readonly string[];
}

/** One way to put a form on a page. */
export interface Kind {
  /** What the text is written in. */
  language: "html" | "tsx" | "ts" | "vue" | "svelte" | "text";
  print: (form: Form, printer: Printer) => Snippet | Promise<Snippet>;
}

export const whole = (text: string): Snippet => ({ text, left: [] });

/** As a slot's content is best marked up; a link leads to the form that needs no script. */
const TAGS: Readonly<Record<string, string>> = {
  "": "a",
  heading: "h2",
  consent: "span",
  captcha: "div",
};
export const tagOf = (slot: string): string => TAGS[slot] ?? "p";

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** Where the hosted form is. */
export const hostedAddress = ({ origin, attributes, lang }: Form): string => {
  const target = attributes.find(([name]) => name === "target")?.[1] ?? "";
  return `${origin}/f/${encodeURIComponent(String(target))}${lang ? `?lang=${lang}` : ""}`;
};

/** One line of markup for each filled slot. @param write how the text is written there */
export const slotLines = (form: Form, write: (text: string) => string = escaped): string[] =>
  (form.slots ?? []).map(([name, text]) => {
    if (!name) return `<a href="${escaped(hostedAddress(form))}">${write(text)}</a>`;
    const tag = tagOf(name);
    return `<${tag} slot="${name}">${write(text)}</${tag}>`;
  });

/** The same, inside of an element whose own tag ends on the line before. */
export const slotMarkup = (form: Form): string => {
  const lines = slotLines(form);
  return lines.length > 0 ? `\n  ${lines.join("\n  ")}\n` : "";
};

/** As the attribute `style` has them. */
export const styleOf = ({ properties = [] }: Form): string =>
  properties.map(([name, value]) => `${name}: ${value}`).join("; ");

/** The target's own fields as the attribute has them. */
export const definitionsOf = ({ definitions, lang }: Form): string | undefined =>
  definitions && JSON.stringify(inLanguage(definitions, lang));

/** All attributes, `definitions` among them; of the style each kind has its own way. */
export const attributesOf = (form: Form): MarkupAttribute[] => {
  const definitions = definitionsOf(form);
  return [...form.attributes, ...(definitions ? [["definitions", definitions] as const] : [])];
};

/** The same with the style, for markup. */
export const markupAttributes = (form: Form): MarkupAttribute[] => {
  const style = styleOf(form);
  return [...attributesOf(form), ...(style ? [["style", style] as const] : [])];
};

/** What a page does that hears of a success. A script on the document hears of each form. */
export const listener = ({ listens }: Form): string =>
  listens
    ? `\n<script>
  document.addEventListener("lead-form-success", function (event) {
    console.log("lead", event.detail.receipt);
  });
</script>`
    : "";
