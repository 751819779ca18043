/**
 * Owns the step from a request to a lead: the zod schema pinned to the contract, then the reading of
 * each field by the target's rules. A visitor's mistake is a value, with one code for each field.
 */
import * as z from "zod";
import { CAMPAIGN_FIELDS, LANGUAGES } from "../shared/contract.ts";
import type { CampaignField, FieldErrors, Language, LeadRequest } from "../shared/contract.ts";
import type { Target } from "../config/target.ts";
import { isPhoneCountry, readPhone } from "../phone.ts";
import { readEmail, readName } from "../shared/normalize.ts";
import type { PhoneReading } from "../shared/normalize.ts";
import type { VendorLead } from "../vendors/vendor.ts";

const text = z.string();
const optional = text.optional();

type Shape<T> = { [K in keyof T]-?: z.ZodType<T[K]> };

const campaign = Object.fromEntries(CAMPAIGN_FIELDS.map((name) => [name, optional])) as Record<
  CampaignField,
  typeof optional
>;

/** Unknown fields are dropped, here and nowhere else. */
const leadRequestSchema: z.ZodType<LeadRequest> = z.object({
  target: text,
  id: z.uuidv4().optional(),
  name: text,
  phone: text,
  country: optional,
  phone_confirmed: optional,
  email: optional,
  project: optional,
  lang: optional,
  consent: optional,
  consent_version: optional,
  page: optional,
  referrer: optional,
  stamp: optional,
  lf_hp: optional,
  ...campaign,
} satisfies Shape<LeadRequest>);

/** Undefined if the id is no UUID v4; absent names and phones are a visitor's matter, not a client's. */
export const readRequest = (form: ReadonlyMap<string, string>): LeadRequest | undefined =>
  leadRequestSchema.safeParse({ name: "", phone: "", ...Object.fromEntries(form) }).data;

/** A lead that may be delivered: what the vendor gets, and what stays with us. */
export interface Lead extends VendorLead {
  target: string;
  /** Empty unless ticked: the version of the text that was agreed to, or "1" where it has none. */
  consent: string;
  /** Page, referrer and campaign, as they came. */
  attribution: Readonly<Record<string, string>>;
}

/** UTF-16 units of a project that no list of the target confirms. */
const MAX_PROJECT_LENGTH = 200;

const isKnownProject = (project: string, { projects, projectRule }: Target): boolean =>
  projects
    ? projects.includes(project)
    : project.length <= MAX_PROJECT_LENGTH && projectRule?.isSafe(project) !== false;

const isTicked = (value = ""): boolean => ["1", "on", "true"].includes(value.toLowerCase());

const readLanguage = (value = ""): Language =>
  LANGUAGES.find((language) => language === value.toLowerCase().split("-")[0]) ?? "en";

type PhoneCode = NonNullable<FieldErrors["phone"]>;

const checkPhone = (
  { phone, country = "", phone_confirmed }: LeadRequest,
  target: Target,
): PhoneReading | PhoneCode => {
  if (phone.trim() === "") return "phone_missing";
  const chosen = country.toUpperCase();
  const reading = readPhone(
    phone,
    isPhoneCountry(chosen) ? chosen : target.country,
    target.country,
  );
  if (!reading) return "phone_invalid";
  if (!reading.likely && phone_confirmed !== "1") return "phone_unlikely";
  if (target.phone === "mobile" && reading.mobile === false) return "phone_not_mobile";
  return reading;
};

/** UTF-16 units of the name of a consent's text; what is longer is the text itself. */
const MAX_VERSION_LENGTH = 64;

const ATTRIBUTION = ["page", "referrer", ...CAMPAIGN_FIELDS] as const;

/**
 * The lead by the target's rules, or a code for each field that breaks one.
 * @param newId makes the id of a plain form, which brings none
 */
export const readLead = (
  request: LeadRequest,
  target: Target,
  newId: () => string,
): { lead: Lead } | { fields: FieldErrors } => {
  const fields: FieldErrors = {};
  const { required } = target;

  const name = readName(request.name);
  if (!name) fields.name = "name_missing";
  else if (name.length > target.maxNameLength) fields.name = "name_too_long";

  const phone = checkPhone(request, target);
  if (typeof phone === "string") fields.phone = phone;

  const typedEmail = request.email?.trim() ?? "";
  const email = typedEmail ? readEmail(typedEmail) : undefined;
  if (typedEmail && !email) fields.email = "email_invalid";
  else if (!typedEmail && required.has("email")) fields.email = "email_missing";

  const project = request.project?.trim() || undefined;
  if (project && !isKnownProject(project, target)) fields.project = "project_unknown";
  else if (!project && required.has("project")) fields.project = "project_missing";

  const agreed = isTicked(request.consent);
  const consentAsked = target.consent === "required" || required.has("consent");
  if (consentAsked && !agreed) fields.consent = "consent_missing";

  if (typeof phone === "string" || Object.keys(fields).length > 0) return { fields };
  const attribution = ATTRIBUTION.flatMap((key) => (request[key] ? [[key, request[key]]] : []));
  return {
    lead: {
      id: request.id?.toLowerCase() ?? newId(),
      target: target.key,
      name,
      phone: phone.e164,
      email,
      project,
      lang: readLanguage(request.lang),
      consent: agreed ? request.consent_version?.trim().slice(0, MAX_VERSION_LENGTH) || "1" : "",
      attribution: Object.fromEntries(attribution) as Record<string, string>,
    },
  };
};
