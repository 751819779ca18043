/**
 * Owns the part of the preflight that sends a test lead and removes it again. Must not send what could be taken
 * for a visitor's lead: no origin goes with it, so that a deployment without test leads refuses it.
 */
import { REASONS } from "../operator/page/reasons.ts";
import { OWN_PREFIX } from "../shared/contract.ts";
import { isRecord } from "../shared/is-record.ts";
import type { OwnField } from "../shared/own-fields.ts";
import { lookAt } from "./preflight-checks.ts";
import type { Check, Look, PreflightDeps } from "./preflight-checks.ts";

/** Nobody's number: 555-0100 to 555-0199 are kept free for examples. It stays in the proxy, and for a moment only. */
const PHONE = "+12025550123";

/** A value that the field takes. */
const sampleOf = ({ type, options = [], min, max }: OwnField): string => {
  switch (type) {
    case "text":
    case "textarea":
    case "hidden":
      return "preflight".slice(0, typeof max === "number" ? max : undefined);
    case "number":
    case "range":
      return String(min ?? 0);
    case "select":
    case "radio":
      return options[0]?.value ?? "";
    case "checkbox":
      return "1";
    case "date":
      return typeof min === "string" && min !== "today"
        ? min
        : new Date().toISOString().slice(0, 10);
  }
};

const readJson = async (response: Response | undefined): Promise<Record<string, unknown>> => {
  const body: unknown = await response?.json().catch(() => undefined);
  return isRecord(body) ? body : {};
};

const ownValues = async (look: Look, target: string): Promise<Record<string, string>> => {
  const { fields } = await readJson(await look(`/v1/fields/${encodeURIComponent(target)}`));
  const own = Array.isArray(fields) ? (fields as OwnField[]) : [];
  const required = own.filter((field) => field.required);
  return Object.fromEntries(required.map((field) => [OWN_PREFIX + field.name, sampleOf(field)]));
};

/** Why there was no test. */
const refusalOf = (response: Response | undefined, body: Record<string, unknown>): string => {
  if (!response) return "No answer came.";
  const fields = isRecord(body["fields"]) ? Object.values(body["fields"]).join(", ") : "";
  switch (response.status) {
    case 403:
      return "The token must have the right to replay, and see the target. A version without test leads answers so, too.";
    case 404:
      return "No target has this key.";
    case 422:
      return `The target asks for more (${fields}). Give it with --field, as in --field project="Palm Hills".`;
    case 503:
      return "The target has a faulty setting: /healthz names it.";
    default:
      return `It answers with the status ${response.status}.`;
  }
};

const wordsFor = (reason: unknown, target: string): string => {
  const words = Object.hasOwn(REASONS, String(reason))
    ? REASONS[reason as keyof typeof REASONS]
    : undefined;
  if (!words) return `The reason is ${String(reason)}.`;
  return `${words.what}. ${words.todo}`
    .replaceAll("{vendor}", `The vendor of ${target}`)
    .replaceAll("{key}", "one of its fields");
};

const storeCheck = (target: string, { stored, reason }: Record<string, unknown>): Check[] => {
  const what = `a test lead for ${target} is stored`;
  if (stored === true) return [{ what, problem: undefined }];
  // Without a store there is nothing to prove.
  return reason === "store_down"
    ? [{ what, problem: "Its store does not answer: /healthz names it." }]
    : [];
};

const vendorChecks = (target: string, proof: Record<string, unknown>): Check[] => {
  const { reached, key_accepted: key, validated, reason } = proof;
  const vendor = `the vendor of ${target}`;
  const why = wordsFor(reason, target);
  return [
    { what: `${vendor} answers`, problem: reached ? undefined : why },
    // An answer that says nothing of the key is told below.
    ...(key === null
      ? []
      : [{ what: `${vendor} accepts the key`, problem: key ? undefined : why }]),
    {
      what: `${vendor} looks at a lead, and finds nothing wrong but what was left out`,
      problem: validated ? undefined : why,
    },
  ];
};

/** A test lead for one target: what it proves, and that it is gone again. */
const testLead = async (
  look: Look,
  token: string,
  target: string,
  fields: Readonly<Record<string, string>>,
): Promise<Check[]> => {
  const headers = { authorization: `Bearer ${token}`, accept: "application/json" };
  const response = await look("/v1/leads", {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify({
      name: "Preflight",
      phone: PHONE,
      email: "preflight@example.com",
      consent: "1",
      ...(await ownValues(look, target)),
      ...fields,
      target,
      test: "1",
    }),
  });
  const proof = await readJson(response);
  if (proof["test"] !== true)
    return [{ what: `a test lead for ${target} is taken`, problem: refusalOf(response, proof) }];

  const checks = [...storeCheck(target, proof), ...vendorChecks(target, proof)];
  if (proof["stored"] !== true) return checks;
  const removed = await look(`/operator/leads/${String(proof["receipt"])}`, {
    method: "DELETE",
    headers,
  });
  await removed?.body?.cancel();
  const problem = removed?.ok
    ? undefined
    : "Remove it on /operator. After a day it is gone by itself.";
  return [...checks, { what: `the test lead for ${target} is removed again`, problem }];
};

export interface TestDeps extends Pick<PreflightDeps, "fetch" | "origin" | "targets" | "token"> {
  /** Of the test lead, beside those that it knows. */
  fields: Readonly<Record<string, string>>;
}

/** One for each target that is named; without a token it says that they are left out. */
export const runTests = async ({ token, targets, fields, ...deps }: TestDeps): Promise<Check[]> => {
  const leave = (why: string) => [
    { what: "a test lead goes to the vendor's validation", problem: undefined, leftOut: why },
  ];
  if (!token) return leave("Set OPERATOR_TOKEN to a token that may replay.");
  if (targets.length === 0) return leave("Name a target with --target.");
  const look = lookAt(deps);
  const all = await Promise.all(targets.map((target) => testLead(look, token, target, fields)));
  return all.flat();
};
