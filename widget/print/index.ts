/** Owns the printer of the form, as snippets and pages take it. Must not hold how it is written. */
import type { Printer } from "../../proxy/shared/snippet.ts";
import { printForm } from "./print.ts";
import { printReserve } from "./reserve.ts";
import { SHEETS } from "./sheets.ts";

/** By itself, for a server that prints no snippet. */
export { printForm };
/** For the build of a server. */
export { SHEETS };

export const printer: Printer = { form: printForm, place: printReserve };
