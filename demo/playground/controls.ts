/**
 * Owns the settings form, whose markup is the list of settings and defaults. Must not know what a setting
 * means.
 */
import { byId, make } from "./dom.ts";
import type { Settings } from "./protocol.ts";
import { ON } from "./settings.ts";
import { FAULT_MODES, type Faults, isFaultMode } from "../vendors/modes.ts";

/** The pills by what becomes of the lead. The mode `answer` needs a body and is left to `curl`. */
const MODE_GROUPS = {
  takes: ["ok", "slow", "drip", "huge", "truncated", "flapping"],
  refuses: [
    "duplicate",
    "invalid_phone",
    "missing_fields",
    "no_form",
    "demanded_key",
    "refused_key",
    "localised",
    "bad_key",
    "rate_limited_429",
  ],
  fails: [
    "error_500",
    "unavailable_503",
    "timeout",
    "reset",
    "html_200",
    "empty_200",
    "redirect_302",
  ],
} as const satisfies Record<string, (keyof typeof FAULT_MODES)[]>;

const MODE_TITLES = { takes: "Takes the lead", refuses: "Refuses it", fails: "Fails" };

const FIELDS = ["name", "phone", "email", "project"] as const;
const DEFAULTS = { fields: "name phone email", required: "name phone" };

const settingsForm = byId("settings", HTMLFormElement);

const buildPills = (): void => {
  for (const [kind, modes] of Object.entries(MODE_GROUPS)) {
    const pills = modes.map((mode) => {
      const radio = make("input", { type: "radio", name: "mode", value: mode });
      radio.defaultChecked = mode === "ok";
      return make("label", { title: `The vendor ${FAULT_MODES[mode]}` }, radio, mode);
    });
    const box = settingsForm.querySelector(`.pills[data-kind="${kind}"]`);
    const title = Object.entries(MODE_TITLES).find(([key]) => key === kind)?.[1] ?? kind;
    box?.append(make("span", { class: "pills-title" }, title), ...pills);
  }
};

const tick = (part: string, field: string): HTMLInputElement =>
  make("input", { type: "checkbox", "data-part": part, "aria-label": `${field}: ${part}` });

const buildRow = (field: string): HTMLTableRowElement => {
  const up = make("button", { type: "button", "aria-label": `Move ${field} up` }, "↑");
  const row = make(
    "tr",
    { "data-field": field },
    make("th", { scope: "row" }, field),
    make("td", {}, tick("fields", field)),
    make("td", {}, tick("required", field)),
    make("td", {}, up),
  );
  up.addEventListener("click", () => {
    row.previousElementSibling?.before(row);
    up.focus();
    writeTokens();
    settingsForm.dispatchEvent(new Event("input"));
  });
  return row;
};

const rows = (): HTMLTableRowElement[] => [
  ...byId("field-rows", HTMLTableSectionElement).querySelectorAll("tr"),
];

const ticked = (row: Element, part: string): HTMLInputElement | null =>
  row.querySelector<HTMLInputElement>(`[data-part="${part}"]`);

const control = (name: string): HTMLInputElement | RadioNodeList | null => {
  const found = settingsForm.elements.namedItem(name);
  return found instanceof RadioNodeList || found instanceof HTMLInputElement ? found : null;
};

const setHidden = (name: string, value: string): void => {
  const hidden = control(name);
  if (hidden instanceof HTMLInputElement) hidden.value = value;
};

/** From the table to the inputs that stand for the attributes; `type=hidden` would know no default. */
const writeTokens = (): void => {
  for (const part of ["fields", "required"] as const) {
    const tokens = rows().flatMap((row) =>
      ticked(row, part)?.checked ? [row.dataset["field"] ?? ""] : [],
    );
    const text = tokens.join(" ");
    setHidden(part, text === DEFAULTS[part] ? "" : text);
  }
};

/** From the attributes' values to the table: shown ones first, in their order. */
const readTokens = (settings: Settings): void => {
  const fields = (settings["fields"] ?? DEFAULTS.fields).split(/[\s,]+/);
  const required = (settings["required"] ?? DEFAULTS.required).split(/[\s,]+/);
  const order = [
    ...fields.filter((field) => FIELDS.some((known) => known === field)),
    ...FIELDS.filter((field) => !fields.includes(field)),
  ];
  byId("field-rows", HTMLTableSectionElement).replaceChildren(
    ...order.map((field) => {
      const row = buildRow(field);
      for (const [part, tokens] of [
        ["fields", fields],
        ["required", required],
      ] as const) {
        const box = ticked(row, part);
        if (box) box.checked = tokens.includes(field);
      }
      return row;
    }),
  );
};

const isDefault = (name: string, value: string): boolean => {
  const found = control(name);
  if (found instanceof HTMLInputElement) return value === found.defaultValue;
  const radios = [...(found ?? [])].filter((node) => node instanceof HTMLInputElement);
  return radios.some((radio) => radio.defaultChecked && radio.value === value);
};

/** What differs from the defaults, by the control's name. */
export const readSettings = (): Settings => {
  const settings: Record<string, string> = {};
  for (const [name, value] of new FormData(settingsForm)) {
    if (typeof value !== "string") continue;
    const text = value === "on" ? ON : value.trim();
    if (text && !isDefault(name, text)) settings[name] = text;
  }
  return settings;
};

const fill = (name: string, value: string): void => {
  const found = settingsForm.elements.namedItem(name);
  if (found instanceof HTMLInputElement && found.type === "checkbox") found.checked = value === ON;
  else if (
    found instanceof HTMLInputElement ||
    found instanceof HTMLSelectElement ||
    found instanceof RadioNodeList
  )
    found.value = value;
};

/** Puts the form to its defaults, and then to what is given. */
export const writeSettings = (settings: Settings): void => {
  settingsForm.reset();
  for (const [name, value] of Object.entries(settings)) fill(name, value);
  readTokens(settings);
};

/** The order to the vendor that the settings amount to. */
export const toFaults = (settings: Settings): Faults => {
  const { mode: wanted, ms } = settings;
  const mode = isFaultMode(wanted) ? wanted : "ok";
  return {
    mode,
    ...(ms && Number.isFinite(Number(ms)) && { ms: Number(ms) }),
    ...(settings["once"] && mode !== "flapping" && { count: 1 }),
    ...(settings["stored"] && { stored: true }),
    ...(settings["dedupe"] && { dedupe: true }),
    ...(settings["no_emoji"] && { no_emoji: true }),
  };
};

export const modeHint = ({ mode }: Faults): string =>
  `The vendor ${FAULT_MODES[mode]}. A visitor’s name can say so too: “${mode} Ahmed”.`;

export const startControls = (changed: () => void): void => {
  buildPills();
  settingsForm.addEventListener("input", () => {
    writeTokens();
    changed();
  });
  settingsForm.addEventListener("submit", (event) => event.preventDefault());
};
