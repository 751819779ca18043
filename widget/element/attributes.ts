/** Owns the attributes of the element, their properties and defaults. Must not touch the DOM. */
import { ENDPOINT } from "../lazy/build-info.ts";

/** Aliases take these too. Any author may write any `data-*`: none may name where a lead or a visitor goes. */
const COMMON = {
  target: "",
  project: "",
  projects: "",
  fields: "name phone email",
  definitions: "",
  country: "",
  countries: "",
  heading: "",
  submitLabel: "",
  successMessage: "",
  privacyUrl: "",
  consent: "none",
  consentVersion: "",
  contactPhone: "",
  presentation: "inline",
  theme: "",
  scheme: "auto",
};

/** Only the element itself takes these. */
const OWN = {
  endpoint: ENDPOINT,
  fallbackEndpoint: "",
  required: "name phone",
  withoutCountrySelect: false,
  successUrl: "",
  open: false,
  attribution: "page",
  dataLayer: "",
  disabled: false,
};

/** Defaults by property name: texts, and flags that are off. */
export const ATTRIBUTE_DEFAULTS = { ...COMMON, ...OWN };

export const toAttribute = (property: string): string =>
  property.replace(/[A-Z]/g, "-$&").toLowerCase();

const namesOf = (defaults: object): string[] => Object.keys(defaults).map(toAttribute);

/** `lang` and `dir` are properties of every element; the form only watches them. */
export const ALIAS_ATTRIBUTES = [...namesOf(COMMON), "lang"];
export const OBSERVED_ATTRIBUTES = [...ALIAS_ATTRIBUTES, ...namesOf(OWN), "dir"];

/** The properties; each mirrors the attribute of its name. */
export interface Attributes {
  /** Key of the configured target that receives the lead. */
  target: string;
  /** Origin of the proxy. */
  endpoint: string;
  /** Tried once when the endpoint cannot be reached. */
  fallbackEndpoint: string;
  /** Sent as the project, not shown. */
  project: string;
  /** Comma list of projects to choose from. */
  projects: string;
  /** Which fields, in which order. */
  fields: string;
  /** What the target's own fields are, as JSON; without it they are asked for. */
  definitions: string;
  /** Which of them must be filled. */
  required: string;
  /** ISO 3166 code by which a national number is read. */
  country: string;
  /** ISO codes that the country select is restricted to. */
  countries: string;
  /** Hides the country select. */
  withoutCountrySelect: boolean;
  /** Replaces the heading. */
  heading: string;
  /** Replaces the text of the button. */
  submitLabel: string;
  /** Replaces the text after success. */
  successMessage: string;
  /** Where to go after success: https, or this origin. */
  successUrl: string;
  /** Linked in the consent text. */
  privacyUrl: string;
  /** `none`, `notice` or `checkbox`. */
  consent: string;
  /** Stored with the lead. */
  consentVersion: string;
  /** Shown where the form cannot send. */
  contactPhone: string;
  /** `inline` or `dialog`. */
  presentation: string;
  /** Whether the dialog is open. */
  open: boolean;
  /** `estate`, `fintech` or `ink`. */
  theme: string;
  /** `auto` follows the page's color-scheme; or `light`, `dark`. */
  scheme: string;
  /** `off`, `page` or `session`: which campaign and click ids are read. */
  attribution: string;
  /** Name of a global array that events are pushed to. */
  dataLayer: string;
  /** Nothing can be typed or sent. */
  disabled: boolean;
}

/** An element with these attributes. */
export type AttributesElement = HTMLElement & Attributes;
