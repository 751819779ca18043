/** Owns a person's correction of a lead: the fields, and their check. Must not store it. */
import type { Target } from "../config/target.ts";
import { readLead } from "../lead/lead.ts";
import type { Lead } from "../lead/lead.ts";
import { joinRules } from "../lead/route.ts";
import { readOwn } from "../lead/own-fields.ts";
import type { ReadPhone } from "../phone/read.ts";
import { CONTENT_FIELDS, OWN_PREFIX } from "../shared/contract.ts";
import type { FieldErrors } from "../shared/contract.ts";
import { readName } from "../shared/normalize.ts";
import { LEAD_FIELDS } from "../vendors/vendor.ts";

/** The content, and what its phone number is read by. */
export const CORRECTABLE: readonly string[] = [...LEAD_FIELDS, "country", "phone_confirmed"];

/** The same, and the own fields of a target. */
export const correctableOf = ({ definitions }: Pick<Target, "definitions">): readonly string[] => [
  ...CORRECTABLE,
  ...definitions.fields.map(({ name }) => OWN_PREFIX + name),
];

/** Characters of what stands beside a number: digits, words or another number, as a visitor may type them. */
const MAX_EXTENSION_LENGTH = 250;

/** What is named, else what was typed with a new number, else what is known. Empty removes it. */
const readExtension = (
  patch: ReadonlyMap<string, string>,
  typed: string | undefined,
  lead: Lead,
): string | undefined => {
  const named = patch.get("extension");
  // The page sends all fields back: what is named as it was is no wish.
  const wish = named === (lead.extension ?? "") ? undefined : named && readName(named);
  return (wish ?? typed ?? lead.extension) || undefined;
};

/** The own fields with what is named; a named value has to fit, and an empty one is removed. */
const correctOwn = (
  lead: Lead,
  patch: ReadonlyMap<string, string>,
  { definitions: { version, fields } }: Target,
  now: () => number,
): { own: ReadonlyMap<string, string>; errors: FieldErrors } => {
  const named = fields.flatMap(({ name }) => {
    const value = patch.get(OWN_PREFIX + name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const own = new Map([...Object.entries(lead.own ?? {}), ...named]);
  const filled = new Map(named.filter(([, value]) => value.trim()));
  const checked = { version, fields: fields.filter(({ name }) => filled.has(name)) };
  return { own, errors: readOwn({ own: filled, definitions: version }, checked, now()).errors };
};

/**
 * The rules that a lead came in by, but for its own fields: what a person corrects there goes to the vendor of
 * the target that delivers it.
 */
export const rulesOfEntry = (named: Target, target: Target): Target => ({
  ...joinRules(named, target),
  key: target.key,
  definitions: target.definitions,
});

/** The lead with other values, by these rules. A person cannot give its consent. */
export const correctLead = (
  lead: Lead,
  patch: ReadonlyMap<string, string>,
  target: Target,
  { now, readPhone }: { now: () => number; readPhone: ReadPhone },
): { lead: Lead } | { fields: FieldErrors } => {
  const { own, errors } = correctOwn(lead, patch, target, now);
  if (Object.keys(errors).length > 0) return { fields: errors };
  const content = Object.fromEntries(
    CONTENT_FIELDS.map((field) => [field, patch.get(field) ?? lead[field]]),
  );
  const { name = "", phone = "" } = content;
  const checked = readLead(
    {
      ...lead.attribution,
      ...content,
      target: target.key,
      id: lead.id,
      name,
      phone,
      phone_confirmed: phone === lead.phone ? "1" : patch.get("phone_confirmed"),
      country: patch.get("country"),
      lang: lead.lang,
      consent: "1",
      own,
    },
    target,
    { newId: () => lead.id, now, readPhone },
  );
  if ("fields" in checked) return checked;
  const extension = readExtension(patch, checked.lead.extension, lead);
  if ((extension ?? "").length > MAX_EXTENSION_LENGTH)
    return { fields: { phone: "phone_invalid" } };
  const { consent, consentVersion, asked, enteredBy } = lead;
  // A field that the settings do not hold today may come back.
  const others = Object.entries(lead.own ?? {}).filter(
    ([name]) => !target.definitions.fields.some((field) => field.name === name),
  );
  const known = { ...Object.fromEntries(others), ...checked.lead.own };
  return {
    lead: {
      ...checked.lead,
      ...(Object.keys(known).length > 0 && { own: known }),
      extension,
      consent,
      ...(consentVersion && { consentVersion }),
      ...(asked && { asked }),
      ...(enteredBy && { enteredBy }),
    },
  };
};
