/**
 * The part that a lead can do without: the work behind the stamp, the list of countries, presets and
 * rarer styles, where the visitor came from. Loaded apart, so that the form is there sooner.
 */
export { attend } from "./attend.ts";
export { readEmail, readName } from "../proxy/rules.ts";
export { readAttribution } from "./attribution.ts";
export { fillCountries } from "./countries.ts";
export { formatWait } from "./duration.ts";
export { dialogTemplate } from "./dialog.ts";
export { extraSheet } from "./extra.styles.ts";
export { texts } from "./extra-texts.ts";
export { cancelButton, connection } from "./offline.ts";
export { solveStamp } from "./stamp.ts";
