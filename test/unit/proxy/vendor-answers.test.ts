/** What each vendor's documented, observed and nonsensical answers mean to the proxy. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { classify } from "../../../proxy/vendors/classify.ts";
import { post, readRetryAfter } from "../../../proxy/vendors/post.ts";
import type { Answer } from "../../../proxy/vendors/post.ts";
import { serviceUrlProblem } from "../../../proxy/vendors/service-url.ts";
import type { Io, Outcome, VendorLead } from "../../../proxy/vendors/vendor.ts";
import { brainysoft, readAnswer as readBrainysoft } from "../../../proxy/vendors/brainysoft.ts";
import { readAnswer as readSakneen } from "../../../proxy/vendors/sakneen.ts";

const LEAD: VendorLead = {
  id: "0b7c1c8e-3f1e-4c55-9d3c-1a2b3c4d5e6f",
  name: "Mona Adel",
  phone: "+201012345678",
  email: undefined,
  project: undefined,
  lang: "en",
  attribution: {},
};

/** A target without fields of its own. */
const KEYS = {
  fieldOf: (key: string) =>
    ({ name: "name", phoneNumber: "phone", email: "email", project: "project" } as const)[key],
  own: [],
};

const answerOf = (status: number, body: unknown): Answer => {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return { status, body: "json", json: JSON.parse(text), text, retryAfter: undefined };
};
const bare = (outcome: Outcome): object => {
  const { status: _status, ...rest } = outcome;
  return rest;
};

describe("Sakneen's answer", () => {
  const created = { newLead: { _id: "64f1", leadId: 1001, compoundsIds: [] } };
  const refusal = (message: unknown) => ({ statusCode: 400, message });
  const missing = (key: string) => ({ [key]: `${key} field is missing from body` });
  const FORMAT = "Invalid phone number format";
  const EXISTS = "Phone number already exists for this organization";
  const cases: [string, number, unknown, object][] = [
    ["201 with a lead is created", 201, created, { kind: "created", ref: "64f1" }],
    ["200 with a lead is created", 200, created, { kind: "created", ref: "64f1" }],
    ["201 without a lead is drift", 201, { ok: true }, { kind: "drift", reason: "no_lead" }],
    [
      "201 with an empty id is drift",
      201,
      { newLead: { _id: "" } },
      { kind: "drift", reason: "no_lead" },
    ],
    [
      "201 with a message for an id is drift",
      201,
      { newLead: { _id: "not created yet" } },
      { kind: "drift", reason: "no_lead" },
    ],
    [
      "200 around a 401 is that 401",
      200,
      { statusCode: 401, message: "x" },
      { kind: "misconfigured", reason: "key_refused" },
    ],
    [
      "200 around a phone error is that error",
      200,
      refusal(FORMAT),
      { kind: "invalid", fields: { phone: "phone_invalid" } },
    ],
    [
      "what is no text in a complaint says nothing of it",
      400,
      refusal({ name: { toString: null, valueOf: null } }),
      { kind: "invalid", fields: { name: "name_missing" } },
    ],
    [
      "complaints in complaints in complaints are none",
      400,
      `{"message":${"[".repeat(30_000)}${"]".repeat(30_000)}}`,
      { kind: "unexplained", reason: "bad_request" },
    ],
    [
      "objects name the fields that are missing",
      400,
      refusal([missing("name"), missing("phoneNumber")]),
      { kind: "invalid", fields: { name: "name_missing", phone: "phone_missing" } },
    ],
    [
      "one object does as well",
      400,
      refusal({ phoneNumber: "phoneNumber must be a phone number" }),
      { kind: "invalid", fields: { phone: "phone_invalid" } },
    ],
    [
      "a string about the phone is a phone error",
      400,
      refusal(FORMAT),
      { kind: "invalid", fields: { phone: "phone_invalid" } },
    ],
    [
      "the documented pair is a format error",
      400,
      refusal([FORMAT, EXISTS]),
      { kind: "invalid", fields: { phone: "phone_invalid" } },
    ],
    ["a phone that exists is a duplicate", 400, refusal([EXISTS]), { kind: "duplicate" }],
    ["so is the bare string", 400, refusal(EXISTS), { kind: "duplicate" }],
    [
      "a form that was not found is the operator's",
      400,
      refusal("Public create lead form not found"),
      { kind: "misconfigured", reason: "no_form" },
    ],
    [
      "Arabic for a form that was not found is no duplicate",
      400,
      refusal("النموذج غير موجود"),
      { kind: "unexplained", reason: "bad_request" },
    ],
    [
      "a field of the tenant's own form is the operator's",
      400,
      refusal([missing("budget")]),
      { kind: "misconfigured", reason: "form_changed", vendorKey: "budget" },
    ],
    [
      "a project that this lead does not have is a person's",
      400,
      refusal([{ project: "project should not be empty" }]),
      { kind: "unexplained", reason: "field_refused", fields: { project: "project_missing" } },
    ],
    [
      "a 400 without a message is unexplained",
      400,
      {},
      { kind: "unexplained", reason: "bad_request" },
    ],
    [
      "a key that was not sent",
      401,
      { statusCode: 401, message: "Access Denied, API key not provided" },
      { kind: "misconfigured", reason: "key_refused" },
    ],
    [
      "a key that is wrong",
      401,
      { statusCode: 401, message: "Access Denied, API key not valid" },
      { kind: "misconfigured", reason: "key_refused" },
    ],
    [
      "a key that is wrong, with another status",
      403,
      { statusCode: 403, message: "Access Denied, API key not valid" },
      { kind: "misconfigured", reason: "key_refused" },
    ],
    [
      "what a visitor has typed of keys proves nothing",
      403,
      { statusCode: 403, message: "Blocked: Access Denied, API key not valid" },
      { kind: "misconfigured", reason: "forbidden" },
    ],
    [
      "422 reads as 400",
      422,
      refusal(FORMAT),
      { kind: "invalid", fields: { phone: "phone_invalid" } },
    ],
    [
      "500 leaves it open",
      500,
      { statusCode: 500, message: "Internal server error" },
      { kind: "doubt", reason: "server_error" },
    ],
  ];
  for (const [what, status, body, expected] of cases)
    test(what, () =>
      assert.deepEqual(bare(readSakneen(answerOf(status, body), LEAD, KEYS)), expected),
    );

  test("warns of a project that matched nothing", () => {
    const lead = { ...LEAD, project: "Atlantis" };
    assert.deepEqual(bare(readSakneen(answerOf(201, created), lead, KEYS)), {
      kind: "created",
      ref: "64f1",
      warning: "project_unmatched",
    });
  });
});

describe("Brainysoft's answer", () => {
  const ok = (data: unknown) => ({ status: "ok", timestamp: 1550653059521, data });
  const name = { kind: "invalid", fields: { name: "name_missing" } };
  const phone = { kind: "invalid", fields: { phone: "phone_missing" } };
  const cases: [string, number, unknown, object][] = [
    ["ok with an id is created", 200, ok(3692), { kind: "created", ref: "3692" }],
    [
      "an id past 2^53 is kept to the digit",
      200,
      '{"status":"ok","data":9007199254740993}',
      { kind: "created", ref: "9007199254740993" },
    ],
    [
      "another number of the same key is not the id",
      200,
      '{"page":{"data":7},"status":"ok","data":3692}',
      { kind: "created", ref: "3692" },
    ],
    ["nor is its beginning", 200, '{"status":"ok","data":1e3}', { kind: "created", ref: "1000" }],
    ["a message is no id", 200, ok("Заявка отклонена"), { kind: "drift", reason: "no_lead" }],
    ["ok without an id is drift", 200, ok(null), { kind: "drift", reason: "no_lead" }],
    ["ok with zero is drift", 200, ok(0), { kind: "drift", reason: "no_lead" }],
    ["a missing name on 200", 200, { status: "error", data: "NO_CLIENT_FIRST_NAME_ERROR" }, name],
    [
      "a missing name on 400, deep in the body",
      400,
      { status: "error", data: { errors: [{ code: "NO_CLIENT_FIRST_NAME_ERROR" }] } },
      name,
    ],
    [
      "a missing phone on 500, inside a sentence",
      500,
      { status: 500, message: "failed: NO_MOBILE_PHONE_ERROR (lead)" },
      phone,
    ],
    [
      "both at once",
      200,
      { status: "error", data: ["NO_CLIENT_FIRST_NAME_ERROR", "NO_MOBILE_PHONE_ERROR"] },
      { kind: "invalid", fields: { name: "name_missing", phone: "phone_missing" } },
    ],
    [
      "another code on 200",
      200,
      { status: "error", data: "LEAD_LOCKED_ERROR" },
      { kind: "unexplained", reason: "vendor_code", vendorCode: "LEAD_LOCKED_ERROR" },
    ],
    [
      "an error without a code",
      200,
      { status: "error" },
      { kind: "unexplained", reason: "vendor_code" },
    ],
    [
      "a numeric status is not this envelope",
      200,
      { status: 200, data: 1 },
      { kind: "drift", reason: "no_lead" },
    ],
    ["401", 401, { status: "error" }, { kind: "misconfigured", reason: "key_refused" }],
    [
      "404 of another path",
      404,
      { status: 404, error: "Not Found" },
      { kind: "misconfigured", reason: "wrong_path" },
    ],
    ["500", 500, { status: "error" }, { kind: "doubt", reason: "server_error" }],
    [
      "400 without a known code",
      400,
      { status: "error" },
      { kind: "unexplained", reason: "bad_request" },
    ],
  ];
  for (const [what, status, body, expected] of cases)
    test(what, () =>
      assert.deepEqual(bare(readBrainysoft(answerOf(status, body), LEAD, KEYS)), expected),
    );
});

describe("a Brainysoft token that took nearly all of the time", () => {
  test("is kept, and the lead is not sent: half a call would leave it in doubt", async () => {
    const secrets: Record<string, string> = {
      TOKEN_URL: "https://auth.example/token",
      CLIENT_ID: "client",
      CLIENT_SECRET: "secret",
    };
    const connection = brainysoft.connect({
      baseUrl: "https://crm.example/bs-core",
      extra: {},
      attribution: {},
      own: [],
      secret: (suffix) => secrets[suffix],
      secretName: (suffix) => suffix,
    });
    assert.ok("deliver" in connection);
    let clock = 0;
    const called: string[] = [];
    const io = (end = clock + 6_000) => ({
      now: () => clock,
      left: () => end - clock,
      fetch: async (url: string) => {
        called.push(url);
        if (url !== secrets["TOKEN_URL"]) return Response.json({ status: "ok", data: 1 });
        clock += 4_500;
        return Response.json({ access_token: "t", expires_in: 3600 });
      },
    });
    const first = await connection.deliver(LEAD, io());
    assert.deepEqual(
      [bare(first), called.length],
      [{ kind: "later", reason: "token_unavailable" }, 1],
    );
    const second = await connection.deliver(LEAD, io());
    assert.deepEqual([second.kind, called.length], ["created", 2]);
  });
});

describe("an answer that is no vendor's", () => {
  const empty = { body: "empty", json: undefined, text: "", retryAfter: undefined } as const;
  const cases: [number, object][] = [
    [301, { kind: "misconfigured", reason: "redirect" }],
    [403, { kind: "misconfigured", reason: "forbidden" }],
    [404, { kind: "misconfigured", reason: "wrong_path" }],
    [408, { kind: "later", reason: "request_timeout" }],
    [409, { kind: "duplicate" }],
    [413, { kind: "misconfigured", reason: "request_refused" }],
    [429, { kind: "later", reason: "rate_limited" }],
    [503, { kind: "later", reason: "overloaded" }],
    [504, { kind: "doubt", reason: "server_error" }],
    [521, { kind: "later", reason: "origin_down" }],
    [522, { kind: "doubt", reason: "server_error" }],
    [530, { kind: "misconfigured", reason: "unreachable" }],
    [200, { kind: "drift", reason: "empty" }],
  ];
  for (const [status, expected] of cases)
    test(`${status} is ${JSON.stringify(expected)}`, () =>
      assert.deepEqual(bare(classify({ status, ...empty })), expected));
});

describe("Retry-After", () => {
  const now = Date.parse("2026-11-22T00:00:00Z");
  const cases: [string | null, number | undefined][] = [
    ["7", 7],
    [" 0 ", 0],
    ["Sun, 22 Nov 2026 00:01:00 GMT", 60],
    ["Sat, 21 Nov 2026 00:00:00 GMT", 0],
    ["999999", 86_400],
    ["-1", undefined],
    ["1.5", undefined],
    ["soon", undefined],
    [null, undefined],
  ];
  for (const [value, expected] of cases)
    test(`${JSON.stringify(value)} is ${expected}`, () =>
      assert.equal(readRetryAfter(value, now), expected));
});

describe("the address of a service", () => {
  const bad = [
    "http://crm.example",
    "ftp://crm.example",
    "https://a:b@crm.example",
    "https://crm.example/?k=1",
    "crm",
  ];
  for (const url of bad) test(`${url} is refused`, () => assert.ok(serviceUrlProblem(url)));
  for (const url of ["https://crm.example:9025/bs-core", "http://localhost:8791", "http://[::1]:1"])
    test(`${url} is taken`, () => assert.equal(serviceUrlProblem(url), undefined));
});

describe("the POST to a vendor", () => {
  const io = (reply: (init: RequestInit) => Promise<Response> | Response, ms = 1000): Io => ({
    fetch: async (_url, init) => reply(init),
    now: () => 0,
    left: () => ms,
  });
  const send = (world: Io) => post("https://vendor.example", {}, "{}", world);

  test("never follows a redirect", async () => {
    let redirect: string | undefined;
    await send(io((init) => ((redirect = init.redirect), new Response("{}"))));
    assert.equal(redirect, "manual");
  });

  test("has one time-out over headers and body", async () => {
    const stalled = (init: RequestInit) =>
      new Response(
        new ReadableStream({
          start: (controller) =>
            init.signal?.addEventListener("abort", () => controller.error(new Error("aborted"))),
        }),
      );
    const answer = await send(io(stalled, 20));
    assert.equal(answer.status === 200 && answer.body, "truncated");
    const silent = (init: RequestInit) =>
      new Promise<Response>((_, reject) =>
        init.signal?.addEventListener("abort", () => reject(new Error("aborted"))),
      );
    assert.deepEqual(await send(io(silent, 20)), { status: undefined, failure: "timeout" });
  });

  test("reads no more than 64 KiB", async () => {
    let pulled = 0;
    const endless = new ReadableStream({
      pull: (controller) => {
        pulled++;
        controller.enqueue(new Uint8Array(16 * 1024));
      },
    });
    const answer = await send(io(() => new Response(endless)));
    assert.equal(answer.status === 200 && answer.body, "oversize");
    assert.ok(pulled < 8, `${pulled} chunks were pulled`);
  });

  test("takes JSON that breaks off for truncated, not for another kind of answer", async () => {
    const answer = await send(io(() => new Response('{"newLead":{"_id":"64')));
    assert.equal(answer.status === 200 && answer.body, "truncated");
  });
});
