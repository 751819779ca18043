/**
 * Owns the fields of a target's own in the form without script: their controls and their messages. Must not check a
 * value.
 */
import { html } from "hono/html";
import { OWN_PREFIX } from "../shared/contract.ts";
import type { FieldCode, OwnCode, OwnName } from "../shared/contract.ts";
import { CATALOGS } from "../shared/messages/index.ts";
import { ownMessage } from "../shared/own-messages.ts";
import { isAmount, textIn } from "../shared/own-fields.ts";
import type { Definitions, OwnField } from "../shared/own-fields.ts";
import type { Html, Look } from "./layout.ts";

/** Values by field: typed ones, or those that the address of a blank page prefills. */
export type Values = ReadonlyMap<string, string>;

const nameOf = ({ name }: OwnField): OwnName => `${OWN_PREFIX}${name}`;

/** The text of a code, with numbers and dates as the page's language writes them. */
const say = (field: OwnField, code: OwnCode, { lang, now }: Look): string => {
  const { key, values } = ownMessage(field, code, lang, now);
  return CATALOGS[lang][key].replace("{min}", values.min).replace("{max}", values.max);
};

/** The label stands before it, since the summary names no field otherwise. */
export const ownMessageOf = (
  { fields }: Definitions,
  name: OwnName,
  code: FieldCode,
  look: Look,
): string => {
  const field = fields.find((known) => nameOf(known) === name);
  if (!field) return "";
  // A question needs no colon.
  const label = textIn(field.label, look.lang).replace(/[^?\u061F]$/, "$&:");
  return `${label} ${say(field, code as OwnCode, look)}`;
};

/** What the settings allow, said before a visitor has to guess it. */
const limitsOf = (field: OwnField, look: Look): string => {
  const { type, min, max } = field;
  if (min === undefined && max === undefined) return "";
  return say(field, isAmount(type) || type === "date" ? "field_range" : "field_too_long", look);
};

/** Milliseconds by which the visitor's day may be behind or before that of UTC. */
const DAYS_APART = 14 * 3_600_000;

const dayOf = (limit: OwnField["min"], apart: number, { now }: Look): string =>
  limit === "today" ? new Date(now + apart).toISOString().slice(0, 10) : String(limit ?? "");

const describedBy = (ids: readonly string[]): Html | "" => {
  const known = ids.filter(Boolean).join(" ");
  return known ? html` aria-describedby="${known}"` : "";
};

interface Place {
  field: OwnField;
  look: Look;
  value: string;
  /** Name and description of the control, and whether it is wrong. */
  aria: Html;
}

const inputOf = ({ field, look, value, aria }: Place): Html => {
  const { type, autofill = "off", min, max } = field;
  // A slider without script shows no number, and sends one though nobody has touched it.
  const kind = isAmount(type)
    ? html`type="text" inputmode="decimal"`
    : type === "date"
      ? html`type="date" min="${dayOf(min, -DAYS_APART, look)}"
        max="${dayOf(max, DAYS_APART, look)}"`
      : html`type="text" dir="auto"`;
  return html`<input ${kind} autocomplete="${autofill}" value="${value}" ${aria} />`;
};

const optionsOf = ({ field: { options = [] }, look: { lang } }: Place) =>
  options.map(({ value, label }) => ({ value, text: textIn(label, lang) || value }));

const selectOf = (place: Place): Html =>
  html`<select ${place.aria}>
    <option value="">${CATALOGS[place.look.lang].choose}</option>
    ${optionsOf(place).map(
      ({ value, text }) =>
        html`<option value="${value}" ${value === place.value ? html`selected` : ""}>
          ${text}
        </option>`,
    )}
  </select>`;

const controlOf = (place: Place): Html => {
  switch (place.field.type) {
    case "select":
      return selectOf(place);
    case "textarea":
      // A line break behind the tag is dropped (HTML, 13.1.2.5), and one of the visitor's would be.
      return html`<textarea rows="4" dir="auto" ${place.aria}>${"\n"}${place.value}</textarea>`;
    default:
      return inputOf(place);
  }
};

/** One field with its label, hint and mistake. */
const fieldOf = (
  field: OwnField,
  look: Look,
  values: Values,
  messageOf: (name: OwnName) => string,
): Html => {
  const t = CATALOGS[look.lang];
  const id = nameOf(field);
  const value = values.get(id) ?? "";
  if (field.type === "hidden")
    return value ? html`<input type="hidden" name="${id}" value="${value}" />` : html``;
  const message = messageOf(id);
  const hints = [textIn(field.hint, look.lang), limitsOf(field, look)].filter(Boolean);
  const hint =
    hints.length > 0
      ? html`<p class="hint" id="${id}-hint">${hints.map((text) => html`<span>${text}</span>`)}</p>`
      : "";
  const error = message
    ? html`<p class="error" id="${id}-error"><b>${t.error}</b> ${message}</p>`
    : "";
  const about = describedBy([hint && `${id}-hint`, error && `${id}-error`]);
  const wrong = message ? html`aria-invalid="true"` : "";
  const label = html`${textIn(field.label, look.lang)}${
    field.required ? "" : html` <span>(${t.optional})</span>`
  }`;
  const place: Place = { field, look, value, aria: html`id="${id}" name="${id}" ${wrong}${about}` };
  if (field.type === "checkbox")
    return html`<div class="field">
      ${hint} ${error}
      <label class="tick"
        ><input type="checkbox" value="1" ${value ? html`checked` : ""} ${place.aria} />
        <span class="text">${label}</span></label
      >
    </div>`;
  if (field.type === "radio")
    return html`<fieldset class="field" ${about}>
      <legend>${label}</legend>
      ${hint} ${error}
      ${optionsOf(place).map(
        (option, i) =>
          html`<label class="tick"
            ><input
              type="radio"
              id="${i ? `${id}-${i}` : id}"
              name="${id}"
              value="${option.value}"
              ${option.value === value ? html`checked` : ""}
              ${wrong}
            />
            <span class="text">${option.text}</span></label
          >`,
      )}
    </fieldset>`;
  return html`<div class="field">
    <label for="${id}">${label}</label>
    ${hint} ${error} ${controlOf(place)}
  </div>`;
};

/** All of them, and the version by which the proxy knows that they were seen. */
export const ownFieldsOf = (
  { version, fields }: Definitions,
  look: Look,
  values: Values,
  messageOf: (name: OwnName) => string,
): Html =>
  fields.length === 0
    ? html``
    : html`${fields.map((field) => html`${fieldOf(field, look, values, messageOf)} `)}<input
          type="hidden"
          name="definitions"
          value="${version}"
        />`;

/** The same as attributes of the element, so that it need not ask for them. */
export const ownAttributes = (
  definitions: Definitions,
  values: Values,
  hasProjects: boolean,
): Record<string, string> => {
  const { fields } = definitions;
  if (fields.length === 0) return {};
  const shown = ["name", "phone", "email", ...(hasProjects ? ["project"] : [])];
  return {
    fields: [...shown, ...fields.map(({ name }) => name)].join(" "),
    definitions: JSON.stringify(definitions),
    ...Object.fromEntries(
      fields.flatMap((field) => {
        const preset = values.get(nameOf(field));
        return preset ? [[`field-${field.name}`, preset]] : [];
      }),
    ),
  };
};

/** What the address of a page says of them: `?x_<name>=`, and for a hidden one the parameter of its settings. */
export const prefillOwn = (
  { fields }: Definitions,
  query: (name: string) => string | undefined,
): [OwnName, string | undefined][] =>
  fields.map((field) => {
    const source = /^query:(.+)/.exec(field.from ?? "")?.[1];
    return [nameOf(field), query(nameOf(field)) ?? (source && query(source))];
  });

export const isOwnName = (name: string): name is OwnName => name.startsWith(OWN_PREFIX);
