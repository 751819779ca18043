/**
 * Owns the wire between form and proxy: limits, codes, the request, the replies. Must not import
 * anything or hold a validator: the browser pays for every byte.
 */

/** Where a lead is posted, relative to the endpoint's origin. */
export const LEADS_PATH = "/v1/leads";

/** Where the definitions of a target's own fields are asked for: its key follows. */
export const FIELDS_PATH = "/v1/fields/";

/** Followed by a target's key: its form as markup, for a page that cannot print it. */
export const MARKUP_PATH = "/v1/markup/";

/** Bytes of a request body; more is refused while reading (RFC 9110, 15.5.14). */
export const MAX_BODY_BYTES = 16 * 1024;

/** Longest name in UTF-16 units. A vendor may allow less (Brainysoft: string[50]). */
export const MAX_NAME_LENGTH = 200;

/** Longest e-mail address in characters (RFC 5321, 4.5.3.1, with RFC 3696 erratum 1690). */
export const MAX_EMAIL_LENGTH = 254;

/** Languages that the product speaks without help; anything else is answered in the first. */
export const LANGUAGES = ["en", "ar", "ru"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Zero bits at the head of a proof of work, SHA-256 of `target|id|stamp`: about 65,000 tries. */
export const STAMP_BITS = 16;

/** The hidden field that people leave empty. */
export const HONEYPOT_FIELD = "lf_hp";
/** The hidden field that Turnstile's widget adds to a page. */
export const CAPTCHA_FIELD = "cf-turnstile-response";

/** Campaign and click identifiers that travel with a lead and are never sent on to a vendor. */
export const CAMPAIGN_FIELDS = [
  "utm_source",
  "utm_medium",
  "utm_campaign",
  "utm_term",
  "utm_content",
  "gclid",
  "gbraid",
  "wbraid",
  "fbclid",
  "msclkid",
  "ttclid",
  "yclid",
] as const;
export type CampaignField = (typeof CAMPAIGN_FIELDS)[number];

/**
 * What a visitor types or chooses: the content of a lead, in the order of the form. A field that is
 * added here has to be read, stored, shown, exported and sent: the compiler names each place.
 */
export const CONTENT_FIELDS = ["name", "phone", "email", "project"] as const;
export type ContentField = (typeof CONTENT_FIELDS)[number];

/** What a visitor can be asked for, and so what an error can be about. */
export const FIELD_NAMES = [...CONTENT_FIELDS, "consent"] as const;
export type FieldName = (typeof FIELD_NAMES)[number];

/** Every code that `fields` of a problem may hold, by the field it is about. */
export const FIELD_CODES = {
  name: ["name_missing", "name_too_long"],
  phone: ["phone_missing", "phone_invalid", "phone_unlikely", "phone_not_mobile"],
  email: ["email_missing", "email_invalid"],
  project: ["project_missing", "project_unknown"],
  consent: ["consent_missing"],
} as const satisfies Record<FieldName, readonly string[]>;

/** A field of a target's own begins with this on the wire. */
export const OWN_PREFIX = "x_";
export type OwnName = `${typeof OWN_PREFIX}${string}`;

/** Every code that an own field may get. */
export const OWN_CODES = [
  "field_missing",
  "field_invalid",
  "field_unknown",
  "field_range",
  "field_too_long",
] as const;
export type OwnCode = (typeof OWN_CODES)[number];

export type FieldCode = (typeof FIELD_CODES)[FieldName][number] | OwnCode;
/** What an error can be about, own fields included. */
export type ErrorField = FieldName | OwnName;
export type FieldErrors = Partial<Record<ErrorField, FieldCode>>;

/** Every `code` of a problem, in the order of their texts: packed next to one another, they cost less. */
export const PROBLEM_CODES = [
  "malformed",
  "origin_refused",
  "unknown_target",
  "not_found",
  "method_refused",
  "too_large",
  "unsupported_type",
  "invalid",
  "stamp_refused",
  "id_reused",
  "unavailable",
  "rate_limited",
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/**
 * The body of `POST /v1/leads`: flat, strings only, urlencoded or JSON. Beside these it holds the target's own
 * fields, each as `x_<name>`.
 */
export interface LeadRequest extends Partial<
  Record<CampaignField | ContentField, string | undefined>
> {
  /** Key of a configured target. */
  target: string;
  /** UUID v4, made at the first submit and kept for every retry of the same content. */
  id?: string | undefined;
  name: string;
  /** As typed. */
  phone: string;
  /** ISO 3166-1 alpha-2: how a national number is read; else the target's country. */
  country?: string | undefined;
  /** The same, only guessed by the form: never better than the target's country. */
  country_guess?: string | undefined;
  /** "1" once the visitor confirmed a number that looked unlikely. */
  phone_confirmed?: string | undefined;
  /** The version of the own fields' definitions, where the form shows all that must be filled. */
  definitions?: string | undefined;
  lang?: string | undefined;
  /** "1" (or "on", "true") when ticked. */
  consent?: string | undefined;
  consent_version?: string | undefined;
  page?: string | undefined;
  referrer?: string | undefined;
  /** Turnstile's token, where the page shows its widget. */
  [CAPTCHA_FIELD]?: string | undefined;
  /** Proof of work, `<unix ms>.<nonce>`, with `STAMP_BITS`. */
  stamp?: string | undefined;
  [HONEYPOT_FIELD]?: string | undefined;
}

/** 201 `created`: the vendor has the lead. 202 `accepted`: it is on durable storage. */
export interface Receipt {
  receipt: string;
  status: "created" | "accepted";
}

/** The number as the proxy would store it, in E.164, and the country by which it read it. */
export interface Suggestion {
  phone: string;
  country: string;
}

/** RFC 9457 problem details. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: ProblemCode;
  /** What whoever runs the proxy has to do, in English. */
  detail?: string;
  fields?: FieldErrors;
  /** With `phone_unlikely`: the country was only guessed, and another one fits. */
  suggestion?: Suggestion;
  /** Seconds. */
  retry_after?: number;
}

/** What a reply means to its reader: a receipt, or the parts of a problem that can be acted on. */
export type Reply = Receipt | Pick<Problem, "code" | "fields" | "suggestion" | "retry_after">;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

const isSuggestion = (value: unknown): value is Suggestion =>
  isRecord(value) && typeof value["phone"] === "string" && typeof value["country"] === "string";

/** Seconds of a day: no answer of ours asks for more. */
const MAX_RETRY_AFTER = 86_400;

/** A code is about the field that it begins with; those of own fields begin with `field`. */
const readFieldErrors = (
  value: unknown,
  isKnown: (code: string) => boolean,
): FieldErrors | undefined => {
  if (!isRecord(value)) return undefined;
  const known = Object.entries(value).filter(
    ([field, code]) =>
      typeof code === "string" &&
      code.startsWith(`${field.replace(/^x_.*/, "field")}_`) &&
      isKnown(code),
  );
  return known.length > 0 ? (Object.fromEntries(known) as FieldErrors) : undefined;
};

/**
 * Reads the parsed body of an answer. Anything but a documented body (a proxy's HTML
 * page, nothing, another shape, a code of a later version) is `unavailable`: never a success.
 * @param isKnown whether the reader has a text for this code of a field
 * @param isSuccess by the status: a receipt under another one is not the proxy's
 */
export const readReply = (
  body: unknown,
  isKnown: (code: string) => boolean,
  isSuccess: boolean,
): Reply => {
  const unavailable: Reply = { code: "unavailable" };
  if (!isRecord(body)) return unavailable;
  const { receipt, status, code, suggestion, retry_after } = body;
  if (
    isSuccess &&
    typeof receipt === "string" &&
    receipt &&
    (status === "created" || status === "accepted")
  )
    return { receipt, status };
  if (!PROBLEM_CODES.includes(code as ProblemCode)) return unavailable;
  const fields = readFieldErrors(body["fields"], isKnown);
  if (code === "invalid" && !fields) return unavailable;
  return {
    code: code as ProblemCode,
    ...(fields && { fields }),
    ...(isSuggestion(suggestion) && { suggestion }),
    ...(typeof retry_after === "number" &&
      retry_after >= 0 &&
      retry_after <= MAX_RETRY_AFTER && { retry_after }),
  };
};
