/** What a vendor's complaint about a key means: to the visitor, to a person, or to the whole target. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Lead } from "../../../proxy/lead/lead.ts";
import type { Outcome } from "../../../proxy/vendors/vendor.ts";
import { leadOf, ownTarget } from "./own-target.ts";

const LABEL = { en: "Budget", ar: "الميزانية", ru: "Бюджет" };
const field = (name: string, as = name) => ({ name, type: "text", as, label: LABEL });

interface Case {
  vendor?: "sakneen" | "brainysoft";
  fields?: unknown[];
  lead?: Partial<Lead>;
  status?: number;
  answer: unknown;
}

const outcomeOf = async ({ vendor = "sakneen", fields = [], lead, status, answer }: Case) => {
  const target = ownTarget(fields, { vendor });
  const { status: _, ...outcome } = await target.deliver(leadOf(lead), {
    fetch: async () => Response.json(answer, { status: status ?? 400 }),
    now: () => 0,
    left: () => 6_000,
  });
  return outcome as Outcome;
};

const changed = (vendorKey?: string) => ({
  kind: "misconfigured",
  reason: "form_changed",
  ...(vendorKey && { vendorKey }),
});
const refused = (fields: object) => ({ kind: "unexplained", reason: "field_refused", fields });
const says = (...message: unknown[]) => ({ answer: { statusCode: 400, message } });
const code = (data: unknown) => ({
  vendor: "brainysoft" as const,
  status: 200,
  answer: { status: "error", data },
});

const BAD_REQUEST = { kind: "unexplained", reason: "bad_request" };

const CASES: [string, Case, object][] = [
  [
    "a code that the visitor has typed",
    { ...code("Not a name: NO_LOAN_ERROR"), lead: { name: "NO_LOAN_ERROR" } },
    { kind: "unexplained", reason: "vendor_code" },
  ],
  [
    "a complaint that the visitor has typed",
    {
      vendor: "brainysoft",
      answer: { message: 'Bad value: Unrecognized field "zone"' },
      lead: { name: 'Unrecognized field "zone"' },
    },
    BAD_REQUEST,
  ],
  [
    "the missing form, in the visitor's words",
    {
      ...says("Public create lead form not found is too long"),
      lead: { name: "Public create lead form not found" },
    },
    BAD_REQUEST,
  ],
  [
    "the refused key, in the visitor's words",
    { ...says("API key is too short"), lead: { name: "Api key" } },
    BAD_REQUEST,
  ],
  [
    "an unknown key as an object",
    says({ budget: "budget field is missing from body" }),
    changed("budget"),
  ],
  ["an unknown key in Arabic", says({ budget: "هذا الحقل مطلوب" }), changed("budget")],
  [
    "an unknown key in Russian",
    says({ budget: "Поле обязательно для заполнения" }),
    changed("budget"),
  ],
  [
    "an unknown key of NestJS",
    says("budget should not be empty", "budget must be a string"),
    changed("budget"),
  ],
  ["an unknown key of Joi", says('"budget" is required'), changed("budget")],
  [
    "an unknown key of class-validator",
    says({ property: "budget", constraints: { isNotEmpty: "budget should not be empty" } }),
    changed("budget"),
  ],
  [
    "an unknown key under a name",
    says({ field: "budget", message: "required" }),
    changed("budget"),
  ],
  [
    "the first of two unknown keys",
    says({ budget: "required" }, { rooms: "required" }),
    changed("budget"),
  ],
  [
    "a key that the form knows no more",
    {
      ...says("property budget should not exist"),
      fields: [field("budget")],
      lead: { own: { budget: "5" }, asked: true },
    },
    changed("budget"),
  ],
  [
    "such a key of Joi",
    {
      ...says('"budget" is not allowed'),
      fields: [field("budget")],
      lead: { own: { budget: "5" } },
    },
    changed("budget"),
  ],
  [
    "such a key in Arabic",
    {
      ...says({ budget: "هذا الحقل غير معروف" }),
      fields: [field("budget")],
      lead: { own: { budget: "5" } },
    },
    changed("budget"),
  ],
  [
    "an optional field that it knows no more",
    { ...says("property email should not exist"), lead: { email: "mona@example.com" } },
    changed("email"),
  ],
  [
    "a key that is a word of the visitor",
    { ...says("mona should not be empty"), lead: { name: "Mona Adel" } },
    BAD_REQUEST,
  ],
  ["a key that is a number of the visitor", says({ "201012345678": "is required" }), changed()],
  [
    "a field that the visitor has seen",
    { ...says({ budget: "required" }), fields: [field("budget")], lead: { asked: true } },
    { kind: "invalid", fields: { x_budget: "field_missing" } },
  ],
  [
    "a value that the visitor has typed",
    {
      ...says({ budget: "must be a number" }),
      fields: [field("budget")],
      lead: { asked: true, own: { budget: "x" } },
    },
    { kind: "invalid", fields: { x_budget: "field_invalid" } },
  ],
  [
    "a field that the visitor has not seen",
    { ...says({ budget: "required" }), fields: [field("budget")] },
    refused({ x_budget: "field_missing" }),
  ],
  [
    "a hidden field",
    {
      ...says({ unit: "required" }),
      fields: [{ name: "unit", type: "hidden", as: "unit" }],
      lead: { asked: true },
    },
    refused({ x_unit: "field_missing" }),
  ],
  [
    "an optional field that this lead lacks",
    says({ email: "email must be an email" }),
    refused({ email: "email_missing" }),
  ],
  [
    "an optional field that this lead has",
    { ...says({ email: "email must be an email" }), lead: { email: "mona@example.com" } },
    { kind: "invalid", fields: { email: "email_invalid" } },
  ],
  [
    "a number that is not allowed",
    says({ phoneNumber: "this number is not allowed" }),
    { kind: "invalid", fields: { phone: "phone_invalid" } },
  ],
  [
    "a phone in Russian",
    says("Неверный формат номера телефона"),
    { kind: "invalid", fields: { phone: "phone_invalid" } },
  ],
  [
    "a known number in Russian",
    says("Этот номер телефона уже существует в организации"),
    { kind: "duplicate" },
  ],
  ["an unknown key of Brainysoft", code("NO_BUDGET_ERROR"), changed("budget")],
  [
    "another one in its document's spelling",
    code("NO_CLIENT_LAST_NAME_ERROR"),
    changed("lastName"),
  ],
  [
    "a code beside a text",
    code({ code: "NO_BUDGET_ERROR", message: "Поле обязательно" }),
    changed("budget"),
  ],
  [
    "an extra field by its code",
    { ...code("NO_LOAN_PURPOSE_ERROR"), fields: [field("purpose", "extraFields.loan_purpose")] },
    refused({ x_purpose: "field_missing" }),
  ],
  [
    "an e-mail address that this lead lacks",
    code("NO_EMAIL_ERROR"),
    refused({ email: "email_missing" }),
  ],
  [
    "a code that asks for no field",
    code("NO_ACCESS_ERROR"),
    { kind: "unexplained", reason: "vendor_code", vendorCode: "NO_ACCESS_ERROR" },
  ],
  [
    "a key that Brainysoft knows no more",
    {
      vendor: "brainysoft",
      answer: {
        status: 400,
        message:
          'JSON parse error: Unrecognized field "budget" (class Lead), not marked as ignorable',
      },
      fields: [field("budget")],
      lead: { own: { budget: "5" } },
    },
    changed("budget"),
  ],
  [
    "such an extra field",
    {
      vendor: "brainysoft",
      answer: { status: 400, message: 'Unrecognized field "budget"' },
      fields: [field("budget", "extraFields.budget")],
      lead: { own: { budget: "5" } },
    },
    changed("extraFields.budget"),
  ],
];

describe("a vendor's complaint about", () => {
  for (const [what, given, expected] of CASES)
    test(`${what} is understood`, async () => assert.deepEqual(await outcomeOf(given), expected));
});
