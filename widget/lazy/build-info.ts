/**
 * Owns the facts that only a build knows; these are the values of a source checkout. Must not be read
 * from the address of the script.
 */

declare const __LEAD_FORM_ENDPOINT__: string | undefined;
declare const __LEAD_FORM_VERSION__: string | undefined;
declare const __LEAD_FORM_COUNTRIES__: Readonly<Record<string, string>> | undefined;
declare const __LEAD_FORM_BUILD__: string | undefined;

/** Origin of the proxy: baked in, never derived from the address of the script. */
export const ENDPOINT =
  typeof __LEAD_FORM_ENDPOINT__ === "string" ? __LEAD_FORM_ENDPOINT__ : "http://localhost:8787";

export const VERSION =
  typeof __LEAD_FORM_VERSION__ === "string" ? __LEAD_FORM_VERSION__ : "0.0.0-dev";

/** Hash of what was built: script and part of one build have the same, also where nobody raised the version. */
export const BUILD = typeof __LEAD_FORM_BUILD__ === "string" ? __LEAD_FORM_BUILD__ : "dev";

/** ISO codes of the targets' own countries, by the targets' keys, as the build's settings name them. */
export const TARGET_COUNTRIES: Readonly<Record<string, string>> =
  typeof __LEAD_FORM_COUNTRIES__ === "object" ? __LEAD_FORM_COUNTRIES__ : {};
