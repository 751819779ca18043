/** Owns the list of all defences that `npm run test:mutants` removes. Must not run anything. */
import type { Defence } from "./defence.ts";
import { ANSWERS } from "./defences/answers.ts";
import { DELIVERY } from "./defences/delivery.ts";
import { LIMITS } from "./defences/limits.ts";
import { REQUESTS } from "./defences/requests.ts";
import { SETTINGS } from "./defences/settings.ts";
import { STORAGE } from "./defences/storage.ts";

export const DEFENCES: readonly Defence[] = [
  ...REQUESTS,
  ...LIMITS,
  ...DELIVERY,
  ...STORAGE,
  ...ANSWERS,
  ...SETTINGS,
];
