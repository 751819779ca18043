/** Owns the reading of the phone field: its country and its number. Must not draw. */
import type { PhoneReading } from "../../proxy/shared/phone.ts";
import type { PhoneContext } from "../../proxy/shared/resolve-phone.ts";
import { TARGET_COUNTRIES } from "../lazy/build-info.ts";
import { essentials } from "../lazy/essentials.ts";
import type { FormValues } from "./controls.ts";
import { readCountries } from "./countries.ts";

interface PhoneOptions {
  target: string;
  country: string;
  countries: string;
  withoutCountrySelect: boolean;
}

export interface PhoneField {
  context: PhoneContext;
  /** By which a number is read, and sent: read by another it could be another number. "" for none. */
  by: string;
  /** The country that the number names, whole or not, else that by which it is read: the picker shows it. */
  country: string;
  /** Somebody chose the country, or the page fixed it; else it is a guess, and the proxy may know better. */
  certain: boolean;
  /** The number as it is read, once the rules are loaded. */
  reading: PhoneReading | undefined;
  /** As it was typed. */
  phone: string;
}

const contextOf = (form: PhoneOptions, chosen: string | undefined): PhoneContext => {
  const fixed = form.country.toUpperCase();
  // Without a select nobody could correct a guess, so none is made.
  if (form.withoutCountrySelect) return { chosen: fixed };
  const offered = readCountries(form.countries);
  const ifOffered = (country: string | undefined) =>
    country && (offered.length === 0 || offered.includes(country)) ? country : undefined;
  return {
    chosen,
    home: ifOffered(fixed || TARGET_COUNTRIES[form.target]),
    guess: ifOffered(essentials.part?.guessCountry()),
    offered,
  };
};

export const readPhoneField = (
  form: PhoneOptions,
  { phone = "", country: choice }: FormValues,
): PhoneField => {
  const context = contextOf(form, choice);
  const { chosen, home, guess, offered = [] } = context;
  // The first reading prepares the rules: a form that is only looked at does without.
  const resolved = phone ? essentials.part?.resolve(phone, context) : undefined;
  const reading = resolved?.reading;
  const by = resolved?.by ?? (chosen || home || guess || offered[0] || "");
  const country = resolved?.country ?? by;
  return { context, by, country, certain: Boolean(chosen || form.country), reading, phone };
};

/**
 * What a check makes of the number. By a guess alone nobody is refused: the target's own country may be
 * another, so any number of a possible shape is for the proxy to decide.
 */
export const readUncertain = ({
  context,
  certain,
  reading,
  phone,
}: PhoneField): PhoneReading | undefined | "unknown" => {
  const rules = essentials.part;
  if (!rules || rules.lacks(phone, context) === "spelling") return "unknown";
  if (certain || context.home || reading?.likely) return reading;
  return rules.readPhone(phone, "") && "unknown";
};
