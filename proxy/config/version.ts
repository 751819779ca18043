/** Owns the version of this build. Must not be needed by a test that runs the sources. */
declare const __LEAD_FORM_VERSION__: string | undefined;

export const VERSION =
  typeof __LEAD_FORM_VERSION__ === "string" ? __LEAD_FORM_VERSION__ : "0.0.0-dev";
