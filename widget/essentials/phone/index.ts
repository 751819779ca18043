/**
 * Owns the reading of phone numbers in the browser: of plain ones by the plans of eleven countries, and of all once the
 * parts for other spellings and the world have come. Must not have the last word: the proxy knows every country to the last range.
 */
import { parsePhone } from "../../../proxy/shared/parse-phone.ts";
import {
  type ParsePhone,
  type PhoneReading,
  readPhone as read,
} from "../../../proxy/shared/phone.ts";
import { plainNumbers, type TakeApart } from "../../../proxy/shared/plain-phone.ts";
import { PLANS } from "../../../proxy/shared/plans.generated.ts";
import { callingCodes, Plans } from "../../../proxy/shared/plans.ts";
import {
  type PhoneContext,
  type ResolvedPhone,
  resolvePhone,
} from "../../../proxy/shared/resolve-phone.ts";
import { addZones, guessCountry } from "../guess-country.ts";

export { callingCodes };

/** Those of the home countries, later of all. */
const plans = new Plans(PLANS);
let isComplete = false;

/** For what is not plain. */
let spelled: TakeApart | undefined;

const takeApart: TakeApart = (raw, countries) =>
  plainNumbers(raw) ?? spelled?.(raw, countries) ?? [];

/** The country whose calling code comes after a plus or `00`: of several the given one, or the main one. */
const countryOf = (text: string, given = ""): string | undefined => {
  const digits = text.split(/^\W*(?:\+|00)/)[1]?.replace(/\D/g, "");
  if (!digits) return undefined;
  return [given, ...Object.keys(callingCodes)].find((country) =>
    digits.startsWith(callingCodes[country]!),
  );
};

/** Calling codes that belong to no country, such as +800. */
const NO_COUNTRY = /^\+(?:8|979)/;

/**
 * By the plan of the number's country, where it is here. Else the number is taken as it is, so that nobody is locked
 * out, and not shown as understood: with a plus it has 8 to 15 digits (E.164), else at least five.
 */
const parse: ParsePhone = (text, country) => {
  const international = text.startsWith("+");
  const own = international ? countryOf(text) : undefined;
  if (international ? isComplete || plans.of(own) : plans.of(country))
    return parsePhone(plans, text, country);
  const digits = text.replace(/\D/g, "");
  if (digits.length > 15 || digits.length < (international ? 8 : 5)) return undefined;
  if (international && !own && !NO_COUNTRY.test(text)) return undefined;
  return {
    number: international ? `+${digits}` : digits,
    country: own,
    isPossible: () => true,
    isValid: () => true,
    getType: () => undefined,
    formatInternational: () => "",
  };
};

/** Readings that are kept: one number by as many countries as a form may offer. */
const LIMIT = 500;

const readings = new Map<string, PhoneReading | undefined>();

/**
 * Undefined if this is no phone number, nor any text: a page may set what its own data lacks.
 * @param country "" stands for "not known"
 * @param home the target's own country, where it is known
 */
export const readPhone = (
  raw: string | null | undefined,
  country: string,
  home = country,
): PhoneReading | undefined => {
  const key = JSON.stringify([raw, country, home]);
  // A field may be typed in for hours.
  if (readings.size > LIMIT) readings.clear();
  if (!readings.has(key))
    readings.set(key, read(parse, takeApart, raw || "", country || undefined, home || undefined));
  return readings.get(key);
};

/** The number by the first of several countries that fits. The proxy runs the same, and shows no country. */
export const resolve = (
  raw: string | null | undefined,
  context: PhoneContext,
): ResolvedPhone & { country: string } => {
  const typed = raw || "";
  const resolved = resolvePhone((text, by) => readPhone(text, by, context.home), typed, context);
  const { reading, by } = resolved;
  return { ...resolved, country: reading?.country ?? countryOf(typed, by) ?? by };
};

/** Digits of a number that may be whole. Fewer may seem to fit a guess, and are half a number of the target's. */
const WHOLE = 10;

/** Read by its shape alone, by a country that there is. */
const lacksPlan = (reading: PhoneReading | undefined, by: string): boolean =>
  reading?.formatted === "" && (reading.e164.startsWith("+") || Object.hasOwn(callingCodes, by));

/** The number belongs to a country whose plan is not here: with `lead-form-phone-world.js` it can be shown. */
const lacksWorld = (text: string, context: PhoneContext): boolean => {
  if (isComplete) return false;
  const { chosen, home = "", guess = "" } = context;
  // The guess is still to come.
  const isOpen = chosen === undefined && guessCountry() === undefined;
  if (isOpen && !home) return true;
  const { reading } = resolve(text, context);
  if (reading?.likely && reading.formatted) return false;
  const first = chosen || home;
  const own = readPhone(text, first, home);
  if (lacksPlan(own, first)) return true;
  if (chosen || own?.formatted) return false;
  if (!isOpen && !lacksPlan(readPhone(text, guess, home), guess)) return false;
  return !home || text.replace(/\D/g, "").length >= WHOLE;
};

/** The part without which the number cannot be read. */
export const lacks = (
  raw: string | null | undefined,
  context: PhoneContext,
): "spelling" | "world" | undefined => {
  const text = raw || "";
  if (!spelled && !plainNumbers(text)) return "spelling";
  return lacksWorld(text, context) ? "world" : undefined;
};

/** What such a part holds. */
export interface PhoneRules {
  metadata?: string;
  zones?: string;
  takeApart?: TakeApart;
}

/** Takes what a part holds; each form that has waited for it hands it in. */
export const addRules = ({ metadata, zones = "", takeApart: other }: PhoneRules): void => {
  if (other) spelled = other;
  else if (metadata && !isComplete) {
    plans.add(metadata);
    addZones(zones);
    isComplete = true;
  }
  readings.clear();
};
