/**
 * Owns Sakneen's leads API: its headers, its body, the meaning of its answers. Must not send a
 * field that it does not document.
 *
 * `POST /external/apis/v1.0/leads`, "Leads Management", https://developers.sakneen.com
 */
import { CONTENT_FIELDS } from "../shared/contract.ts";
import type { FieldCode, FieldName } from "../shared/contract.ts";
import { isRecord } from "../shared/is-record.ts";
import { classify } from "./classify.ts";
import { planFields } from "./fields.ts";
import { post } from "./post.ts";
import type { Answer } from "./post.ts";
import type { Outcome, ProjectRule, Vendor, VendorFields, VendorLead } from "./vendor.ts";

const LEADS_PATH = "/external/apis/v1.0/leads";

const FIELDS: VendorFields = {
  name: "name",
  phone: "phoneNumber",
  email: "email",
  project: "project",
  // No field is documented for it, and "Invalid phone number format" is what a longer number gets.
  extension: null,
};

interface Complaint {
  /** The key that the vendor put before the text, if any. */
  key: string | undefined;
  text: string;
}

const readComplaint = (message: unknown): Complaint[] => {
  if (typeof message === "string") return [{ key: undefined, text: message }];
  if (!isRecord(message)) return [];
  return Object.entries(message).map(([key, text]) => ({
    key,
    text: typeof text === "string" ? text : "",
  }));
};

/** `message` is documented as a string, an array of strings and an array of one-key objects. */
const readComplaints = (message: unknown): Complaint[] =>
  Array.isArray(message) ? message.flatMap(readComplaint) : readComplaint(message);

const fieldOfKey = (key: string): FieldName | undefined =>
  CONTENT_FIELDS.find((field) => FIELDS[field] === key);

// The vendor may localise its texts by the `language` header, hence the Arabic beside the English.
const TEXTS = {
  exists: /already exists|(?:موجود|مسجل)ة? (?:بالفعل|مسبقا)/i,
  noForm: /public create lead form not found/i,
  missing: /missing|required|should not be empty|مطلوب/i,
  phone: /phone|mobile|هاتف/i,
  email: /e-?mail|بريد/i,
  name: /\bname\b|اسم/i,
};

const fieldOf = ({ key, text }: Complaint): FieldName | undefined => {
  if (key !== undefined) return fieldOfKey(key);
  return (["phone", "email", "name"] as const).find((field) => TEXTS[field].test(text));
};

const codeOf = (field: FieldName, text: string): FieldCode => {
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
    case "consent":
      return "consent_missing";
  }
};

/**
 * A 400 (or 422). A phone that "already exists" may be this very lead, so it is a success, unless
 * it comes with another complaint: the documented example lists it with a format error.
 */
const readRefusal = (json: unknown, status: number): Outcome => {
  const complaints = readComplaints(isRecord(json) ? json["message"] : undefined);
  if (complaints.some(({ text }) => TEXTS.noForm.test(text)))
    return { kind: "misconfigured", reason: "no_form", status };
  const errors = complaints.filter(({ text }) => !TEXTS.exists.test(text));
  if (complaints.length > 0 && errors.length === 0) return { kind: "duplicate", status };
  const fields = Object.fromEntries(
    errors.flatMap((complaint) => {
      const field = fieldOf(complaint);
      return field ? [[field, codeOf(field, complaint.text)]] : [];
    }),
  );
  if (Object.keys(fields).length > 0) return { kind: "invalid", fields, status };
  const foreign = errors.some(({ key }) => key !== undefined);
  return { kind: "unexplained", reason: foreign ? "unknown_field" : "bad_request", status };
};

/** Exported for its tests. */
export const readAnswer = (answer: Answer, lead: VendorLead): Outcome => {
  if (answer.status === undefined || !isRecord(answer.json)) return classify(answer);
  const { newLead, statusCode } = answer.json;
  const ok = answer.status >= 200 && answer.status < 300;
  if (ok && isRecord(newLead) && typeof newLead["_id"] === "string" && newLead["_id"]) {
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
  return status === 400 || status === 422
    ? readRefusal(answer.json, status)
    : classify({ ...answer, status });
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
  connect: ({ baseUrl, extra, attribution, secret, secretName }) => {
    const key = secret("API_KEY");
    const missing = key ? [] : [{ setting: secretName("API_KEY"), problem: "is missing" }];
    const plan = planFields(
      { names: FIELDS, problemWith: () => "is not a field of Sakneen's leads API" },
      { extra, attribution },
    );
    if ("faults" in plan) return { faults: [...missing, ...plan.faults] };
    if (!key) return { faults: missing };
    return {
      kept: plan.kept,
      deliver: async (lead, io) => {
        const headers = {
          "api-key": key,
          "content-type": "application/json",
          // The documents name 'en' and 'ar' only.
          language: lead.lang === "ar" ? "ar" : "en",
        };
        const body = JSON.stringify(plan.toBody(lead));
        return readAnswer(await post(baseUrl + LEADS_PATH, headers, body, io), lead);
      },
    };
  },
};
