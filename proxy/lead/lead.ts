/**
 * Owns the step from a request to a lead, field by field, by the target's rules. Must not throw for
 * a visitor's mistake: it is a code.
 */
import { CAMPAIGN_FIELDS, CONTENT_FIELDS, LANGUAGES, OWN_PREFIX } from "../shared/contract.ts";
import type {
  ContentField,
  FieldErrors,
  FieldName,
  LeadRequest,
  Suggestion,
} from "../shared/contract.ts";
import type { Target } from "../config/target.ts";
import { isPhoneCountry } from "../phone/read.ts";
import type { ReadPhone } from "../phone/read.ts";
import { cutText } from "../shared/invisible.ts";
import { findLanguage } from "../shared/language.ts";
import { readEmail, readName } from "../shared/normalize.ts";
import { decidePhone } from "../shared/resolve-phone.ts";
import type { VendorLead } from "../vendors/vendor.ts";
import { readOwn } from "./own-fields.ts";

/** RFC 9562, 5.4. */
const UUID_V4 = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/i;

/** A request with its `x_…` fields, by the name in the target's settings. */
export interface ReadRequest extends LeadRequest {
  own: ReadonlyMap<string, string>;
}

/**
 * Undefined without a target, or if the id is no UUID v4. An absent name or phone is a visitor's mistake, not a
 * client's. Not by a schema of zod, which the settings have: each value is a text already, nothing reads an unknown
 * field, and the schema cost a lead as much as the reading of all its fields.
 */
export const readRequest = (form: ReadonlyMap<string, string>): ReadRequest | undefined => {
  const fields: Partial<LeadRequest> = Object.fromEntries(form);
  const { target, id, name = "", phone = "" } = fields;
  if (target === undefined || (id !== undefined && !UUID_V4.test(id))) return undefined;
  const own = new Map<string, string>();
  for (const [key, value] of form)
    if (key.startsWith(OWN_PREFIX)) own.set(key.slice(OWN_PREFIX.length), value);
  return { ...fields, target, name, phone, own };
};

/** A lead that may be delivered: for the vendor, and for our own records. */
export interface Lead extends VendorLead {
  /** The key of the target that delivers it. */
  target: string;
  /** The key of the target that its form named, where that is another one. */
  enteredBy?: string;
  /** Empty unless ticked: the version of the text that was agreed to, or "1" where it has none. */
  consent: string;
  /** The version of the text that the form showed, ticked or not; absent in leads of earlier versions. */
  consentVersion?: string;
}

/** UTF-16 units of a project that no list of the target confirms. */
const MAX_PROJECT_LENGTH = 200;

const isKnownProject = (project: string, { projects, projectRule }: Target): boolean =>
  projects
    ? projects.includes(project)
    : project.length <= MAX_PROJECT_LENGTH && projectRule?.isSafe(project) !== false;

const isTicked = (value = ""): boolean => ["1", "on", "true"].includes(value.toLowerCase());

/** The value of a field, or the code of its mistake; undefined if it is empty and optional. */
type Reading<F extends FieldName> =
  | { value: string; extension?: string | undefined }
  | { code: NonNullable<FieldErrors[F]>; suggestion?: Suggestion }
  | undefined;

type Reader<F extends FieldName> = (
  request: LeadRequest,
  target: Target,
  readPhone: ReadPhone,
) => Reading<F>;

/** A code in any case; another value is as good as none. */
const readCountry = (code = ""): string | undefined => {
  const country = code.trim().toUpperCase();
  return isPhoneCountry(country) ? country : undefined;
};

const readPhoneField: Reader<"phone"> = (request, target, readPhone) => {
  const { phone, country, country_guess, phone_confirmed } = request;
  if (phone.trim() === "") return { code: "phone_missing" };
  const { reading, suggestion } = decidePhone(
    (raw, by) => readPhone(raw, by, target.country),
    phone,
    { chosen: readCountry(country), home: target.country, guess: readCountry(country_guess) },
  );
  if (!reading) return { code: "phone_invalid" };
  // What was confirmed is the number that the form has shown, and that is another one.
  if (suggestion) return { code: "phone_unlikely", suggestion };
  if (!reading.likely && phone_confirmed !== "1") return { code: "phone_unlikely" };
  if (target.phone === "mobile" && reading.mobile === false) return { code: "phone_not_mobile" };
  // What stands behind a number is words, too.
  const extension = readName(reading.extension ?? "") || undefined;
  return { value: reading.e164, extension };
};

/** How each field is read. A new field needs its line here before it compiles. */
const READERS: { [F in ContentField]: Reader<F> } = {
  name: ({ name: typed }, { maxNameLength }) => {
    const name = readName(typed);
    if (!name) return { code: "name_missing" };
    return name.length > maxNameLength ? { code: "name_too_long" } : { value: name };
  },
  phone: readPhoneField,
  email: ({ email: typed = "" }, { required }) => {
    if (!typed.trim()) return required.has("email") ? { code: "email_missing" } : undefined;
    const email = readEmail(typed.trim());
    return email ? { value: email } : { code: "email_invalid" };
  },
  project: ({ project: typed = "" }, target) => {
    // A name on the target's list is sent as it stands there.
    const project = target.projects?.includes(typed.trim()) ? typed.trim() : readName(typed);
    if (!project) return target.required.has("project") ? { code: "project_missing" } : undefined;
    return isKnownProject(project, target) ? { value: project } : { code: "project_unknown" };
  },
};

/** UTF-16 units of the name of a consent's text; a longer value is the text itself. */
const MAX_VERSION_LENGTH = 64;

/** `consent` is empty unless ticked: the version of the text, or "1" where it has none. */
const readConsent = ({
  consent,
  consent_version = "",
}: LeadRequest): Required<Pick<Lead, "consent" | "consentVersion">> => {
  const consentVersion = cutText(readName(consent_version), MAX_VERSION_LENGTH);
  return { consent: isTicked(consent) ? consentVersion || "1" : "", consentVersion };
};

const ATTRIBUTION = ["page", "referrer", ...CAMPAIGN_FIELDS] as const;

/** UTF-16 units of one value: a longer one is no campaign, and need not be stored to its end. */
const MAX_ATTRIBUTION_LENGTH = 500;

const readAttribution = (request: LeadRequest): Record<string, string> =>
  Object.fromEntries(
    ATTRIBUTION.flatMap((key) => {
      const typed = request[key];
      const value = typed && cutText(readName(typed), MAX_ATTRIBUTION_LENGTH);
      return value ? [[key, value]] : [];
    }),
  );

/**
 * The lead by the target's rules, or a code for each field that breaks one.
 * @param world `newId` makes the id of a plain form, which brings none
 */
export const readLead = (
  request: ReadRequest,
  target: Target,
  { newId, now, readPhone }: { newId: () => string; now: () => number; readPhone: ReadPhone },
): { lead: Lead } | { fields: FieldErrors; suggestion?: Suggestion } => {
  const readings = CONTENT_FIELDS.map(
    (field) => [field, READERS[field](request, target, readPhone)] as const,
  );
  const mistakes = readings.flatMap(([field, reading]) =>
    reading && "code" in reading ? [[field, reading.code]] : [],
  );
  const { own, asked, errors } = readOwn(request, target.definitions, now());
  const fields: FieldErrors = { ...Object.fromEntries(mistakes), ...errors };

  const agreed = readConsent(request);
  const consentAsked = target.consent === "required" || target.required.has("consent");
  if (consentAsked && !agreed.consent) fields.consent = "consent_missing";
  const facts = Object.assign({}, ...readings.map(([, reading]) => reading)) as {
    extension?: string;
    suggestion?: Suggestion;
  };
  const { extension, suggestion } = facts;
  if (Object.keys(fields).length > 0) return { fields, ...(suggestion && { suggestion }) };

  const content = Object.fromEntries(
    readings.map(([field, reading]) => [
      field,
      reading && "value" in reading ? reading.value : undefined,
    ]),
  ) as Pick<VendorLead, ContentField>;
  return {
    lead: {
      id: request.id?.toLowerCase() ?? newId(),
      target: target.key,
      ...content,
      extension,
      ...(Object.keys(own).length > 0 && { own }),
      ...(asked && { asked }),
      lang: findLanguage(request.lang ?? "") ?? LANGUAGES[0],
      ...agreed,
      attribution: readAttribution(request),
    },
  };
};
