/** Owns the origin that the build baked in. Must not be read from a request. */
declare const __LEAD_FORM_ENDPOINT__: string | undefined;

/** Undefined in a run without a build. */
export const BAKED_ORIGIN =
  typeof __LEAD_FORM_ENDPOINT__ === "string" ? __LEAD_FORM_ENDPOINT__ : undefined;
