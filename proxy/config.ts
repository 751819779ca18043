/**
 * Owns the checked settings: from `TARGETS` and the secrets to targets that can deliver, or to
 * faults that name the setting and never echo a value.
 */
import * as z from "zod";
import { alertSecretProblem } from "./alerts.ts";
import type { AlertSettings } from "./alerts.ts";
import type { FieldName } from "./shared/contract.ts";
import { readLedgerKeys } from "./ledger-keys.ts";
import { isPhoneCountry } from "./phone.ts";
import { isRecord, serviceUrlProblem } from "./vendors/vendor.ts";
import type { Deliver, Fault, Vendor } from "./vendors/vendor.ts";
import * as vendors from "./vendors/index.ts";

const VENDORS: Readonly<Record<string, Vendor>> = { ...vendors };

/** Names that an unset key of a target falls back to; the vendor supplies country and phone. */
const LIMITS = { perAddressPerMinute: 60, perTargetPerMinute: 600, perPhonePerDay: 5 };

const FIELD_NAMES = ["name", "phone", "email", "project", "consent"] as const satisfies FieldName[];

const HOST = String.raw`(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)*[a-z\d](?:[a-z\d-]*[a-z\d])?`;
const EXACT_ORIGIN = new RegExp(String.raw`^https?://(?:${HOST}|\[[\da-f:]+\])(?::\d{1,5})?$`);
/** At least two labels after the star: `https://*.com` would trust a whole registry. */
const WILDCARD_ORIGIN = new RegExp(String.raw`^https?://\*\.(?=[^.:/]+\.)${HOST}(?::\d{1,5})?$`);

const isOrigin = (text: string): boolean =>
  WILDCARD_ORIGIN.test(text) ||
  (EXACT_ORIGIN.test(text) && URL.canParse(text) && new URL(text).origin === text);

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
      perAddressPerMinute: positive.default(LIMITS.perAddressPerMinute),
      perTargetPerMinute: positive.default(LIMITS.perTargetPerMinute),
      perPhonePerDay: positive.default(LIMITS.perPhonePerDay),
    })
    .default(LIMITS),
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
  deliver: Deliver;
  /** What an operator should know of these settings, though they work. */
  warnings: readonly Fault[];
  /** Everything that the vendor knows us by, as one text: kept only as a keyed hash. */
  fingerprint: string;
}

type LedgerKeys = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

export interface Config {
  /** By key; undefined where the target has a fault and answers 503. */
  targets: ReadonlyMap<string, Target | undefined>;
  /** Of all targets, the faulty ones too: their pages are told that they are unavailable. */
  origins: readonly string[];
  faults: readonly Fault[];
  /** Where leads may lie that nobody can read: targets with a fault, or `TARGETS` if that is faulty. */
  unreadable: readonly string[];
  /** What works, and should be looked at all the same. */
  warnings: readonly Fault[];
  /** By id, newest first; undefined where none are set or they are faulty. */
  ledgerKeys: LedgerKeys | undefined;
  alerts: AlertSettings | undefined;
  operatorToken: string | undefined;
}

/** What the environment holds: Worker bindings, or `process.env`. */
export type Environment = Readonly<Record<string, unknown>>;

const readSecret = (env: Environment, name: string): string | undefined => {
  const value = Object.hasOwn(env, name) ? env[name] : undefined;
  return typeof value === "string" && value.trim() ? value.trim() : undefined;
};

/** `TARGETS.sakneen.origins[1]`; zod's own messages echo nothing but names and expected types. */
const settingName = (root: string, path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (name, part) => (typeof part === "number" ? `${name}[${part}]` : `${name}.${String(part)}`),
    root,
  );

const toFaults = (root: string, { issues }: z.ZodError): Fault[] =>
  issues.flatMap((issue) => {
    const setting = settingName(root, issue.path);
    if (issue.code === "unrecognized_keys")
      return issue.keys.map((key) => ({
        setting: `${setting}.${key}`,
        problem: "is not a known key",
      }));
    if (issue.code === "invalid_type")
      return [
        {
          setting,
          problem: issue.input === undefined ? "is missing" : `must be ${issue.expected}`,
        },
      ];
    if (issue.code === "invalid_value")
      return [{ setting, problem: `must be one of ${issue.values.join(", ")}` }];
    return [{ setting, problem: issue.message }];
  });

/** Characters that mean something in the regular expression that Sakneen makes of a project. */
const PATTERN_CHARACTERS = /[.*+?()[\]{}^$|\\]/;

/** Told at start, not refused: the vendor's own project may be called so. */
const readWarnings = ({ vendor, projects = [] }: TargetSettings, root: string): Fault[] =>
  vendor === "sakneen"
    ? projects.flatMap((project, i) =>
        PATTERN_CHARACTERS.test(project)
          ? [{ setting: `${root}.projects[${i}]`, problem: "may match other projects too" }]
          : [],
      )
    : [];

const readTarget = (
  key: string,
  value: unknown,
  env: Environment,
  ledgerKeys: LedgerKeys | string,
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
    deliver: connection.deliver,
    warnings: readWarnings(settings, root),
    fingerprint: JSON.stringify([
      settings.baseUrl,
      ...Object.keys(env)
        .filter((name) => name.startsWith(`${prefix}_`))
        .sort()
        .map((name) => readSecret(env, name)),
    ]),
  };
};

const TARGET_KEY = /^[a-z\d][a-z\d_-]{0,63}$/i;

/** The entries by key, or what is wrong with them. */
const parseTargets = (value: unknown): Record<string, unknown> | string => {
  if (value === undefined || value === "") return "is missing";
  let parsed = value;
  if (typeof value === "string") {
    try {
      parsed = JSON.parse(value);
    } catch {
      return "is not JSON";
    }
  }
  return isRecord(parsed) ? parsed : "must be an object of targets by key";
};

const readOrigins = (target: unknown): string[] =>
  isRecord(target) && Array.isArray(target["origins"])
    ? target["origins"].filter((origin) => typeof origin === "string").filter(isOrigin)
    : [];

const storesNothing = (target: unknown): boolean =>
  isRecord(target) && target["storage"] === "none";

const readAlerts = (env: Environment): { alerts?: AlertSettings; faults: Fault[] } => {
  const [url, secret] = [
    readSecret(env, "ALERT_WEBHOOK_URL"),
    readSecret(env, "ALERT_WEBHOOK_SECRET"),
  ];
  const missing = (setting: string) => ({ faults: [{ setting, problem: "is missing" }] });
  if (!url) return secret ? missing("ALERT_WEBHOOK_URL") : { faults: [] };
  const problem = serviceUrlProblem(url);
  if (problem) return { faults: [{ setting: "ALERT_WEBHOOK_URL", problem }] };
  if (!secret) return missing("ALERT_WEBHOOK_SECRET");
  const unfit = alertSecretProblem(secret);
  if (unfit) return { faults: [{ setting: "ALERT_WEBHOOK_SECRET", problem: unfit }] };
  return { alerts: { url, secret }, faults: [] };
};

/** 32 random bytes are 43 characters; below this many, what was typed is probably a word. */
const MIN_TOKEN_LENGTH = 32;

/** Told, not refused: an operator who is locked out cannot help anybody. */
const weakToken = (token: string | undefined): Fault[] =>
  token !== undefined && token.length < MIN_TOKEN_LENGTH
    ? [{ setting: "OPERATOR_TOKEN", problem: `is shorter than ${MIN_TOKEN_LENGTH} characters` }]
    : [];

/** A secret that somebody set believing that it does something. */
const unread = (env: Environment): Fault[] =>
  readSecret(env, "TURNSTILE_SECRET") === undefined
    ? []
    : [{ setting: "TURNSTILE_SECRET", problem: "is not read: the proof of work takes its place" }];

const unique = (faults: readonly Fault[]): Fault[] => [
  ...new Map(faults.map((fault) => [`${fault.setting} ${fault.problem}`, fault])).values(),
];

/** Reads every setting once. A faulty target is kept by name, so that it refuses instead of half working. */
export const readConfig = (env: Environment): Config => {
  const keys = readLedgerKeys(readSecret(env, "LEDGER_KEYS"));
  const { alerts, faults } = readAlerts(env);
  const entries = parseTargets(env["TARGETS"]);
  const targets = new Map<string, Target | undefined>();
  const origins: string[] = [];
  const unreadable: string[] = [];
  if (typeof entries === "string") faults.push({ setting: "TARGETS", problem: entries });
  else if (Object.keys(entries).length === 0)
    faults.push({ setting: "TARGETS", problem: "names no target" });
  else
    for (const [key, value] of Object.entries(entries)) {
      const target = TARGET_KEY.test(key)
        ? readTarget(key, value, env, keys)
        : [{ setting: `TARGETS.${key}`, problem: "must be letters, digits, - and _ as a key" }];
      if (Array.isArray(target)) faults.push(...target);
      origins.push(...readOrigins(value));
      targets.set(key, Array.isArray(target) ? undefined : target);
      if (Array.isArray(target) && !storesNothing(value)) unreadable.push(key);
    }
  if (targets.size === 0) unreadable.push("TARGETS");
  const operatorToken = readSecret(env, "OPERATOR_TOKEN");
  const ofTargets = [...targets.values()].flatMap((target) => target?.warnings ?? []);
  return {
    targets,
    origins,
    faults: unique(faults),
    unreadable,
    warnings: [...ofTargets, ...weakToken(operatorToken), ...unread(env)],
    ledgerKeys: typeof keys === "string" ? undefined : keys,
    alerts,
    operatorToken,
  };
};
