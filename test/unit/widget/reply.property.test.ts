/** Any answer to the form: thanks only for a receipt of the proxy, a problem of the contract otherwise, and an end. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { FIELD_CODES, OWN_CODES, PROBLEM_CODES } from "../../../proxy/shared/contract.ts";
import { answers, labels } from "../../../proxy/shared/messages/en.ts";
import { hasText } from "../../../widget/i18n/localize.ts";
import { send } from "../../../widget/sending/send.ts";
import { anyText, runs } from "../../property.ts";

const NO_BODY = [204, 205, 304];
const STATUSES = [
  200, 201, 202, 204, 206, 299, 300, 302, 304, 400, 401, 403, 404, 405, 413, 415, 422, 429, 499,
  500, 502, 503, 504, 599,
];

/** Words that mean something to the form, though not all of them at every place. */
const WORDS = [
  ...PROBLEM_CODES,
  ...Object.values(FIELD_CODES).flat(),
  ...OWN_CODES,
  ...Object.keys({ ...labels, ...answers }),
  "created",
  "accepted",
  "toString",
  "__proto__",
  "+201012345678",
];
const value = fc.oneof(
  fc.constantFrom<unknown[]>(...WORDS),
  fc.constantFrom<unknown[]>(null, true, 0, -1, 3, 1e21, "", " ", [], {}),
  anyText(12),
);
const name = fc.oneof(
  fc.constantFrom(
    "name",
    "phone",
    "email",
    "project",
    "consent",
    "x_a",
    "x_",
    "heading",
    "__proto__",
  ),
  anyText(8),
);
const entries = <T>(known: fc.Arbitrary<string>, given: fc.Arbitrary<T>) =>
  fc
    .array(fc.tuple(known, given), { maxLength: 5 })
    .map(
      (pairs) =>
        `{${pairs.map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`).join(",")}}`,
    )
    .map((text) => JSON.parse(text) as object);
const body = fc.oneof(
  entries(
    fc.constantFrom("receipt", "status", "code", "fields", "suggestion", "retry_after", "title"),
    value,
  ),
  fc.record({ receipt: value, status: fc.constantFrom("created", "accepted", "ok") }),
  fc.record({
    code: fc.constantFrom("invalid", ...PROBLEM_CODES),
    fields: entries(name, value),
    suggestion: entries(fc.constantFrom("phone", "country"), value),
  }),
  fc.record({ code: fc.constantFrom(...WORDS), retry_after: value }),
  fc.jsonValue(),
);
const text = fc.oneof(
  body.map((given) => JSON.stringify(given)),
  fc.tuple(body, fc.nat(40)).map(([given, end]) => JSON.stringify(given).slice(0, end)),
  fc.constantFrom(
    "",
    "<!doctype html><title>Thank you</title>",
    '{"code":"rate_limited","retry_after":1e999}',
  ),
  anyText(40),
);
const answer = fc.record({ status: fc.constantFrom(...STATUSES), text });

describe("any answer to the form", () => {
  test("is a receipt, or a problem that the form knows", () =>
    fc.assert(
      fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 3 }), async (given) => {
        let last = given[0]!;
        let asked = 0;
        const fetch = async () => {
          last = given[asked++ % given.length]!;
          return new Response(NO_BODY.includes(last.status) ? null : last.text, {
            status: last.status,
          });
        };
        const tools = {
          fetch,
          random: () => 0.5,
          isKnown: hasText,
          sleep: (ms: number, signal: AbortSignal) =>
            new Promise<void>((resolve) =>
              ms === 15_000 ? signal.addEventListener("abort", () => resolve()) : resolve(),
            ),
          signal: new AbortController().signal,
        };
        const outcome = await send(["https://a.example", ""], "target=t", tools, () => {});
        assert.ok(outcome && asked <= 3);
        if ("receipt" in outcome) {
          assert.ok(last.status >= 200 && last.status < 300);
          const { receipt, status } = JSON.parse(last.text) as Record<string, unknown>;
          assert.deepEqual(outcome, { receipt, status });
          assert.ok(outcome.receipt && ["created", "accepted"].includes(outcome.status));
          return;
        }
        assert.equal(outcome.status, last.status);
        assert.ok((PROBLEM_CODES as readonly string[]).includes(outcome.code), outcome.code);
        for (const [field, code = ""] of Object.entries(outcome.fields ?? {})) {
          // The form has a text for it, and it is about this field.
          assert.ok(hasText(code), code);
          assert.ok(code.startsWith(`${field.replace(/^x_.*/, "field")}_`), `${field}: ${code}`);
        }
        if (outcome.code === "invalid") assert.ok(outcome.fields);
        if (outcome.suggestion) assert.equal(typeof outcome.suggestion.phone, "string");
        const wait = outcome.retry_after ?? 0;
        assert.ok(wait >= 0 && wait <= 86_400, `${wait} s`);
      }),
      runs(1_500),
    ));
});
