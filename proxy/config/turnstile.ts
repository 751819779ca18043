/**
 * Owns the setting `turnstile` of a target, and the secret that it needs. Must not ask Cloudflare.
 */
import * as v from "valibot";
import { serviceUrlProblem } from "../vendors/service-url.ts";
import type { Fault } from "../vendors/vendor.ts";
import { readSecret } from "./environment.ts";
import type { Environment } from "./environment.ts";
import { oneOf, settingsOf } from "./faults.ts";

const SECRET = "TURNSTILE_SECRET";
const URL_SETTING = "TURNSTILE_VERIFY_URL";
const SITEVERIFY = "https://challenges.cloudflare.com/turnstile/v0/siteverify";

export interface Turnstile {
  /** `required` refuses a lead without a valid token; `scored` weighs it as one without a proof of work. */
  mode: "scored" | "required";
  /** For the hosted page. */
  siteKey: string | undefined;
  /** What the page's widget names in `data-action`. */
  action: string | undefined;
  secret: string;
  /** Of siteverify. */
  url: string;
}

export const turnstileSchema = v.optional(
  settingsOf({
    mode: v.optional(oneOf(["scored", "required"]), "scored"),
    siteKey: v.optional(
      v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/, "must be letters, digits, - and _")),
    ),
    // The characters that Turnstile allows in `data-action`.
    action: v.optional(
      v.pipe(v.string(), v.regex(/^[\w-]{1,32}$/, "must be at most 32 letters, digits, - and _")),
    ),
  }),
);

/** What is wrong beside the target's own setting. */
export const turnstileFaults = (env: Environment): Fault[] => {
  const url = readSecret(env, URL_SETTING);
  const problem = url && serviceUrlProblem(url);
  return [
    ...(readSecret(env, SECRET) ? [] : [{ setting: SECRET, problem: "is missing" }]),
    ...(problem ? [{ setting: URL_SETTING, problem }] : []),
  ];
};

export const readTurnstile = (
  setting: v.InferOutput<typeof turnstileSchema>,
  env: Environment,
  root: string,
): { turnstile: Turnstile | undefined; faults: Fault[] } => {
  if (!setting) return { turnstile: undefined, faults: [] };
  const { mode, siteKey, action } = setting;
  const faults = turnstileFaults(env);
  if (mode === "required" && !siteKey)
    faults.push({
      setting: `${root}.turnstile.siteKey`,
      problem: "is missing: the hosted page has to ask for a token too",
    });
  const secret = readSecret(env, SECRET) ?? "";
  const url = readSecret(env, URL_SETTING) ?? SITEVERIFY;
  return { turnstile: { mode, siteKey, action, secret, url }, faults };
};

/** A secret that the operator may believe to have an effect. */
export const unreadSecret = (
  env: Environment,
  targets: readonly ({ turnstile: Turnstile | undefined } | undefined)[],
): Fault[] =>
  readSecret(env, SECRET) === undefined || targets.some((target) => target?.turnstile)
    ? []
    : [{ setting: SECRET, problem: "is not read: no target has the setting turnstile" }];
