/**
 * Owns the entry of the part with the numbering plans of the rest of the world. Must not hold code: it is
 * data for `addRules` of the phone part.
 */
export { WORLD as metadata } from "./metadata.generated.ts";
export { BUILD } from "../../../lazy/build-info.ts";
