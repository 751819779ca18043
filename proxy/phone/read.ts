/**
 * Owns the reading of phone numbers in the proxy: by eleven plans at once, by all others once they are read.
 * Must not lose or refuse a number because they cannot be read.
 */
import { logError } from "../log.ts";
import type { Log } from "../log.ts";
import { parsePhone } from "../shared/parse-phone.ts";
import { readPhone as readWith } from "../shared/phone.ts";
import type { PhoneReading } from "../shared/phone.ts";
import { PLANS } from "../shared/plans.generated.ts";
import { callingCodes, Plans } from "../shared/plans.ts";
import { numbersIn } from "../shared/typed-phone.ts";
import { standInBefore, standInOf } from "./stand-in.ts";

/** @param code ISO 3166-1 alpha-2 */
export const isPhoneCountry = (code: string): boolean => Object.hasOwn(callingCodes, code);

/** @see readPhone in shared/phone.ts; an unknown country reads as none, so only `+` numbers pass. */
export type ReadPhone = (raw: string, country: string, home?: string) => PhoneReading | undefined;

type Source = Pick<Plans, "of" | "before">;

const readerOf =
  (source: Source): ReadPhone =>
  (raw, country, home) =>
    readWith(
      (text, code) => parsePhone(source, text, code && isPhoneCountry(code) ? code : undefined),
      numbersIn,
      raw,
      country,
      home,
    );

/** @param onMissing called for each plan that is not here, and that another stands in for */
const withStandIns = (plans: Plans, onMissing: () => void): Source => ({
  of: (country) => {
    const plan = plans.of(country);
    if (plan || country === undefined) return plan;
    onMissing();
    return standInOf(country);
  },
  before: (digits) => {
    const plan = plans.before(digits);
    if (plan) return plan;
    onMissing();
    return standInBefore(digits);
  },
});

export interface Phones {
  /** What a reading gives. It runs again where it asked for a plan that had to be read first. */
  read: <T>(reading: (read: ReadPhone) => T) => Promise<T>;
  /** By the plans of all countries; undefined while they cannot be read. */
  whole: () => Promise<ReadPhone | undefined>;
}

/** What reads a number. */
export interface PhoneDeps {
  phones: Phones;
}

interface PlansDeps {
  /** The plans of the rest of the world; undefined, or an error, while they cannot be read. */
  readPlans: () => Promise<string | undefined>;
  log: Log;
}

export const createPhones = ({ readPlans, log }: PlansDeps): Phones => {
  // Unpacked with the first number: a start must not wait for them.
  let home: Plans | undefined;
  let world: Plans | undefined;

  /**
   * Kept once they are there, and not while they are under way: in a Worker a request must not wait for what another
   * one has begun, which ends with that one.
   */
  const load = async (): Promise<Plans | undefined> => {
    try {
      const plans = new Plans(PLANS);
      plans.add((await readPlans()) ?? "");
      if (Object.keys(callingCodes).every((country) => plans.of(country))) return (world = plans);
    } catch (error) {
      logError(log, error);
    }
    log("error", { event: "phone_plans" });
    return undefined;
  };

  return {
    read: async (reading) => {
      if (world) return reading(readerOf(world));
      let isMissing = false;
      home ??= new Plans(PLANS);
      const result = reading(readerOf(withStandIns(home, () => (isMissing = true))));
      const plans = isMissing ? await load() : undefined;
      return plans ? reading(readerOf(plans)) : result;
    },
    whole: async () => {
      const plans = world ?? (await load());
      return plans && readerOf(plans);
    },
  };
};
