/**
 * Owns the reading of phone numbers in the proxy, by every rule of every country's plan.
 * Must not be imported by the browser: those plans are large.
 */
import { FOREIGN_PLANS } from "./plans.generated.ts";
import { parsePhone } from "../shared/parse-phone.ts";
import { readPhone as readWith } from "../shared/phone.ts";
import type { PhoneReading } from "../shared/phone.ts";
import { PLANS } from "../shared/plans.generated.ts";
import { callingCodes, Plans } from "../shared/plans.ts";

/** @param code ISO 3166-1 alpha-2 */
export const isPhoneCountry = (code: string): boolean => Object.hasOwn(callingCodes, code);

/** Unpacked with the first number: a start must not wait for them. */
let plans: Plans | undefined;

const allPlans = (): Plans => {
  if (plans) return plans;
  plans = new Plans(PLANS);
  plans.add(FOREIGN_PLANS);
  return plans;
};

/** @see readPhone in shared/phone.ts; an unknown country reads as none, so only `+` numbers pass. */
export const readPhone = (raw: string, country: string, home?: string): PhoneReading | undefined =>
  readWith(
    (text, code) => parsePhone(allPlans(), text, code && isPhoneCountry(code) ? code : undefined),
    raw,
    country,
    home,
  );
