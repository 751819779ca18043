/** Any answer of a vendor: an outcome of the union, no success without a lead, no vendor's or visitor's text in it. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { CALL_OUTCOMES } from "../../../proxy/ledger/figures.ts";
import { FIELD_CODES, OWN_CODES } from "../../../proxy/shared/contract.ts";
import type { Outcome } from "../../../proxy/vendors/vendor.ts";
import { anyText, runs } from "../../property.ts";
import { leadOf, ownTarget } from "./own-target.ts";

const FIELDS = [
  { name: "budget", type: "number", label: "Budget", as: "budget" },
  { name: "floor", type: "text", label: "Floor" },
];
const TARGETS = {
  sakneen: ownTarget(FIELDS, { vendor: "sakneen" }),
  brainysoft: ownTarget(FIELDS, { vendor: "brainysoft", country: "RU" }),
};
const vendor = fc.constantFrom("sakneen", "brainysoft");

/** What a visitor typed stands nowhere else, and reads like what a vendor says. */
const LEAD = leadOf({
  name: "Zqmona NO_ZQLOAN_ERROR",
  email: "zqmail@example.com",
  project: "zqtower should not exist",
  own: { budget: "5", floor: 'Unrecognized field "zqfloor"' },
  asked: true,
});
const TYPED = [LEAD.name, LEAD.email, LEAD.project, ...Object.values(LEAD.own ?? {})].flatMap(
  (text) => text ?? [],
);

const STATUSES = [
  200, 201, 202, 204, 206, 226, 299, 300, 301, 302, 304, 307, 400, 401, 403, 404, 405, 408, 409,
  413, 415, 418, 422, 425, 429, 451, 499, 500, 501, 502, 503, 504, 520, 521, 522, 525, 530, 599,
];
const NO_BODY = [204, 205, 304];

/** Said by vendors and their frameworks, alone or in the middle of something. */
const PHRASES = [
  "Phone number already exists for this organization",
  "Invalid phone number format",
  "Public create lead form not found",
  "Invalid API key",
  "budget should not be empty",
  "zone should not exist",
  '"zone" is not allowed',
  "email must be an email",
  "organization name is not configured",
  "NO_MOBILE_PHONE_ERROR",
  "NO_LAST_NAME_ERROR",
  "LEAD_LOCKED_ERROR",
  `${"LONG_".repeat(20)}ERROR`,
  'Unrecognized field "zone" (class x)',
  ...TYPED,
];
const phrase = fc.oneof(
  fc.constantFrom(...PHRASES),
  anyText(30),
  fc.tuple(fc.constantFrom(...PHRASES), fc.constantFrom(...PHRASES)).map((both) => both.join(": ")),
);
const key = fc.constantFrom(
  "message",
  "newLead",
  "_id",
  "data",
  "status",
  "statusCode",
  "error",
  "code",
  "errors",
  "property",
  "constraints",
  "name",
  "budget",
  "__proto__",
);

/** JSON in the shapes that vendors use, filled at random. */
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 5 },
    phrase,
    fc.constantFrom(null, true, 0, -1, 7, 1.5, 1e300, 401, 500, "ok", "error", "64f1", "", " "),
    fc.array(tie("json"), { maxLength: 3 }),
    fc
      .array(fc.tuple(key, tie("json")), { maxLength: 4 })
      .map((entries) => Object.fromEntries(entries) as unknown),
  ),
}));

const body = fc.oneof(
  json.map((value) => JSON.stringify(value)),
  json.map((data) => JSON.stringify({ status: "ok", timestamp: 1, data })),
  json.map((data) => JSON.stringify({ status: "error", data })),
  json.map((_id) => JSON.stringify({ newLead: { _id, compoundsIds: [] } })),
  json.map((message) => JSON.stringify({ statusCode: 400, message })),
  phrase.map((text) => `<html><body>${text}</body></html>`),
  fc.tuple(json, fc.nat(60)).map(([value, end]) => JSON.stringify(value).slice(0, end)),
  anyText(60),
  fc.constantFrom(
    "",
    " ",
    '{"data":4,"status":"ok","x":{"data":5}}',
    '{"x":{"data":5},"status":"ok","data":4}',
    '{"status":"ok","data":1e3}',
    '{"status":"ok","data":12345678901234567890}',
  ),
);
const answer = fc.record({
  status: fc.constantFrom(...STATUSES),
  body,
  type: fc.constantFrom("application/json", "text/html", ""),
  retryAfter: fc.option(
    fc.oneof(
      fc.constantFrom("5", "-1", "99999999999", "Wed, 21 Oct 2026 07:28:00 GMT"),
      fc.string({ unit: "grapheme-ascii", maxLength: 10 }),
    ),
    { nil: undefined },
  ),
});
type Answer = typeof answer extends fc.Arbitrary<infer T> ? T : never;

const deliver = (name: keyof typeof TARGETS, { status, body: text, type, retryAfter }: Answer) => {
  const headers = {
    ...(type && { "content-type": type }),
    ...(retryAfter && { "retry-after": retryAfter }),
  };
  const fetch = async () =>
    new Response(NO_BODY.includes(status) ? null : text, { status, headers });
  return TARGETS[name].deliver(LEAD, { fetch, now: () => 0, left: () => 6_000 });
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** The id of the lead as the vendor's document has it; undefined without one. */
const idIn = (name: string, text: string): unknown => {
  const { newLead, status, data } = (parse(text) ?? {}) as Record<string, unknown>;
  if (name === "sakneen") return (newLead as { _id?: unknown } | undefined)?._id;
  return status === "ok" ? data : undefined;
};

const CODES: readonly string[] = [...Object.values(FIELD_CODES).flat(), ...OWN_CODES];
const REASON = /^[a-z]+(?:_[a-z]+)*$/;
const KNOWN_KEYS = [
  "kind",
  "reason",
  "status",
  "fields",
  "ref",
  "warning",
  "retryAfter",
  "vendorKey",
  "vendorCode",
];

const checkShape = (outcome: Outcome): void => {
  assert.ok(CALL_OUTCOMES.includes(outcome.kind));
  assert.deepEqual(
    Object.keys(outcome).filter((known) => !KNOWN_KEYS.includes(known)),
    [],
  );
  const { ref = "", ...rest } = outcome as Outcome & { ref?: string };
  assert.doesNotMatch(JSON.stringify(rest), /zq/i);
  assert.match(ref, /^[\x21-\x7E]{0,100}$/);
  if ("reason" in outcome) assert.match(String(outcome.reason), REASON);
  if ("fields" in outcome)
    for (const [field, code] of Object.entries(outcome.fields ?? {})) {
      assert.match(field, /^(?:name|phone|email|project|x_budget|x_floor)$/);
      assert.ok(code && CODES.includes(code), code);
    }
  if (outcome.kind === "invalid") assert.ok(Object.keys(outcome.fields).length > 0);
  if (outcome.kind === "misconfigured")
    assert.match(outcome.vendorKey ?? "x", /^[A-Za-z_][\w.-]{0,63}$/);
  if (outcome.kind === "unexplained")
    assert.match(outcome.vendorCode ?? "X_ERROR", /^[A-Z\d_]{1,64}$/);
  if (outcome.kind === "later")
    assert.ok((outcome.retryAfter ?? 0) >= 0 && (outcome.retryAfter ?? 0) <= 86_400);
};

describe("any answer of a vendor", () => {
  test("is an outcome without a text, and a success only with a lead in it", () =>
    fc.assert(
      fc.asyncProperty(vendor, answer, async (name, given) => {
        const outcome = await deliver(name, given);
        checkShape(outcome);
        const { kind } = outcome;
        if (kind === "created") {
          assert.ok(given.status >= 200 && given.status < 300 && !NO_BODY.includes(given.status));
          const id = idIn(name, given.body);
          assert.ok(
            id === outcome.ref || Number(id) === Number(outcome.ref),
            `${outcome.ref} is not ${String(id)}`,
          );
        }
        if (kind === "duplicate")
          assert.ok(given.status === 409 || /already exists|409/.test(given.body));
      }),
      runs(2_000),
    ));

  test("that is the operator's doing is never the visitor's", () =>
    fc.assert(
      fc.asyncProperty(
        vendor,
        fc.constantFrom(
          300,
          302,
          307,
          401,
          403,
          404,
          405,
          408,
          413,
          415,
          425,
          429,
          500,
          502,
          503,
          504,
          521,
          530,
        ),
        fc.array(fc.constantFrom(...PHRASES.filter((text) => !/_ERROR/.test(text))), {
          minLength: 1,
          maxLength: 3,
        }),
        async (name, status, message) => {
          const given = { status, type: "application/json", retryAfter: undefined } as const;
          const outcome = await deliver(name, {
            ...given,
            body: JSON.stringify({ status: "error", message }),
          });
          assert.ok(
            !["created", "duplicate", "invalid", "drift"].includes(outcome.kind),
            outcome.kind,
          );
        },
      ),
      runs(300),
    ));

  test("stops nobody else's lead by what it quotes of this one", () =>
    fc.assert(
      fc.asyncProperty(
        vendor,
        fc.constantFrom(...PHRASES),
        fc.constantFrom("", '"', "name "),
        fc.constantFrom("", '"', " must be shorter", " is not a name", ": invalid"),
        fc.constantFrom(200, 400, 422),
        async (name, typed, before, after, status) => {
          const said = `${before}${typed}${after}`;
          const bodies = [{ message: said }, { message: [said] }, { message: [{ name: said }] }];
          for (const answered of [...bodies, { status: "error", data: said }]) {
            const fetch = async () => Response.json(answered, { status });
            const io = { fetch, now: () => 0, left: () => 6_000 };
            const outcome = await TARGETS[name].deliver({ ...LEAD, name: typed }, io);
            assert.notEqual(outcome.kind, "misconfigured", JSON.stringify([answered, outcome]));
          }
        },
      ),
      runs(200),
    ));

  test("that ends in an error is one, too", () =>
    fc.assert(
      fc.asyncProperty(vendor, fc.anything({ maxDepth: 1 }), async (name, error) => {
        const fetch = () => Promise.reject(error as Error);
        const outcome = await TARGETS[name].deliver(LEAD, {
          fetch,
          now: () => 0,
          left: () => 6_000,
        });
        assert.equal(outcome.kind, "doubt");
      }),
      runs(200),
    ));
});
