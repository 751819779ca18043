/**
 * Owns the list of what is in `lead-form-extras.js`. Must not hold what a lead needs: the form sends
 * without this part.
 */
export { attend } from "./after-render.ts";
export { readEmail, readName } from "../../proxy/shared/normalize.ts";
export { BUILD } from "../lazy/build-info.ts";
export { guessCountry } from "./guess-country.ts";
export { readContext } from "./context.ts";
export { describe, understood } from "./describe.ts";
export { countryPicker } from "./country-picker.ts";
export { formatWait } from "./format-wait.ts";
export { dialogTemplate } from "./dialog.ts";
export { sheet } from "./sheet.ts";
export { texts } from "./texts.ts";
export { connection, offlineActions } from "./offline.ts";
export { mountLinks } from "./links.ts";
export { solveStamp } from "./stamp.ts";
export { takeOver } from "./take-over.ts";
