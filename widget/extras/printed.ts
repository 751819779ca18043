/**
 * Owns the list of what is in `lead-form-printed.js`: the step from a printed form to a drawn one. Must not hold
 * what another form could ask for.
 */
export { BUILD } from "../lazy/build-info.ts";
export { takeOver } from "./take-over.ts";
