/**
 * Owns the one door to the phone rules: they are loaded when they are about to be needed, once per
 * endpoint, and no form ever waits for them.
 */
import type { PhoneReading } from "../proxy/rules.ts";

export interface PhoneRules {
  /** Undefined if this is no phone number. A country of "" stands for "not known". */
  readPhone(raw: string, country: string): PhoneReading | undefined;
  /** Calling codes without `+`, by ISO 3166-1 alpha-2 code: every country there is. */
  callingCodes: Readonly<Record<string, string>>;
}

type Loader = (endpoint: string) => Promise<PhoneRules>;

const load: Loader = (endpoint) =>
  import(/* @vite-ignore */ `${endpoint}/lead-form-phone.js`) as Promise<PhoneRules>;

let loader = load;
const loaded = new Map<string, PhoneRules>();
const loading = new Map<string, Promise<void>>();

/** The rules, if they are there. */
export const phoneRules = (endpoint: string): PhoneRules | undefined =>
  loaded.get("") ?? loaded.get(endpoint);

/**
 * Loads the rules unless that has been done. Never rejects: after a failure the next call tries
 * again, since a form lives longer than most losses of a connection.
 */
export const loadPhoneRules = (endpoint: string): Promise<void> => {
  if (phoneRules(endpoint)) return Promise.resolve();
  const known = loading.get(endpoint);
  if (known) return known;
  const started = loader(endpoint)
    .then(
      (rules) => void loaded.set(endpoint, rules),
      () => undefined,
    )
    .finally(() => loading.delete(endpoint));
  loading.set(endpoint, started);
  return started;
};

/** Hands the rules in, for a build that holds them; nothing is loaded then. */
export const providePhoneRules = (rules: PhoneRules): void => void loaded.set("", rules);

/** Replaces how the rules are loaded and forgets what was; without an argument, back to the network. */
export const replacePhoneLoader = (next: Loader = load): void => {
  loader = next;
  loaded.clear();
  loading.clear();
};
