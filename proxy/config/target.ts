/**
 * Owns one target: its schema, and the step from settings and secrets to a target that can deliver.
 * Must not read another target.
 */
import * as z from "zod";
import { isPhoneCountry } from "../phone.ts";
import { FIELD_NAMES } from "../shared/contract.ts";
import type { FieldName } from "../shared/contract.ts";
import { serviceUrlProblem } from "../vendors/service-url.ts";
import type { Deliver, Fault, ProjectRule, Vendor } from "../vendors/vendor.ts";
import * as vendors from "../vendors/index.ts";
import { readSecret } from "./environment.ts";
import type { Environment } from "./environment.ts";
import { toFaults } from "./faults.ts";
import { isOrigin } from "./origins.ts";

const VENDORS: Readonly<Record<string, Vendor>> = { ...vendors };

const DEFAULT_LIMITS = { perAddressPerMinute: 60, perTargetPerMinute: 600, perPhonePerDay: 5 };

const text = z.string().min(1, "must not be empty");
const positive = z.int().positive("must be positive");

/** The keys of one target (README, "Configuration"). */
const targetSchema = z.strictObject({
  vendor: z.string().refine((name) => Object.hasOwn(VENDORS, name), "is not a known vendor"),
  baseUrl: z.string().superRefine((url, context) => {
    const message = serviceUrlProblem(url);
    if (message) context.addIssue({ code: "custom", message });
  }),
  country: z.string().refine(isPhoneCountry, "is not an ISO 3166 country code").optional(),
  origins: z
    .array(z.string().refine(isOrigin, "is not an origin such as https://www.example.com"))
    .min(1, "must name at least one origin"),
  projects: z.array(text.max(200, "is too long")).min(1, "must not be empty").optional(),
  required: z.array(z.enum(FIELD_NAMES)).optional(),
  phone: z.enum(["any", "mobile"]).optional(),
  consent: z.enum(["none", "required"]).default("none"),
  storage: z.enum(["ledger", "none"]).default("ledger"),
  doubt: z.enum(["retry", "hold"]).default("retry"),
  stamp: z.enum(["off", "scored", "required"]).default("scored"),
  jurisdiction: z.enum(["eu"]).optional(),
  shards: positive.max(64, "must be at most 64").default(1),
  limits: z
    .strictObject({
      perAddressPerMinute: positive.default(DEFAULT_LIMITS.perAddressPerMinute),
      perTargetPerMinute: positive.default(DEFAULT_LIMITS.perTargetPerMinute),
      perPhonePerDay: positive.default(DEFAULT_LIMITS.perPhonePerDay),
    })
    .default(DEFAULT_LIMITS),
  credential: z
    .string()
    .regex(/^[A-Z][A-Z\d_]*$/, "must be capitals, digits and underscores")
    .optional(),
  extra: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
});

/** For the table in the README. */
export const TARGET_KEYS: readonly string[] = Object.keys(targetSchema.shape);

type TargetSettings = z.infer<typeof targetSchema>;

/** One configured target, ready to deliver. */
export interface Target extends Omit<TargetSettings, "country" | "phone" | "required" | "vendor"> {
  key: string;
  vendor: string;
  country: string;
  phone: "any" | "mobile";
  required: ReadonlySet<FieldName>;
  maxNameLength: number;
  projectRule: ProjectRule | undefined;
  deliver: Deliver;
  /** What an operator should know of these settings, though they work. */
  warnings: readonly Fault[];
  /** Everything that the vendor knows us by, as one text: kept only as a keyed hash. */
  fingerprint: string;
}

/** A warning and no fault: the vendor may have a project of this name. */
const projectWarnings = (
  { projects = [] }: TargetSettings,
  rule: ProjectRule | undefined,
  root: string,
): Fault[] =>
  projects.flatMap((project, i) => {
    const problem = rule?.problem(project);
    return problem ? [{ setting: `${root}.projects[${i}]`, problem }] : [];
  });

/** Changes with the address or any secret of the target, which is when a new try makes sense. */
const fingerprintOf = (baseUrl: string, env: Environment, prefix: string): string =>
  JSON.stringify([
    baseUrl,
    ...Object.keys(env)
      .filter((name) => name.startsWith(`${prefix}_`))
      .sort()
      .map((name) => readSecret(env, name)),
  ]);

/** @param ledgerKeys the keys of `LEDGER_KEYS`, or the problem with that setting */
export const readTarget = (
  key: string,
  value: unknown,
  env: Environment,
  ledgerKeys: ReadonlyMap<string, unknown> | string,
): Target | Fault[] => {
  const root = `TARGETS.${key}`;
  const parsed = targetSchema.safeParse(value, { reportInput: true });
  if (!parsed.success) return toFaults(root, parsed.error);
  const settings = parsed.data;
  const vendor = VENDORS[settings.vendor];
  if (!vendor) return [{ setting: `${root}.vendor`, problem: "is not a known vendor" }];
  const prefix = settings.credential ?? settings.vendor.toUpperCase();
  const secretName = (suffix: string) => `${prefix}_${suffix}`;
  const connection = vendor.connect({
    baseUrl: settings.baseUrl.replace(/\/+$/, ""),
    extra: settings.extra,
    secret: (suffix) => readSecret(env, secretName(suffix)),
    secretName,
  });
  // Without a key nothing can be sealed, and nothing is stored plainly.
  if (settings.storage === "ledger" && typeof ledgerKeys === "string")
    return [{ setting: "LEDGER_KEYS", problem: ledgerKeys }];
  if ("faults" in connection)
    return connection.faults.map(({ setting, problem }) => ({
      setting: setting.startsWith("extra.") ? `${root}.${setting}` : setting,
      problem,
    }));
  return {
    ...settings,
    key,
    country: settings.country ?? vendor.country,
    phone: settings.phone ?? vendor.phone,
    required: new Set<FieldName>(["name", "phone", ...(settings.required ?? [])]),
    maxNameLength: vendor.maxNameLength,
    projectRule: vendor.projectRule,
    deliver: connection.deliver,
    warnings: projectWarnings(settings, vendor.projectRule, root),
    fingerprint: fingerprintOf(settings.baseUrl, env, prefix),
  };
};
