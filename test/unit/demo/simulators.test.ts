/** Owns the proof that the simulated vendors answer as their documents say, and fail as told. */
import assert from "node:assert/strict";
import { after, beforeEach, describe, test } from "node:test";
import type { FaultMode } from "../../../demo/vendors/modes.ts";
import { DEMO_SECRETS, startVendors } from "../../../demo/vendors/server.ts";

const vendors = await startVendors();

test("what was typed is read by pages on this machine, and by no other site", async () => {
  const readableBy = async (origin: string) => {
    const response = await fetch(`${vendors.sakneen.url}/_leads`, { headers: { origin } });
    return response.headers.get("access-control-allow-origin");
  };
  for (const origin of ["http://localhost:8787", "http://127.0.0.1:5173"])
    assert.equal(await readableBy(origin), origin);
  for (const origin of ["https://evil.example", "https://localhost.evil.example", "null"])
    assert.equal(await readableBy(origin), null, origin);
});
const { sakneen, brainysoft } = vendors;
after(() => vendors.close());
beforeEach(() => {
  sakneen.clear();
  brainysoft.clear();
});

const JOHN = { name: "John Doe", phoneNumber: "+1234567890" };
const FRIEDRICH = { firstName: "Фридрих", mobilePhone: "797762007777" };

interface Sent {
  headers?: Record<string, string>;
  path?: string;
  signal?: AbortSignal;
}

const send = (url: string, headers: Record<string, string>, body: unknown, signal?: AbortSignal) =>
  fetch(url, {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
    ...(signal && { signal }),
  });

const toSakneen = (
  body: unknown,
  { headers, path = "/external/apis/v1.0/leads", signal }: Sent = {},
) =>
  send(sakneen.url + path, { "api-key": DEMO_SECRETS.SAKNEEN_API_KEY, ...headers }, body, signal);

const toBrainysoft = (
  body: unknown,
  { headers, path = "/bs-core/main/leads", signal }: Sent = {},
) =>
  send(brainysoft.url + path, { bsauth: DEMO_SECRETS.BRAINYSOFT_TOKEN, ...headers }, body, signal);

const told = async (answer: Promise<Response>): Promise<[number, unknown]> => {
  const response = await answer;
  return [response.status, await response.json()];
};

const named = (mode: string) => ({ ...JOHN, name: `${mode} Ahmed` });

describe("Sakneen", () => {
  test("takes the documented example and answers 201 with the whole lead", async () => {
    const lead = { ...JOHN, email: "jane@example.com", project: "downtown tower" };
    const [status, body] = await told(toSakneen(lead, { headers: { language: "ar" } }));
    assert.equal(status, 201);
    assert.ok(typeof body === "object" && body && "newLead" in body);
    assert.deepEqual(Object.keys(Object(body.newLead)), [
      "_id",
      "leadId",
      "clientId",
      "organizationId",
      "compoundsIds",
      "data",
      "assignedAt",
      "isActive",
      "isFresh",
      "createdAt",
      "updatedAt",
    ]);
    assert.deepEqual(Object(body.newLead).data, lead);
    assert.equal(Object(body.newLead).compoundsIds.length, 1);
    const [held] = sakneen.leads();
    assert.deepEqual(held?.body, lead);
    assert.equal(held?.headers["language"], "ar");
    assert.equal(held?.headers["api-key"], DEMO_SECRETS.SAKNEEN_API_KEY);
  });

  test("takes a trailing slash, answers 200 when told so, and finds no compound for an unknown project", async () => {
    sakneen.setFaults({ mode: "ok", status: 200 });
    const path = "/external/apis/v1.0/leads/";
    const [status, body] = await told(toSakneen({ ...JOHN, project: "Atlantis" }, { path }));
    assert.equal(status, 200);
    assert.deepEqual(Object(body).newLead.compoundsIds, []);
  });

  test("tells a missing key from a wrong one", async () => {
    const denied = (message: string) => [401, { statusCode: 401, message }];
    const none = told(toSakneen(JOHN, { headers: { "api-key": "" } }));
    assert.deepEqual(await none, denied("Access Denied, API key not provided"));
    const wrong = told(toSakneen(JOHN, { headers: { "api-key": "wrong" } }));
    assert.deepEqual(await wrong, denied("Access Denied, API key not valid"));
    assert.equal(sakneen.leads().length, 0);
  });

  test("names each missing field, for an unparsed body of another type too", async () => {
    const message = [
      { name: "name field is missing from body" },
      { phoneNumber: "phoneNumber field is missing from body" },
    ];
    const refused = [400, { message, error: "Bad Request", statusCode: 400 }];
    assert.deepEqual(await told(toSakneen({})), refused);
    const text = told(toSakneen(JOHN, { headers: { "content-type": "text/plain" } }));
    assert.deepEqual(await text, refused);
  });

  test("refuses empty optional fields", async () => {
    const [status, body] = await told(toSakneen({ ...JOHN, email: "", project: "" }));
    assert.equal(status, 400);
    assert.deepEqual(Object(body).message.flatMap(Object.keys), ["email", "project"]);
  });

  test("answers like NestJS where the document is silent", async () => {
    const [malformed, wrong] = await told(toSakneen("{"));
    assert.equal(malformed, 400);
    assert.equal(Object(wrong).error, "Bad Request");
    assert.deepEqual(await told(toSakneen(JOHN, { path: "/leads?x=1" })), [
      404,
      { message: "Cannot POST /leads?x=1", error: "Not Found", statusCode: 404 },
    ]);
    assert.deepEqual(await told(toSakneen({ ...JOHN, name: "x".repeat(200_000) })), [
      413,
      { statusCode: 413, message: "request entity too large" },
    ]);
    const headers = { "content-type": "application/json; charset=windows-1251" };
    assert.deepEqual(await told(toSakneen(JOHN, { headers })), [
      415,
      { statusCode: 415, message: 'unsupported charset "WINDOWS-1251"' },
    ]);
  });

  test("is healthy without a key", async () => {
    const [status, body] = await told(fetch(`${sakneen.url}/external/apis/v1.0/healthz`));
    assert.equal(status, 200);
    assert.equal(Object(body).ok, true);
  });

  test("refuses a phone that it holds only when told to dedupe", async () => {
    assert.equal((await toSakneen(JOHN)).status, 201);
    assert.equal((await toSakneen(JOHN)).status, 201);
    sakneen.setFaults({ mode: "ok", dedupe: true });
    const [status, body] = await told(toSakneen(JOHN));
    assert.equal(status, 400);
    assert.deepEqual(Object(body).message, ["Phone number already exists for this organization"]);
  });

  const refusals: [FaultMode, number, unknown][] = [
    ["duplicate", 400, ["Phone number already exists for this organization"]],
    ["invalid_phone", 400, ["Invalid phone number format"]],
    ["no_form", 400, "Public create lead form not found"],
    ["bad_key", 401, "Access Denied, API key not valid"],
    ["error_500", 500, "Internal server error"],
    ["unavailable_503", 503, "Service Unavailable"],
    ["rate_limited_429", 429, "ThrottlerException: Too Many Requests"],
  ];
  for (const [mode, expected, message] of refusals)
    test(`answers ${expected} in the mode ${mode} and holds nothing`, async () => {
      const [status, body] = await told(toSakneen(named(mode)));
      assert.equal(status, expected);
      assert.deepEqual(Object(body).message, message);
      assert.equal(Object(body).statusCode, expected);
      assert.equal(sakneen.leads().length, 0);
    });
});

describe("Brainysoft", () => {
  test("takes the documented example under every documented path", async () => {
    for (const path of [
      "/main/leads",
      "/main/leads/",
      "/bs-core/main/leads",
      "/bs-core/main/leads/",
    ]) {
      const [status, body] = await told(toBrainysoft(FRIEDRICH, { path }));
      assert.equal(status, 200);
      assert.deepEqual(Object.keys(Object(body)), ["status", "timestamp", "data"]);
      assert.equal(Object(body).status, "ok");
    }
    assert.deepEqual(
      brainysoft.leads().map(({ id, body }) => [id, body]),
      ["3692", "3693", "3694", "3695"].map((id) => [id, FRIEDRICH]),
    );
  });

  test("names what is missing, on 200 or on the status that it is told", async () => {
    const code = async (body: unknown) => Object((await told(toBrainysoft(body)))[1]).data;
    assert.equal(await code({ mobilePhone: "79776200777" }), "NO_CLIENT_FIRST_NAME_ERROR");
    assert.equal(await code({ firstName: "Фридрих" }), "NO_MOBILE_PHONE_ERROR");
    brainysoft.setFaults({ mode: "invalid_phone", status: 400 });
    const [status, body] = await told(toBrainysoft(FRIEDRICH));
    assert.equal(status, 400);
    assert.deepEqual([Object(body).status, Object(body).data], ["error", "NO_MOBILE_PHONE_ERROR"]);
  });

  test("refuses more than 50 characters and anything but digits", async () => {
    const refused = async (body: object) =>
      Object((await told(toBrainysoft({ ...FRIEDRICH, ...body })))[1]).status;
    assert.equal(await refused({ firstName: "я".repeat(50) }), "ok");
    assert.equal(await refused({ firstName: "я".repeat(51) }), "error");
    assert.equal(await refused({ mobilePhone: "+79776200777" }), "error");
  });

  test("takes an e-mail address, shows it, and refuses what is none", async () => {
    const email = "ivan@example.ru";
    await toBrainysoft({ ...FRIEDRICH, email });
    assert.equal(brainysoft.leads()[0]?.body["email"], email);
    for (const wrong of ["", "ivan", 7, null])
      assert.equal(
        Object((await told(toBrainysoft({ ...FRIEDRICH, email: wrong })))[1]).status,
        "error",
      );
  });

  test("answers like Spring where the document is silent", async () => {
    const spring = async (sent: Promise<Response>) => {
      const [status, body] = await told(sent);
      assert.equal(Object(body).status, status);
      return status;
    };
    assert.equal(await spring(toBrainysoft("{")), 400);
    assert.equal(await spring(toBrainysoft(FRIEDRICH, { headers: { bsauth: "wrong" } })), 401);
    assert.equal(await spring(toBrainysoft(FRIEDRICH, { path: "/main/lead" })), 404);
    assert.equal(await spring(fetch(`${brainysoft.baseUrl}/main/leads`)), 405);
    const text = { "content-type": "text/plain" };
    assert.equal(await spring(toBrainysoft(FRIEDRICH, { headers: text })), 415);
  });

  const buy = async (secret: string, grant = "client_credentials") =>
    told(
      fetch(brainysoft.tokenUrl, {
        method: "POST",
        body: new URLSearchParams({
          grant_type: grant,
          client_id: DEMO_SECRETS.BRAINYSOFT_CLIENT_ID,
          client_secret: secret,
        }),
      }),
    );

  test("sells a token that works until it is revoked", async () => {
    const [status, body] = await buy(DEMO_SECRETS.BRAINYSOFT_CLIENT_SECRET);
    assert.equal(status, 200);
    assert.equal(Object(body).expires_in, 3600);
    const headers = { bsauth: String(Object(body).access_token) };
    assert.equal((await toBrainysoft(FRIEDRICH, { headers })).status, 200);
    brainysoft.revokeTokens();
    assert.equal((await toBrainysoft(FRIEDRICH, { headers })).status, 401);
  });

  test("sells no token for a wrong secret or another grant, or when told to fail", async () => {
    assert.equal((await buy("wrong"))[0], 401);
    assert.equal((await buy(DEMO_SECRETS.BRAINYSOFT_CLIENT_SECRET, "password"))[0], 400);
    brainysoft.setFaults({ mode: "ok", token_mode: "error_500" });
    assert.equal((await buy(DEMO_SECRETS.BRAINYSOFT_CLIENT_SECRET))[0], 500);
    brainysoft.setFaults({ mode: "ok", token_ttl: 0 });
    const [, body] = await buy(DEMO_SECRETS.BRAINYSOFT_CLIENT_SECRET);
    const headers = { bsauth: String(Object(body).access_token) };
    assert.equal((await toBrainysoft(FRIEDRICH, { headers })).status, 401);
  });

  const refusals: [FaultMode, number, unknown][] = [
    ["duplicate", 409, "error"],
    ["missing_fields", 200, "error"],
    ["no_form", 200, "error"],
    ["bad_key", 401, 401],
    ["error_500", 500, 500],
    ["unavailable_503", 503, 503],
    ["rate_limited_429", 429, 429],
  ];
  for (const [mode, expected, label] of refusals)
    test(`answers ${expected} in the mode ${mode} and holds nothing`, async () => {
      const [status, body] = await told(toBrainysoft({ ...FRIEDRICH, firstName: `${mode} Ян` }));
      assert.equal(status, expected);
      assert.equal(Object(body).status, label);
      assert.equal(brainysoft.leads().length, 0);
    });
});
