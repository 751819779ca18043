/**
 * Owns the table of fields: which are shown, in which order, and which must be filled. Must not know what a field
 * asks.
 */
import type { OwnField } from "../../proxy/shared/own-fields.ts";
import { byId, make } from "./dom.ts";
import type { Settings } from "./protocol.ts";

const USUAL: readonly string[] = ["name", "phone", "email", "project"];
const PARTS = ["fields", "required"] as const;
const DEFAULTS = { fields: "name phone email", required: "name phone" };

/** As attributes; a default is left out. */
export type Tokens = Record<(typeof PARTS)[number], string>;

/** Of the chosen target; undefined until the proxy has told them. */
let own: readonly OwnField[] | undefined;

const table = byId("field-rows", HTMLTableSectionElement);

const rows = (): HTMLTableRowElement[] => [...table.querySelectorAll("tr")];

const boxOf = (row: Element, part: string): HTMLInputElement | null =>
  row.querySelector<HTMLInputElement>(`[data-part="${part}"]`);

export const readTokens = (): Tokens => {
  const read = (part: (typeof PARTS)[number]): string => {
    const ticked = rows().filter((row) => {
      const box = boxOf(row, part);
      return box?.checked && !box.disabled;
    });
    const names = ticked.map((row) => row.dataset["field"] ?? "");
    // What must be filled has no order.
    const text = (part === "required" ? names.toSorted() : names).join(" ");
    return text === DEFAULTS[part] ? "" : text;
  };
  return { fields: read("fields"), required: read("required") };
};

/** What the target's settings decide themselves: a hidden field is never asked for, a required one always. */
const isDecided = ({ type, required }: OwnField): boolean => type === "hidden" || required === true;

const buildRow = (name: string, moved: () => void): HTMLTableRowElement => {
  const field = own?.find((known) => known.name === name);
  const up = make("button", { type: "button", "aria-label": `Move ${name} up` }, "↑");
  const [shown, required] = PARTS.map((part) =>
    make("input", { type: "checkbox", "data-part": part, "aria-label": `${name}: ${part}` }),
  );
  if (required && field) required.disabled = isDecided(field);
  const row = make(
    "tr",
    { "data-field": name },
    make("th", { scope: "row" }, name, ...(field ? [make("small", {}, field.type)] : [])),
    make("td", {}, shown ?? ""),
    make("td", {}, required ?? ""),
    make("td", {}, up),
  );
  up.addEventListener("click", () => {
    row.previousElementSibling?.before(row);
    up.focus();
    moved();
  });
  return row;
};

/**
 * Shown fields first, in their order. What a link names stays until the proxy has told whether there is such a field.
 *
 * @param moved called after a field has changed its place
 */
export const showRows = (settings: Settings, moved: () => void): void => {
  const [shown = [], required = []] = PARTS.map((part) =>
    (settings[part] ?? DEFAULTS[part]).split(/[\s,]+/).filter(Boolean),
  );
  const names = [...USUAL, ...(own ?? []).map(({ name }) => name)];
  const order = [...shown.filter((name) => !own || names.includes(name)), ...names];
  table.replaceChildren(
    ...[...new Set(order)].map((name) => {
      const row = buildRow(name, moved);
      const [fields, must] = PARTS.map((part) => boxOf(row, part));
      if (fields) fields.checked = shown.includes(name);
      const isRequired = own?.find((known) => known.name === name)?.required === true;
      if (must) must.checked = isRequired || required.includes(name);
      return row;
    }),
  );
};

export const setOwnFields = (fields: readonly OwnField[] | undefined): void => {
  own = fields;
};

/** Whether a list names one of the target's own fields. */
export const namesOwn = (tokens = ""): boolean =>
  tokens.split(/[\s,]+/).some((name) => own?.some((field) => field.name === name));
