/** Owns the one door to the phone rules. No form ever waits for them: without them the proxy decides. */
import type { PhoneReading } from "../../proxy/shared/normalize.ts";
import { Door } from "./lazy-part.ts";

export interface PhoneRules {
  /** Undefined if this is no phone number. A country of "" stands for "not known". */
  readPhone(raw: string, country: string): PhoneReading | undefined;
  /** Calling codes without `+`, by ISO 3166-1 alpha-2 code: every country there is. */
  callingCodes: Readonly<Record<string, string>>;
}

export const phoneRules = new Door<PhoneRules>("phone");
