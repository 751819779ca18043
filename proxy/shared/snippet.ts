/**
 * Owns the markup that an embedder pastes: the script, and the form of one target. Must not read
 * settings or touch the DOM: build, playground and pages about other hosts use it.
 */
import type { Language } from "./contract.ts";
import { CATALOGS } from "./messages/index.ts";
import { textIn } from "./own-fields.ts";
import type { Definitions, OwnText } from "./own-fields.ts";

/** What a page has to know of a target. */
export interface TargetFacts {
  target: string;
  /** By which its national numbers are read. */
  country: string;
  /** Those that a lead may name; none where any may be. */
  projects: readonly string[];
  /** Fields that must be filled, `name` and `phone` among them. */
  required: readonly string[];
  /** Whether a lead needs a ticked box. */
  consent: boolean;
  definitions: Definitions;
}

/** The file of one version and its hash (SRI): a page that pins it runs this one and no other. */
export interface Pin {
  /** From the origin, such as `/v/1.0.0/lead-form.full.js`. */
  path: string;
  integrity: string;
}

export interface SnippetOptions {
  /** Of the proxy, without a slash at the end. */
  origin: string;
  /** Else the page always runs the newest script. */
  pin?: Pin | undefined;
  /** Else the form speaks the language of its page. */
  lang?: Language | undefined;
}

/** A flag is there, and has no value. */
export type MarkupAttribute = readonly [name: string, value: string | true];

/** The widget's own view as text; it is handed in, since nothing here knows the widget. */
export interface Printer {
  /** The whole form, for the inside of its element; "" where there is nothing to see at first. */
  form: (attributes: Readonly<Record<string, string>>, origin: string) => Promise<string>;
  /** A style that keeps its place; "" likewise. */
  place: (attributes: Readonly<Record<string, string>>) => string;
}

/** What stands beside the element and in it, so that the page does not move when the script comes. */
export interface Around {
  before?: string;
  inside?: string;
}

/** In the quotes that its text needs less: JSON stays readable in single ones. */
export const quote = (text: string): string => {
  const safe = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return text.includes('"') ? `'${safe.replaceAll("'", "&#39;")}'` : `"${safe}"`;
};

/** More than this on one line is hard to read. */
const LINE_LENGTH = 60;

type ScriptOptions = Pick<SnippetOptions, "origin" | "pin">;

const scriptTag = ({ origin, pin }: ScriptOptions): string => {
  const pinned = pin ? ` integrity=${quote(pin.integrity)} crossorigin` : "";
  return `<script src=${quote(origin + (pin?.path ?? "/lead-form.js"))}${pinned} async></script>`;
};

/** The tags for these attributes. */
export const toMarkup = (
  attributes: readonly MarkupAttribute[],
  options: ScriptOptions,
  { before = "", inside = "" }: Around = {},
): string => {
  const written = attributes.map(([name, value]) =>
    value === true ? name : `${name}=${quote(value)}`,
  );
  const oneLine = written.join(" ");
  const list = oneLine.length <= LINE_LENGTH ? ` ${oneLine}` : `\n  ${written.join("\n  ")}\n`;
  return (
    (before && `${before}\n`) + `${scriptTag(options)}\n<lead-form${list}>${inside}</lead-form>`
  );
};

/** As the printer reads them. */
const toRecord = (attributes: readonly MarkupAttribute[]): Record<string, string> =>
  Object.fromEntries(attributes.map(([name, value]) => [name, value === true ? "" : value]));

/** One tag, and a style that keeps its place. @param children what the page puts into the form's slots */
export const plainMarkup = (
  attributes: readonly MarkupAttribute[],
  options: ScriptOptions,
  printer: Printer,
  children = "",
): string =>
  toMarkup(attributes, options, {
    before: printer.place(toRecord(attributes)),
    inside: children,
  });

/** The tag with its form inside: seen with the page, and usable without the script. */
export const fastMarkup = async (
  attributes: readonly MarkupAttribute[],
  options: ScriptOptions,
  printer: Printer,
  children = "",
): Promise<string> =>
  toMarkup(attributes, options, {
    inside: (await printer.form(toRecord(attributes), options.origin)) + children,
  });

const USUAL_FIELDS = ["name", "phone", "email"];
const USUAL_REQUIRED = ["name", "phone"];

/** A snippet of one language needs no other texts. */
export const inLanguage = (
  { version, fields }: Definitions,
  lang: Language | undefined,
): Definitions => {
  if (lang === undefined) return { version, fields };
  const only = (text: OwnText): OwnText => ({ [lang]: textIn(text, lang) });
  return {
    version,
    fields: fields.map(({ label, hint, options, ...field }) => ({
      ...field,
      label: Object.keys(label).length > 0 ? only(label) : label,
      ...(hint && { hint: only(hint) }),
      ...(options && {
        options: options.map((option) => ({
          value: option.value,
          ...(option.label && { label: only(option.label) }),
        })),
      }),
    })),
  };
};

const isSame = (a: readonly string[], b: readonly string[]): boolean => a.join() === b.join();

const toAttributes = (facts: TargetFacts, { lang }: SnippetOptions): MarkupAttribute[] => {
  const { target, country, projects, consent } = facts;
  const definitions = inLanguage(facts.definitions, lang);
  const own = definitions.fields.map(({ name }) => name);
  const required = [...new Set([...USUAL_REQUIRED, ...facts.required])].filter(
    (name) => name !== "consent",
  );
  // A list of projects shows their select by itself.
  const isTyped = required.includes("project") && projects.length === 0;
  const fields = [...USUAL_FIELDS, ...(isTyped ? ["project"] : []), ...own];
  return [
    ["target", target],
    ...(lang ? [["lang", lang] as const] : []),
    ["country", country],
    ...(projects.length > 0 ? [["projects", projects.join(", ")] as const] : []),
    ...(isSame(fields, USUAL_FIELDS) ? [] : [["fields", fields.join(" ")] as const]),
    ...(isSame(required, USUAL_REQUIRED) ? [] : [["required", required.join(" ")] as const]),
    ...(consent ? [["consent", "checkbox"] as const] : []),
    ...(own.length > 0 ? [["definitions", JSON.stringify(definitions)] as const] : []),
  ];
};

/** A list in an attribute is separated by commas: a name with one would be two. */
const isListed = (facts: TargetFacts): boolean =>
  !facts.projects.some((name) => name.includes(","));

/** The hosted page shows the whole list. */
const toLink = ({ target }: TargetFacts, { origin, lang }: SnippetOptions): string => {
  const href = `${origin}/f/${target}${lang ? `?lang=${lang}` : ""}`;
  return `<a href=${quote(href)}>${CATALOGS[lang ?? "en"].heading}</a>`;
};

/** What a page pastes for a target, without a default; a link where its projects cannot be listed. */
export const snippetFor = (facts: TargetFacts, options: SnippetOptions, printer: Printer): string =>
  isListed(facts)
    ? plainMarkup(toAttributes(facts, options), options, printer)
    : toLink(facts, options);

/** The same with its form inside. It is printed in one language, which the tag therefore names. */
export const fastSnippetFor = async (
  facts: TargetFacts,
  { lang = "en", ...rest }: SnippetOptions,
  printer: Printer,
): Promise<string> => {
  const options = { ...rest, lang };
  return isListed(facts)
    ? fastMarkup(toAttributes(facts, options), options, printer)
    : toLink(facts, options);
};
