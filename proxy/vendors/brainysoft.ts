/**
 * Owns Brainysoft's core API: its headers, its body, the meaning of its answers. Must not send a
 * field that it does not document.
 *
 * `POST /main/leads`, "Basic Script for Creating a Lead", https://docs.brainysoft.ru
 */
import type { FieldErrors } from "../shared/contract.ts";
import { isRecord } from "../shared/is-record.ts";
import { classify, isRef } from "./classify.ts";
import { planFields } from "./fields.ts";
import { isQuoted, readKeyComplaints } from "./own-fields.ts";
import type { KeyComplaint, KnownKeys } from "./own-fields.ts";
import { isForbidden } from "./own-keys.ts";
import { post } from "./post.ts";
import type { Answer } from "./post.ts";
import { secretFaults } from "./secret.ts";
import { serviceUrlProblem } from "./service-url.ts";
import type {
  Checked,
  Fault,
  FieldRules,
  Io,
  Outcome,
  Value,
  Vendor,
  VendorFields,
  VendorLead,
  VendorSettings,
} from "./vendor.ts";
import { createTokenSource } from "./oauth-token.ts";
import type { TokenSource } from "./oauth-token.ts";

const LEADS_PATH = "/main/leads";

/** "firstName string[50]. If you pass the full name, it will be saved." */
const MAX_NAME_LENGTH = 50;

const FIELDS: VendorFields = {
  name: "firstName",
  phone: "mobilePhone",
  // In the sample of a whole lead, page 454 of the document.
  email: "email",
  // No field is documented for these two, and "only digits" are a number.
  project: null,
  extension: null,
};

/** Before the key of a field that goes into the list `extraFields`: `[{key, value}]`. */
const EXTRA_FIELDS = "extraFields.";

const OWN_KEY = /^(?:[A-Za-z]\w{0,63}|extraFields\.[^\s.]{1,64})$/;

const RULES: FieldRules = {
  names: FIELDS,
  problemWith: (key) => (isForbidden(key) ? "must not be sent by this product" : undefined),
  problemWithOwn: (key) =>
    OWN_KEY.test(key) && key !== "extraFields"
      ? undefined
      : "must be a key, or extraFields. and a key",
};

/** Milliseconds that must be left before a lead is sent. */
const CALL_TIME = 2_000;

/** Levels of the body that are searched for an error code: its place is not documented. */
const MAX_DEPTH = 4;

const CODE = /\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*_ERROR\b/g;
/** A longer one is a text. */
const MAX_CODE = 64;

const findCodes = (value: unknown, depth = 0): string[] => {
  if (typeof value === "string")
    return (value.match(CODE) ?? []).filter(({ length }) => length <= MAX_CODE);
  if (typeof value !== "object" || value === null || depth === MAX_DEPTH) return [];
  return Object.values(value).flatMap((inner) => findCodes(inner, depth + 1));
};

const FIELD_OF_CODE: Readonly<Record<string, FieldErrors>> = {
  NO_CLIENT_FIRST_NAME_ERROR: { name: "name_missing" },
  NO_MOBILE_PHONE_ERROR: { phone: "phone_missing" },
};

/** `loanPurpose` and `extraFields.loan_purpose` as a code spells them: `LOAN_PURPOSE`. */
const spell = (key: string): string =>
  key
    .replace(EXTRA_FIELDS, "")
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .replace(/[^A-Za-z\d]+/g, "_")
    .toUpperCase();

/** Codes of the same form that ask for no field. */
const NO_FIELD = /^(?:ACCESS|PERMISSIONS?|RIGHTS?|AUTH\w*|SUCH_\w+|\w+_FOUND)$/;

/**
 * The key that `NO_LAST_NAME_ERROR` or `NO_CLIENT_LAST_NAME_ERROR` asks for: one of the target's, else in the
 * spelling of the document, `lastName`.
 */
const demandedKey = (code: string, { own }: KnownKeys): string | undefined => {
  const words = /^NO_(?:CLIENT_)?(\w+)_ERROR$/.exec(code)?.[1] ?? "";
  if (!words || NO_FIELD.test(words)) return undefined;
  const mine = own.flatMap(({ as }) => as ?? []).find((key) => spell(key) === words);
  return mine ?? words.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
};

/** The words of Jackson, which reads the body in Spring. */
const UNKNOWN_KEY = /Unrecognized field "(\w{1,64})"/;

const refusedKey = (json: unknown, { own }: KnownKeys): string | undefined => {
  const message = isRecord(json) ? json["message"] : undefined;
  const key = typeof message === "string" ? UNKNOWN_KEY.exec(message)?.[1] : undefined;
  const known = own.flatMap(({ as }) => as ?? []);
  return known.find((as) => as === key || as === EXTRA_FIELDS + key) ?? key;
};

const readComplaints = (
  codes: readonly string[],
  json: unknown,
  keys: KnownKeys,
): KeyComplaint[] => {
  const demanded = codes.flatMap((code) => demandedKey(code, keys) ?? []);
  const refused = refusedKey(json, keys);
  return [
    ...(refused === undefined ? [] : [{ key: refused, about: "key" as const }]),
    ...demanded.map((key) => ({ key, about: "value" as const })),
  ];
};

/** The id of the lead: an integer that may exceed 2^53, so it is kept as the text that came. */
const readRef = (data: unknown, text: string): string | undefined => {
  if (isRef(data)) return data;
  if (typeof data !== "number" || !Number.isInteger(data) || data <= 0) return undefined;
  const written = [...text.matchAll(/"data"\s*:\s*(\d+)(?![\d.eE])/g)].map(
    ([, digits = ""]) => digits,
  );
  const ref = written.find((digits) => Number(digits) === data) ?? String(BigInt(data));
  return isRef(ref) ? ref : undefined;
};

/** Exported for its tests. Error codes count on any status: public clients meet them on 200 and on 4xx alike. */
export const readAnswer = (answer: Answer, lead: VendorLead, keys: KnownKeys): Outcome => {
  if (answer.status === undefined) return classify(answer);
  const { status, json, text } = answer;
  const codes = findCodes(json).filter((code) => !isQuoted(code, lead));
  const fields = Object.assign({}, ...codes.map((code) => FIELD_OF_CODE[code])) as FieldErrors;
  if (Object.keys(fields).length > 0) return { kind: "invalid", fields, status };
  const complaint = readKeyComplaints(readComplaints(codes, json, keys), lead, keys);
  if (complaint) return { ...complaint, status };
  if (status < 200 || status >= 300 || !isRecord(json)) return classify(answer);
  if (json["status"] === "ok") {
    const ref = readRef(json["data"], text);
    return ref ? { kind: "created", ref, status } : { kind: "drift", reason: "no_lead", status };
  }
  if (json["status"] !== "error") return { kind: "drift", reason: "no_lead", status };
  const [vendorCode] = codes;
  return { kind: "unexplained", reason: "vendor_code", status, ...(vendorCode && { vendorCode }) };
};

/** The answer to a lead without name and phone: the documented code of either. */
const readCheck = (answer: Answer, lead: VendorLead, keys: KnownKeys): Checked => {
  const outcome = readAnswer(answer, lead, keys);
  if (outcome.kind !== "invalid") return outcome;
  return { kind: "validated", ...(answer.status !== undefined && { status: answer.status }) };
};

/** A static API token, or an OAuth2 client whose token is fetched anew once it is refused. */
const readCredential = (settings: VendorSettings): TokenSource | Fault[] => {
  const { secret, secretName } = settings;
  const token = secret("TOKEN");
  const [url, id, clientSecret] = ["TOKEN_URL", "CLIENT_ID", "CLIENT_SECRET"].map(secret);
  if (token || !(url || id || clientSecret)) {
    const faults = secretFaults(settings, ["TOKEN"]);
    return token && faults.length === 0 ? { get: async () => ({ token }), drop: () => {} } : faults;
  }
  const problem = url ? serviceUrlProblem(url) : "is missing";
  const faults = [
    ...(problem ? [{ setting: secretName("TOKEN_URL"), problem }] : []),
    ...secretFaults(settings, ["CLIENT_ID", "CLIENT_SECRET"]),
  ];
  return url && id && clientSecret && faults.length === 0
    ? createTokenSource({ url, id, secret: clientSecret })
    : faults;
};

/** Own keys of the tenant go into a list; all others stand flat. */
const nest = (body: Readonly<Record<string, Value>>): Record<string, unknown> => {
  const entries = Object.entries(body);
  const extra = entries.filter(([key]) => key.startsWith(EXTRA_FIELDS));
  if (extra.length === 0) return body;
  return {
    ...Object.fromEntries(entries.filter(([key]) => !key.startsWith(EXTRA_FIELDS))),
    extraFields: extra.map(([key, value]) => ({ key: key.slice(EXTRA_FIELDS.length), value })),
  };
};

export const brainysoft: Vendor = {
  country: "RU",
  phone: "mobile",
  maxNameLength: MAX_NAME_LENGTH,
  connect: (settings) => {
    const credential = readCredential(settings);
    const plan = planFields(RULES, settings);
    const faults = "faults" in plan ? plan.faults : [];
    if (Array.isArray(credential)) return { faults: [...faults, ...credential] };
    if ("faults" in plan) return { faults };

    const attempt = async <T>(
      body: object,
      io: Io,
      read: (answer: Answer) => T,
    ): Promise<{ outcome: T | Outcome; token?: string }> => {
      const bearer = await credential.get(io);
      if ("failure" in bearer) return { outcome: bearer.failure };
      // The token is kept for the next time; a call that is cut short would leave the lead in doubt.
      if (io.left() < CALL_TIME) return { outcome: { kind: "later", reason: "token_unavailable" } };
      const headers = { bsauth: bearer.token, "content-type": "application/json" };
      const answer = await post(settings.baseUrl + LEADS_PATH, headers, JSON.stringify(body), io);
      return { outcome: read(answer), token: bearer.token };
    };
    const send = async <T extends Checked>(
      body: object,
      io: Io,
      read: (answer: Answer) => T,
    ): Promise<T | Outcome> => {
      const first = await attempt(body, io, read);
      if (first.outcome.status !== 401 || first.token === undefined) return first.outcome;
      // A 401 was not processed, so one repeat with a fresh token is safe; a static token has none.
      credential.drop(first.token);
      return settings.secret("TOKEN") ? first.outcome : (await attempt(body, io, read)).outcome;
    };
    /** "Only digits are specified in international format." */
    const inDigits = (lead: VendorLead): VendorLead => ({ ...lead, phone: lead.phone.slice(1) });
    return {
      kept: plan.kept,
      deliver: (lead, io) =>
        send(nest(plan.toBody(inDigits(lead))), io, (answer) => readAnswer(answer, lead, plan)),
      check: (lead, io) =>
        send(nest(plan.toCheckBody(lead)), io, (answer) => readCheck(answer, lead, plan)),
    };
  },
};
