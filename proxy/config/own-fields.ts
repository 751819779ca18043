/**
 * Owns the settings of a target's own fields: their schema, and what the browser may know of them. Must not know
 * a vendor: which keys it takes is the adapter's affair.
 */
import * as v from "valibot";
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
import { oneOf, rules, settingsOf, valuesByName } from "./faults.ts";
import { hash } from "./hash.ts";

const text = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1, "must not be empty"),
  v.maxLength(MAX_OWN_LENGTH, "is too long"),
);

/** English first, which stands in for a missing language. */
const inOrder = (given: OwnText): OwnText =>
  Object.fromEntries(LANGUAGES.flatMap((lang) => (given[lang] ? [[lang, given[lang]]] : [])));

/** One text for every language, or a text for some of them. */
const texts = v.union(
  [
    v.pipe(
      text,
      v.transform((en): OwnText => ({ en })),
    ),
    v.pipe(valuesByName(v.picklist(LANGUAGES), text), v.transform(inOrder)),
  ],
  `must be a text, or texts by language (${LANGUAGES.join(", ")})`,
);

const value = v.pipe(
  v.union([text, v.number()], "must be a text or a number"),
  v.transform((known) => String(known)),
);

const option = v.union(
  [
    v.pipe(
      value,
      v.transform((known) => ({ value: known })),
    ),
    settingsOf({ value, label: v.optional(texts) }),
  ],
  "must be a value, or an object with value and label",
);

/** Names that stand for something else already: fields of the form, and ids in its markup. */
const TAKEN: readonly string[] = [...FIELD_NAMES, "country", "hp"];

/** Optional fields of the form, whose key at the vendor an entry of the same name may change. */
const RENAMED: readonly string[] = ["email", "project"] satisfies (typeof CONTENT_FIELDS)[number][];

const LISTS: readonly OwnType[] = ["select", "radio"];
const AMOUNTS: readonly OwnType[] = ["number", "range"];

const bound = v.union([v.number(), v.string()], "must be a number or a date");

const entry = settingsOf({
  name: v.pipe(
    v.string(),
    v.regex(/^[a-z][a-z\d_-]{0,31}$/, "must be small letters, digits, - and _"),
  ),
  type: v.optional(oneOf(OWN_TYPES)),
  as: v.optional(
    v.pipe(v.string(), v.minLength(1, "must not be empty"), v.maxLength(100, "is too long")),
  ),
  label: v.optional(texts),
  hint: v.optional(texts),
  required: v.optional(v.boolean()),
  options: v.optional(
    v.pipe(v.array(option), v.minLength(1, "must not be empty"), v.maxLength(200, "are too many")),
  ),
  min: v.optional(bound),
  max: v.optional(bound),
  step: v.optional(v.pipe(v.number(), v.gtValue(0, "must be positive"))),
  fallback: v.optional(
    v.pipe(
      v.union([v.string(), v.number(), v.boolean()], "must be a text, a number, true or false"),
      v.transform((given) => String(given).trim()),
    ),
  ),
  from: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^(?:query|cookie):[\w.-]{1,64}$/, "must be query: or cookie: and a name"),
    ),
  ),
});
type Entry = v.InferOutput<typeof entry>;

/** For the table in the README. */
export const OWN_FIELD_KEYS: readonly string[] = Object.keys(entry.entries);

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
export const ownFieldsSchema = v.optional(
  v.pipe(
    v.array(entry),
    rules((entries: Entry[]) =>
      entries.flatMap((known, i) => {
        const isTwice = entries.findIndex(({ name }) => name === known.name) < i;
        const problems: Problem[] = isTwice ? [["name", "stands in this list twice"]] : [];
        return [...problemsOf(known), ...problems].map(([key, problem]) => [[i, key], problem]);
      }),
    ),
    v.check(
      (entries) => entries.filter(({ name }) => !RENAMED.includes(name)).length <= MAX_OWN_FIELDS,
      `must be at most ${MAX_OWN_FIELDS} fields`,
    ),
  ),
  [],
);

type Settings = v.InferOutput<typeof ownFieldsSchema>;

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
