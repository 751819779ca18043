/** Owns the rules for a secret that travels in a header or a form. Must not repeat a part of it. */
import type { Fault, VendorSettings } from "./vendor.ts";

/** By what a person would not see; the first that fits is named. */
const UNFIT: readonly (readonly [rule: RegExp, problem: string])[] = [
  [/[\r\n\u0085\u2028\u2029]/, "must not hold a line break"],
  [/[\p{C}\p{Zl}\p{Zp}\u034F\u115F\u1160\u3164]/u, "must not hold an invisible character"],
  [/[^ -~]/, "must be ASCII: it holds a letter that no header can carry"],
  [/^(["'`]).*\1$/, "must not stand in quotes"],
];

/** The problem with a text that a header (RFC 9110, 5.5) or a form (RFC 6749, A) has to carry, or undefined. */
export const secretProblem = (text: string): string | undefined =>
  UNFIT.find(([rule]) => rule.test(text))?.[1];

/** What is wrong with the secrets that a call needs: each that is missing, or cannot be sent. */
export const secretFaults = (
  { secret, secretName }: Pick<VendorSettings, "secret" | "secretName">,
  suffixes: readonly string[],
): Fault[] =>
  suffixes.flatMap((suffix) => {
    const text = secret(suffix);
    const problem = text === undefined ? "is missing" : secretProblem(text);
    return problem === undefined ? [] : [{ setting: secretName(suffix), problem }];
  });
