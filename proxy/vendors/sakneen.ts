/**
 * Owns Sakneen's leads API: its headers, its body, the meaning of its answers. Must not send a
 * field that it does not document.
 *
 * `POST /external/apis/v1.0/leads`, "Leads Management", https://developers.sakneen.com
 */
import { CONTENT_FIELDS } from "../shared/contract.ts";
import type { ContentField, FieldCode, FieldErrors, Language } from "../shared/contract.ts";
import { isRecord } from "../shared/is-record.ts";
import { classify, isRef } from "./classify.ts";
import { isLeftOut, planFields } from "./fields.ts";
import { isQuoted, readKeyComplaints } from "./own-fields.ts";
import type { KeyComplaint, KnownKeys } from "./own-fields.ts";
import { post } from "./post.ts";
import type { Answer } from "./post.ts";
import { secretFaults } from "./secret.ts";
import type {
  Checked,
  FieldRules,
  Io,
  Outcome,
  ProjectRule,
  Vendor,
  VendorFields,
  VendorLead,
} from "./vendor.ts";

const LEADS_PATH = "/external/apis/v1.0/leads";

const FIELDS: VendorFields = {
  name: "name",
  phone: "phoneNumber",
  email: "email",
  project: "project",
  // No field is documented for it, and "Invalid phone number format" is what a longer number gets.
  extension: null,
};

/** The document calls the fields flat, and an organisation may add some to its form. */
const OWN_KEY = /^[A-Za-z]\w{0,63}$/;

const RULES: FieldRules = {
  names: FIELDS,
  problemWith: () => "is not a field of Sakneen's leads API",
  problemWithOwn: (key) =>
    OWN_KEY.test(key) ? undefined : "must be letters, digits and _: Sakneen's fields are flat",
};

interface Complaint {
  /** The key that the vendor put before the text, if any. */
  key: string | undefined;
  text: string;
}

/** `{property, constraints}` of class-validator, and likes of it: the key is a value here. */
const readNamed = ({ property, field, path, message, constraints }: Record<string, unknown>) => {
  const key = [property, field, path].find((name) => typeof name === "string");
  const said = isRecord(constraints) ? Object.values(constraints) : [message];
  return key === undefined || said[0] === undefined
    ? []
    : [{ key: String(key), text: said.filter((text) => typeof text === "string").join("; ") }];
};

const readComplaint = (message: unknown): Complaint[] => {
  if (typeof message === "string") return [{ key: undefined, text: message }];
  if (!isRecord(message)) return [];
  const named = readNamed(message);
  if (named.length > 0) return named;
  return Object.entries(message).map(([key, text]) => ({
    key,
    text: typeof text === "string" ? text : "",
  }));
};

/** `message` is documented as a string, an array of strings and an array of one-key objects. */
const readComplaints = (message: unknown): Complaint[] =>
  Array.isArray(message) ? message.flatMap(readComplaint) : readComplaint(message);

// The vendor may localise its texts by the `language` header, hence Arabic and Russian beside the English.
const TEXTS = {
  exists: /already exists|(?:موجود|مسجل)ة? (?:بالفعل|مسبقا)|уже (?:существует|зарегистрирован)/i,
  noForm: /public create lead form not found/i,
  /** Documented with 401. From its beginning: a text may quote what a visitor has typed. */
  badKey: /^(?:access denied\W+)?(?:(?:invalid|missing|expired) )?api[- ]?key\b/i,
  missing: /missing|required|should not be empty|مطلوب|обязател|не заполнен|отсутствует/i,
  phone: /phone|mobile|هاتف|телефон/i,
  email: /e-?mail|بريد|почт/i,
  name: /\bname\b|اسم|(?:^|\s)имя/i,
  /** The vendor knows no such key, as NestJS, Joi and others say it. */
  unknownKey:
    /should not exist|^["'`]?\w+["'`]? is not allowed$|(?:unknown|unrecognized) (?:field|key|property)|غير معروف|неизвестн/i,
};

/** Only in the vendor's own words: what a visitor typed must not stop the leads of all others. */
const says = (pattern: RegExp, { text }: Complaint, lead: VendorLead): boolean => {
  const said = pattern.exec(text)?.[0];
  return said !== undefined && !isQuoted(said, lead);
};

/** Texts of NestJS's validator begin with the key, `budget should not be empty`; those of Joi quote it. */
const KEY_FIRST =
  /^(?:property )?(?:([a-z]\w*)|["'`]([a-z]\w*)["'`]) (?:should|must|field is|is (?:required|missing|not))\b/;

const contentOf = (key: string, { fieldOf }: KnownKeys): ContentField | undefined =>
  CONTENT_FIELDS.find((field) => field === fieldOf(key));

/** The field of the form, and the key, where the complaint names them. */
const subjectOf = (
  { key, text }: Complaint,
  keys: KnownKeys,
): { field?: ContentField | undefined; key?: string | undefined } => {
  const [, bare, quoted] = key === undefined ? (KEY_FIRST.exec(text) ?? []) : [];
  const named = key ?? bare ?? quoted;
  const field = named === undefined ? undefined : contentOf(named, keys);
  if (field || key !== undefined || keys.own.some(({ as }) => as === named))
    return { field, key: named };
  const guess = (["phone", "email", "name"] as const).find((known) => TEXTS[known].test(text));
  return guess ? { field: guess, key: FIELDS[guess] ?? undefined } : { key: named };
};

const codeOf = (field: ContentField, text: string): FieldCode => {
  const missing = TEXTS.missing.test(text);
  switch (field) {
    case "phone":
      return missing ? "phone_missing" : "phone_invalid";
    case "email":
      return missing ? "email_missing" : "email_invalid";
    case "project":
      return missing ? "project_missing" : "project_unknown";
    case "name":
      return "name_missing";
  }
};

/**
 * A 400 (or 422). A phone that "already exists" may be this very lead, so it is a success, unless
 * it comes with another complaint: the documented example lists it with a format error.
 */
const readRefusal = (
  complaints: readonly Complaint[],
  status: number,
  lead: VendorLead,
  keys: KnownKeys,
): Outcome => {
  if (complaints.some((complaint) => says(TEXTS.noForm, complaint, lead)))
    return { kind: "misconfigured", reason: "no_form", status };
  const errors = complaints.filter(({ text }) => !TEXTS.exists.test(text));
  if (complaints.length > 0 && errors.length === 0) return { kind: "duplicate", status };
  const fields: FieldErrors = {};
  const others: KeyComplaint[] = [];
  for (const complaint of errors) {
    const { field, key } = subjectOf(complaint, keys);
    const isUnknown = TEXTS.unknownKey.test(complaint.text);
    // What a page may leave out, the vendor's form may demand: a visitor may see no such field.
    const isSure = field === "name" || field === "phone";
    if (field && (isSure || (lead[field] && !isUnknown)))
      fields[field] = codeOf(field, complaint.text);
    else if (key !== undefined) others.push({ key, about: isUnknown ? "key" : "value" });
  }
  if (Object.keys(fields).length > 0) return { kind: "invalid", fields, status };
  const outcome = readKeyComplaints(others, lead, keys);
  return outcome ? { ...outcome, status } : { kind: "unexplained", reason: "bad_request", status };
};

/** Exported for its tests. */
export const readAnswer = (answer: Answer, lead: VendorLead, keys: KnownKeys): Outcome => {
  if (answer.status === undefined || !isRecord(answer.json)) return classify(answer);
  const { newLead, statusCode, message } = answer.json;
  const ok = answer.status >= 200 && answer.status < 300;
  if (ok && isRecord(newLead) && isRef(newLead["_id"])) {
    const { _id: ref, compoundsIds } = newLead;
    const unmatched = lead.project && Array.isArray(compoundsIds) && compoundsIds.length === 0;
    return {
      kind: "created",
      ref,
      status: answer.status,
      ...(unmatched && { warning: "project_unmatched" as const }),
    };
  }
  // A gateway may answer 200 around an error whose own status is in the body.
  const status =
    ok && typeof statusCode === "number" && statusCode >= 400 ? statusCode : answer.status;
  const isRefusal = status >= 400 && status < 500;
  if (isRefusal && readComplaints(message).some((complaint) => says(TEXTS.badKey, complaint, lead)))
    return { kind: "misconfigured", reason: "key_refused", status };
  return status === 400 || status === 422
    ? readRefusal(readComplaints(answer.json["message"]), status, lead, keys)
    : classify({ ...answer, status });
};

/**
 * The answer to a lead without name and phone: a 400 about just these two, as the document has it. Exported for
 * its tests.
 */
export const readCheck = (answer: Answer, lead: VendorLead, keys: KnownKeys): Checked => {
  const outcome = readAnswer(answer, lead, keys);
  const json = answer.status === undefined ? undefined : answer.json;
  if (outcome.kind !== "invalid" || !isRecord(json)) return outcome;
  const others = readComplaints(json["message"]).filter(
    (complaint) => !isLeftOut(subjectOf(complaint, keys).field),
  );
  const { status = 400 } = outcome;
  return others.length === 0
    ? { kind: "validated", status }
    : readRefusal(others, status, lead, keys);
};

/**
 * Sakneen makes a regular expression of a project, so that its special characters match more than
 * themselves. A dot alone matches hardly more, and real names hold one ("St. Regis").
 */
const PATTERN = /[*+?()[\]{}^$|\\]/;
const PATTERN_OR_DOT = /[.*+?()[\]{}^$|\\]/;

const projectRule: ProjectRule = {
  isSafe: (project) => !PATTERN.test(project),
  problem: (project) => (PATTERN_OR_DOT.test(project) ? "may match other projects too" : undefined),
};

export const sakneen: Vendor = {
  country: "EG",
  phone: "any",
  maxNameLength: 200,
  projectRule,
  connect: (settings) => {
    const { baseUrl } = settings;
    const key = settings.secret("API_KEY");
    const faults = secretFaults(settings, ["API_KEY"]);
    const plan = planFields(RULES, settings);
    if ("faults" in plan) return { faults: [...faults, ...plan.faults] };
    if (key === undefined || faults.length > 0) return { faults };
    const send = (lang: Language, body: object, io: Io): Promise<Answer> => {
      const headers = {
        "api-key": key,
        "content-type": "application/json",
        // The documents name 'en' and 'ar' only.
        language: lang === "ar" ? "ar" : "en",
      };
      return post(baseUrl + LEADS_PATH, headers, JSON.stringify(body), io);
    };
    return {
      kept: plan.kept,
      deliver: async (lead, io) =>
        readAnswer(await send(lead.lang, plan.toBody(lead), io), lead, plan),
      check: async (lead, io) =>
        readCheck(await send(lead.lang, plan.toCheckBody(lead), io), lead, plan),
    };
  },
};
