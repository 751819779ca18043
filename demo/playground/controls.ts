/**
 * Owns the settings form, whose markup is the list of settings and defaults. Must not know what a setting
 * means.
 */
import type { OwnField } from "../../proxy/shared/own-fields.ts";
import { byId, make } from "./dom.ts";
import { readTokens, setOwnFields, showRows } from "./field-rows.ts";
import type { Settings } from "./protocol.ts";
import { ON, PRESET } from "./settings.ts";
import { FAULT_MODES, type Faults, isFaultMode, isFormMode } from "../vendors/modes.ts";

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
    "forbidden_403",
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
  for (const [part, text] of Object.entries(readTokens())) setHidden(part, text);
};

/** Made by hand or by a move: both are a change of the form. */
const moved = (): void => {
  settingsForm.dispatchEvent(new Event("input"));
};

/**
 * One line for each hidden field: what the page itself would write into `field-<name>`. What a link presets stays
 * until the proxy has told the fields.
 */
const showPresets = (fields: readonly OwnField[] | undefined, settings: Settings): void => {
  const hidden: readonly Pick<OwnField, "name" | "from">[] =
    fields?.filter(({ type }) => type === "hidden") ??
    Object.keys(settings).flatMap((name) =>
      name.startsWith(PRESET) ? [{ name: name.slice(PRESET.length) }] : [],
    );
  const lines = hidden.map(({ name, from = "" }) => {
    const input = make("input", { name: PRESET + name, placeholder: from });
    input.value = settings[PRESET + name] ?? "";
    return make("label", { class: "line" }, `Preset of ${name} `, input);
  });
  byId("presets", HTMLElement).replaceChildren(...lines);
};

/** Offers the fields of another target, or none while they are asked for. */
export const offerFields = (fields: readonly OwnField[] | undefined, settings: Settings): void => {
  setOwnFields(fields);
  showRows(settings, moved);
  showPresets(fields, settings);
  if (fields) writeTokens();
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
  setOwnFields(undefined);
  showPresets(undefined, settings);
  for (const [name, value] of Object.entries(settings)) fill(name, value);
  showRows(settings, moved);
};

/** The order to the vendor that the settings amount to. */
export const toFaults = (settings: Settings): Faults => {
  const { mode: wanted, ms, key = "" } = settings;
  const mode = isFaultMode(wanted) ? wanted : "ok";
  return {
    mode,
    // As the simulator takes it; it refuses the whole order otherwise.
    ...(isFormMode(mode) && /^[A-Za-z]\w{0,63}$/.test(key) && { key }),
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
