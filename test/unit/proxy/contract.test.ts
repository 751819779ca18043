/** What the reader of an answer makes of it. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { FIELD_CODES, PROBLEM_CODES, readReply } from "../../../proxy/shared/contract.ts";

const KNOWN: ReadonlySet<string> = new Set([
  ...PROBLEM_CODES,
  ...Object.values(FIELD_CODES).flat(),
  // A form has other texts, too.
  "thanks",
]);
const read = (body: unknown) => readReply(body, (code) => KNOWN.has(code), true);

describe("readReply", () => {
  test("reads a receipt of either kind", () => {
    for (const status of ["created", "accepted"])
      assert.deepEqual(read({ receipt: "r", status, more: 1 }), { receipt: "r", status });
  });

  test("reads a problem with its fields and its wait", () => {
    const fields = { name: "name_missing", phone: "phone_invalid" };
    assert.deepEqual(read({ type: "about:blank", status: 422, code: "invalid", fields }), {
      code: "invalid",
      fields,
    });
    assert.deepEqual(read({ code: "rate_limited", retry_after: 7 }), {
      code: "rate_limited",
      retry_after: 7,
    });
  });

  test("knows every code of the contract", () => {
    for (const code of PROBLEM_CODES) {
      const fields = code === "invalid" ? { fields: { phone: "phone_invalid" } } : {};
      assert.equal((read({ code, ...fields }) as { code: string }).code, code);
    }
    for (const [field, codes] of Object.entries(FIELD_CODES))
      for (const code of codes)
        assert.deepEqual(read({ code: "invalid", fields: { [field]: code } }), {
          code: "invalid",
          fields: { [field]: code },
        });
  });

  test("drops fields and codes that it does not know", () => {
    const fields = { name: "name_missing", phone: "name_missing", budget: "x", email: 1 };
    assert.deepEqual(read({ code: "invalid", fields }), {
      code: "invalid",
      fields: { name: "name_missing" },
    });
  });

  test("waits no longer than a day", () => {
    for (const retry_after of [Infinity, 1e9, -1, "5"])
      assert.deepEqual(read({ code: "rate_limited", retry_after }), { code: "rate_limited" });
  });

  const unknown: [string, unknown][] = [
    ["nothing", undefined],
    ["null", null],
    ["a page", "<!doctype html><title>Sign in</title>"],
    ["an empty body", ""],
    ["a number", 1],
    ["an array", []],
    ["an empty object", {}],
    ["another status", { receipt: "r", status: "ok" }],
    ["an empty receipt", { receipt: "", status: "created" }],
    ["a code of a later version", { code: "teapot" }],
    ["a name that every object has", { code: "toString" }],
    ["a text of the form that is no code", { code: "thanks" }],
    ["a code of a field", { code: "phone_invalid" }],
    ["an invalid form without a known field", { code: "invalid", fields: { budget: "x" } }],
    ["a vendor's own answer", { newLead: { _id: "1" } }],
  ];
  for (const [what, body] of unknown)
    test(`takes ${what} for unavailable`, () =>
      assert.deepEqual(read(body), { code: "unavailable" }));
});
