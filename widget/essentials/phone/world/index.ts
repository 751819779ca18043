/**
 * Owns the entry of the part with the numbering plans of the rest of the world, and its time zones. Must not hold code:
 * it is data for `addRules` of the phone part.
 */
export { WORLD as metadata } from "./metadata.generated.ts";
export { WORLD_ZONES as zones } from "./zones.ts";
export { BUILD } from "../../../lazy/build-info.ts";
