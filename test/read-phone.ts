/** Owns the proxy's reading of numbers with the plans of all countries, for tests. Must not read a file. */
import { FOREIGN_PLANS } from "../proxy/phone/plans.generated.ts";
import { createPhones } from "../proxy/phone/read.ts";
import type { ReadPhone } from "../proxy/phone/read.ts";

export const phones = createPhones({
  readPlans: async () => FOREIGN_PLANS,
  log: () => {},
});

const whole = await phones.whole();

export const readPhone: ReadPhone = (...typed) => whole?.(...typed);
