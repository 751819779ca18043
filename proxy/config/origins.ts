/** Owns the rules for an origin in the settings. Must not compare a request with it. */
import { isRecord } from "../shared/is-record.ts";

const HOST = String.raw`(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)*[a-z\d](?:[a-z\d-]*[a-z\d])?`;
const EXACT_ORIGIN = new RegExp(String.raw`^https?://(?:${HOST}|\[[\da-f:]+\])(?::\d{1,5})?$`);
/** At least two labels after the star: `https://*.com` would trust a whole registry. */
const WILDCARD_ORIGIN = new RegExp(String.raw`^https?://\*\.(?=[^.:/]+\.)${HOST}(?::\d{1,5})?$`);

export const isOrigin = (text: string): boolean =>
  WILDCARD_ORIGIN.test(text) ||
  (EXACT_ORIGIN.test(text) && URL.canParse(text) && new URL(text).origin === text);

/** The valid origins of a target, even of a faulty one: its pages must be able to read the refusal. */
export const readOrigins = (target: unknown): string[] =>
  isRecord(target) && Array.isArray(target["origins"])
    ? target["origins"].filter((origin) => typeof origin === "string").filter(isOrigin)
    : [];
