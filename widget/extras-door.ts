/** Owns the one door to the extras. */
import { Door } from "./door.ts";

export const extras = new Door<typeof import("./extras.ts")>("extras");
