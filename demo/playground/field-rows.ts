/**
 * Owns the table of fields: which are shown, in which order, and which must be filled; and the presets of the target's
 * own. Must not know what a field asks.
 */
import type { OwnField } from "../../proxy/shared/own-fields.ts";
import { textIn } from "../../proxy/shared/own-fields.ts";
import type { Settings } from "../settings/protocol.ts";
import { PRESET } from "../settings/table.ts";
import { byId, make } from "./dom.ts";
import { isTextKey, pageLanguage, say, speak } from "./i18n.ts";

const USUAL: readonly string[] = ["name", "phone", "email", "project"];
const PARTS = ["fields", "required"] as const;
const DEFAULTS = { fields: "name phone email", required: "name phone" };

/** As attributes; a default is left out. */
type Tokens = Record<(typeof PARTS)[number], string>;

/** Of the chosen target; undefined until the proxy has told them. */
let own: readonly OwnField[] | undefined;

/** The table, the inputs that hold its meaning, and the place of the presets. */
export const buildFields = (): HTMLElement[] => {
  const heads = (["field", "shown", "required", "order"] as const).map((name) =>
    speak(make("th", { scope: "col" }), `fields.${name}`),
  );
  const section = make(
    "details",
    { class: "section", id: "presets-section" },
    speak(make("summary", {}), "section.presets"),
    make("div", { id: "presets", class: "presets" }),
  );
  // `type=hidden` would know no default.
  const [fields, required] = PARTS.map((name) => make("input", { name, hidden: "" }));
  return [
    make(
      "table",
      { class: "fields" },
      speak(make("caption", {}), "fields.caption"),
      make("thead", {}, make("tr", {}, ...heads)),
      make("tbody", { id: "field-rows" }),
    ),
    fields ?? section,
    required ?? section,
    section,
  ];
};

const table = () => byId("field-rows", HTMLTableSectionElement);
const rows = (): HTMLTableRowElement[] => [...table().querySelectorAll("tr")];

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

/** As a person calls it; the target's own fields bring their words along. */
const titleOf = (name: string, field: OwnField | undefined): string => {
  const key = `fields.${name}`;
  if (USUAL.includes(name) && isTextKey(key)) return say(key);
  return (field && textIn(field.label, pageLanguage())) || name;
};

const buildRow = (name: string, moved: () => void): HTMLTableRowElement => {
  const field = own?.find((known) => known.name === name);
  const title = titleOf(name, field);
  const up = make("button", {
    type: "button",
    class: "up",
    "aria-label": say("fields.up", { field: title }),
  });
  const tick = (part: string, words: string) =>
    make("input", { type: "checkbox", "data-part": part, "aria-label": words });
  const shown = tick("fields", say("fields.shown.of", { field: title }));
  const required = tick("required", say("fields.required.of", { field: title }));
  if (field) required.disabled = isDecided(field);
  const about = field ? `${name} · ${field.type}` : name;
  const row = make(
    "tr",
    { "data-field": name },
    make("th", { scope: "row" }, title, make("small", { dir: "ltr" }, about)),
    make("td", {}, shown),
    make("td", {}, required),
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
const showRows = (settings: Settings, moved: () => void): void => {
  const [shown = [], required = []] = PARTS.map((part) =>
    (settings[part] ?? DEFAULTS[part]).split(/[\s,]+/).filter(Boolean),
  );
  const names = [...USUAL, ...(own ?? []).map(({ name }) => name)];
  const order = [...shown.filter((name) => !own || names.includes(name)), ...names];
  table().replaceChildren(
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

/**
 * One line for each own field: what the page itself would write into `field-<name>`. What a link presets stays until
 * the proxy has told the fields.
 */
const showPresets = (settings: Settings): void => {
  const known: readonly Pick<OwnField, "name" | "from">[] =
    own ??
    Object.keys(settings).flatMap((name) =>
      name.startsWith(PRESET) ? [{ name: name.slice(PRESET.length) }] : [],
    );
  const lines = known.map(({ name, from = "" }) => {
    const input = make("input", { name: PRESET + name, placeholder: from, dir: "auto" });
    input.value = settings[PRESET + name] ?? "";
    const words = speak(make("span", { class: "label" }), "label.preset", { name });
    return make("label", { class: "line" }, words, input);
  });
  byId("presets", HTMLElement).replaceChildren(...lines);
  byId("presets-section", HTMLElement).hidden = lines.length === 0;
};

/** Draws the table and the presets, for these fields of the target or for none that are known. */
export const offerFields = (
  fields: readonly OwnField[] | undefined,
  settings: Settings,
  moved: () => void,
): void => {
  own = fields;
  showRows(settings, moved);
  showPresets(settings);
};

/** Whether a list names one of the target's own fields. */
export const namesOwn = (tokens = ""): boolean =>
  tokens.split(/[\s,]+/).some((name) => own?.some((field) => field.name === name));
