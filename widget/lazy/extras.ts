/** Owns the one way to the extras. Must not import them but as a type. */
import { LazyPart } from "./lazy-part.ts";

/** What goes on with a form that stood in the page. */
export const printed = new LazyPart<typeof import("../extras/printed.ts")>("printed");

export const extras = new LazyPart<typeof import("../extras/index.ts")>("extras");
