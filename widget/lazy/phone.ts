/** Owns the one way to the phone rules. Must not make a form wait: without them the proxy decides. */
import type { PhoneReading } from "../../proxy/shared/phone.ts";
import type { PhoneContext, ResolvedPhone } from "../../proxy/shared/resolve-phone.ts";
import { LazyPart } from "./lazy-part.ts";

export interface PhoneRules {
  BUILD: string;
  /** Undefined if this is no phone number. A country of "" stands for "not known". */
  readPhone(raw: string, country: string): PhoneReading | undefined;
  /** The number, and the country by which it was read. */
  resolve(raw: string, context: PhoneContext): ResolvedPhone;
  /** Calling codes without `+`, by ISO 3166-1 alpha-2 code: every country there is. */
  callingCodes: Readonly<Record<string, string>>;
  /** Whether the number belongs to a country whose plan is in the second part. */
  needsWorld(raw: string, context: PhoneContext): boolean;
  addMetadata(metadata: string): void;
}

export const phoneRules = new LazyPart<PhoneRules>("phone");

/** The numbering plans of the rest of the world. */
export const worldPlans = new LazyPart<{ BUILD: string; metadata: string }>("phone-world");
