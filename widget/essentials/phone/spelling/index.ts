/**
 * Owns the list of what is in `lead-form-phone-spelling.js`: how people and apps write a number down that is not digits
 * alone. Must not be needed for a lead: the proxy reads it, too.
 */
export { spelledNumbers as takeApart } from "../../../../proxy/shared/typed-phone.ts";
export { BUILD } from "../../../lazy/build-info.ts";
