/**
 * Owns the controls of the settings form, built from the table, and what they hold. Must not know what a setting
 * means.
 */
import { LANGUAGES } from "../../proxy/shared/contract.ts";
import type { Settings } from "../settings/protocol.ts";
import { ON } from "../settings/settings.ts";
import { GROUPS, HOSTS, nameOf, SETTINGS } from "../settings/table.ts";
import type { Group, Setting } from "../settings/table.ts";
import { byId, make } from "./dom.ts";
import { isTextKey, NATIVE, speak } from "./i18n.ts";
import type { TextKey } from "./i18n.ts";

const settingsForm = byId("settings", HTMLFormElement);

/** @throws when table and catalogs do not fit together */
const keyOf = (text: string): TextKey => {
  if (!isTextKey(text)) throw new Error(`No text is called ${text}`);
  return text;
};

/** What an option is called: in the catalogs, in its own language, or as it is. */
const named = <T extends HTMLElement>(element: T, name: string, value: string): T => {
  const key = `option.${name}${value && `.${value}`}`;
  if (isTextKey(key)) return speak(element, key);
  const language = LANGUAGES.find((known) => known === value);
  if (language) element.lang = language;
  element.dir = "auto";
  element.textContent = language ? NATIVE[language] : value;
  return element;
};

const label = (name: string): HTMLSpanElement =>
  speak(make("span", { class: "label" }), keyOf(`label.${name}`));

/** What a developer calls it; a screen reader has the words beside it. */
const code = (setting: Setting): HTMLElement | string => {
  if (setting.role === "bench") return "";
  const name = setting.role === "slot" ? `slot="${nameOf(setting)}"` : nameOf(setting);
  return make("code", { class: "name", "aria-hidden": "true", dir: "ltr" }, name);
};

const choice = (setting: Setting): HTMLElement => {
  const { name, options = [] } = setting;
  const radios = options.map((value, i) => {
    const radio = make("input", { type: "radio", name, value });
    radio.defaultChecked = i === 0;
    return make("label", {}, radio, named(make("span", {}), name, value));
  });
  return make(
    "fieldset",
    { class: "segments" },
    make("legend", {}, label(name), " ", code(setting)),
    ...radios,
  );
};

export const fillList = (select: HTMLSelectElement, options: readonly string[]): void =>
  select.replaceChildren(
    ...options.map((value) => named(make("option", { value }), select.name, value)),
  );

const list = (setting: Setting): HTMLElement => {
  const select = make("select", { name: setting.name });
  fillList(select, setting.options ?? []);
  return make("label", { class: "line" }, label(setting.name), code(setting), select);
};

const text = (setting: Setting): HTMLElement => {
  const { name, role, example = "" } = setting;
  const input = make("input", { name, placeholder: example, dir: "auto", spellcheck: "false" });
  if (role === "property") input.dir = "ltr";
  return make("label", { class: "line" }, label(name), code(setting), input);
};

/** The text is what counts: unlike a colour input it can be empty. */
const colour = (setting: Setting): HTMLElement => {
  const line = text(setting);
  const input = line.querySelector("input");
  const well = make("input", { type: "color", value: setting.example ?? "#000000" });
  speak(well, keyOf(`label.${setting.name}`), undefined, "data-label");
  well.addEventListener("input", (event) => {
    // The text says it: the well has no name of its own.
    event.stopPropagation();
    if (input) input.value = well.value;
    input?.dispatchEvent(new Event("input", { bubbles: true }));
  });
  input?.addEventListener("input", () => {
    if (/^#[\da-f]{6}$/i.test(input.value)) well.value = input.value;
  });
  return make("div", { class: "paired" }, line, well);
};

const tick = (setting: Setting): HTMLElement =>
  make(
    "label",
    { class: "tick" },
    make("input", { type: "checkbox", name: setting.name }),
    label(setting.name),
    code(setting),
  );

const DRAW = { choice, list, text, tick, colour };

/** The controls of one group; those of a section are folded away. */
const drawGroup = (group: Group, given: readonly Node[]): Node[] => {
  const drawn: Node[] = [];
  const sections = new Map<string, HTMLElement>();
  let made = [...given];
  for (const setting of SETTINGS.filter((each) => each.group === group)) {
    if (setting.control === "made") {
      drawn.push(...made);
      made = [];
      continue;
    }
    const control = DRAW[setting.control](setting);
    if (setting.section === undefined) {
      drawn.push(control);
      continue;
    }
    let section = sections.get(setting.section);
    if (!section) {
      const title = speak(make("summary", {}), keyOf(`section.${setting.section}`));
      section = make("details", { class: "section", "data-section": setting.section }, title);
      sections.set(setting.section, section);
      drawn.push(section);
    }
    section.append(control);
  }
  return [...drawn, ...made];
};

/** @param made controls that are no row of the table, by their group */
const drawControls = (made: Partial<Record<Group, readonly Node[]>>): void => {
  for (const group of GROUPS) {
    const title = speak(make("span", { class: "group-title" }), keyOf(`group.${group}`));
    const about = speak(make("small", {}), keyOf(`group.${group}.about`));
    const box = make(
      "details",
      { class: "group", "data-group": group },
      make("summary", {}, make("span", { class: "group-head" }, title, about)),
      ...drawGroup(group, made[group] ?? []),
    );
    settingsForm.append(box);
  }
  fillList(byId("host", HTMLSelectElement), HOSTS);
};

const control = (name: string) => {
  const found = settingsForm.elements.namedItem(name);
  return found instanceof RadioNodeList ||
    found instanceof HTMLInputElement ||
    found instanceof HTMLSelectElement
    ? found
    : null;
};

const defaultOf = (name: string): string | undefined => {
  const found = control(name);
  if (found instanceof HTMLInputElement) return found.defaultValue;
  if (found instanceof HTMLSelectElement)
    return (
      [...found.options].find((option) => option.defaultSelected)?.value ?? found.options[0]?.value
    );
  return [...(found ?? [])]
    .filter((node) => node instanceof HTMLInputElement)
    .find((radio) => radio.defaultChecked)?.value;
};

/** What differs from the defaults, by the control's name. */
export const readSettings = (): Settings => {
  const settings: Record<string, string> = {};
  for (const [name, value] of new FormData(settingsForm)) {
    if (typeof value !== "string") continue;
    const written = value === "on" ? ON : value.trim();
    if (written && written !== defaultOf(name)) settings[name] = written;
  }
  return settings;
};

/** Puts the form to its defaults, and then to what is given. */
export const fillSettings = (settings: Settings): void => {
  settingsForm.reset();
  for (const [name, value] of Object.entries(settings)) {
    const found = control(name);
    if (found instanceof HTMLInputElement && found.type === "checkbox")
      found.checked = value === ON;
    else if (found) found.value = value;
  }
};

/** Puts a value into a control that nobody types in. */
export const setControl = (name: string, value: string): void => {
  const found = control(name);
  if (found instanceof HTMLInputElement) found.value = value;
};

/** Made by hand or by a move: both are a change of the form. */
export const tellChange = (): void => {
  settingsForm.dispatchEvent(new Event("input", { bubbles: true }));
};

interface Listeners {
  /** @param by the name of the text that is being typed, else "" */
  changed: (by: string) => void;
}

const typedIn = (target: EventTarget | null): string =>
  target instanceof HTMLInputElement && /text|number/.test(target.type) ? target.name : "";

export const startControls = (
  made: Partial<Record<Group, readonly Node[]>>,
  { changed }: Listeners,
): void => {
  drawControls(made);
  // Some controls stand elsewhere in the page.
  document.addEventListener("input", ({ target }) => {
    const isOurs =
      target === settingsForm ||
      ((target instanceof HTMLInputElement || target instanceof HTMLSelectElement) &&
        target.form === settingsForm);
    if (isOurs) changed(typedIn(target));
  });
  settingsForm.addEventListener("submit", (event) => event.preventDefault());
};
