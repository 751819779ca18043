/**
 * Owns the meaning of a setting: its attribute, its place in the snippet, its place in the address. Must not
 * touch the DOM.
 */
import { LANGUAGES } from "../../proxy/shared/contract.ts";
import type { Definitions } from "../../proxy/shared/own-fields.ts";
import { fastMarkup, inLanguage, plainMarkup } from "../../proxy/shared/snippet.ts";
import type { MarkupAttribute } from "../../proxy/shared/snippet.ts";
import { printer } from "../../widget/print/index.ts";
import type { Settings } from "./protocol.ts";

/** Settings that are attributes of `<lead-form>` by the same name, in the snippet's order. */
export const ATTRIBUTES = [
  "target",
  "lang",
  "dir",
  "project",
  "projects",
  "fields",
  "required",
  "country",
  "countries",
  "without-country-select",
  "theme",
  "scheme",
  "presentation",
  "heading",
  "submit-label",
  "success-message",
  "success-url",
  "consent",
  "consent-version",
  "privacy-url",
  "contact-phone",
  "attribution",
  "data-layer",
  "disabled",
] as const;

/** Settings that are custom properties of the element. */
export const PROPERTIES: Readonly<Record<string, string>> = {
  accent: "--lead-form-accent",
  radius: "--lead-form-radius",
};

/** Of the attributes, and settings, that preset one of the target's own fields. */
export const PRESET = "field-";

/** Whether the snippet holds the form itself. */
export const FAST = "fast";

/** A ticked box, as it stands in settings and in the address. */
export const ON = "1";

const FLAGS: readonly string[] = ["without-country-select", "disabled"];

/** An attribute's value as markup has it: a flag is there and empty. */
export const attributeValue = (name: string, value: string): string =>
  FLAGS.includes(name) ? "" : value;

/** The target that the lead goes to: each has a twin that stores nothing. */
export const targetOf = ({ target = "sakneen", storage }: Settings): string =>
  storage === "none" ? `${target}-relay` : target;

/** Countries of the demo's targets: the snippet names one, so that a national number is read as theirs. */
const HOME = new Map([
  ["sakneen", "EG"],
  ["brainysoft", "RU"],
]);

/** What an embedder has to write, whatever else was chosen. A printed form is in one language. */
const withNecessary = (settings: Settings): Settings => {
  const country = HOME.get(settings["target"] ?? "sakneen");
  return {
    ...(country && { country }),
    ...(settings[FAST] && { lang: LANGUAGES[0] }),
    ...settings,
    target: targetOf(settings),
  };
};

/**
 * What an embedder pastes for these settings.
 * @param definitions where the form names one of its target's own fields
 */
export const toSnippet = async (
  settings: Settings,
  origin: string,
  definitions?: Definitions,
): Promise<string> => {
  const written = withNecessary(settings);
  const attributes = ATTRIBUTES.flatMap((name): MarkupAttribute[] => {
    const value = written[name];
    if (value === undefined) return [];
    return [[name, FLAGS.includes(name) ? true : value]];
  });
  const lang = LANGUAGES.find((language) => language === written["lang"]);
  for (const [name, value] of Object.entries(settings))
    if (name.startsWith(PRESET)) attributes.push([name, value]);
  if (definitions) attributes.push(["definitions", JSON.stringify(inLanguage(definitions, lang))]);
  const style = Object.entries(PROPERTIES).flatMap(([name, property]) =>
    settings[name] ? [`${property}: ${settings[name]}`] : [],
  );
  if (style.length > 0) attributes.push(["style", style.join("; ")]);
  const print = settings[FAST] ? fastMarkup : plainMarkup;
  return print(attributes, { origin }, printer);
};

/** Names in the address that are not settings: where the simulators are found. */
const ADDRESS_KEYS = ["sakneen", "brainysoft", "receiver"] as const;

/** Settings for the address; what else stands there is kept. */
export const toQuery = (settings: Settings, search: string): string => {
  const kept = new URLSearchParams(search);
  const query = new URLSearchParams();
  for (const key of ADDRESS_KEYS) {
    const value = kept.get(key);
    if (value) query.set(key, value);
  }
  for (const [name, value] of Object.entries(settings)) query.set(name, value);
  const text = query.toString();
  return text && `?${text}`;
};

export const fromQuery = (search: string): Settings =>
  Object.fromEntries(
    [...new URLSearchParams(search)].filter(([name]) => !ADDRESS_KEYS.some((key) => key === name)),
  );
