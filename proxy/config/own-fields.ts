/**
 * Owns the settings of a target's own fields: their schema, and what the browser may know of them. Must not know
 * a vendor: which keys it takes is the adapter's affair.
 */
import * as z from "zod/mini";
import { CONTENT_FIELDS, FIELD_NAMES, LANGUAGES } from "../shared/contract.ts";
import {
  MAX_OWN_FIELDS,
  MAX_OWN_LENGTH,
  OWN_TYPES,
  isDate,
  readStored,
} from "../shared/own-fields.ts";
import type { Definitions, OwnField, OwnText, OwnType } from "../shared/own-fields.ts";
import { isForbidden } from "../vendors/own-keys.ts";
import type { Fault, OwnRule } from "../vendors/vendor.ts";

const text = z
  .string()
  .check(z.trim(), z.minLength(1, "must not be empty"), z.maxLength(MAX_OWN_LENGTH, "is too long"));

/** English first, which stands in for a missing language. */
const inOrder = (given: OwnText): OwnText =>
  Object.fromEntries(LANGUAGES.flatMap((lang) => (given[lang] ? [[lang, given[lang]]] : [])));

/** One text for every language, or a text for some of them. */
const texts = z.union(
  [
    z.pipe(
      text,
      z.transform((en): OwnText => ({ en })),
    ),
    z.pipe(z.partialRecord(z.enum(LANGUAGES), text), z.transform(inOrder)),
  ],
  `must be a text, or texts by language (${LANGUAGES.join(", ")})`,
);

const value = z.pipe(
  z.union([text, z.number()], "must be a text or a number"),
  z.transform((known) => String(known)),
);

const option = z.union(
  [
    z.pipe(
      value,
      z.transform((known) => ({ value: known })),
    ),
    z.strictObject({ value, label: z.optional(texts) }),
  ],
  "must be a value, or an object with value and label",
);

/** Names that stand for something else already: fields of the form, and ids in its markup. */
const TAKEN: readonly string[] = [...FIELD_NAMES, "country", "hp"];

/** Optional fields of the form, whose key at the vendor an entry of the same name may change. */
const RENAMED: readonly string[] = ["email", "project"] satisfies (typeof CONTENT_FIELDS)[number][];

const LISTS: readonly OwnType[] = ["select", "radio"];
const AMOUNTS: readonly OwnType[] = ["number", "range"];

const bound = z.union([z.number(), z.string()], "must be a number or a date");

const entry = z.strictObject({
  name: z
    .string()
    .check(z.regex(/^[a-z][a-z\d_-]{0,31}$/, "must be small letters, digits, - and _")),
  type: z.optional(z.enum(OWN_TYPES)),
  as: z.optional(
    z.string().check(z.minLength(1, "must not be empty"), z.maxLength(100, "is too long")),
  ),
  label: z.optional(texts),
  hint: z.optional(texts),
  required: z.optional(z.boolean()),
  options: z.optional(
    z.array(option).check(z.minLength(1, "must not be empty"), z.maxLength(200, "are too many")),
  ),
  min: z.optional(bound),
  max: z.optional(bound),
  step: z.optional(z.number().check(z.positive("must be positive"))),
  fallback: z.optional(
    z.pipe(
      z.union([z.string(), z.number(), z.boolean()]),
      z.transform((given) => String(given).trim()),
    ),
  ),
  from: z.optional(
    z
      .string()
      .check(z.regex(/^(?:query|cookie):[\w.-]{1,64}$/, "must be query: or cookie: and a name")),
  ),
});
type Entry = z.infer<typeof entry>;

/** For the table in the README. */
export const OWN_FIELD_KEYS: readonly string[] = Object.keys(entry.shape);

type Problem = readonly [path: keyof Entry, problem: string];

const isBound = (type: OwnType | undefined, limit: unknown): boolean =>
  limit === undefined ||
  (type === "date"
    ? limit === "today" || (typeof limit === "string" && isDate(limit))
    : typeof limit === "number" && (AMOUNTS.includes(type!) || limit > 0));

/** What the type of a field does not allow. */
const typeProblems = ({
  type,
  label,
  options,
  min,
  max,
  step,
  from,
  required,
}: Entry): Problem[] => {
  const isAmount = AMOUNTS.includes(type!);
  const isList = LISTS.includes(type!);
  const isLong = type === "text" || type === "textarea";
  const only = (path: keyof Entry, given: unknown, allowed: boolean): Problem[] =>
    given === undefined || allowed ? [] : [[path, `is not for the type ${type}`]];
  const isOrdered =
    min === undefined ||
    max === undefined ||
    String(min) === "today" ||
    String(max) === "today" ||
    min <= max;
  return [
    ...(type === undefined ? [["type", "is missing"] as const] : []),
    ...(label || type === "hidden" ? [] : [["label", "is missing"] as const]),
    ...(isList && !options ? [["options", "is missing"] as const] : []),
    ...only("options", options, isList),
    ...only("min", min, isAmount || type === "date"),
    ...only("max", max, isAmount || type === "date" || isLong),
    ...only("step", step, isAmount),
    ...only("from", from, type === "hidden"),
    ...only("required", required || undefined, type !== "hidden"),
    ...(["min", "max"] as const).flatMap((path): Problem[] => {
      const limit = path === "min" ? min : max;
      return isBound(type, limit)
        ? []
        : [
            [
              path,
              type === "date" ? "must be a date such as 2026-12-31, or today" : "must be a number",
            ],
          ];
    }),
    ...(isOrdered ? [] : [["max", "is less than min"] as const]),
    ...(isLong && Number(max) > MAX_OWN_LENGTH
      ? [["max", `must be at most ${MAX_OWN_LENGTH}`] as const]
      : []),
  ];
};

const optionProblems = ({ options = [] }: Entry): Problem[] =>
  new Set(options.map(({ value: known }) => known)).size < options.length
    ? [["options", "holds a value twice"]]
    : [];

/** A fallback is a value like any other: the vendor gets it in place of one. */
const fallbackProblems = (known: Entry): Problem[] => {
  const { fallback, type } = known;
  // A box that stays unticked sends nothing, and so does its fallback.
  if (fallback === undefined || (type === "checkbox" && fallback === "false")) return [];
  const isValue = fallback !== "" && readStored(toOwnField(known), fallback) !== undefined;
  return isValue ? [] : [["fallback", "is not a value of this field"]];
};

const renameProblems = (known: Entry): Problem[] =>
  (Object.keys(known) as (keyof Entry)[])
    .filter((path) => path !== "name" && path !== "as" && known[path] !== undefined)
    .map((path): Problem => [path, "is not for a field that every form has"])
    .concat(known.as === undefined ? [["as", "is missing"]] : []);

const problemsOf = (known: Entry): Problem[] => {
  const { name } = known;
  if (RENAMED.includes(name)) return renameProblems(known);
  if (TAKEN.includes(name)) return [["name", "is a field of every form"]];
  if (isForbidden(name)) return [["name", "must not be asked for by this product"]];
  const problems = [...typeProblems(known), ...optionProblems(known)];
  return problems.length > 0 ? problems : fallbackProblems(known);
};

/** The `fields` of a target. */
export const ownFieldsSchema = z._default(
  z.array(entry).check(({ value: entries, issues }) => {
    const issue = (path: PropertyKey[], message: string): void =>
      void issues.push({ code: "custom", input: entries, path, message });
    entries.forEach((known, i) => {
      for (const [path, message] of problemsOf(known)) issue([i, path], message);
      if (entries.findIndex(({ name }) => name === known.name) < i)
        issue([i, "name"], "stands in this list twice");
    });
    if (entries.filter(({ name }) => !RENAMED.includes(name)).length > MAX_OWN_FIELDS)
      issue([], `must be at most ${MAX_OWN_FIELDS} fields`);
  }),
  [],
);

type Settings = z.infer<typeof ownFieldsSchema>;

/** The ends of a slider whose settings name none, as in HTML. */
const SLIDER = { min: 0, max: 100 };

/** Autofill tokens (WCAG 1.3.5) of names that say what they hold. */
const AUTOFILL: ReadonlyMap<string, string> = new Map([
  ["address", "street-address"],
  ["birthday", "bday"],
  ["city", "address-level2"],
  ["company", "organization"],
  ["country_name", "country-name"],
  ["job", "organization-title"],
  ["organization", "organization"],
  ["position", "organization-title"],
  ["postcode", "postal-code"],
  ["region", "address-level1"],
  ["website", "url"],
  ["zip", "postal-code"],
]);

/** Without what only the proxy knows. */
const toOwnField = ({
  as: _as,
  fallback: _fallback,
  type = "text",
  label = {},
  ...rest
}: Entry): OwnField => {
  const { min, max, ...others } = { ...(type === "range" && SLIDER), ...rest };
  const autofill = type === "text" || type === "date" ? AUTOFILL.get(rest.name) : undefined;
  const known = Object.entries({ ...others, type, label, min, max, autofill });
  return Object.fromEntries(
    known.filter(([, given]) => given !== undefined),
  ) as unknown as OwnField;
};

/** FNV-1a, 32 bits, http://www.isthe.com/chongo/tech/comp/fnv: short, and the same in every runtime. */
const hash = (content: string): string => {
  let bits = 0x811c9dc5;
  for (const unit of new TextEncoder().encode(content)) bits = Math.imul(bits ^ unit, 0x01000193);
  return (bits >>> 0).toString(36);
};

const define = (fields: readonly OwnField[]): Definitions => ({
  version: hash(JSON.stringify(fields)),
  fields,
});

/** Beyond so many visible ones a form loses visitors. */
const MANY_FIELDS = 4;

const warningsOf = (entries: Settings, root: string): Fault[] => {
  const warning = (i: number, path: string, problem: string): Fault => ({
    setting: `${root}.fields[${i}].${path}`,
    problem,
  });
  let visible = 0;
  return entries.flatMap((known, i) => {
    const { name, type, label = {}, required, fallback, as } = known;
    if (RENAMED.includes(name)) return [];
    const isMany = type !== "hidden" && ++visible > MANY_FIELDS;
    const missing = LANGUAGES.filter((lang) => !label[lang]);
    return [
      ...(isMany
        ? [warning(i, "name", `is visible field ${visible} of its own: each one costs leads`)]
        : []),
      ...(type !== "hidden" && missing.length > 0
        ? [warning(i, "label", `has no text for ${missing.join(", ")}`)]
        : []),
      ...(required && as && fallback === undefined
        ? [warning(i, "fallback", "is missing: a lead from an old page goes without this field")]
        : []),
    ];
  });
};

/** The own fields of a target, for its form, its vendor and its operator. */
export interface OwnFields {
  /** What a form may know. */
  definitions: Definitions;
  /** The same with the vendor's keys; entries for the form's own fields come without a type. */
  rules: readonly OwnRule[];
  warnings: readonly Fault[];
}

export const readOwnFields = (entries: Settings, root: string): OwnFields => ({
  definitions: define(entries.filter(({ name }) => !RENAMED.includes(name)).map(toOwnField)),
  rules: entries.map(({ name, as, fallback, ...rest }) => ({
    name,
    as,
    fallback,
    field: RENAMED.includes(name) ? undefined : toOwnField({ name, ...rest }),
  })),
  warnings: warningsOf(entries, root),
});
