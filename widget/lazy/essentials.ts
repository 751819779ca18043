/** Owns the one way to the essentials and to what they ask for. Must not import them but as a type. */
import { LazyPart } from "./lazy-part.ts";

/** The file has the name of its largest content: the phone rules. */
export const essentials = new LazyPart<typeof import("../essentials/index.ts")>("phone");

/** How numbers are written that are not digits alone. */
export const spelling = new LazyPart<typeof import("../essentials/phone/spelling/index.ts")>(
  "phone-spelling",
);

/** The numbering plans of the rest of the world. */
export const worldPlans = new LazyPart<typeof import("../essentials/phone/world/index.ts")>(
  "phone-world",
);

/** Query of the address at which the script started. A single-page application may replace it at once. */
export const ARRIVAL = globalThis.location?.search ?? "";
