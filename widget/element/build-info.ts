/**
 * Owns the facts that only a build knows; these are the values of a source checkout. Must not be read
 * from the address of the script.
 */

declare const __LEAD_FORM_ENDPOINT__: string | undefined;
declare const __LEAD_FORM_VERSION__: string | undefined;

/** Origin of the proxy: baked in, never derived from the address of the script. */
export const ENDPOINT =
  typeof __LEAD_FORM_ENDPOINT__ === "string" ? __LEAD_FORM_ENDPOINT__ : "http://localhost:8787";

export const VERSION =
  typeof __LEAD_FORM_VERSION__ === "string" ? __LEAD_FORM_VERSION__ : "0.0.0-dev";
