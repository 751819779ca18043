/** Owns the one way to the phone rules. Must not make a form wait: without them the proxy decides. */
import type { PhoneReading } from "../../proxy/shared/normalize.ts";
import { LazyPart } from "./lazy-part.ts";

export interface PhoneRules {
  /** Undefined if this is no phone number. A country of "" stands for "not known". */
  readPhone(raw: string, country: string): PhoneReading | undefined;
  /** Calling codes without `+`, by ISO 3166-1 alpha-2 code: every country there is. */
  callingCodes: Readonly<Record<string, string>>;
}

export const phoneRules = new LazyPart<PhoneRules>("phone");
