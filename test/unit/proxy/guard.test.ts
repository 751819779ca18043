/** Which origins and bodies the guard lets pass. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isAllowedOrigin, readForm } from "../../../proxy/http/guard.ts";

describe("an origin", () => {
  const patterns = [
    "https://www.example.com",
    "https://*.example.org",
    "https://*.example.net:8443",
  ];
  const allowed = [
    "https://www.example.com",
    "https://a.example.org",
    "https://a.b.example.org",
    "https://a.example.net:8443",
  ];
  const refused = [
    undefined,
    null,
    "",
    "null",
    "https://example.com",
    "http://www.example.com",
    "https://www.example.com:444",
    "https://www.example.com.evil.example",
    "https://example.org",
    "https://evilexample.org",
    "https://.example.org",
    "https://a@x.example.org",
    "https://evil.example/.example.org",
    "https://a.example.org.attack.example",
    "https://a.example.net",
    "HTTPS://WWW.EXAMPLE.COM",
  ];
  for (const origin of allowed)
    test(`${origin} is allowed`, () => assert.ok(isAllowedOrigin(origin, patterns)));
  for (const origin of refused)
    test(`${origin} is refused`, () => assert.ok(!isAllowedOrigin(origin, patterns)));
});

describe("a body", () => {
  const URLENCODED = "application/x-www-form-urlencoded";
  const read = async (body: BodyInit, type: string, headers: Record<string, string> = {}) => {
    const request = new Request("https://proxy.example/v1/leads", {
      method: "POST",
      headers: { "content-type": type, ...headers },
      body,
    });
    const result = await readForm(request);
    return "form" in result ? Object.fromEntries(result.form) : result.refusal;
  };

  test("is read urlencoded and as JSON", async () => {
    assert.deepEqual(await read("a=1&b=%D9%85", URLENCODED), { a: "1", b: "م" });
    assert.deepEqual(await read('{"a":"1"}', "application/json; charset=utf-8"), { a: "1" });
  });

  test("keeps the last of a repeated key, in both types", async () => {
    assert.deepEqual(await read("a=1&a=2", URLENCODED), { a: "2" });
    assert.deepEqual(await read('{"a":"1","a":"2"}', "application/json"), { a: "2" });
  });

  const malformed: [string, BodyInit, string][] = [
    ["broken JSON", "{", "application/json"],
    ["a JSON array", '["a"]', "application/json"],
    ["JSON null", "null", "application/json"],
    ["a number", '{"a":1}', "application/json"],
    ["a nested value", '{"a":{"b":"c"}}', "application/json"],
    ["bytes that are not UTF-8", new Uint8Array([0x61, 0x3d, 0xff]), URLENCODED],
  ];
  for (const [what, body, type] of malformed)
    test(`is malformed with ${what}`, async () =>
      assert.equal(await read(body, type), "malformed"));

  test("of another type, charset or encoding is not supported", async () => {
    assert.equal(await read("a=1", "text/plain"), "unsupported_type");
    assert.equal(await read("a=1", "multipart/form-data; boundary=x"), "unsupported_type");
    assert.equal(await read("a=1", `${URLENCODED}; charset=windows-1251`), "unsupported_type");
    assert.equal(await read("a=1", URLENCODED, { "content-encoding": "gzip" }), "unsupported_type");
  });

  test("may be 16 KiB and not a byte more, announced or not", async () => {
    const full = `a=${"x".repeat(16 * 1024 - 2)}`;
    assert.notEqual(await read(full, URLENCODED), "too_large");
    assert.equal(await read(`${full}x`, URLENCODED), "too_large");
    const announced = (length: number) => ({ "content-length": String(length) });
    assert.notEqual(await read(full, URLENCODED, announced(full.length)), "too_large");
    assert.equal(await read(`${full}x`, URLENCODED, announced(full.length + 1)), "too_large");
    assert.equal(await read(`${full}x`, URLENCODED, announced(5)), "too_large", "a lie");
    let pulled = 0;
    const request = new Request("https://proxy.example/", {
      method: "POST",
      headers: { "content-type": URLENCODED },
      duplex: "half",
      body: new ReadableStream({
        pull: (controller) => {
          pulled++;
          controller.enqueue(new Uint8Array(4096).fill(0x61));
        },
      }),
    } as RequestInit);
    assert.deepEqual(await readForm(request), { refusal: "too_large" });
    assert.ok(pulled < 80, `${pulled} chunks of an endless body were pulled`);
  });

  test("cannot reach an object's prototype", async () => {
    const result = await read('{"__proto__":"x","a":"1"}', "application/json");
    assert.equal(({} as Record<string, unknown>)["x"], undefined);
    assert.equal((result as Record<string, string>)["a"], "1");
  });
});
