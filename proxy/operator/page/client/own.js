/**
 * Owns the controls of a target's own fields in the dialog of a lead, labelled in English. Must not check a value.
 */
import { h } from "./dom.js";

const textOf = (texts = {}) => texts.en ?? Object.values(texts)[0];

export const labelOf = ({ name, label }) => textOf(label) ?? name;

/** As a lead shows it to a person. */
export const wordsOf = ({ type, options = [] }, value) => {
  if (type === "checkbox") return value === "1" ? "yes" : value;
  const option = options.find((known) => known.value === value);
  return (option && textOf(option.label)) ?? value;
};

/** A list, with the value of this lead, though it may be no option any more. */
const choice = ({ options = [] }, attributes, value) => {
  const known = options.some((option) => option.value === value);
  const others = value && !known ? [{ value, label: { en: `${value} (no option any more)` } }] : [];
  return h(
    "select",
    attributes,
    h("option", { value: "" }, "—"),
    [...others, ...options].map((option) =>
      h(
        "option",
        { value: option.value, selected: option.value === value },
        textOf(option.label) ?? option.value,
      ),
    ),
  );
};

const controlOf = (field, attributes, value) => {
  switch (field.type) {
    case "select":
    case "radio":
      return choice(field, attributes, value);
    case "checkbox":
      return h("input", { ...attributes, type: "checkbox", checked: value === "1" });
    case "textarea":
      return h("textarea", { ...attributes, dir: "auto", rows: "3" }, value);
    case "date":
      return h("input", { ...attributes, type: "date", value });
    case "number":
    case "range":
      return h("input", { ...attributes, type: "text", inputmode: "decimal", value });
    default:
      return h("input", { ...attributes, type: "text", dir: "auto", value });
  }
};

/**
 * The control of a field with its label and its message.
 * @returns the value as a PATCH takes it, by a function
 */
export const ownControl = (lead, field) => {
  const name = `x_${field.name}`;
  const id = `lead-${name}`;
  const input = controlOf(field, { id, name, autocomplete: "off" }, lead[name] ?? "");
  const error = h("p", { id: `${id}-error`, class: "error", hidden: true });
  const isBox = field.type === "checkbox";
  const view = isBox
    ? h("div", { class: "field" }, error, h("label", { class: "tick" }, input, labelOf(field)))
    : h("div", { class: "field" }, h("label", { for: id }, labelOf(field)), error, input);
  const read = () => (isBox ? (input.checked ? "1" : "") : input.value);
  return { name, input, error, view, read };
};
