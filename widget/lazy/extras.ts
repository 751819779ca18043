/** Owns the one door to the extras. */
import { Door } from "./lazy-part.ts";

export const extras = new Door<typeof import("../extras/index.ts")>("extras");
