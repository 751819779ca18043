/**
 * Owns the parsing of a number by the plans that are here, as libphonenumber-js does it. Must not know what
 * people write around a number.
 *
 * The library's code for this is 5.2 kB (brotli) without what the build could leave out; this is 1.1, and every
 * visitor loads it. A test compares both over every region, with the plans of either side, and tens of thousands
 * of numbers.
 */
import { type ParsedPhone, writePhone } from "./phone.ts";
import type { Plan, Plans } from "./plans.ts";

/** What the library takes for a number: three digits and what may group them, or two digits. */
const VIABLE = /^(?:\+?(?=(?:\D*\d){3})[-\d()./ \xA0\u3000]+|\d\d)$/;

/** Digits of a national number (the library's own limits; some German ones are longer than E.164 allows). */
const SHORTEST = 2;
const LONGEST = 17;

/** Of each pattern one: as many as the plans have. */
const built: Record<string, RegExp> = {};

/** @param end `$`, or "" where more digits may follow */
const startOf = (pattern: string, end = ""): RegExp =>
  (built[pattern + end] ??= new RegExp(`^(?:${pattern})${end}`));

const fits = (pattern: string, digits: string): boolean => startOf(pattern, "$").test(digits);

/** The length of a number as a plan writes it. */
const lengthOf = (digits: string): string => Math.min(digits.length, 35).toString(36);

const isPossible = ({ lengths }: Plan, national: string): boolean =>
  lengths.includes(lengthOf(national));

const isTooLong = ({ lengths }: Plan, national: string): boolean =>
  lengthOf(national) > lengths.at(-1)!;

/** Whether a number is a mobile one, or may be one; undefined where no range of the plan holds it. */
const isMobile = (plan: Plan, national: string): boolean | undefined => {
  const { general, fixed, mobile, other } = plan;
  if (!fits(general, national)) return undefined;
  if (fits(mobile, national)) return true;
  if (fits(fixed, national)) return !mobile;
  return fits(other, national) ? false : undefined;
};

/** The plan of a number's own country, where its calling code and its digits tell. */
const ownPlan = ({ family }: Plan, national: string): Plan | undefined =>
  family.length < 2
    ? family[0]
    : family.find((plan) =>
        plan.leading
          ? startOf(plan.leading).test(national)
          : isMobile(plan, national) !== undefined,
      );

/** Without what is dialled before a national number, unless what is left would be none. */
const stripPrefix = (plan: Plan, digits: string): string => {
  const { general, prefix, rule } = plan;
  const [dialled, ...groups] = (prefix && startOf(prefix).exec(digits)) || [""];
  const stripped =
    rule && groups.at(-1) ? digits.replace(startOf(prefix), rule) : digits.slice(dialled.length);
  const own = ownPlan(plan, stripped) ?? plan;
  const isWhole = isPossible(own, stripped) || isTooLong(own, stripped);
  return isWhole && (fits(general, stripped) || !fits(general, digits)) ? stripped : digits;
};

/** With a plus, where a number begins as one abroad is dialled, or with the country's own calling code. */
const internationalize = (plan: Plan, digits: string): string => {
  const abroad = digits.replace(startOf(plan.idd), "");
  if (abroad !== digits && abroad[0]! > "0") return `+${abroad}`;
  if (!digits.startsWith(plan.callingCode)) return digits;
  const national = stripPrefix(plan, digits);
  const shorter = stripPrefix(plan, digits.slice(plan.callingCode.length));
  const fitsBetter = fits(plan.general, shorter) && !fits(plan.general, national);
  return fitsBetter || isTooLong(plan, national) ? `+${digits}` : digits;
};

/** @param country by which a national number is read: one whose plan is here, or none */
export const parsePhone = (
  plans: Pick<Plans, "of" | "before">,
  text: string,
  country: string | undefined,
): ParsedPhone | undefined => {
  if (!VIABLE.test(text)) return undefined;
  const home = plans.of(country);
  const typed = text.replace(/[^+\d]/g, "");
  const whole = home && typed[0] !== "+" ? internationalize(home, typed) : typed;
  const plus = whole[0] === "+";
  const digits = plus ? whole.slice(1) : whole;
  const main = plus ? plans.before(digits) : home;
  if (!main) return undefined;
  const { callingCode } = main;
  const national = stripPrefix(main, plus ? digits.slice(callingCode.length) : digits);
  if (national.length < SHORTEST || national.length > LONGEST) return undefined;
  const own = ownPlan(main, national);
  const plan = own ?? main;
  const mobile = isMobile(plan, national);
  const hasRanges = plan.fixed || plan.mobile || plan.other;
  return {
    number: `+${callingCode}${national}`,
    country: own ? own.country : plus ? undefined : country,
    isPossible: () => isPossible(plan, national),
    isValid: () => (hasRanges ? mobile !== undefined : fits(plan.general, national)),
    getType: () => (mobile === undefined ? undefined : mobile ? "MOBILE" : "FIXED_LINE"),
    formatInternational: () => writePhone(callingCode, national),
  };
};
