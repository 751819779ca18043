/**
 * Owns the list of what is in `lead-form-fields.js`. Must not hold what another form needs: it is loaded only where
 * `fields` names a field of the target's own.
 */
export { BUILD } from "../lazy/build-info.ts";
export { check, describe } from "./checks.ts";
export { adopt } from "./controls.ts";
export { readHidden } from "./sources.ts";
export { sheet } from "./sheet.ts";
export { fieldView } from "./view.ts";
