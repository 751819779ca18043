/** Owns the markup of own fields: label, hint, control and mistake. Must not hold a rule of a value. */
import type { html as Html } from "lit/html.js";
import type { OwnName } from "../../proxy/shared/contract.ts";
import { readNumber } from "../../proxy/shared/number.ts";
import { type OwnField, type OwnOption, textIn } from "../../proxy/shared/own-fields.ts";
import type { View } from "../element/view/model.ts";
import { dayOf, isAmount, labelOf, show } from "./checks.ts";
import { type Attributes, drawControl } from "./controls.ts";
import { definitionsOf, fieldOf, isRequired } from "./definitions.ts";
import { presetOf } from "./sources.ts";

/** Draws one control, as what is drawn with it takes it. */
type Draw = (...args: Parameters<typeof drawControl>) => unknown;

/** The native control, or several radios, each with its text. */
const controlsOf = (
  html: typeof Html,
  view: View,
  field: OwnField,
  name: OwnName,
  said: string,
  drawOne: Draw,
) => {
  const { type, options = [], min, max, step } = field;
  const { form, language, errors } = view;
  const draw = (id: string, attributes: Attributes, list?: [value: string, text: string][]) =>
    drawOne(
      form,
      /select|textarea/.test(type) ? type : "input",
      {
        id: `f-${id}`,
        name,
        part: `input ${field.name}`,
        class: !/radio|checkbox|range/.test(type) && "input",
        type,
        autocomplete: field.autofill,
        disabled: form.matches(":disabled"),
        ...attributes,
      },
      list,
    );
  const list = options.map((option): [string, string] => [
    option.value,
    textOf(option, language.locale),
  ]);
  if (type === "radio")
    return list.map(
      ([value, text], i) =>
        html`<label class="tick"
          >${draw(i ? `${name}-${i}` : name, { value })} <span>${text}</span></label
        >`,
    );
  const control = draw(
    name,
    {
      "aria-required": isRequired(form, field),
      "aria-invalid": Boolean(errors[name]),
      "aria-describedby": said,
      // A text has no use for these.
      min: dayOf(min),
      max: dayOf(max),
      step,
      ...(type === "number" && { type: "text", inputmode: "decimal" }),
    },
    type === "select" ? [["", view.text("choose")], ...list] : [],
  );
  return type === "select" ? html`<div class="choice">${control}</div>` : control;
};

const textOf = ({ label, value }: OwnOption, locale: string) => textIn(label, locale) || value;

/**
 * Lit is passed in, since a second copy of it would cost 2.8 kB.
 * @param errorOf a mistake, and `optionalOf` the word for it, as every field shows them
 * @param drawOne a control; what prints a form has no document to make one in
 * @returns undefined while the definitions are asked for, and "" where there is nothing to show
 */
export const fieldView = (
  html: typeof Html,
  view: View,
  name: OwnName,
  errorOf: (view: View, name: OwnName) => unknown,
  optionalOf: (view: View) => unknown,
  drawOne: Draw = drawControl,
) => {
  const { form, language, values } = view;
  const { locale } = language;
  if (!definitionsOf(form, () => form.requestUpdate())) return undefined;
  const field = fieldOf(form, name);
  if (!field || field.type === "hidden") return "";
  const { type } = field;
  // A slider begins at its lower end.
  const preset = presetOf(form, field, "") || (type === "range" && field.min);
  if (preset && values[name] === undefined)
    queueMicrotask(() => view.fill({ [name]: preset as string }));
  const number = isAmount(field) ? readNumber(values[name] ?? "") : undefined;
  const amount = number === undefined ? "" : show(field, number, locale);
  const text = textIn(field.hint, locale);
  const said = `h-${name} ${view.errors[name] ? `e-${name}` : ""}`;
  const label = html`${labelOf(view, field)}${isRequired(form, field) ? "" : optionalOf(view)}`;
  const hint = html`<p class="muted" part="hint" id="h-${name}">${text}</p>`;
  const beneath = html`<span class="muted" part="hint" id="a-${name}">${amount}</span>`;
  const controls = controlsOf(html, view, field, name, said, drawOne);
  const rest = html`${hint} ${controls} ${beneath} ${errorOf(view, name)}`;
  if (type === "radio")
    return html`<fieldset part="field" aria-describedby=${said}>
      <legend part="label">${label}</legend>
      ${rest}
    </fieldset>`;
  return type === "checkbox"
    ? html`<div part="field">
        <label class="tick">${controls} <span>${label}</span></label> ${hint} ${errorOf(view, name)}
      </div>`
    : html`<div part="field" class=${type}>
        <label part="label" for="f-${name}">${label}</label> ${rest}
      </div>`;
};
