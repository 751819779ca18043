/**
 * Owns the names of the fault modes, and the reading of an order. Must not import anything, so that the
 * demo page offers the same list.
 */

/** What each mode does to one request for a lead. */
export const FAULT_MODES = {
  ok: "takes the lead as documented",
  duplicate: "says that the phone number already exists",
  invalid_phone: "refuses the phone number",
  missing_fields: "says that name and phone are missing",
  no_form: "is not set up to take leads",
  demanded_key: "refuses each lead that lacks one more key of its form",
  refused_key: "refuses each lead that holds a key which its form does not know",
  localised: "asks for that key, for name and phone, in Arabic or Russian",
  bad_key: "refuses the credentials",
  forbidden_403: "stops the lead at its firewall, with a page",
  error_500: "fails with an internal error",
  unavailable_503: "is down for maintenance",
  rate_limited_429: "asks to slow down",
  timeout: "never answers",
  slow: "takes the lead and answers late",
  reset: "drops the connection",
  html_200: "answers 200 with a web page",
  empty_200: "answers 200 with nothing",
  truncated: "takes the lead and breaks off in the middle of the answer",
  redirect_302: "sends the request elsewhere",
  drip: "takes the lead and answers one byte at a time",
  huge: "takes the lead and answers with 256 KiB",
  flapping: "fails and works in turn",
  answer: "answers exactly what `status` and `body` say",
} as const;

export type FaultMode = keyof typeof FAULT_MODES;

/** What the vendor's own form asks for: it describes the vendor, and not one answer of it. */
export const FORM_MODES = ["demanded_key", "refused_key", "localised"] as const;
export type FormMode = (typeof FORM_MODES)[number];

export const isFormMode = (mode: FaultMode | undefined): mode is FormMode =>
  (FORM_MODES as readonly unknown[]).includes(mode);

/** The body of `PUT /_faults`; all of it is replaced each time. */
export interface Faults {
  mode: FaultMode;
  /** `slow`: milliseconds until the answer (3000). `drip`: between two bytes (100). `timeout`: until the connection is dropped (never). */
  ms?: number;
  /** Requests that get this mode before the vendor works again (no end). `flapping`: failures in a row, then as many successes (1). */
  count?: number;
  /** HTTP status instead of the mode's own. */
  status?: number;
  /** Stores the lead, although the caller gets no answer about it: `timeout`, `reset`, `error_500` and the like. */
  stored?: boolean;
  /** `demanded_key`, `refused_key`, `localised`: the key that they are about (budget). */
  key?: string;
  /** The `Retry-After` header of 429 (60) and 503 (none): seconds or an HTTP date. */
  retry_after?: number | string;
  /** Answer of the mode `answer`: a string is sent as it is, anything else as JSON. */
  body?: unknown;
  /** Sakneen: a phone number that is already held is refused as a duplicate. */
  dedupe?: boolean;
  /** Fails with 500 on characters beyond the basic plane, as a database with 3-byte text does. */
  no_emoji?: boolean;
  /** Brainysoft: what its token endpoint does meanwhile. */
  token_mode?: FaultMode;
  /** Brainysoft: `expires_in` of new tokens in seconds (3600). */
  token_ttl?: number;
}

export const isFaultMode = (value: unknown): value is FaultMode =>
  typeof value === "string" && Object.hasOwn(FAULT_MODES, value);

const isAmount = (value: unknown): boolean =>
  typeof value === "number" && Number.isFinite(value) && value >= 0;

const CHECKS: Record<keyof Faults, (value: unknown) => boolean> = {
  mode: isFaultMode,
  ms: isAmount,
  count: (value) => Number.isInteger(value) && Number(value) > 0,
  status: (value) => Number.isInteger(value) && Number(value) >= 200 && Number(value) <= 599,
  stored: (value) => typeof value === "boolean",
  key: (value) => typeof value === "string" && /^[A-Za-z]\w{0,63}$/.test(value),
  retry_after: (value) => isAmount(value) || typeof value === "string",
  body: () => true,
  dedupe: (value) => typeof value === "boolean",
  no_emoji: (value) => typeof value === "boolean",
  token_mode: isFaultMode,
  token_ttl: isAmount,
};

const isOption = (key: string): key is keyof Faults => Object.hasOwn(CHECKS, key);

/** @returns the order, or a sentence that names what is wrong with it */
export const readFaults = (order: unknown): Faults | string => {
  if (typeof order !== "object" || order === null || Array.isArray(order))
    return 'Send an object such as {"mode": "timeout"}.';
  for (const [key, value] of Object.entries(order)) {
    if (!isOption(key)) return `Unknown option "${key}". Known: ${Object.keys(CHECKS).join(", ")}.`;
    if (!CHECKS[key](value))
      return key.endsWith("mode")
        ? `Unknown ${key}. Known: ${Object.keys(FAULT_MODES).join(", ")}.`
        : `"${key}" has a value of the wrong kind.`;
  }
  const faults: Partial<Faults> = order;
  return { ...faults, mode: faults.mode ?? "ok" };
};

/**
 * A lead chooses the mode for itself by its name: the first word is the mode, in any case, alone or
 * before the rest, and `:milliseconds` may follow it: "timeout Ahmed", "slow:8000 Ahmed", "reset".
 */
export const readPrefix = (name: unknown): Faults | undefined => {
  if (typeof name !== "string") return undefined;
  const [mode, ms] = (name.trim().split(/\s+/)[0] ?? "").toLowerCase().split(":");
  if (!isFaultMode(mode)) return undefined;
  return ms !== undefined && /^\d+$/.test(ms) ? { mode, ms: Number(ms) } : { mode };
};
