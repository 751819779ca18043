/** Owns the one way to a target's own fields. Must not import them but as a type. */
import { LazyPart } from "./lazy-part.ts";

export const ownFields = new LazyPart<typeof import("../own-fields/index.ts")>("fields");
