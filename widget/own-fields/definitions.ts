/**
 * Owns the definitions of a form's own fields: those that its snippet brings, else those that its proxy tells.
 * Must not make a form wait: without them a lead goes with what the settings put in their place.
 */
import { FIELDS_PATH, OWN_PREFIX } from "../../proxy/shared/contract.ts";
import type { Definitions, OwnField } from "../../proxy/shared/own-fields.ts";

/** What it needs of a form. */
export interface DefinedForm extends Element {
  target: string;
  endpoint: string;
  definitions: string;
  fields: string;
  required: string;
}

interface Known {
  found?: Partial<Definitions>;
  done: Promise<unknown>;
}

/** By the attribute, with the address that answers for it where an editor has damaged it. */
const known = new Map<string, Known>();

/** Nothing where neither can be had: the form works without. */
const load = (text: string, address: string): Promise<Partial<Definitions>> =>
  Promise.resolve(text)
    .then(JSON.parse)
    .catch(() => fetch(address).then((response) => response.json()))
    .then(({ version, fields }: Definitions) => ({
      version,
      fields: fields.filter(({ name }) => name),
    }))
    .catch(() => ({}));

/**
 * Asked for by a drawing only: a form without own fields asks for nothing.
 * @returns undefined until they are there; then `redraw` is called
 */
export const definitionsOf = (
  { definitions, endpoint, target }: DefinedForm,
  redraw?: () => void,
): Partial<Definitions> | undefined => {
  const address = endpoint.replace(/\/$/, "") + FIELDS_PATH + target;
  const key = definitions + address;
  let entry = known.get(key);
  if (redraw && !entry?.found) {
    entry ??= { done: load(definitions, address).then((found) => (entry!.found = found)) };
    known.set(key, entry);
    void entry.done.then(redraw);
  }
  return entry?.found;
};

/** @param name as on the wire */
export const fieldOf = (form: DefinedForm, name: string): OwnField | undefined =>
  definitionsOf(form)?.fields?.find((field) => OWN_PREFIX + field.name === name);

const holds = (tokens: string, name: string): boolean => tokens.split(/[\s,]+/).includes(name);

/** Shown by the page, in its order. */
export const isShown = ({ fields }: DefinedForm, { name }: OwnField): boolean =>
  holds(fields, name);

/** By the settings, or by the page. */
export const isRequired = (form: DefinedForm, { name, required }: OwnField): boolean =>
  required || holds(form.required, name);
