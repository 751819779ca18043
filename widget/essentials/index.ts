/**
 * Owns the list of what is in `lead-form-phone.js`: what a visit uses between the first key and the answer.
 * Must not hold what a lead needs: the form sends without this part.
 *
 * Like stands beside like, and styles and texts come first: another order costs up to 70 bytes.
 */
export { sheet } from "./sheet.ts";
export { BUILD } from "../lazy/build-info.ts";
export { ESSENTIAL_CATALOGS as texts } from "./catalogs.generated.ts";
export { readContext } from "./context.ts";
export { solveStamp } from "./stamp.ts";
export { addRules, callingCodes, lacks, readPhone, resolve } from "./phone/index.ts";
export { accompany } from "./accompany.ts";
export { isEmail, seenName } from "../../proxy/shared/normalize.ts";
export { understood } from "./understood.ts";
export { takeOver } from "./take-over.ts";
export { connection, offlineActions } from "./offline.ts";
export { guessCountry } from "./guess-country.ts";
export { countryPicker } from "./country-picker.ts";
