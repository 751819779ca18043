/** The wire of `POST /v1/leads` and its neighbours, to the letter, in workerd. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { LEADS, ORIGIN, postLead } from "../harness.ts";
import { FAULTY_ORIGIN, proxy } from "./worker.ts";

const problemOf = async (response: Response) => {
  assert.equal(response.headers.get("content-type"), "application/problem+json; charset=utf-8");
  const body = (await response.json()) as Record<string, unknown>;
  assert.equal(body["status"], response.status);
  assert.equal(typeof body["title"], "string");
  assert.equal(body["type"], "about:blank");
  return body;
};
const expectProblem = async (response: Response, status: number, code: string) => {
  assert.equal(response.status, status);
  const body = await problemOf(response);
  assert.equal(body["code"], code);
  return body;
};
const vendorCalls = () =>
  proxy.vendors.sakneen.requests().length + proxy.vendors.brainysoft.requests().length;

describe("a lead that the vendor takes", () => {
  for (const json of [false, true])
    test(`is 201 with its own id, ${json ? "as JSON" : "urlencoded"}`, async () => {
      const id = crypto.randomUUID();
      const response = await postLead(proxy, { ...LEADS.sakneen, id }, { json });
      assert.equal(response.status, 201);
      assert.deepEqual(await response.json(), { receipt: id, status: "created" });
      assert.equal(response.headers.get("access-control-allow-origin"), ORIGIN);
      assert.match(response.headers.get("vary") ?? "", /Origin/);
    });

  test("reaches Sakneen as its document says", async () => {
    const lead = { ...LEADS.sakneen, email: "mona@example.com", project: "Palm Hills", lang: "ar" };
    await postLead(proxy, { ...lead, utm_source: "x", page: "https://www.example.com/p" });
    const [request] = proxy.vendors.sakneen.requests();
    assert.equal(request?.path, "/external/apis/v1.0/leads");
    assert.equal(request?.headers["api-key"], "demo-sakneen-key");
    assert.equal(request?.headers["content-type"], "application/json");
    assert.equal(request?.headers["language"], "ar");
    assert.deepEqual(JSON.parse(request?.body ?? ""), {
      name: "Mona Adel",
      phoneNumber: "+201012345678",
      email: "mona@example.com",
      project: "Palm Hills",
    });
  });

  test("leaves out of Sakneen's body what was not given, and speaks English to it by default", async () => {
    await postLead(proxy, { ...LEADS.sakneen, email: "", project: " ", lang: "ru" });
    const [request] = proxy.vendors.sakneen.requests();
    assert.equal(request?.headers["language"], "en");
    assert.deepEqual(JSON.parse(request?.body ?? ""), {
      name: "Mona Adel",
      phoneNumber: "+201012345678",
    });
  });

  test("reaches Brainysoft as its document says", async () => {
    await postLead(proxy, { ...LEADS.brainysoft, email: "f@example.ru", project: "x" });
    const [request] = proxy.vendors.brainysoft.requests();
    assert.equal(request?.path, "/bs-core/main/leads");
    assert.equal(request?.headers["bsauth"], "demo-brainysoft-token");
    assert.deepEqual(JSON.parse(request?.body ?? ""), {
      channel: "LOAN_APPLICATION",
      firstName: "Фридрих",
      mobilePhone: "79776200777",
      email: "f@example.ru",
    });
  });
});

describe("a refusal", () => {
  test("of a visitor's mistake names each field by a code", async () => {
    const response = await postLead(proxy, {
      target: "strict",
      name: "",
      phone: "12",
      email: "a@b",
    });
    const body = await expectProblem(response, 422, "invalid");
    assert.deepEqual(body["fields"], {
      name: "name_missing",
      phone: "phone_invalid",
      email: "email_invalid",
      project: "project_missing",
      consent: "consent_missing",
    });
    assert.equal(vendorCalls(), 0);
  });

  const origins: [string, string | undefined][] = [
    ["no origin", undefined],
    ["the origin null", "null"],
    ["a foreign origin", "https://evil.example"],
    ["the apex of a wildcard", "https://example.org"],
    ["an origin that only another target lists", "https://loans.example.ru"],
  ];
  for (const [what, origin] of origins)
    test(`of ${what} comes without CORS and before the vendor`, async () => {
      const response = await proxy.fetch("/v1/leads", {
        method: "POST",
        headers: { accept: "application/json", ...(origin && { origin }) },
        body: new URLSearchParams(LEADS.sakneen),
      });
      await expectProblem(response, 403, "origin_refused");
      assert.equal(response.headers.get("access-control-allow-origin"), null);
      assert.equal(vendorCalls(), 0);
    });

  test("of a target that is not there is 404", async () => {
    await expectProblem(await postLead(proxy, { name: "x", phone: "1" }), 404, "unknown_target");
    for (const target of ["nobody", "toString", "__proto__"])
      await expectProblem(
        await postLead(proxy, { ...LEADS.sakneen, target }),
        404,
        "unknown_target",
      );
  });

  test("of a target with a faulty setting is 503, and the others go on", async () => {
    const lead = { ...LEADS.sakneen, target: "faulty" };
    const response = await postLead(proxy, lead, { origin: FAULTY_ORIGIN });
    const body = await expectProblem(response, 503, "unavailable");
    assert.equal(response.headers.get("access-control-allow-origin"), FAULTY_ORIGIN);
    assert.equal(response.headers.get("retry-after"), String(body["retry_after"]));
    assert.equal((await postLead(proxy, LEADS.sakneen)).status, 201);
  });

  const bodies: [string, number, string, string, BodyInit][] = [
    ["broken JSON", 400, "malformed", "application/json", "{"],
    [
      "a value that is no string",
      400,
      "malformed",
      "application/json",
      '{"target":"sakneen","name":1}',
    ],
    [
      "an id that is no UUID v4",
      400,
      "malformed",
      "application/x-www-form-urlencoded",
      "target=sakneen&id=1",
    ],
    ["another type", 415, "unsupported_type", "text/plain", "target=sakneen"],
    [
      "17 KiB",
      413,
      "too_large",
      "application/x-www-form-urlencoded",
      `target=${"x".repeat(17 * 1024)}`,
    ],
  ];
  for (const [what, status, code, type, body] of bodies)
    test(`of ${what} is ${status}`, async () => {
      const response = await proxy.fetch("/v1/leads", {
        method: "POST",
        headers: { origin: ORIGIN, accept: "application/json", "content-type": type },
        body,
      });
      await expectProblem(response, status, code);
      assert.equal(response.headers.get("access-control-allow-origin"), ORIGIN);
    });

  test("of a chunked body that grows past the cap reaches its sender", async () => {
    let sent = 0;
    const body = new ReadableStream({
      pull: (controller) => {
        if (sent >= 128 * 1024) return controller.close();
        sent += 4096;
        controller.enqueue(new Uint8Array(4096).fill(0x61));
      },
    });
    const response = await proxy.fetch("/v1/leads", {
      method: "POST",
      headers: { origin: ORIGIN, accept: "application/json", "content-type": "application/json" },
      body,
      duplex: "half",
    } as RequestInit);
    await expectProblem(response, 413, "too_large");
  });

  for (const method of ["GET", "PUT", "DELETE", "PATCH"])
    test(`of ${method} names what is allowed`, async () => {
      const response = await proxy.fetch("/v1/leads", { method, headers: { origin: ORIGIN } });
      await expectProblem(response, 405, "method_refused");
      assert.equal(response.headers.get("allow"), "POST, OPTIONS");
    });

  test("of an unknown path is 404", async () => {
    for (const path of [
      "/nope",
      "/v1/lead",
      "/index.js",
      "/wrangler.json",
      "/.dev.vars",
      "/f/nobody/thanks",
    ])
      assert.equal((await proxy.fetch(path)).status, 404, path);
  });
});

describe("a preflight", () => {
  const ask = (origin: string) =>
    proxy.fetch("/v1/leads", {
      method: "OPTIONS",
      headers: {
        origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type",
      },
    });

  test("of an allowed origin is answered for two hours", async () => {
    const response = await ask("https://shop.example.org");
    assert.equal(response.status, 204);
    assert.equal(response.headers.get("access-control-allow-origin"), "https://shop.example.org");
    assert.equal(response.headers.get("access-control-allow-methods"), "POST");
    assert.equal(response.headers.get("access-control-allow-headers"), "content-type");
    assert.equal(response.headers.get("access-control-max-age"), "7200");
    assert.equal(response.headers.get("access-control-allow-credentials"), null);
  });

  test("of a foreign origin is refused without CORS", async () => {
    const response = await ask("https://evil.example");
    assert.equal(response.status, 403);
    assert.equal(response.headers.get("access-control-allow-origin"), null);
  });
});

describe("every answer", () => {
  test("carries the security headers, errors included", async () => {
    const answers = [
      await postLead(proxy, LEADS.sakneen),
      await postLead(proxy, { ...LEADS.sakneen, phone: "" }),
      await postLead(proxy, LEADS.sakneen, { origin: "https://evil.example" }),
      await proxy.fetch("/v1/leads"),
      await proxy.fetch("/nope"),
      await proxy.fetch("/healthz"),
    ];
    for (const { headers, status } of answers) {
      assert.equal(headers.get("x-content-type-options"), "nosniff", String(status));
      assert.equal(headers.get("cache-control"), "no-store");
      assert.equal(
        headers.get("content-security-policy"),
        "default-src 'none'; frame-ancestors 'none'",
      );
      assert.equal(headers.get("referrer-policy"), "no-referrer");
      assert.equal(headers.get("strict-transport-security"), "max-age=31536000");
      assert.equal(headers.get("cross-origin-resource-policy"), "same-site");
      assert.match(headers.get("content-type") ?? "", /charset=utf-8$/i);
      assert.equal(headers.get("server"), null);
      assert.equal(headers.get("x-powered-by"), null);
    }
  });
});

describe("what is there to be read", () => {
  for (const path of ["/healthz", "/f/sakneen", "/f/sakneen/thanks", "/lead-form.js"])
    test(`takes no other method at ${path}, and says which`, async () => {
      for (const method of ["POST", "PUT", "DELETE"]) {
        const response = await proxy.fetch(path, { method });
        await expectProblem(response, 405, "method_refused");
        assert.equal(response.headers.get("allow"), "GET, HEAD");
      }
    });

  test("is nothing at an unknown path, whatever the method", async () => {
    await expectProblem(await proxy.fetch("/nothing", { method: "POST" }), 404, "not_found");
  });
});

test("the demo is there on the machine itself, page and parts", async () => {
  assert.equal((await proxy.fetch("/")).headers.get("location"), "/demo/");
  const page = await proxy.fetch("/demo/");
  assert.match(page.headers.get("content-type") ?? "", /^text\/html/);
  const [, script = ""] = /<script[^>]+src="([^"]+)"/.exec(await page.text()) ?? [];
  const part = await proxy.fetch(new URL(script, "http://x/demo/").pathname);
  assert.match(part.headers.get("content-type") ?? "", /javascript/);
  assert.equal((await proxy.fetch("/demo/..%2f..%2fserver.js")).status, 404);
});

describe("/healthz", () => {
  test("names each faulty setting and no value", async () => {
    const response = await proxy.fetch("/healthz");
    assert.equal(response.status, 503);
    assert.deepEqual(await response.json(), {
      ok: false,
      faults: [{ setting: "TARGETS.faulty.colour", problem: "is not a known key" }],
    });
  });
});
