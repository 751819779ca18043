/** Owns how the phone field is understood: by which country it is read, what that makes of it, what its select shows. */
import type { PhoneReading } from "../../proxy/shared/normalize.ts";
import type { FormValues } from "./controls.ts";
import { defaultCountry } from "./default-country.ts";
import type { Options } from "../element/attributes.ts";
import { phoneRules } from "../lazy/phone.ts";

export interface PhoneField {
  /** By which a national number is read: the visitor's choice, else the page's; "" for none. */
  own: string;
  /** The number's own country where it names one: that beats the select. */
  country: string;
  /** How the number is understood, where it is and the rules are there. */
  reading: PhoneReading | undefined;
  /** `EG +20`, or "" without a country select. */
  face: string;
}

export const readPhoneField = (form: Options, { phone = "", country }: FormValues): PhoneField => {
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
