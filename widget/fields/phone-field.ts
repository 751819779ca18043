/** Owns the reading of the phone field: its country, the number, the face of the picker. Must not draw. */
import type { PhoneReading } from "../../proxy/shared/normalize.ts";
import { phoneRules } from "../lazy/phone.ts";
import type { FormValues } from "./controls.ts";
import { defaultCountry } from "./default-country.ts";

interface PhoneOptions {
  country: string;
  countries: string;
  withoutCountrySelect: boolean;
}

export interface PhoneField {
  /** By which a national number is read: the visitor's choice, else the page's; "" for none. */
  own: string;
  /** The number's own country where it names one: that beats the select. */
  country: string;
  /** The number as it is read, once the rules are loaded. */
  reading: PhoneReading | undefined;
  /** `EG +20`, or "" without a country select. */
  face: string;
}

export const readPhoneField = (
  form: PhoneOptions,
  { phone = "", country }: FormValues,
): PhoneField => {
  // Without a select nobody could correct a guess, so none is made.
  const own = form.withoutCountrySelect
    ? form.country.toUpperCase()
    : country || defaultCountry(form.country, form.countries);
  const reading = phoneRules.part?.readPhone(phone, own);
  const shown = reading?.country ?? own;
  const code = phoneRules.part?.callingCodes[shown];
  const face = form.withoutCountrySelect ? "" : shown + (code ? ` +${code}` : "");
  return { own, reading, country: shown, face };
};
