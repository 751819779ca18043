/**
 * Owns the plan that stands in for one that is not here. Must not make a number invalid that some plan may hold.
 */
import { callingCodes } from "../shared/plans.ts";
import type { Plan } from "../shared/plans.ts";

/** Digits of a number with its calling code: a form that lacks a plan asks for as many, and E.164 allows no more. */
const SHORTEST = 8;
const LONGEST = 15;

/** Calling codes that belong to no country, such as +800. */
const NO_COUNTRY = /^(?:8\d\d|979)/;

const NOTHING = "(?!)";

const lengthsAfter = (callingCode: string): string =>
  Array.from({ length: LONGEST - SHORTEST + 1 }, (_, more) =>
    (SHORTEST + more - callingCode.length).toString(36),
  ).join("");

const standIn = (callingCode: string, country: string | undefined): Plan => {
  const plan: Plan = {
    country,
    callingCode,
    family: [],
    lengths: lengthsAfter(callingCode),
    // Whether a zero belongs to a national number only its plan knows: such a number is never likely.
    general: country ? NOTHING : "\\d*",
    prefix: country ? "0" : "",
    fixed: "",
    mobile: "",
    other: "",
    leading: "",
    idd: "00",
    rule: "",
  };
  plan.family.push(plan);
  return plan;
};

/** For national numbers of a country: its visitor is asked. */
export const standInOf = (country: string): Plan => standIn(callingCodes[country] ?? "", country);

/** For what begins with a calling code: taken as it is, where there is such a code. */
export const standInBefore = (digits: string): Plan | undefined => {
  const code =
    Object.values(callingCodes).find((known) => digits.startsWith(known)) ??
    NO_COUNTRY.exec(digits)?.[0];
  return code === undefined ? undefined : standIn(code, undefined);
};
