/**
 * Owns the description of the public element, for custom-elements.json and the README. Must not be part
 * of a script. A test compares each list with the code.
 */
import { cssParts, cssProperties, cssStates, type Entry, slots } from "./manifest-styling.ts";

interface Attribute extends Entry {
  /** As TypeScript would write it. */
  type: string;
  /** In words where it is no value; "" for none. */
  default: string;
}

interface Event extends Entry {
  /** Shape of `detail`. */
  detail: string;
}

const ORIGIN = "origin";

const attributes: Attribute[] = [
  {
    name: "target",
    type: "string",
    default: "",
    description: "Key of the configured target that receives the lead; required.",
  },
  { name: "endpoint", type: ORIGIN, default: "baked in", description: "The proxy." },
  {
    name: "fallback-endpoint",
    type: ORIGIN,
    default: "",
    description: "Tried once when the first cannot be reached.",
  },
  { name: "project", type: "string", default: "", description: "Sent as the project, not shown." },
  {
    name: "projects",
    type: "comma list",
    default: "",
    description: "Shows a select of these projects.",
  },
  {
    name: "fields",
    type: "tokens",
    default: "name phone email",
    description:
      "Which of `name phone email project` and of the target's own fields, in which order.",
  },
  {
    name: "definitions",
    type: "JSON",
    default: "",
    description:
      "What the target's own fields are, as the snippet of the proxy's build has it; else they are asked for.",
  },
  {
    name: "field-<name>",
    type: "string",
    default: "",
    description: "Presets one of the target's own fields, a hidden one too.",
  },
  {
    name: "required",
    type: "tokens",
    default: "name phone",
    description: "Which of them, and `consent`, must be filled.",
  },
  {
    name: "country",
    type: "ISO 3166 code",
    default: "guessed: time zone, then languages",
    description:
      "How a national number is read. Without it the target's own country counts first, then the guess.",
  },
  {
    name: "countries",
    type: "list of codes",
    default: "all",
    description: "Restricts the country select.",
  },
  {
    name: "without-country-select",
    type: "boolean",
    default: "false",
    description:
      "Hides the country select; then no country is guessed, and `country` alone is used.",
  },
  { name: "heading", type: "string", default: "built in", description: "Replaces the heading." },
  {
    name: "submit-label",
    type: "string",
    default: "built in",
    description: "Replaces the text of the button.",
  },
  {
    name: "success-message",
    type: "string",
    default: "built in",
    description: "Replaces the text after success.",
  },
  {
    name: "success-url",
    type: "URL",
    default: "",
    description: "Where to go after success: https, or this origin.",
  },
  { name: "privacy-url", type: "URL", default: "", description: "Linked beside the consent." },
  {
    name: "consent",
    type: "none | notice | checkbox | optional",
    default: "none",
    description: "A notice; a box that must be ticked; a box that may stay empty.",
  },
  { name: "consent-version", type: "string", default: "", description: "Stored with the lead." },
  {
    name: "contact-phone",
    type: "string",
    default: "",
    description: "Shown where the form cannot send.",
  },
  {
    name: "presentation",
    type: "inline | dialog",
    default: "inline",
    description: "In the page, or in a native dialog.",
  },
  { name: "open", type: "boolean", default: "false", description: "Whether the dialog is open." },
  {
    name: "theme",
    type: "estate | fintech | ink",
    default: "",
    description: "A preset of colours.",
  },
  {
    name: "scheme",
    type: "auto | light | dark",
    default: "auto",
    description: "`auto` follows the page's color-scheme.",
  },
  {
    name: "attribution",
    type: "off | page | session",
    default: "page",
    description: "Which campaign and click ids are read.",
  },
  {
    name: "data-layer",
    type: "string",
    default: "",
    description: "Name of a global array that events are pushed to.",
  },
  {
    name: "disabled",
    type: "boolean",
    default: "false",
    description: "Nothing can be typed or sent.",
  },
  {
    name: "lang",
    type: "language tag",
    default: "nearest ancestor's",
    description: "`en`, `ar` and `ru` are built in; across shadow hosts.",
  },
  {
    name: "dir",
    type: "ltr | rtl",
    default: "the language's",
    description: "From the nearest ancestor up to the one that names the language.",
  },
  {
    name: "status",
    type: "idle | sending | retrying | offline | accepted | error",
    default: "idle",
    description: "Read-only, always reflected.",
  },
];

const properties: Attribute[] = [
  {
    name: "values",
    type: "{name?, phone?, country?, email?, project?, [own]?}",
    default: "{}",
    description: "What was typed, as it was typed; setting it fills fields in.",
  },
  {
    name: "messages",
    type: "Partial<Messages>",
    default: "{}",
    description: "Texts of this form, before any other.",
  },
  {
    name: "receipt",
    type: "{id, status} | null",
    default: "null",
    description: "The last lead's receipt; read-only.",
  },
  {
    name: "updateComplete",
    type: "Promise<void>",
    default: "",
    description: "Settled once everything asked for has been drawn; read-only.",
  },
];

const events: Event[] = [
  { name: "lead-form-ready", detail: "null", description: "The form stands and can be filled." },
  { name: "lead-form-start", detail: "null", description: "The first thing was typed." },
  {
    name: "lead-form-submit",
    detail: "{target}",
    description: "Checked, about to be sent. Cancelable: then nothing is sent.",
  },
  {
    name: "lead-form-invalid",
    detail: "{fields: {name: code}}",
    description: "Fields that need another look, found here or by the proxy.",
  },
  {
    name: "lead-form-retry",
    detail: "{attempt}",
    description: "Sent again by itself; the first repetition is 1.",
  },
  {
    name: "lead-form-success",
    detail: "{receipt, target}",
    description: "Delivered or safely stored. Cancelable: then `success-url` is not visited.",
  },
  {
    name: "lead-form-error",
    detail: "{code, status, retryable}",
    description: "Given up until the visitor tries again; `network` and `timeout` have status 0.",
  },
  { name: "lead-form-reset", detail: "null", description: "Emptied." },
  { name: "lead-form-show", detail: "null", description: "The dialog has opened." },
  { name: "lead-form-hide", detail: "null", description: "The dialog has closed." },
];

const methods: Entry[] = [
  { name: "requestSubmit()", description: "Checks and sends, as if the button had been pressed." },
  { name: "reset()", description: "Empties the form and forgets what was going on." },
  { name: "checkValidity()", description: "Whether what is typed makes a lead." },
  { name: "reportValidity()", description: "The same, and shows what does not." },
  { name: "focus()", description: "To the first field." },
  { name: "show()", description: "Opens the dialog." },
  { name: "hide()", description: "Closes it." },
  {
    name: "static define(tag = 'lead-form')",
    description: "Registers the element, unless the name is taken.",
  },
  { name: "static addLocale(lang, messages)", description: "Adds a language, or texts to one." },
  { name: "static version", description: "The version of this build." },
  {
    name: "static partsOrigin",
    description: "Where the other files come from: the baked origin, until a script sets it.",
  },
];

export const manifest = {
  attributes,
  properties,
  events,
  slots,
  cssParts,
  cssStates,
  cssProperties,
  methods,
};
