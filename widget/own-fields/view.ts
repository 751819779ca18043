/** Owns the markup of own fields: label, hint, control and mistake. Must not hold a rule of a value. */
import type { html as Html } from "lit/html.js";
import type { OwnName } from "../../proxy/shared/contract.ts";
import { readNumber } from "../../proxy/shared/number.ts";
import { type OwnOption, textIn } from "../../proxy/shared/own-fields.ts";
import type { View } from "../element/view/model.ts";
import { dayOf, isAmount, labelOf, show } from "./checks.ts";
import { type Attributes, drawControl } from "./controls.ts";
import { definitionsOf, fieldOf, isRequired } from "./definitions.ts";

/**
 * Lit is passed in, since a second copy of it would cost 2.8 kB.
 * @param errorOf a mistake, as every field shows it
 * @returns undefined while the definitions are asked for, and "" where there is nothing to show
 */
export const fieldView = (
  html: typeof Html,
  view: View,
  name: OwnName,
  errorOf: (view: View, name: OwnName) => unknown,
) => {
  const { form, language, values } = view;
  const { locale } = language;
  if (!definitionsOf(form, () => form.requestUpdate())) return undefined;
  const field = fieldOf(form, name);
  if (!field || field.type === "hidden") return "";
  const { type, options = [] } = field;
  // A slider begins at its lower end.
  const preset = form.getAttribute(`field-${field.name}`) ?? (type === "range" ? field.min : "");
  if (preset && values[name] === undefined)
    queueMicrotask(() => view.fill({ [name]: String(preset) }));

  const number = isAmount(field) ? readNumber(values[name] ?? "") : undefined;
  const amount = number === undefined ? "" : show(field, number, locale);
  const needed = isRequired(form, field);
  const error = errorOf(view, name);
  const hint = textIn(field.hint, locale);
  const wrong = view.errors[name] && `e-${name}`;
  const said = `h-${name} ${wrong ?? ""}`;
  const aria: Attributes = {
    "aria-required": needed,
    "aria-invalid": wrong && true,
    "aria-describedby": said,
  };
  const draw = (
    tag: string,
    attributes: Attributes,
    id: string = name,
    list: readonly (readonly [value: string, text: string])[] = [],
  ) =>
    drawControl(
      form,
      tag,
      {
        id: `f-${id}`,
        name,
        part: `input ${field.name}`,
        class: "input",
        type,
        autocomplete: field.autofill ?? "off",
        disabled: form.matches(":disabled"),
        ...attributes,
      },
      list,
    );
  const textOf = ({ label, value }: OwnOption) => textIn(label, locale) || value;
  const tick = (control: Element, text: unknown) =>
    html`<label class="tick">${control} <span>${text}</span></label>`;

  const label = html`${labelOf(view, field)}${
    needed ? "" : html`<span class="muted"> (${view.text("optional")})</span>`
  }`;
  const above = html`<p class="muted" part="hint" id="h-${name}">${hint}</p>`;
  const beneath = html`<span class="muted" part="hint" id="a-${name}">${amount}</span>`;

  if (type === "radio") {
    const group = options.map((option, i) =>
      tick(
        draw("input", { class: "", value: option.value }, i ? `${name}-${i}` : name),
        textOf(option),
      ),
    );
    return html`<div
      part="field"
      role="radiogroup"
      aria-labelledby="l-${name}"
      aria-describedby=${said}
      aria-required=${needed}
    >
      <span part="label" id="l-${name}">${label}</span>
      ${above} ${group} ${error}
    </div>`;
  }
  if (type === "checkbox")
    return html`<div part="field">
      ${tick(draw("input", { ...aria, class: "" }), label)} ${above} ${error}
    </div>`;
  const [min, max] = type === "number" ? [] : [dayOf(field.min), dayOf(field.max)];
  const control =
    type === "select"
      ? draw(type, aria, name, [
          ["", view.text("choose")],
          ...options.map((option) => [option.value, textOf(option)] as const),
        ])
      : type === "textarea"
        ? draw(type, aria)
        : draw("input", {
            ...aria,
            min,
            max,
            step: field.step,
            ...(type === "number" && { type: "text", inputmode: "decimal" }),
          });
  return html`<div part="field" class=${type}>
    <label part="label" for="f-${name}">${label}</label>
    ${above} ${control} ${beneath} ${error}
  </div>`;
};
