/**
 * Owns the list of all that can be set in the playground, in the order of its page. Must not touch the DOM or hold a
 * text: these stand in the catalogs, by the names in here.
 */
import { LANGUAGES } from "../../proxy/shared/contract.ts";

/** As somebody thinks who wants leads; the last two are a tester's. */
export const GROUPS = ["where", "asks", "looks", "after", "visit", "vendor"] as const;
export type Group = (typeof GROUPS)[number];

/** What a setting is to the form. `bench` is none of the form's: it sets up what is around it. */
type Role = "attribute" | "property" | "slot" | "bench";

/** `made` has no control of its own kind: the table of fields, what follows from it, what is only shown. */
type Control = "choice" | "list" | "text" | "tick" | "colour" | "made";

export interface Setting {
  /** Of the control, in the address and of its texts. */
  name: string;
  group: Group;
  role: Role;
  control: Control;
  /** Folded away under this heading. */
  section?: string;
  /** The values to choose from; "" is the form's own default. */
  options?: readonly string[];
  /** Of the attribute, property or slot, where the setting is called otherwise. */
  of?: string;
  /** An example, never a default. */
  example?: string;
}

/** Of the attributes, and settings, that preset one of the target's own fields. */
export const PRESET = "field-";
const PROPERTY = "--lead-form-";
const SLOT = "slot-";

type Rest = Partial<Omit<Setting, "name" | "group" | "control">>;

const make =
  (control: Control) =>
  (group: Group, name: string, rest: Rest = {}): Setting => ({
    name,
    group,
    control,
    role: "attribute",
    ...rest,
  });
const text = make("text");
const tick = make("tick");
const made = make("made");
const choice = (group: Group, name: string, options: readonly string[], rest: Rest = {}): Setting =>
  make("choice")(group, name, { options, ...rest });
const list = (group: Group, name: string, options: readonly string[], rest: Rest = {}): Setting =>
  make("list")(group, name, { options, ...rest });

const bench = { role: "bench" } as const;

const token = (control: "colour" | "text", name: string, example: string): Setting => ({
  name,
  group: "looks",
  role: "property",
  control,
  section: "tokens",
  of: PROPERTY + name,
  example,
});

const slot = (group: Group, name: string): Setting => ({
  name: SLOT + (name || "default"),
  group,
  role: "slot",
  control: "text",
  section: `slots-${group}`,
  of: name,
});

const COUNTRIES = ["", "EG", "RU", "KZ", "AE", "SA", "DE"];
const ZONES = [
  "",
  "Africa/Cairo",
  "Asia/Riyadh",
  "Asia/Dubai",
  "Europe/Moscow",
  "Asia/Almaty",
  "Europe/Berlin",
  "America/New_York",
  "UTC",
];
const BROWSERS = ["", "ar-EG", "ar-SA", "ru-RU", "ru-KZ", "de-DE", "en-GB", "en-US", "en"];
/** Pages of customers, as the stage draws them. */
export const HOSTS = [
  "",
  "dark",
  "photo",
  "bootstrap",
  "wordpress",
  "small-root",
  "hostile",
  "form",
];

export const SETTINGS: readonly Setting[] = [
  choice("where", "target", ["sakneen", "brainysoft"]),
  text("where", "endpoint", { example: "https://leads.example.com" }),
  text("where", "fallback-endpoint", { example: "https://leads-2.example.com" }),
  text("where", "project", { example: "Downtown Tower" }),

  made("asks", "fields"),
  made("asks", "required"),
  made("asks", "definitions"),
  made("asks", PRESET, { of: `${PRESET}<name>` }),
  text("asks", "projects", { example: "Downtown Tower, Palm Hills" }),
  list("asks", "country", COUNTRIES),
  text("asks", "countries", { example: "EG AE SA" }),
  tick("asks", "without-country-select"),
  choice("asks", "consent", ["", "notice", "checkbox", "optional"]),
  text("asks", "privacy-url", { example: "https://www.example.com/privacy" }),
  text("asks", "consent-version", { example: "2026-11" }),
  slot("asks", "before-fields"),
  slot("asks", "after-fields"),
  slot("asks", "consent"),
  slot("asks", "captcha"),

  choice("looks", "theme", ["", "estate", "fintech", "ink"]),
  choice("looks", "scheme", ["", "light", "dark"]),
  choice("looks", "lang", ["", ...LANGUAGES]),
  choice("looks", "dir", ["", "ltr", "rtl"]),
  choice("looks", "presentation", ["", "dialog"]),
  tick("looks", "open"),
  text("looks", "heading"),
  text("looks", "submit-label"),
  tick("looks", "disabled"),
  token("colour", "accent", "#0a7d5a"),
  token("colour", "on-accent", "#ffffff"),
  token("colour", "surface", "#fffdf8"),
  token("colour", "field", "#ffffff"),
  token("colour", "text", "#1a1a1a"),
  token("colour", "muted", "#555555"),
  token("colour", "border", "#767676"),
  token("colour", "error", "#b00020"),
  token("colour", "success", "#0b6b42"),
  token("text", "radius", "4px"),
  token("text", "gap", "1em"),
  token("text", "font", "Georgia, serif"),
  slot("looks", "heading"),
  slot("looks", "description"),
  slot("looks", "footer"),
  slot("looks", ""),

  text("after", "success-message"),
  text("after", "success-url", { example: "https://www.example.com/thanks" }),
  text("after", "contact-phone", { example: "+20 2 1234 5678" }),
  choice("after", "attribution", ["", "session", "off"]),
  text("after", "data-layer", { example: "dataLayer" }),
  tick("after", "listen", bench),
  made("after", "status"),
  slot("after", "success"),

  choice("visit", "network", ["", "offline", "lost"], bench),
  list("visit", "zone", ZONES, bench),
  list("visit", "browser", BROWSERS, bench),
  choice("visit", "page-lang", LANGUAGES, bench),

  choice("vendor", "storage", ["", "none"], bench),
];

/** By the name in an element's markup: `country`, `--lead-form-accent`, `success`. */
export const nameOf = ({ name, of = name }: Setting): string => of;

const withRole = (role: Role): readonly Setting[] =>
  SETTINGS.filter((setting) => setting.role === role);

export const ATTRIBUTES: readonly string[] = withRole("attribute")
  .map(nameOf)
  .filter((name) => !/status|definitions|</.test(name));
export const PROPERTIES = withRole("property");
export const SLOTS = withRole("slot");
/** Attributes that are there or not. */
export const FLAGS: readonly string[] = withRole("attribute")
  .filter(({ control }) => control === "tick")
  .map(nameOf);
