/**
 * Owns one target: its schema, and the step from settings and secrets to a target that can deliver.
 * Must not read another target.
 */
import * as z from "zod/mini";
import { isPhoneCountry } from "../phone/read.ts";
import { CAMPAIGN_FIELDS, FIELD_NAMES } from "../shared/contract.ts";
import type { FieldName } from "../shared/contract.ts";
import { isRecord } from "../shared/is-record.ts";
import type { Definitions } from "../shared/own-fields.ts";
import { serviceUrlProblem } from "../vendors/service-url.ts";
import type {
  Connection,
  Fault,
  LeadField,
  OwnRule,
  ProjectRule,
  Vendor,
} from "../vendors/vendor.ts";
import * as vendors from "../vendors/index.ts";
import { readSecret } from "./environment.ts";
import type { Environment } from "./environment.ts";
import { problemCheck, toFaults } from "./faults.ts";
import { originProblem } from "./origins.ts";
import { eventsSchema, notifySchema, readReceivers } from "./receivers.ts";
import type { Receiver } from "./receivers.ts";
import { readTurnstile, turnstileFaults, turnstileSchema } from "./turnstile.ts";
import type { Turnstile } from "./turnstile.ts";
import { ownFieldsSchema, readOwnFields } from "./own-fields.ts";

const VENDORS: Readonly<Record<string, Vendor>> = { ...vendors };

const DEFAULT_LIMITS = {
  perAddressPerMinute: 60,
  perTargetPerMinute: 600,
  perPhonePerDay: 5,
  tellAfterMinutes: 5,
};

/** What the names of its secrets begin with. */
const CREDENTIAL = /^[A-Z][A-Z\d_]*$/;

const text = z.string().check(z.minLength(1, "must not be empty"));
const positive = z.int().check(z.positive("must be positive"));
const days = z.int().check(z.gte(1, "must be 1 to 365"), z.lte(365, "must be 1 to 365"));
const scalar = z.union(
  [z.string(), z.number(), z.boolean()],
  "must be a text, a number, true or false",
);

/** Which campaign fields a vendor gets: under its own key, as a text or as what `map` makes of it. */
const campaignRules = z
  .record(
    z.string(),
    z.strictObject({
      as: text,
      map: z.optional(
        z
          .record(z.string(), scalar)
          .check(z.refine((map) => Object.keys(map).length > 0, "must not be empty")),
      ),
    }),
  )
  .check(({ value, issues }) => {
    for (const name of Object.keys(value))
      if (!(CAMPAIGN_FIELDS as readonly string[]).includes(name))
        issues.push({
          code: "custom",
          input: value,
          path: [name],
          message: "is not a campaign field",
        });
  });

/** The keys of one target (README, "Configuration"). */
export const targetSchema = z.strictObject({
  vendor: z
    .string()
    .check(z.refine((name) => Object.hasOwn(VENDORS, name), "is not a known vendor")),
  baseUrl: z.string().check(problemCheck(serviceUrlProblem)),
  country: z.optional(
    z.string().check(z.refine(isPhoneCountry, "is not an ISO 3166 country code")),
  ),
  origins: z
    .array(z.string().check(problemCheck(originProblem)))
    .check(z.minLength(1, "must name at least one origin")),
  projects: z.optional(
    z.array(text.check(z.maxLength(200, "is too long"))).check(z.minLength(1, "must not be empty")),
  ),
  required: z.optional(z.array(z.enum(FIELD_NAMES))),
  phone: z.optional(z.enum(["any", "mobile"])),
  consent: z._default(z.enum(["none", "required"]), "none"),
  storage: z._default(z.enum(["ledger", "none"]), "ledger"),
  doubt: z._default(z.enum(["retry", "hold"]), "retry"),
  stamp: z._default(z.enum(["off", "scored", "required"]), "scored"),
  turnstile: turnstileSchema,
  jurisdiction: z.optional(z.enum(["eu"])),
  shards: z._default(positive.check(z.lte(64, "must be at most 64")), 1),
  limits: z._default(
    z.strictObject({
      perAddressPerMinute: z._default(positive, DEFAULT_LIMITS.perAddressPerMinute),
      perTargetPerMinute: z._default(positive, DEFAULT_LIMITS.perTargetPerMinute),
      perPhonePerDay: z._default(positive, DEFAULT_LIMITS.perPhonePerDay),
      tellAfterMinutes: z._default(positive, DEFAULT_LIMITS.tellAfterMinutes),
    }),
    DEFAULT_LIMITS,
  ),
  credential: z.optional(
    z.string().check(z.regex(CREDENTIAL, "must be capitals, digits and underscores")),
  ),
  retain: z._default(
    z.strictObject({
      attribution: z._default(z.enum(["campaign", "click_ids", "none"]), "campaign"),
      days: z._default(days, 30),
    }),
    { attribution: "campaign", days: 30 },
  ),
  fields: ownFieldsSchema,
  routes: z._default(z.record(text, text), {}),
  extra: z._default(z.record(z.string(), z.union([scalar, z.null()])), {}),
  attribution: z._default(campaignRules, {}),
  events: eventsSchema,
  notify: notifySchema,
});

/** For the table in the README. */
export const TARGET_KEYS: readonly string[] = Object.keys(targetSchema.shape);

type TargetSettings = z.infer<typeof targetSchema>;

/** One configured target, ready to deliver. */
export interface Target
  extends
    Omit<
      TargetSettings,
      "country" | "fields" | "phone" | "required" | "vendor" | "events" | "notify" | "turnstile"
    >,
    Connection {
  key: string;
  vendor: string;
  country: string;
  phone: "any" | "mobile";
  required: ReadonlySet<FieldName>;
  maxNameLength: number;
  projectRule: ProjectRule | undefined;
  /** The target's own fields, as its form may know them. */
  definitions: Definitions;
  /** The same with the vendor's keys. */
  own: readonly OwnRule[];
  /** Undefined where the target asks for no token of it. */
  turnstile: Turnstile | undefined;
  /** Who is told of its leads. */
  receivers: readonly Receiver[];
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

/** What the form asks for is neither sent nor stored: only the operator can decide what then. */
const lossWarnings = (
  { storage, projects, required = [] }: TargetSettings,
  kept: readonly LeadField[],
  root: string,
): Fault[] => {
  const asked = [...required, ...(projects ? ["project"] : [])];
  return storage === "ledger"
    ? []
    : kept
        .filter((field) => asked.includes(field))
        .map((field) => ({
          setting: `${root}.storage`,
          problem: `keeps no ${field}, and the vendor takes none: it would be lost`,
        }));
};

/** Changes with any setting or secret of the target, which is when a new try makes sense. */
const fingerprintOf = (settings: TargetSettings, env: Environment, prefix: string): string =>
  JSON.stringify([
    settings,
    ...Object.keys(env)
      .filter((name) => name.startsWith(`${prefix}_`))
      .sort()
      .map((name) => readSecret(env, name)),
  ]);

type LedgerKeys = ReadonlyMap<string, unknown> | string;

/** Without a key nothing can be sealed, and nothing is stored plainly. */
const faultsOfKeys = (ledgerKeys: LedgerKeys): Fault[] =>
  typeof ledgerKeys === "string" ? [{ setting: "LEDGER_KEYS", problem: ledgerKeys }] : [];

/** The secrets that are wanting besides, of a target whose settings are faulty: all is named at once. */
const findMissing = (value: unknown, env: Environment, ledgerKeys: LedgerKeys): Fault[] => {
  const { vendor, credential, storage, turnstile } = isRecord(value) ? value : {};
  const known = typeof vendor === "string" && Object.hasOwn(VENDORS, vendor) && VENDORS[vendor];
  if (!known) return [];
  const isPrefix = typeof credential === "string" && CREDENTIAL.test(credential);
  const prefix = isPrefix ? credential : String(vendor).toUpperCase();
  const secretName = (suffix: string) => `${prefix}_${suffix}`;
  const connection = known.connect({
    baseUrl: "",
    extra: {},
    attribution: {},
    own: [],
    secret: (suffix) => readSecret(env, secretName(suffix)),
    secretName,
  });
  return [
    ...(storage === "none" ? [] : faultsOfKeys(ledgerKeys)),
    ...("faults" in connection ? connection.faults : []),
    ...(isRecord(turnstile) ? turnstileFaults(env) : []),
  ];
};

/**
 * @param ledgerKeys the keys of `LEDGER_KEYS`, or the problem with that setting
 * @param root what the names of its faults begin with
 */
export const readTarget = (
  key: string,
  value: unknown,
  env: Environment,
  ledgerKeys: LedgerKeys,
  root: string,
): Target | Fault[] => {
  const parsed = targetSchema.safeParse(value, { reportInput: true });
  if (!parsed.success)
    return [...toFaults(root, parsed.error), ...findMissing(value, env, ledgerKeys)];
  const settings = parsed.data;
  const vendor = VENDORS[settings.vendor];
  if (!vendor) return [{ setting: `${root}.vendor`, problem: "is not a known vendor" }];
  const { fields, events, notify, turnstile, ...others } = settings;
  const told = readReceivers(
    { storage: settings.storage, events, notify },
    (name) => readSecret(env, name),
    root,
  );
  const own = readOwnFields(fields, root);
  const asked = readTurnstile(turnstile, env, root);
  const prefix = settings.credential ?? settings.vendor.toUpperCase();
  const secretName = (suffix: string) => `${prefix}_${suffix}`;
  const connection = vendor.connect({
    baseUrl: settings.baseUrl.replace(/\/+$/, ""),
    extra: settings.extra,
    attribution: settings.attribution,
    own: own.rules,
    secret: (suffix) => readSecret(env, secretName(suffix)),
    secretName,
  });
  const keyFaults = settings.storage === "ledger" ? faultsOfKeys(ledgerKeys) : [];
  if ("faults" in connection)
    return [
      ...keyFaults,
      ...told.faults,
      ...asked.faults,
      ...connection.faults.map(({ setting, problem }) => ({
        setting: /^(?:extra|attribution|fields)[.[]/.test(setting) ? `${root}.${setting}` : setting,
        problem,
      })),
    ];
  const faults = [...keyFaults, ...told.faults, ...asked.faults];
  if (faults.length > 0) return faults;
  return {
    ...others,
    key,
    country: settings.country ?? vendor.country,
    phone: settings.phone ?? vendor.phone,
    required: new Set<FieldName>(["name", "phone", ...(settings.required ?? [])]),
    maxNameLength: vendor.maxNameLength,
    projectRule: vendor.projectRule,
    ...connection,
    definitions: own.definitions,
    own: own.rules,
    turnstile: asked.turnstile,
    receivers: told.receivers,
    warnings: [
      ...own.warnings,
      ...projectWarnings(settings, vendor.projectRule, root),
      ...lossWarnings(settings, connection.kept, root),
    ],
    fingerprint: fingerprintOf(settings, env, prefix),
  };
};
