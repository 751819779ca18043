/**
 * Owns QA's list: what each step sets up, what is done, what must be seen. Must not hold a text: they stand
 * in texts/, and the browser tests run the same list.
 */
import type { Chapter, Step } from "../model.ts";
import { FORM } from "./form.ts";
import { NETWORK } from "./network.ts";
import { OPERATOR } from "./operator.ts";
import { VENDOR } from "./vendor.ts";

export const CHAPTERS: readonly Chapter[] = [
  { id: "form", steps: FORM },
  { id: "vendor", steps: VENDOR },
  { id: "network", steps: NETWORK },
  { id: "operator", steps: OPERATOR },
];

export const STEPS: readonly Step[] = CHAPTERS.flatMap(({ steps }) => steps);
