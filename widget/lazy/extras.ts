/** Owns the one way to the extras. Must not import them but as a type. */
import { LazyPart } from "./lazy-part.ts";

export const extras = new LazyPart<typeof import("../extras/index.ts")>("extras");
