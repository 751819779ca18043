/**
 * The part that a lead can do without: the work behind the stamp, the list of countries, presets and
 * rarer styles, where the visitor came from. Loaded apart, so that the form is there sooner.
 */
export { attend } from "./after-render.ts";
export { readEmail, readName } from "../../proxy/shared/normalize.ts";
export { readAttribution } from "./attribution.ts";
export { fillCountries } from "./country-options.ts";
export { formatWait } from "./format-wait.ts";
export { dialogTemplate } from "./dialog.ts";
export { extraSheet } from "./styles.ts";
export { texts } from "./texts.ts";
export { cancelButton, connection } from "./offline.ts";
export { solveStamp } from "./stamp.ts";
