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

export interface SnippetOptions {
  /** Of the proxy, without a slash at the end. */
  origin: string;
  /** Else the form speaks the language of its page. */
  lang?: Language | undefined;
}

/** A flag is there, and has no value. */
export type MarkupAttribute = readonly [name: string, value: string | true];

/** In the quotes that its text needs less: JSON stays readable in single ones. */
const quote = (text: string): string => {
  const safe = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return text.includes('"') ? `'${safe.replaceAll("'", "&#39;")}'` : `"${safe}"`;
};

/** More than this on one line is hard to read. */
const LINE_LENGTH = 60;

/** The tags for these attributes, with or without something inside the form. */
export const toMarkup = (
  attributes: readonly MarkupAttribute[],
  { origin }: Pick<SnippetOptions, "origin">,
): string => {
  const written = attributes.map(([name, value]) =>
    value === true ? name : `${name}=${quote(value)}`,
  );
  const oneLine = written.join(" ");
  const inside = oneLine.length <= LINE_LENGTH ? ` ${oneLine}` : `\n  ${written.join("\n  ")}\n`;
  return `<script src=${quote(`${origin}/lead-form.js`)} async></script>\n<lead-form${inside}></lead-form>`;
};

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

/**
 * What a page pastes for a target, without a default. A list in an attribute is separated by commas, so that
 * a target with a comma in a project's name is linked to: its hosted page shows the whole list.
 */
export const snippetFor = (facts: TargetFacts, options: SnippetOptions): string => {
  const { origin, lang } = options;
  if (!facts.projects.some((name) => name.includes(",")))
    return toMarkup(toAttributes(facts, options), options);
  const href = `${origin}/f/${facts.target}${lang ? `?lang=${lang}` : ""}`;
  return `<a href=${quote(href)}>${CATALOGS[lang ?? "en"].heading}</a>`;
};
