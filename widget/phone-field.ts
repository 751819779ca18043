/**
 * Owns what a phone field knows beyond its text: the country it is read by, how it was understood,
 * and whether the visitor was asked about it. A number that names its country beats the select.
 */
import type { PhoneReading } from "../proxy/rules.ts";
import { defaultCountry, faceOf, fillCountries, selectCountry } from "./countries.ts";
import { loadPhoneRules, type PhoneRules, phoneRules } from "./phone.ts";

/** What the form around it says. */
export interface PhoneContext {
  endpoint: string;
  /** The page's choice. */
  country: string;
  countries: string;
  withoutCountrySelect: boolean;
  /** Language tag for the names of countries. */
  tag: string;
  /** As typed, and as selected by the visitor. */
  phone: string;
  chosen: string;
}

export class PhoneField {
  /** The number, with its country, that the visitor was last asked about. */
  #asked = "";
  readonly #see: () => PhoneContext;
  readonly #draw: () => void;

  constructor(see: () => PhoneContext, draw: () => void) {
    this.#see = see;
    this.#draw = draw;
  }

  get #rules(): PhoneRules | undefined {
    return phoneRules(this.#see().endpoint);
  }

  /** The visitor's choice, else the page's. Without a select nobody can correct a guess: then there is none. */
  get #own(): string {
    const { chosen, country, countries, withoutCountrySelect } = this.#see();
    return withoutCountrySelect
      ? country.toUpperCase()
      : chosen || defaultCountry(country, countries);
  }

  get #reading(): PhoneReading | undefined {
    return this.#rules?.readPhone(this.#see().phone, this.#own);
  }

  /** ISO code by which the number is read; "" leaves it to the target. */
  get country(): string {
    return this.#reading?.country ?? this.#own;
  }

  /** `EG +20`, or "" without a select. */
  get face(): string {
    return this.#see().withoutCountrySelect ? "" : faceOf(this.country, this.#rules?.callingCodes);
  }

  /** The number as it will be called, or "" while that is not sure. */
  get understood(): string {
    const reading = this.#reading;
    return reading?.likely ? reading.formatted : "";
  }

  /** The number as it reads best. */
  get readable(): string {
    return this.#reading?.formatted || this.#see().phone.trim();
  }

  /** For the check of the form; undefined while the rules are not there. */
  get read(): ((raw: string) => PhoneReading | undefined) | undefined {
    const rules = this.#rules;
    return rules && ((raw) => rules.readPhone(raw, this.#own));
  }

  /** Whether the visitor has seen the question about this very number and left it as it is. */
  get confirmed(): boolean {
    return this.#asked === this.country + this.#see().phone;
  }

  ask(): void {
    this.#asked = this.country + this.#see().phone;
  }

  forget(): void {
    this.#asked = "";
  }

  load(): void {
    const { endpoint } = this.#see();
    if (!phoneRules(endpoint)) void loadPhoneRules(endpoint).then(this.#draw);
  }

  /** Fills the select when it is about to open, once. */
  open(select: HTMLSelectElement): void {
    if (select.length > 1) return;
    const { countries, tag } = this.#see();
    fillCountries(select, countries, tag, this.#rules?.callingCodes);
  }

  /** Lets the select show the country. */
  sync(select: HTMLSelectElement | null): void {
    if (select) selectCountry(select, this.country, this.#see().tag, this.#rules?.callingCodes);
  }
}
